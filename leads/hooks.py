"""What another program tells in words of its own: kept as it came, turned into fields, and judged like any arrival."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Q, QuerySet

from leads import intake, tracking_links
from leads.importing.fields import BY_KEY, LEFT_OUT
from leads.importing.mapping import suggest
from leads.importing.reading.table import Table
from leads.models import Hook, HookPayload, Intake

MOST = 1_000
DEEPEST_KEPT = 100
"""So many lists and objects may lie in one another."""
DEEPEST, LONGEST_PATH, LONGEST_VALUE, MOST_PATHS = 12, 200, 20_000, 300
NAMING = ("name", "key", "column_name", "column_id", "field", "label", "question", "title", "id")
VALUED = ("value", "values", "string_value", "answer", "text")
"""How lists of questions and answers name either: {"name": "email", "values": ["a@b.example"]}."""
ALIKE = frozenset({"name", "id", "title", "value", "key", "type", "number", "text"})
"""Words that say nothing without the one before them."""
Flat = dict[str, str]


def flat(body: Any) -> Flat:
    """What a body says, by the path of each value: `contact.email`; texts all."""
    found: Flat = {}
    for path, value in _leaves(body, (), DEEPEST):
        if len(found) >= MOST_PATHS:
            break
        found.setdefault(path[:LONGEST_PATH], intake.as_text(value)[:LONGEST_VALUE])
    return found


def _leaves(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and depth:
        for name, one in value.items():
            yield from _leaves(one, (*path, str(name)), depth - 1)
    elif isinstance(value, list) and depth and any(isinstance(one, Mapping | list) for one in value):
        for n, one in enumerate(value, 1):
            name, inner = _answer(one, n)
            yield from _leaves(inner, (*path, name), depth - 1)
    else:
        yield ".".join(path) or "value", str(value) if isinstance(value, Mapping) else value


def _answer(one: Any, n: int) -> tuple[str, Any]:
    """The name and the value of an item of a list: of a question its answer, of anything else its number."""
    if isinstance(one, Mapping):
        names = [one[key] for key in NAMING if isinstance(one.get(key), str) and one[key]]
        values = [one[key] for key in VALUED if key in one]
        if names and values:
            return names[0], values[0]
    return str(n), one


def is_deep(value: Any, most: int = DEEPEST_KEPT) -> bool:
    """Whether more than so many lists and objects lie in one another."""
    if not isinstance(value, Mapping | list):
        return False
    inner = value.values() if isinstance(value, Mapping) else value
    return not most or any(is_deep(one, most - 1) for one in inner)


def secret_of(hook: Hook) -> str:
    """The secret in force: it follows from the installation's own, so that it need not be kept."""
    said = f"hook:{hook.key}:{hook.secret_number}"
    return hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex()


def renew_secret(hook: Hook, *, after: int) -> bool:
    """Have the hook ask for signatures by the secret `after` that one; False, and nothing done, where another one is in force."""
    is_renewed = bool(Hook.objects.filter(pk=hook.pk, secret_number=after).update(secret_number=F("secret_number") + 1))
    hook.refresh_from_db(fields=["secret_number"])
    return is_renewed


def is_signed(hook: Hook, body: bytes, signature: str) -> bool:
    """Whether a body bears the signature that the hook asks for, if it asks for one: hex of HMAC-SHA256."""
    if not hook.secret_number:
        return True
    expected = hmac.digest(secret_of(hook).encode(), body, "sha256").hex()
    return hmac.compare_digest(expected.encode(), signature.strip().removeprefix("sha256=").lower().encode())


def receive(hook: Hook, bodies: Sequence[Any], *, at: datetime, delivery: str = "") -> int:
    """Keep what came, raw, and hand it in where the hook has a mapping, in one transaction; return how many were kept.

    What came before under the same `delivery` is not kept twice.
    """
    named = [f"{delivery}:{n}" if delivery else "" for n in range(len(bodies))]
    rows = [
        HookPayload(hook=hook, delivery=name, body=intake.storable(body), received_at=at)
        for name, body in zip(named, bodies, strict=True)
    ]
    try:
        with transaction.atomic():
            held = _held(hook)
            kept = HookPayload.objects.bulk_create(rows)
            if held.mapping is not None:
                hand_in(held, kept, at=at)
    except IntegrityError:
        if delivery and HookPayload.objects.filter(hook=hook, delivery__in=named).exists():
            return 0
        raise
    return len(kept)


def _held(hook: Hook) -> Hook:
    """The hook as it is, kept from change: what comes while its mapping is chosen is judged by that, and never waits on."""
    return Hook.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=hook.pk)


def hand_in(hook: Hook, payloads: Sequence[HookPayload], *, at: datetime) -> None:
    """Have payloads judged by the hook's mapping; each happened when it was received."""
    said = [{"occurred_at": payload.received_at.isoformat()} | fields(hook, flat(payload.body)) for payload in payloads]
    for payload, raw in zip(payloads, intake.store(said, source=Intake.Source.HOOK, at=at), strict=True):
        payload.intake = raw
    HookPayload.objects.bulk_update(payloads, ["intake"])


def fields(hook: Hook, said: Flat) -> dict[str, str]:
    """What a payload comes to: fields where the mapping names them, the rest kept under its own path.

    Of several keys of one field the first that is filled counts, in the order in which the page shows them; what another
    says otherwise is kept too. So are the marks of tracking links, whatever field they become: they tell the links apart.
    """
    mapping = hook.mapping or {}
    found: dict[str, str] = {}
    for path in in_order(said):
        field, value = mapping.get(path) or "", said[path]
        if field == LEFT_OUT or not value:
            continue
        is_taken = field in BY_KEY and found.setdefault(field, value) == value
        if not is_taken or tracking_links.is_mark(path):
            found.setdefault(_beside(path), value)
    if hook.campaign:
        found.setdefault("campaign", hook.campaign.name)
        found.setdefault("channel", hook.campaign.channel)
    return found


def in_order(paths: Iterable[str]) -> list[str]:
    """Paths as the page shows them, which is the order in which they count."""
    return sorted(set(paths))


def _beside(path: str) -> str:
    """A path that no field takes, as the name of an attribute; never that of a field."""
    return f"{path} " if path in BY_KEY else path


def unjudged(hook: Hook) -> QuerySet[HookPayload]:
    """What waits for a mapping, or could not be judged by the last one."""
    return hook.payloads.filter(Q(intake__isnull=True) | Q(intake__verdict=Intake.Verdict.ERROR)).order_by("pk")


def waiting() -> QuerySet[Hook]:
    """The hooks with what waits for a mapping, and how much that is. Rides hook_payload_waiting."""
    unmapped = Hook.objects.filter(payloads__isnull=False, payloads__intake__isnull=True)
    return unmapped.annotate(waiting=Count("payloads")).order_by("name", "pk")


def with_figures(hooks: QuerySet[Hook]) -> QuerySet[Hook]:
    """The hooks with what came in: in all, waiting for a mapping, as errors, and when last."""
    return hooks.annotate(
        came=Count("payloads"),
        waiting=Count("payloads", filter=Q(payloads__intake__isnull=True)),
        failed=Count("payloads", filter=Q(payloads__intake__verdict=Intake.Verdict.ERROR)),
        last_at=Max("payloads__received_at"),
    )


@transaction.atomic
def choose(hook: Hook, mapping: Mapping[str, str], *, at: datetime, consent: Mapping[str, str] | None = None) -> int:
    """Set what the paths become, and what a yes is to where that is told; hand in what waits or could not be judged before.

    Returns how many that were.
    """
    held = _held(hook)
    held.mapping = dict(mapping)
    held.consent = held.consent if consent is None else dict(consent)
    held.save(update_fields=["mapping", "consent"])
    count = 0
    while payloads := list(unjudged(held)[:MOST]):
        hand_in(held, payloads, at=at)
        count += len(payloads)
    return count


def columns(payloads: Iterable[HookPayload]) -> dict[str, list[str]]:
    """The paths of some payloads, in the order in which they were met, each with the values that it had."""
    found: dict[str, list[str]] = {}
    for payload in payloads:
        for path, value in flat(payload.body).items():
            found.setdefault(path, []).append(value)
    return found


def suggested(found: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A field for each path that one fits, by its words and its values."""
    length = max(map(len, found.values()), default=0)
    rows = [[values[n] if n < len(values) else "" for values in found.values()] for n in range(length)]
    headers = [words(path) for path in found]
    table = Table(None, [], None, None, None, headers, rows, lambda: ())
    return {path: said.field or "" for path, said in zip(found, suggest(table), strict=True)}


def words(path: str) -> str:
    """A path as the header of a column: its last word, with the one before where that alone says nothing."""
    parts = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part).replace("_", " ").strip() for part in path.split(".")]
    is_alike = len(parts) > 1 and parts[-1].lower() in ALIKE
    return " ".join(parts[-2:]) if is_alike else parts[-1]
