"""What came of a call? It is written down once, for ever, and everything that follows from it with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leadops.accounts.writing import moment_format
from leads import capture, lifecycle, objections, sources
from leads.calling import answering, hours, scripts
from leads.consent import PHONE
from leads.models import Call, CallList, CallTarget, Consent, Contact, Engagement, Lead
from leads.stages import Channel, Reason, Stage
from leads.touching import touch

Disposition = Call.Disposition
WITH_MARKETING = frozenset({Stage.INQUIRY, Stage.NURTURE})


class SomebodyElse(Exception):
    """The caller has them no more; says so in the reader's words."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller writes down: how it ended, what was answered, and which answers replace what was known."""

    disposition: str
    note: str = ""
    why: str = ""
    call_back_at: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    replacing: Collection[str] = ()
    disqualifies: bool = False


@transaction.atomic
def record(target: int, *, said: Said, by: User, at: datetime) -> Call:
    """Write a call down, with what it fills, opens, closes and objects to. Raises SomebodyElse.

    A call that was answered with interest is an engagement, so that the lead is scored, promoted and handed over by the same rules
    as ever; it is no follow-up by sales.
    """
    if said.disposition == Disposition.WRONG_NUMBER:
        capture.lock()
    row = _taken(target, by)
    contact = Contact.objects.select_for_update(no_key=True).get(pk=row.lead.contact_id)
    with pghistory.context(user=by.pk, call_list=row.call_list_id):
        before = _change(row, contact, said)
    made = _written(row, contact, said, before, by, at)
    reckon([target])
    touch([contact.family_id], at=at)
    return made


def _taken(target: int, by: User) -> CallTarget:
    """The locked row, if the caller still has it: what is sent twice is written once."""
    rows = CallTarget.objects.select_related("call_list", "lead").select_for_update(no_key=True, of=("self",))
    row = rows.get(pk=target)
    if row.claimed_by_id != by.pk:
        raise SomebodyElse(_("This call was written down before, or somebody else made it in the meantime."))
    return row


def _change(row: CallTarget, contact: Contact, said: Said) -> dict[str, Any]:
    """Fill what was answered, and take a wrong number out of use; return what was there before."""
    before: dict[str, Any] = {}
    questions = row.call_list.questions
    if filled := answering.fill(contact, questions, said.answers, said.replacing):
        before["filled"] = filled
    if said.disposition == Disposition.WRONG_NUMBER and (column := dialled(contact)):
        before["number"] = {column: getattr(contact, column)}
        Contact.objects.filter(pk=contact.pk).update(**{column: ""})
        setattr(contact, column, "")
    return before


def dialled(contact: Contact) -> str:
    """The column of the number that is dialled; empty where there is none."""
    return next((name for name in ("mobile_e164", "phone_e164") if getattr(contact, name)), "")


def _written(row: CallTarget, contact: Contact, said: Said, before: dict[str, Any], by: User, at: datetime) -> Call:
    if said.disqualifies and said.disposition == Disposition.NOT_INTERESTED:
        before |= _disqualified(row.lead, said, by, at)
    if said.disposition == Disposition.DO_NOT_CALL:
        before |= _objected(row.call_list, contact, by, at)
    answers = _kept(row.call_list.questions, said.answers)
    return Call.objects.create(
        call_list=row.call_list,
        target=row,
        lead=row.lead,
        by=by,
        disposition=said.disposition,
        why=said.why if said.disposition == Disposition.NOT_INTERESTED else "",
        is_reached=said.disposition in Call.REACHED,
        note=said.note,
        answers=answers,
        before=before,
        next_at=next_at(row, contact, said, at),
        engagement=_engaged(row, said, answers, at),
        occurred_at=at,
        recorded_at=at,
    )


def _kept(questions: Sequence[scripts.Question], answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers with their questions as they were asked."""
    return {
        one["key"]: {"label": one["label"], "value": answering.stored(answers[one["key"]])}
        for one in questions
        if one["key"] in answers
    }


def _disqualified(lead: Lead, said: Said, by: User, at: datetime) -> dict[str, bool]:
    """Close a lead that waits with marketing; what sales has is theirs to judge."""
    if lead.stage not in WITH_MARKETING:
        return {}
    told = ". ".join(filter(None, (str(Call.Why(said.why).label) if said.why else "", said.note)))
    closed = lifecycle.close([lead.pk], to=Stage.DISQUALIFIED, at=at, reason=Reason.DISQUALIFIED, by=by, note=told)
    return {"closed": True} if closed else {}


def _objected(call_list: CallList, contact: Contact, by: User, at: datetime) -> dict[str, int]:
    """Write down that they do not want to be called; the objection, where that is news."""
    source = sources.kept(sources.ON_A_LIST, call_list)
    if not objections.withdraw(contact, [PHONE], source=source, by=by, at=at):
        return {}
    return {"objection": Consent.objects.filter(contact=contact, channel=PHONE).latest("pk").pk}


def _engaged(row: CallTarget, said: Said, answers: Mapping[str, Any], at: datetime) -> Engagement | None:
    """What the person did, if they answered and want more: conditions and scoring count it, and whoever takes the lead reads it.

    Who has no interest, or no time now, did nothing that speaks for them: that call stands in the lead's story alone.
    """
    if said.disposition != Disposition.INTERESTED:
        return None
    lines = [str(Disposition(said.disposition).label), *filter(None, [said.note]), *map(spoken, answers.values())]
    return Engagement.objects.create(
        contact_id=row.lead.contact_id,
        lead=row.lead,
        campaign_id=row.call_list.campaign_id,
        kind=Engagement.Kind.CALL,
        channel=Channel.TELEMARKETING,
        detail="\n".join(lines),
        occurred_at=at,
        recorded_at=at,
    )


def spoken(answer: Mapping[str, Any]) -> str:
    """A question and its answer as a line."""
    return f"{answer['label']} {worded(answer['value'])}"


def worded(value: Any) -> str:
    """An answer in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def next_at(row: CallTarget, contact: Contact, said: Said, at: datetime) -> datetime | None:
    """When they are called again; None where the list is done with them. Without an answer: in the list's own hours."""
    call_list = row.call_list
    if said.disposition == Disposition.CALL_BACK:
        return said.call_back_at
    tries_on = said.disposition == Disposition.WRONG_NUMBER and bool(dialled(contact))
    unreached = said.disposition in Call.UNREACHED or tries_on
    if not unreached or row.attempts + 1 >= call_list.most_attempts:
        return None
    later = at + timedelta(minutes=call_list.minutes_between)
    return hours.next_open(call_list, later) or later


# What follows from the calls that stand. Rides call_of_target.
_RECKON = """
    UPDATE leads_calltarget t SET attempts = coalesce(s.attempts, 0), disposition = coalesce(last.disposition, ''),
        called_by_id = last.by_id, claimed_by_id = NULL, claimed_until = NULL,
        due_at = greatest(coalesce(last.next_at, t.added_at), t.put_off_until),
        state = CASE WHEN last.id IS NOT NULL AND last.next_at IS NULL THEN 'ended'
            WHEN t.kept_out <> '' THEN 'kept_out' ELSE 'to_call' END,
        kept_out = CASE WHEN last.id IS NOT NULL AND last.next_at IS NULL THEN '' ELSE t.kept_out END
    FROM leads_calltarget r
    LEFT JOIN LATERAL (
        SELECT count(*) AS attempts, max(c.id) AS last FROM leads_call c
        WHERE c.target_id = r.id AND c.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_call v WHERE v.voids_id = c.id)
    ) s ON true
    LEFT JOIN leads_call last ON last.id = s.last
    WHERE r.id = t.id AND r.id = ANY(%s)
"""


def reckon(targets: Collection[int]) -> int:
    """Write anew what follows from the calls of these: attempts, moment and end; whoever had one has it no more."""
    with connection.cursor() as cursor:
        cursor.execute(_RECKON, [list(targets)])
        return int(cursor.rowcount)


def said_of(call: Call) -> str:
    """How a call ended, as it is told to who made it."""
    told = str(Disposition(call.disposition).label)
    if call.next_at is None:
        return _("%(outcome)s. The list is done with them.") % {"outcome": told}
    local = localtime(call.next_at)
    when = date_format(local, moment_format(local, call.occurred_at))
    return _("%(outcome)s. To be called again from %(when)s.") % {"outcome": told, "when": when}
