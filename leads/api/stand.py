"""How does a device at a stand send in whom it wrote down? With its own token, again until it is answered, each key once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leadops.api import problems, throttling
from leads import tasks
from leads.forms.stand import LONGEST_WORDING, StandForm, key_of, purpose_in
from leads.models import Consent, StandDevice
from leads.stand import devices, entries
from leads.stand.entries import Sender, Visit

LARGEST_BODY = 1_000_000
MOST_AT_ONCE, A_MINUTE = 50, 600
SCHEME = "Bearer "


class Unfit(Exception):
    """What was sent cannot be taken: the status, and a sentence."""


@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Keep visitors durably and answer for each whether it was taken; what cannot be taken is kept as it came."""
    try:
        told = _kept(request, timezone.now())
    except Unfit as fault:
        status, said = fault.args
        headers = {"Allow": "POST"} if status == 405 else {}
        return HttpResponse(json.dumps(problems.document(status, said)), problems.MEDIA_TYPE, status, headers=headers)
    return HttpResponse(json.dumps({"entries": told}), "application/json")


def _kept(request: HttpRequest, at: datetime) -> list[dict[str, Any]]:
    if request.method != "POST":
        raise Unfit(405, _("Post to this address."))
    device = _device(request, at)
    sent_at, said = _said(request, at)
    read = [_visit(one, sent_at, at) for one in said]
    sender = Sender(device.campaign, device.user, device)
    try:
        if entries.keep([visit for visit, _faults in read], sender=sender, at=at):
            tasks.ring_for_intake()
    except entries.OfAnotherStand as refused:
        raise Unfit(409, str(refused)) from refused
    return [_answer(visit, faults) for visit, faults in read]


def _device(request: HttpRequest, at: datetime) -> StandDevice:
    """Which device sends."""
    authorization = request.headers.get("Authorization", "")
    device = devices.find(authorization.removeprefix(SCHEME), at=at) if authorization.startswith(SCHEME) else None
    if device is None:
        raise Unfit(401, _("This device may not send here, or no longer. What it holds stays on it."))
    if throttling.take((device.pk, "stand"), A_MINUTE):
        raise Unfit(429, _("Too many at once; try again in a minute."))
    return device


def _said(request: HttpRequest, at: datetime) -> tuple[datetime, list[dict[str, Any]]]:
    """The device's clock at sending, and what it sends, each with a key of its own."""
    if len(request.body) > LARGEST_BODY:
        raise Unfit(413, _("The body is too large."))
    try:
        body = json.loads(request.body, parse_constant=str)
    except (ValueError, RecursionError):
        raise Unfit(400, _("Send JSON.")) from None
    sent = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST_AT_ONCE:
        raise Unfit(400, _("Send 1 to %(most)d entries.") % {"most": MOST_AT_ONCE})
    keys = {key_of(one.get("key")) if isinstance(one, dict) else None for one in sent}
    if None in keys or len(keys) < len(sent):
        raise Unfit(400, _("Each entry needs a key of its own, a UUID."))
    return _moment(body.get("sent_at")) or at, sent


def _moment(text: Any) -> datetime | None:
    """The moment that a text names, in UTC; None where it names none that there is."""
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
        return moment and (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _visit(entry: Mapping[str, Any], sent_at: datetime, at: datetime) -> tuple[Visit, dict[str, list[str]]]:
    """What an entry says, and what is wrong with it by field; what is wrong is not taken, and kept as it came."""
    agreed, texts = _agreed(entry), {name: value for name, value in entry.items() if isinstance(value, str)}
    form, said = StandForm(texts, wordings={}), texts | {"wordings": agreed}
    key, told = key_of(said["key"]), _moment(said.get("occurred_at")) or sent_at
    if key is None:
        raise Unfit(400, _("Each entry needs a key of its own, a UUID."))
    occurred_at = entries.happened_at(told, sent_at=sent_at, at=at)
    if not form.is_valid():
        return Visit(key, said, occurred_at), {name: [str(one) for one in wrong] for name, wrong in form.errors.items()}
    purpose = purpose_in(said.get("purpose"))
    return Visit(key, said, occurred_at, form.said, form.cleaned_data["temperature"], agreed, purpose), {}


def _agreed(said: Mapping[str, Any]) -> dict[str, str]:
    """The questions about consent as they stood on the device, answered with yes."""
    told = said.get("wordings")
    given = told if isinstance(told, dict) else {}
    asked = {name: given.get(name) for name in Consent.Channel.values}
    return {name: words[:LONGEST_WORDING] for name, words in asked.items() if isinstance(words, str) and words}


def _answer(visit: Visit, faults: dict[str, list[str]]) -> dict[str, Any]:
    return {"key": str(visit.key), "is_kept": not faults, "errors": faults}
