"""Whatever arrives from a form, the API or a webhook is stored raw and durably first, and judged in sets afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import structlog
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_noop

from leadops.accounts.models import Company, Token
from leads import matching, tracking_links
from leads.arrivals import Column, Reader, Row, Ways
from leads.capture import Slice, capture, lock, remember_barred
from leads.consent import AS_USUAL, Terms
from leads.importing import files, staging
from leads.importing.fields import BY_KEY
from leads.models import AttributeKey, Campaign, Engagement, Intake
from leads.models.arrivals import NO_BATCH

log = structlog.get_logger(__name__)

MOST = 2_000
# What comes of content that was not foreseen; a database that is away, or a queue without members, is not among these.
UNFIT = (DataError, IntegrityError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
NOT_JUDGED = gettext_noop("Something in this could not be read. It is kept as it came; the fault was logged.")
NO_CAMPAIGNS: Mapping[int, Campaign] = {}
KINDS = {Intake.Source.FORM: Engagement.Kind.FORM}

_KEEP = """
    UPDATE leads_intake i SET judged_at = %(at)s, lead_id = j.lead_id, reason = left(j.reason, 500),
        verdict = CASE j.verdict WHEN 'merged' THEN 'updated' ELSE j.verdict END
    FROM judged j WHERE j.n = i.id
"""


def store(
    payloads: Sequence[Mapping[str, Any]], *, source: str, at: datetime, token: Token | None = None
) -> list[Intake]:
    """Keep what arrived as it is, {field: value}; nothing is checked, so that nothing is refused."""
    rows = [Intake(source=source, token=token, payload=storable(payload), received_at=at) for payload in payloads]
    return Intake.objects.bulk_create(rows)


def storable(value: Any) -> Any:
    """A value of JSON without the characters that PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list | tuple) else value


@transaction.atomic
def judge_waiting(*, at: datetime, limit: int = MOST, only: Iterable[int] | None = None) -> dict[int, str]:
    """Judge what waits, or `only` these; return {intake: verdict}. What another judges is left to it.

    The oldest first, with those that came the same way: what is written down says where it came from.
    """
    waiting = Intake.objects.filter(judged_at__isnull=True)
    if only is not None:
        waiting = waiting.filter(pk__in=list(only))
    if not waiting.exists():
        return {}
    lock()
    way = _way_of_oldest(waiting)
    if way is None:
        return {}
    intakes = list(waiting.filter(**way.alike).order_by("pk").select_for_update(skip_locked=True, of=("self",))[:limit])
    if not intakes:
        return {}
    fields = sorted({key for intake in intakes for key in intake.payload} & BY_KEY.keys())
    campaigns = tracking_links.marked({intake.pk: intake.payload for intake in intakes})
    wanted = dict.fromkeys([*fields, "occurred_at", *(("campaign", "channel") if campaigns else ())])
    staging.put(arrived(intakes, at, campaigns), staging.columns_for(wanted), NO_BATCH)
    matching.fold(NO_BATCH)
    part = Slice(NO_BATCH, intakes[0].pk, intakes[-1].pk, source=way.called, terms=way.terms)
    capture(part, at=at, by=None)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"at": at})
    tracking_links.count({intake.pk: intake.payload for intake in intakes})
    remember_barred(part, at=at)
    staging.clear(NO_BATCH)
    judged = Intake.objects.filter(pk__in=[intake.pk for intake in intakes]).order_by("pk")
    return dict(judged.values_list("pk", "verdict"))


class Way(NamedTuple):
    """How something came in: what came alike, what it is called where its consent is proven, and what a yes of it is to."""

    alike: Mapping[str, Any]
    called: str
    terms: Terms


def _way_of_oldest(waiting: QuerySet[Intake]) -> Way | None:
    """The way of the oldest that waits; each webhook is one of its own, for a yes of it is to what was chosen there."""
    oldest = waiting.select_related("hook_payload__hook").order_by("pk").first()
    if oldest is None:
        return None
    if oldest.source != Intake.Source.HOOK or not hasattr(oldest, "hook_payload"):
        alike = {"source": oldest.source}
        return Way(
            alike | ({"hook_payload": None} if oldest.source == Intake.Source.HOOK else {}), oldest.source, AS_USUAL
        )
    hook = oldest.hook_payload.hook
    return Way({"hook_payload__hook": hook}, hook.name, Terms(**hook.consent))


def last_waiting() -> int:
    """The key of the last one that waits to be judged; nought where none does. Rides intake_unjudged."""
    return Intake.objects.filter(judged_at__isnull=True).aggregate(last=Max("pk"))["last"] or 0


def waits(last: int) -> bool:
    """Whether one waits that is no later than this key."""
    return Intake.objects.filter(judged_at__isnull=True, pk__lte=last).exists()


def judge_next(*, at: datetime, limit: int = MOST) -> dict[int, str]:
    """Judge what waits; where one spoils that for the others, one by one. Return {intake: verdict}."""
    try:
        return judge_waiting(at=at, limit=limit)
    except UNFIT:
        log.exception("intake not judged together")
        return judge_apart(at=at, limit=limit)


def judge_apart(*, at: datetime, limit: int = MOST) -> dict[int, str]:
    """Judge what waits one by one; one that cannot be judged ends as an error that says so, with what it said kept."""
    waiting = Intake.objects.filter(judged_at__isnull=True).order_by("pk").values_list("pk", flat=True)[:limit]
    judged: dict[int, str] = {}
    for key in list(waiting):
        judged |= _judge_alone(key, at)
    return judged


def _judge_alone(key: int, at: datetime) -> dict[int, str]:
    try:
        return judge_waiting(at=at, only=[key])
    except UNFIT as fault:
        log.error("intake not judged", intake=key, error=str(fault))
        unjudged = Intake.objects.filter(pk=key, judged_at__isnull=True)
        is_ended = unjudged.update(judged_at=at, verdict=Intake.Verdict.ERROR, reason=NOT_JUDGED)
        return {key: Intake.Verdict.ERROR} if is_ended else {}


def arrived(
    intakes: Iterable[Intake], at: datetime, campaigns: Mapping[int, Campaign] = NO_CAMPAIGNS
) -> Iterable[staging.Staged]:
    """What each intake says, in normal form. An enquiry happened when it was received, unless it says otherwise.

    `campaigns` are those of intakes that bear the mark of one and name none themselves.
    """
    zone = ZoneInfo(Company.objects.values_list("time_zone", flat=True).first() or "Europe/Amsterdam")
    ways = Ways(zone=zone, latest=at, owners=files.owners())
    readers: dict[tuple[str, ...], Reader] = {}
    for intake in intakes:
        keys = tuple(intake.payload)
        if keys not in readers:
            readers[keys] = Reader(columns(keys, at), ways)
        cells = [as_text(value) for value in intake.payload.values()]
        row = happened(readers[keys].read(cells), intake)
        yield staging.Staged(intake.pk, None, cells, counted_to(row, campaigns.get(intake.pk)))


def happened(row: Row, intake: Intake) -> Row:
    row.setdefault("occurred_at", intake.received_at)
    if row.get("kind") == Engagement.Kind.ENQUIRY:
        row["kind"] = KINDS.get(Intake.Source(intake.source), Engagement.Kind.ENQUIRY)
    return row


def counted_to(row: Row, campaign: Campaign | None) -> Row:
    """The row with the campaign whose mark it bears, and that one's channel where it says none itself."""
    if campaign:
        row["campaign"] = campaign.name
        row.setdefault("channel", campaign.channel)
    return row


def columns(keys: Sequence[str], at: datetime) -> list[Column]:
    """Each key of a payload as a column: a field where it names one, else kept as an attribute."""
    mapping = [key if key in BY_KEY else None for key in keys]
    attributes = files.attribute_keys(keys, mapping)
    unknown = [
        AttributeKey(key=attribute, label=key[:300], created_at=at)
        for key, attribute in zip(keys, attributes, strict=True)
        if attribute
    ]
    if unknown:
        AttributeKey.objects.bulk_create(unknown, ignore_conflicts=True)
    kinds = dict(AttributeKey.objects.filter(key__in=[one.key for one in unknown]).values_list("key", "kind"))
    return [
        Column(key, field, attribute, kinds.get(attribute, AttributeKey.Kind.TEXT), "dmy")
        for key, field, attribute in zip(keys, mapping, attributes, strict=True)
    ]


def as_text(value: Any) -> str:
    """A value of a payload as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(as_text, value))
    return str(value)
