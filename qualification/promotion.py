"""Which leads meet the definition now, and go to sales with its promise?"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_noop

from leadops.accounts import notifying
from leadops.accounts.models import Notice, User
from leadops.accounts.roles import Role
from leads import calendars, lifecycle
from leads.conditions import compile_condition, reads_time, standing_engagements
from leads.models import Contact, ImportedPast, Lead, Queue
from leads.querysets import LeadQuerySet
from leads.stages import Reason, Stage
from qualification.models import Criterion, Definition
from qualification.scoring import rescore

NEAR = 10
"""How many points below the threshold a lead may stand to be taken along to learn."""
WHY = {
    "no-definition": gettext_noop(
        "The leads wait with marketing unscored: no definition of a lead is in force. "
        "They are scored and handed over once marketing and sales have signed one."
    ),
    "no-pool": gettext_noop(
        "The leads wait with marketing unscored: nobody can act in a pool of sales. "
        "They are scored and handed over once a pool has an active member."
    ),
}
"""What keeps leads from being judged, as it is told."""

logger = structlog.get_logger(__name__)

# Materialized: a subquery that is run once for each row would skip what it locked, and claim more than its limit. Where
# they stand the rows are found whatever the planner thinks of a table that is empty whenever it looks.
_CLAIM = """
    WITH picked AS MATERIALIZED (
        SELECT ctid FROM leads_leadtouch ORDER BY lead_id LIMIT %s FOR UPDATE SKIP LOCKED)
    DELETE FROM leads_leadtouch t USING picked p WHERE t.ctid = p.ctid
    RETURNING t.lead_id
"""
_TOUCH = """
    INSERT INTO leads_leadtouch (lead_id, touched_at)
    SELECT id, %s FROM leads_lead
    WHERE closed_at IS NULL AND stage IN ('inquiry', 'nurture') AND id > %s ORDER BY id LIMIT %s
    ON CONFLICT (lead_id) DO UPDATE SET touched_at = excluded.touched_at
    RETURNING lead_id
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one look at touched leads came to, in leads."""

    claimed: int = 0
    rescored: int = 0
    promoted: int = 0
    explored: int = 0
    suppressed: int = 0


@transaction.atomic
def judge(at: datetime, limit: int = 10_000) -> Judged:
    """Score up to `limit` touched leads and promote those that meet the definition in force; say what came of it.

    A lead that does not meet it stays with marketing, its next step untouched. While there is no definition in
    force, or no pool of sales in which somebody can act, nothing is claimed, and marketers and managers are told once.
    """
    definition, pools = Definition.objects.in_force(at), _pools()
    if definition is None or not pools:
        _say_once(_missing(definition, pools), at)
        return Judged()
    claimed = _claim(limit)
    if not claimed:
        return Judged()
    rescored = rescore(Lead.objects.filter(pk__among=claimed), at, definition)
    suppressed = _close_suppressed(claimed, at)
    meeting = _lock(waiting(claimed).filter(LAWFUL, score__meets=True))
    exploring = _lock(explorable(waiting(claimed).filter(LAWFUL), definition, at))
    promoted = _promote(definition, pools, meeting, exploring, at)
    return Judged(len(claimed), rescored, len(promoted), len(exploring & promoted), suppressed)


def obstacle(at: datetime) -> str:
    """The kind of the notice that tells why no lead is judged; empty where leads are."""
    return _missing(Definition.objects.in_force(at), _pools())


def _missing(definition: Definition | None, pools: Collection[object]) -> str:
    if definition is None:
        return "no-definition"
    return "" if pools else "no-pool"


def _claim(limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [limit])
        return sorted(row[0] for row in cursor.fetchall())


def _pools() -> dict[str, int]:
    """The pools in which somebody can act, by kind; where one of hunters and farmers cannot, the other takes its leads."""
    able = dict(Queue.objects.able_to_act().filter(kind__in=Queue.POOLS[:2]).values_list("kind", "pk"))
    return {kind: able.get(kind, next(iter(able.values()))) for kind in Queue.POOLS[:2]} if able else {}


HAS_PHONE = ~Q(contact__phone_e164="") | ~Q(contact__mobile_e164="")
HAS_MAIL = ~Q(contact__email_key="")
WITHHELD = gettext_noop("%(lead)s may be neither mailed nor called any more: the lead was closed.")
LAWFUL_RECORD = (~Q(phone_e164="") | ~Q(mobile_e164="")) & Q(is_phone_suppressed=False) | ~Q(email_key="") & Q(
    is_mail_suppressed=False
)
"""A record of a person by which they may be reached."""
LAWFUL = HAS_PHONE & Q(contact__is_phone_suppressed=False) | HAS_MAIL & Q(contact__is_mail_suppressed=False)
"""There is a way to reach the contact that is not suppressed."""


def waiting(ids: Sequence[int]) -> LeadQuerySet:
    """Of these leads, those with marketing that may go to sales now.

    A lead that sales gave back goes again only once marketing took it up, or when something came in since; one that was
    moved in from another system, once something happened here.
    """
    since = standing_engagements().filter(
        contact__family_id=OuterRef("family_id"), recorded_at__gt=OuterRef("stage_entered_at")
    )
    taken_up = Q(stage=Stage.INQUIRY, queue__kind=Queue.Kind.TO_QUALIFY)
    stages = (Stage.INQUIRY, Stage.NURTURE)
    resting = ImportedPast.objects.resting().filter(lead=OuterRef("pk"))
    return Lead.objects.filter(
        ~Exists(resting), taken_up | Q(promotion_n=0) | Exists(since), pk__among=ids, stage__in=stages
    )


def explorable(leads: LeadQuerySet, definition: Definition, at: datetime) -> LeadQuerySet:
    """Of these leads, the signed share of those just below the threshold; chosen by lead and version, for ever the same."""
    if not definition.exploration_percent:
        return leads.none()
    for criterion in definition.criteria.filter(kind=Criterion.Kind.MUST):
        leads = leads.filter(compile_condition(criterion.condition, at))
    near = leads.filter(score__score__gte=definition.threshold - NEAR, score__score__lt=definition.threshold)
    return Lead.objects.filter(
        pk__among=[key for key in near.values_list("pk", flat=True) if is_drawn(key, definition)]
    )


def is_drawn(lead: int, definition: Definition) -> bool:
    return zlib.crc32(f"{definition.version}:{lead}".encode()) % 100 < definition.exploration_percent


def _lock(leads: LeadQuerySet) -> set[int]:
    """Lock these leads as they still stand, so that nobody moves them in between."""
    return set(leads.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def _promote(
    definition: Definition, pools: dict[str, int], meeting: set[int], exploring: set[int], at: datetime
) -> set[int]:
    """Promote into the pool of each lead's kind; the promise and the moment to hand over by are reckoned once for all."""
    if not meeting | exploring:
        return set()
    promise = calendars.due(at, definition.promise_minutes)
    hand_over_by = min(promise, calendars.due(at, definition.accept_minutes))
    leads = meeting | exploring
    is_customer = dict(Lead.objects.filter(pk__among=leads).values_list("pk", F("contact__organisation__is_customer")))
    kinds = {key: Queue.Kind.FARMERS if known else Queue.Kind.HUNTERS for key, known in is_customer.items()}
    return set(
        lifecycle.promote(
            leads,
            holds={key: lifecycle.Hold(hand_over_by, queue=pools[kind]) for key, kind in kinds.items()},
            promises=dict.fromkeys(kinds, promise),
            version=definition.version,
            at=at,
            by=None,
            explored=exploring - meeting,
        )
    )


WITH_MARKETING = Q(stage__in=(Stage.INQUIRY, Stage.NURTURE))
PROMISED = Q(stage__in=(Stage.MQL, Stage.ASSIGNED, Stage.SAL), promised_by__isnull=False, answered_at__isnull=True)
"""With sales, which owes it a first follow-up still. Who was spoken to since is theirs: an appointment is no cold call."""


def _close_suppressed(ids: Sequence[int], at: datetime) -> int:
    """Close what came in with a number or an address and may be contacted by none of them; reps who hold it are told.

    No promise is kept open that nobody may keep. One that broke before stays broken; one that is kept meanwhile stays open.
    """
    lawful = Contact.objects.filter(LAWFUL_RECORD, family_id=OuterRef("family_id"))
    barred = Lead.objects.filter(WITH_MARKETING | PROMISED, HAS_PHONE | HAS_MAIL, ~LAWFUL, pk__among=ids)
    found = _lock(barred.filter(~Exists(lawful)))
    closed = lifecycle.close(found, to=Stage.DISQUALIFIED, at=at, reason=Reason.SUPPRESSED, by=None)
    _tell_holders(closed, at)
    return len(closed)


def _tell_holders(closed: Collection[int], at: datetime) -> None:
    """Tell reps that leads which they held are closed, and why."""
    held = Lead.objects.filter(pk__in=closed, owner__isnull=False, promotion_n__gt=0).select_related(
        "contact__organisation"
    )
    told = [
        notifying.Telling(
            lead.owner_id,
            "suppressed",
            f"suppressed:{lead.pk}:{at.isoformat()}",
            WITHHELD,
            {"lead": str(lead.contact.organisation or lead.contact)},
            f"/leads/{lead.pk}/",
        )
        for lead in held
        if lead.owner_id
    ]
    notifying.tell_each(told, at=at)


def _say_once(kind: str, at: datetime) -> None:
    """Tell marketers and sales managers, once each, why no lead goes to sales."""
    readers = User.objects.with_role(Role.MARKETER, Role.SALES_MANAGER)
    keys = {f"{kind}:{reader.pk}": reader for reader in readers}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    told = [
        notifying.Telling(reader.pk, kind, key, WHY[kind], path="/definition/", is_urgent=True)
        for key, reader in keys.items()
        if key not in known
    ]
    if notifying.tell_each(told, at=at):
        logger.warning("nothing is promoted", obstacle=kind)


def touch_fading(at: datetime, after: int = 0, limit: int = 10_000) -> int:
    """Have leads with marketing judged anew, because points fade with time; return the last key, 0 when all are done.

    Nothing where the definition in force does not read time.
    """
    definition = Definition.objects.in_force(at)
    criteria = definition.criteria.all() if definition else ()
    if not any(criterion.half_life_days or reads_time(criterion.condition) for criterion in criteria):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, [at, after, limit])
        return max((row[0] for row in cursor.fetchall()), default=0)
