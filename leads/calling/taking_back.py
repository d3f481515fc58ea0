"""How is the call that was just written down taken back? By a row of its own; what it did is as before, where nothing came after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import transaction

from leadops.accounts.models import User
from leads import capture, objections, reopening, sources
from leads.calling import answering
from leads.calling.recording import reckon
from leads.consent import PHONE
from leads.models import Call, CallTarget, Consent, Contact, Engagement, Lead
from leads.stages import Reason, Stage
from leads.touching import touch

TAKEN_BACK_FOR = timedelta(minutes=10)
SAME = ("call_list_id", "target_id", "lead_id", "disposition", "why", "is_reached", "note", "next_at", "occurred_at")
SAME_DONE = ("contact_id", "lead_id", "campaign_id", "kind", "channel", "occurred_at")


def may_take_back(call: Call, *, by: User, at: datetime) -> bool:
    """Whether the caller can still take a call back: their own, the last one of its target, made minutes ago."""
    is_own = call.by_id == by.pk and call.voids_id is None
    last = Call.objects.standing().filter(target=call.target_id).order_by("-pk").first()
    return is_own and at <= call.recorded_at + TAKEN_BACK_FOR and last is not None and last.pk == call.pk


@transaction.atomic
def take_back(call: Call, *, by: User, at: datetime) -> bool:
    """Take a call back by a row of its own: what it filled, closed and put out of use is as before, where nothing came after it.

    Whoever took it back has the lead to call again.
    """
    if (call.before or {}).get("number"):
        capture.lock()
    list(CallTarget.objects.filter(pk=call.target_id).select_for_update(no_key=True).values_list("pk"))
    if not may_take_back(call, by=by, at=at):
        return False
    contact = Contact.objects.select_for_update(no_key=True).get(leads=call.lead_id)
    with pghistory.context(user=by.pk, call_list=call.call_list_id):
        _give_back(contact, call.before)
    if said := Consent.objects.filter(pk=call.before.get("objection")).select_related("contact").first():
        _let_call_again(said, call, by, at)
    if call.before.get("closed"):
        reopening.reopen(Lead.objects.filter(pk=call.lead_id), at=at, by=by)
    _void(call, by, at)
    reckon([call.target_id])
    touch([contact.family_id], at=at)
    return True


def _give_back(contact: Contact, before: Mapping[str, Any]) -> None:
    answering.take_back(contact, before.get("filled", {}))
    for column, number in before.get("number", {}).items():
        Contact.objects.filter(pk=contact.pk, **{column: ""}).update(**{column: number})


def _let_call_again(said: Consent, call: Call, by: User, at: datetime) -> None:
    """Take back the objection that was this call's, and open what was closed since for nobody could be called."""
    if objections.take_back(said, reason=sources.TAKEN_BACK, by=by, at=at):
        numbers = objections.keys_of(objections.family(said.contact), PHONE)
        free = objections.bearing(PHONE, numbers).filter(is_phone_suppressed=False)
        closed = {"moves__reason": Reason.SUPPRESSED, "moves__recorded_at__gte": call.recorded_at}
        leads = Lead.objects.filter(family_id__in=free.values("family_id"), stage=Stage.DISQUALIFIED, **closed)
        reopening.reopen(Lead.objects.filter(pk__in=list(leads.values_list("pk", flat=True))), at=at, by=by)


def _void(call: Call, by: User, at: datetime) -> Call:
    """Write the row that voids a call, and the one that voids what the person did in it."""
    did = call.engagement
    told = {name: getattr(call, name) for name in SAME}
    if did:
        told["engagement"] = Engagement.objects.create(
            **{name: getattr(did, name) for name in SAME_DONE}, recorded_at=at, voids=did
        )
    return Call.objects.create(**told, by=by, recorded_at=at, voids=call)
