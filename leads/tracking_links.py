"""Which campaign did a visit come from? Links that say so, and the marks that arrive with an enquiry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.text import slugify

from leads.models import Campaign
from leads.stages import Channel

MARK = "utm_campaign"
ENDING = re.compile(r"-(\d{1,18})-([0-9a-f]{4})$")
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


def link(address: str, campaign: Campaign, *, source: str, medium: str, content: str) -> str:
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
    return next(filter(None, map(meant, _marks(payload))), None)


def _marks(payload: Mapping[str, Any]) -> Iterable[str]:
    """What an enquiry says in utm_campaign, whatever stands before that name: a webhook's keys are paths."""
    for name, value in payload.items():
        if isinstance(value, str) and name.lower().replace(" ", "_").endswith(MARK):
            yield value
