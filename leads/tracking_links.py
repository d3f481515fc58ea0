"""Which campaign did a visit come from, and by which link? Links that say so, and the marks that arrive with an enquiry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db import connection
from django.db.models import QuerySet
from django.utils.text import slugify

from leadops.accounts.models import User
from leads.models import Campaign, TrackingLink
from leads.stages import Channel

MARK, OTHERS = "utm_campaign", ("utm_source", "utm_medium", "utm_content")
Marks = tuple[int | str, ...]
"""A campaign by its key, and the other marks as they are compared."""
ENDING = re.compile(r"-(\d{1,18})-([0-9a-f]{4})$")
IN_A_LIST = re.compile(r"-\d{1,18}-[0-9a-f]{4}\s*[\",}]")
"""The same at the end of a text in a list."""
MEDIUM = {
    Channel.EVENT: "event", Channel.WEB: "website", Channel.TELEMARKETING: "phone", Channel.SOCIAL: "social", Channel.EMAIL: "email",
    Channel.REFERRAL: "referral", Channel.PARTNER: "partner", Channel.SALES: "sales",
}  # fmt: skip
"""What utm_medium usually says of each channel."""


def key(campaign: Campaign) -> str:
    """How a campaign is named in utm_campaign: readable, and still its own once it is called otherwise."""
    named = slugify(campaign.name)[:60].strip("-") or "campaign"
    return f"{named}-{campaign.pk}-{_check(campaign.pk)}"


def _check(pk: int) -> str:
    """Four digits that tell our keys from names that happen to end in a number."""
    return sha256(f"campaign:{pk}".encode()).hexdigest()[:4]


def meant(mark: str) -> int | None:
    """The campaign that a mark names by its key; None where it is of others."""
    found = ENDING.search(mark.strip().lower())
    return int(found[1]) if found and _check(int(found[1])) == found[2] else None


def whole(address: str, campaign: Campaign, *, source: str, medium: str, content: str) -> str:
    """The address with the marks of the campaign, in place of any that it had."""
    marks = {"utm_source": source, "utm_medium": medium, MARK: key(campaign), "utm_content": content}
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in marks]
    query = urlencode([*kept, *((name, value) for name, value in marks.items() if value)])
    return urlunsplit(parts._replace(query=query))


def marked(payloads: Mapping[int, Mapping[str, Any]]) -> dict[int, Campaign]:
    """The campaign that each of these enquiries bears the mark of, where it names none itself. One statement, or none."""
    named = {n: pk for n, payload in payloads.items() if (pk := _named(payload))}
    if not named:
        return {}
    there = Campaign.objects.in_bulk(set(named.values()))
    return {n: there[pk] for n, pk in named.items() if pk in there}


def _named(payload: Mapping[str, Any]) -> int | None:
    if payload.get("campaign"):
        return None
    return _meant_in(payload)


def _meant_in(payload: Mapping[str, Any]) -> int | None:
    """The campaign whose mark an enquiry bears, in the mark's own place or where it names its campaign."""
    named = payload.get("campaign")
    told = chain(_said(payload, MARK), [named] if isinstance(named, str) else [])
    return next(filter(None, map(meant, told)), None)


def meant_by(marks: Iterable[str]) -> dict[str, str]:
    """The name of the campaign that each of these texts is the mark of; others are left out. One statement, or none."""
    keys = {mark: pk for mark in marks if (pk := meant(mark))}
    there = dict(Campaign.objects.filter(pk__in=set(keys.values())).values_list("pk", "name")) if keys else {}
    return {mark: there[pk] for mark, pk in keys.items() if pk in there}


def is_mark(path: str) -> bool:
    """Whether a key is that of one of the marks that tell the links apart, whatever stands before it."""
    return _folded_name(path).endswith((MARK, *OTHERS))


def _folded_name(name: str) -> str:
    return name.lower().replace(" ", "_")


def _said(payload: Mapping[str, Any], mark: str) -> Iterable[str]:
    """What an enquiry says in a mark, whatever stands before its name: a webhook's keys are paths."""
    for name, value in payload.items():
        if isinstance(value, str) and _folded_name(name).endswith(mark):
            yield value


def address_of(link: TrackingLink) -> str:
    """The whole address of a link that was kept."""
    return whole(link.address, link.campaign, source=link.source, medium=link.medium, content=link.content)


def taken(campaign: Campaign, *, source: str, medium: str, content: str) -> TrackingLink | None:
    """The link of a campaign that bears these marks already; by marks alone two of them could not be told apart."""
    return campaign.links.filter(source__iexact=source, medium__iexact=medium, content__iexact=content).first()


def archive(links: QuerySet[TrackingLink], *, by: User, at: datetime) -> int:
    """Put links away that are not used any more; return how many were not before. Who comes by them still is counted."""
    return links.filter(archived_at__isnull=True).update(archived_at=at, archived_by=by)


def bring_back(links: QuerySet[TrackingLink]) -> int:
    """Take links into use again; return how many were put away."""
    return links.filter(archived_at__isnull=False).update(archived_at=None, archived_by=None)


_COUNT = """
    UPDATE leads_intake i SET tracking_link_id = came.link
    FROM unnest(%(intake)s::bigint[], %(link)s::bigint[]) AS came (intake, link) WHERE i.id = came.intake
"""

_COUNT_ROWS = """
    UPDATE leads_importrow r SET tracking_link_id = came.link
    FROM unnest(%(n)s::integer[], %(link)s::bigint[]) AS came (n, link) WHERE r.batch_id = %(batch)s AND r.n = came.n
"""


def count(payloads: Mapping[int, Mapping[str, Any]]) -> int:
    """Count enquiries by the links whose marks they bear; return how many bear those of one. Nothing is asked where none has a mark."""
    if not (found := borne(payloads)):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"intake": list(found), "link": list(found.values())})
    return len(found)


def count_rows(batch: int, rows: Mapping[int, Mapping[str, str]]) -> int:
    """Count rows of a file, by their number, as enquiries are counted; return how many bear the marks of a link."""
    if not (found := borne(rows)):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ROWS, {"batch": batch, "n": list(found), "link": list(found.values())})
    return len(found)


def borne(payloads: Mapping[int, Mapping[str, Any]]) -> dict[int, int]:
    """The link whose marks each of these bears, where it bears any. One statement, or none.

    Where the campaign's mark came alone, it is that of its link if it has one only.
    """
    said: dict[int, Marks] = {
        n: (campaign, *_others(payload)) for n, payload in payloads.items() if (campaign := _meant_in(payload))
    }
    if not said:
        return {}
    kept = TrackingLink.objects.filter(campaign__in={marks[0] for marks in said.values()})
    links: dict[Marks, int] = {
        (campaign, *map(folded, marks)): pk
        for pk, campaign, *marks in kept.values_list("pk", "campaign", "source", "medium", "content")
    }
    return {n: link for n, marks in said.items() if (link := links.get(marks) or _only_one(marks, links))}


def _only_one(marks: Marks, links: Mapping[Marks, int]) -> int | None:
    """The only link of a campaign whose mark came without any other."""
    campaign, *others = marks
    theirs = [] if any(others) else [link for (its, *_marks), link in links.items() if its == campaign]
    return theirs[0] if len(theirs) == 1 else None


def _others(payload: Mapping[str, Any]) -> Iterable[str]:
    return (folded(next(iter(_said(payload, mark)), "")) for mark in OTHERS)


def folded(mark: str) -> str:
    """A mark as it is compared."""
    return mark.strip().lower()
