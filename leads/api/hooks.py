"""How does a program that knows nothing of us tell of enquiries? It posts what it has, and that is kept."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leadops.api import problems, throttling
from leads import hooks, tasks
from leads.models import Hook

LARGEST_BODY = 2_500_000
A_MINUTE = 6_000
SIGNATURES = ("X-Signature", "X-Signature-256", "X-Hub-Signature-256")
DELIVERIES = ("Webhook-Id", "Idempotency-Key", "X-GitHub-Delivery", "X-Delivery-Id")


class Unfit(Exception):
    """What was posted cannot be taken: the status, and a sentence."""


@csrf_exempt
def receive(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is posted, durably, and answer 202; whether it makes sense is judged later."""
    try:
        return _kept(request, key)
    except Unfit as fault:
        status, said = fault.args
        document = json.dumps(problems.document(status, said))
        allow = {"Allow": "POST"} if status == 405 else {}
        return HttpResponse(document, problems.MEDIA_TYPE, status, headers=allow)


def _kept(request: HttpRequest, key: str) -> HttpResponse:
    if request.method != "POST":
        raise Unfit(405, _("Post to this address."))
    hook = Hook.objects.filter(key=key).first()
    if hook is None:
        raise Unfit(404, _("There is no webhook at this address."))
    if not hook.is_active:
        raise Unfit(410, _("This webhook is switched off."))
    if throttling.take((hook.pk, "hook"), A_MINUTE):
        raise Unfit(429, _("Too many at once; try again in a minute."))
    bodies = _bodies(request, hook)
    kept = hooks.receive(hook, bodies, at=timezone.now(), delivery=_header(request, DELIVERIES)[:200])
    tasks.ring_for_intake()
    return HttpResponse(json.dumps({"received": len(bodies), "kept": kept}), "application/json", 202)


def _bodies(request: HttpRequest, hook: Hook) -> list[Any]:
    """What was posted, one by one: a list is as many, anything else is one."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY or len(request.body) > LARGEST_BODY:
        raise Unfit(413, _("The body is too large."))
    if not hooks.is_signed(hook, request.body, _header(request, SIGNATURES)):
        raise Unfit(401, _("The signature is missing or wrong."))
    said = _said(request)
    bodies = [one for one in (said if isinstance(said, list) else [said]) if one is not None]
    if hooks.is_deep(bodies):
        raise Unfit(422, _("What was sent is nested too deeply: send it flatter."))
    if not 0 < len(bodies) <= hooks.MOST:
        raise Unfit(422, _("Send 1 to %(most)d at once.") % {"most": hooks.MOST})
    return bodies


def _said(request: HttpRequest) -> Any:
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {name: values[0] if len(values) == 1 else values for name, values in request.POST.lists()}
    try:
        return json.loads(request.body, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Unfit(400, _("Send JSON, or a form.")) from None


def _header(request: HttpRequest, names: tuple[str, ...]) -> str:
    return next((request.headers[name] for name in names if name in request.headers), "")
