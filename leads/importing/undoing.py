"""Take an import back: what it opened closes as void, what it changed is as it was, what was touched since stays and is named.

Slice by slice in one transaction each, so that an undoing that was killed goes on where it stopped. Objections stay:
who asked not to be contacted said so, whichever file brought it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from leadops.accounts import notifying
from leadops.accounts.models import User
from leads import capture, lifecycle
from leads.capture.people import FILLS
from leads.capture.places import NUMBERS, TEXTS
from leads.importing.fields import FIELDS
from leads.importing.running.batches import TakenError, change, quietly
from leads.importing.running.runs import claimed, moving
from leads.models import ImportBatch, ImportedPast
from leads.stages import Origin, Stage
from leads.touching import touch

State = ImportBatch.State
# What the columns are called, in the source's words; keys that go with a value are told with it.
with translation.override(None):
    LABELS = {field.key: str(field.label) for field in FIELDS}
LABELS |= {"organisation_id": LABELS["organisation"], "attributes": gettext_noop("Other columns")}
UNDOABLE = (State.FINISHING, State.DONE, State.FAILED, State.CANCELLED)
SLICE = 10_000

LEAD_STAYS = gettext_noop("Somebody has worked on the lead since: it stays.")
PERSON_STAYS = gettext_noop("The person is known from elsewhere too, or was changed since: they stay.")
VALUE_STAYS = gettext_noop("“%(field)s” was changed since and stays.")
OBJECTION_STAYS = gettext_noop("The objection stays.")
TAKEN_BACK = gettext_noop("Leads of yours came from a file that was taken back: “%(file)s”.")


def may_undo(batch: ImportBatch) -> bool:
    """Whether a batch brought something in that was not taken back."""
    return batch.state in UNDOABLE and batch.committed > 0


def request(batch: ImportBatch, *, by: User) -> bool:
    """Ask for a batch to be taken back; False where it still runs, brought nothing in, or was taken back already."""
    asked = ImportBatch.objects.filter(pk=batch.pk, state__in=UNDOABLE, committed__gt=0)
    return bool(asked.update(state=State.UNDOING, undone_by=by, problem=""))


def undo(batch: ImportBatch, *, at: datetime, on_progress: Callable[[ImportBatch], None] = quietly) -> bool:
    """Take back what a batch brought in, from where a former undoing stopped; the last rows first."""
    try:
        with claimed(batch):
            batch.refresh_from_db()
            if batch.state != State.UNDOING:
                return False
            clock = moving(at)
            while batch.undone < batch.committed:
                _take_back(batch, clock())
                on_progress(batch)
            _tell_holders(batch, clock())
            change(batch, state=State.UNDONE, undone_at=clock())
    except TakenError:
        return False
    return True


@transaction.atomic
def _take_back(batch: ImportBatch, at: datetime) -> None:
    """Take back the slice before the rows that were taken back already."""
    last = batch.committed - batch.undone
    first = max(1, last - SLICE + 1)
    capture.lock()
    values: dict[str, Any] = {"batch": batch.pk, "first": first, "last": last, "at": at, "since": batch.started_at}
    values |= {"until": batch.finished_at}
    values |= {"source": batch.name[:300], "marketing": Origin.MARKETING, "void": Stage.VOID, "merged": Stage.MERGED}
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE, values)
        cursor.execute("ANALYZE undoing")
        cursor.execute(_OPENED, values)
        _close(cursor, batch, at)
        for statement in (_VOID_ENGAGEMENTS, _VOID_CONSENTS):
            cursor.execute(statement, values)
        for round_ in range(1, _rounds(cursor) + 1):
            for statement in (_RESTORE_CONTACTS, _RESTORE_ORGANISATIONS):
                cursor.execute(statement, values | {"round": round_})
        cursor.execute(_VOID_CONTACTS, values)
        touch(_families(cursor), at=at)
        cursor.execute(_KEEP, values | _SENTENCES)
    change(batch, undone=batch.committed - first + 1)


# The rows that changed one person, or one organisation, in rounds, the last first: a value that two rows filled, or put
# in the place of another, goes back through both.
_PREPARE = """
    CREATE TEMP TABLE IF NOT EXISTS undoing (
        n bigint PRIMARY KEY, verdict text, contact_id bigint, lead_id bigint, before jsonb, round int, organisation_round int,
        is_opened bool, is_kept bool, stays bool, kept text[]
    ) ON COMMIT DROP;
    INSERT INTO undoing
    SELECT r.n, r.verdict, r.contact_id, r.lead_id, r.before,
        CASE WHEN r.before IS NOT NULL THEN row_number() OVER (PARTITION BY r.contact_id, r.before IS NULL ORDER BY r.n DESC) END,
        CASE WHEN r.before ? 'organisation' THEN
            row_number() OVER (PARTITION BY r.before -> 'organisation' ->> 'id' ORDER BY r.n DESC) END,
        false, false, false, '{}'
    FROM leads_importrow r
    WHERE r.batch_id = %(batch)s AND r.n BETWEEN %(first)s AND %(last)s AND r.contact_id IS NOT NULL
        AND r.verdict IN ('created', 'updated', 'merged')
"""
# The batch opened a lead when the first thing that is known of it came with the batch. A person has touched it when one
# wrote a move after the first, or when it has an enquiry from elsewhere: its own, or of a lead that was merged with it, which
# nobody else holds. History came in closed untouched. Rides engagement_of_contact, move_of_lead and lead_of_family.
_OPENED = """
    UPDATE undoing u SET is_opened = true, is_kept = (
            l.closed_at IS NOT NULL AND NOT (SELECT m.is_imported FROM leads_leadmove m WHERE m.lead_id = l.id ORDER BY m.id DESC LIMIT 1)
            OR EXISTS (SELECT 1 FROM leads_leadmove m WHERE m.lead_id = l.id AND m.by_id IS NOT NULL
                AND m.id > (SELECT min(f.id) FROM leads_leadmove f WHERE f.lead_id = l.id))
            OR EXISTS (SELECT 1 FROM leads_lead o
                JOIN leads_engagement e ON e.contact_id = o.contact_id AND e.lead_id = o.id
                WHERE o.family_id = l.family_id AND (o.id = l.id OR o.stage = %(merged)s AND o.closed_at >= l.opened_at)
                    AND e.batch_id IS DISTINCT FROM %(batch)s
                    AND e.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_engagement v WHERE v.voids_id = e.id)))
    FROM leads_lead l
    WHERE l.id = u.lead_id AND l.origin = %(marketing)s AND l.stage <> %(void)s
        AND (l.opened_at >= %(since)s OR EXISTS (SELECT 1 FROM leads_importedpast p WHERE p.lead_id = l.id AND p.batch_id = %(batch)s))
        AND (SELECT e.batch_id FROM leads_engagement e
            WHERE e.contact_id = l.contact_id AND e.lead_id = l.id ORDER BY e.id LIMIT 1) = %(batch)s
"""
_VOIDED = "SELECT DISTINCT lead_id FROM undoing WHERE is_opened AND NOT is_kept"
_VOID_ENGAGEMENTS = """
    INSERT INTO leads_engagement (contact_id, lead_id, campaign_id, batch_id, kind, channel, detail, interest, attended_minutes,
        occurred_at, recorded_at, voids_id)
    SELECT e.contact_id, e.lead_id, e.campaign_id, e.batch_id, e.kind, e.channel, e.detail, e.interest, e.attended_minutes,
        e.occurred_at, greatest(%(at)s, l.recorded_at), e.id
    FROM (SELECT contact_id, bool_or(is_kept) AS is_kept FROM undoing GROUP BY contact_id) u
    JOIN leads_engagement e ON e.contact_id = u.contact_id AND e.batch_id = %(batch)s AND e.voids_id IS NULL
    LEFT JOIN leads_lead l ON l.id = e.lead_id
    WHERE NOT u.is_kept AND NOT EXISTS (SELECT 1 FROM leads_engagement v WHERE v.voids_id = e.id)
    ORDER BY e.id
"""
_VOID_CONSENTS = """
    INSERT INTO leads_consent (contact_id, purpose, channel, basis, wording, source, given_at, withdrawn_at, recorded_at, voids_id)
    SELECT c.contact_id, c.purpose, c.channel, c.basis, c.wording, c.source, c.given_at, c.withdrawn_at, %(at)s, c.id
    FROM leads_consent c
    WHERE c.contact_id IN (SELECT contact_id FROM undoing) AND c.source = %(source)s AND c.recorded_at >= %(since)s
        AND (%(until)s::timestamptz IS NULL OR c.recorded_at <= %(until)s)
        AND c.given_at IS NOT NULL AND c.voids_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_consent v WHERE v.voids_id = c.id)
    ORDER BY c.id
"""
# Gone where nothing else is known of them: only void leads, no enquiry that stands, part of no merge, changed by nobody else.
# Rides lead_of_family, engagement_of_contact, contact_merged_into and the key of the events.
_VOID_CONTACTS = """
    WITH gone AS (
        SELECT u.contact_id, NOT EXISTS (SELECT 1 FROM leads_lead l WHERE l.family_id = c.id AND l.stage <> %(void)s)
            AND c.merged_into_id IS NULL AND NOT EXISTS (SELECT 1 FROM leads_contact m WHERE m.merged_into_id = c.id)
            AND NOT EXISTS (SELECT 1 FROM leads_engagement e WHERE e.contact_id = c.id AND e.voids_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM leads_engagement v WHERE v.voids_id = e.id))
            AND NOT EXISTS (SELECT 1 FROM leads_contactevent h WHERE h.pgh_obj_id = c.id) AS is_gone
        FROM undoing u JOIN leads_contact c ON c.id = u.contact_id WHERE u.verdict = 'created'
    ), voided AS (
        UPDATE leads_contact c SET voided_at = %(at)s FROM gone g WHERE c.id = g.contact_id AND g.is_gone
    )
    UPDATE undoing u SET stays = NOT g.is_gone FROM gone g WHERE g.contact_id = u.contact_id AND u.verdict = 'created'
"""
_SENTENCES = {
    "lead_stays": LEAD_STAYS, "person_stays": PERSON_STAYS, "value_stays": VALUE_STAYS, "objection_stays": OBJECTION_STAYS,
}  # fmt: skip
_KEEP = """
    UPDATE leads_importrow r SET kept = concat_ws(E'\\n',
        CASE WHEN u.is_kept THEN %(lead_stays)s WHEN u.stays THEN %(person_stays)s END,
        (SELECT string_agg(json_build_object('sentence', %(value_stays)s, 'gaps', json_build_object('field',
            json_build_object('sentence', k.label, 'gaps', '{}'::json)::text))::text, E'\n') FROM unnest(u.kept) k(label)),
        CASE WHEN u.before -> 'contact' ?| ARRAY['is_mail_suppressed', 'is_phone_suppressed'] THEN %(objection_stays)s END)
    FROM undoing u WHERE r.batch_id = %(batch)s AND r.n = u.n
"""


def _restoring(table: str, what: str, rounds: str, key: str, names: tuple[str, ...]) -> str:
    """The statement that gives rows of a table their values of before, each where it is still what the batch made of it."""
    was = f"(jsonb_populate_record(NULL::{table}, u.before -> '{what}'))"
    same = "to_jsonb(t) -> '{0}' = u.before -> '{1}_after' -> '{0}'"
    written = ", ".join(
        f"{name} = CASE WHEN u.before -> '{what}' ? '{name}' AND {same.format(name, what)} THEN {was}.{name} ELSE t.{name} END"
        for name in names
    )
    changed = " ".join(
        f"|| CASE WHEN u.before -> '{what}' ? '{name}' AND NOT ({same.format(name, what)}) THEN ARRAY['{LABELS[name]}'] ELSE '{{}}' END"
        for name in names
        if name in LABELS
    )
    return f"""
        WITH kept AS (
            UPDATE undoing u SET kept = u.kept {changed} FROM {table} t
            WHERE u.{rounds} = %(round)s AND u.before ? '{what}' AND t.id = {key}
        )
        UPDATE {table} t SET {written} FROM undoing u
        WHERE u.{rounds} = %(round)s AND u.before ? '{what}' AND t.id = {key}
    """


_RESTORE_CONTACTS = _restoring(
    "leads_contact",
    "contact",
    "round",
    "u.contact_id",
    (*(name for name in FILLS if not name.endswith("_suppressed")), "name_key"),
)
_RESTORE_ORGANISATIONS = _restoring(
    "leads_organisation",
    "organisation",
    "organisation_round",
    "(u.before -> 'organisation' ->> 'id')::bigint",
    (*TEXTS, *NUMBERS, "is_customer"),
)


def _close(cursor: Any, batch: ImportBatch, at: datetime) -> None:
    cursor.execute(_VOIDED)
    ids = [row[0] for row in cursor.fetchall()]
    voided = lifecycle.take_back(ids, at=at, by=batch.undone_by)
    ImportedPast.objects.filter(lead__in=voided).update(voided_at=at, is_due=True, note="")


def _families(cursor: Any) -> list[int]:
    cursor.execute("SELECT DISTINCT family_id FROM leads_contact WHERE id IN (SELECT contact_id FROM undoing)")
    return [row[0] for row in cursor.fetchall()]


def _rounds(cursor: Any) -> int:
    cursor.execute("SELECT coalesce(max(greatest(round, organisation_round)), 0) FROM undoing")
    return int(cursor.fetchone()[0])


_HOLDERS = """
    SELECT DISTINCT l.owner_id FROM leads_importrow r JOIN leads_lead l ON l.id = r.lead_id
    WHERE r.batch_id = %(batch)s AND l.stage = %(void)s AND l.owner_id IS NOT NULL ORDER BY l.owner_id
"""


def _tell_holders(batch: ImportBatch, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, {"batch": batch.pk, "void": Stage.VOID})
        holders = [row[0] for row in cursor.fetchall()]
    tellings = [
        notifying.Telling(user, "taken_back", f"taken_back:{batch.pk}:{user}", TAKEN_BACK, {"file": batch.name})
        for user in holders
    ]
    notifying.tell_each(tellings, at=at)
