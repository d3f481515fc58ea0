"""Which programs tell us of enquiries by webhook, what did they say, and what does it become?"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadops.accounts.requests import Request, key_in, posted_from, sent
from leads import hooks, reasons, tasks
from leads.forms.hooks import HookForm, HookMapping
from leads.importing import choices
from leads.models import Hook, HookPayload
from leads.views.forms import may_manage
from leads.views.import_choices import consent_shown
from leads.views.import_columns import options

LAST, SAMPLED, EXAMPLES = 10, 50, 3
UNFIT = 422
SHOWN_ONCE = "hook_with_new_secret"
"""Where a session keeps the hook, and the number of its secret, that is to be shown once."""


@require_safe
@login_required
@may_manage
def hook_list(request: Request) -> HttpResponse:
    """The webhooks, newest first, with what came in."""
    found = hooks.with_figures(Hook.objects.select_related("campaign")).order_by("-pk")
    return render(request, "leads/hooks/list.html", {"hooks": found, "at": timezone.now()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def hook_new(request: Request) -> HttpResponse:
    """Make a webhook."""
    form = HookForm(sent(request), instance=Hook(created_at=timezone.now()))
    if form.is_valid():
        hook = form.save()
        messages.success(request, _("Send something to its address, then choose below what it becomes."))
        return redirect("leads:hook", hook.pk)
    return render(request, "leads/hooks/form.html", {"form": form}, status=UNFIT if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def hook_edit(request: Request, pk: int) -> HttpResponse:
    """Describe a webhook anew."""
    hook = get_object_or_404(Hook, pk=pk)
    form = HookForm(sent(request), instance=hook)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("leads:hook", pk)
    return render(request, "leads/hooks/form.html", {"form": form, "hook": hook}, status=UNFIT if form.errors else 200)


@require_safe
@login_required
@may_manage
def hook_detail(request: Request, pk: int) -> HttpResponse:
    """One webhook: its address, its secret where that is new, what its keys become, and what came last."""
    hook = get_object_or_404(Hook.objects.select_related("campaign"), pk=pk)
    is_new = request.session.pop(SHOWN_ONCE, None) == [hook.pk, hook.secret_number]
    return _page(request, hook, secret=hooks.secret_of(hook) if is_new else "")


def _page(request: Request, hook: Hook, *, sent_in: HookMapping | None = None, secret: str = "") -> HttpResponse:
    came = hook.payloads.select_related("intake__lead").order_by("-pk")
    problem = sent_in.problem if sent_in else ""
    context: dict[str, Any] = {
        "hook": hook,
        "at": timezone.now(),
        "address": settings.LEADOPS_URL + reverse("api-v1:hook", args=[hook.key]),
        "rows": _rows(hook, list(came[:SAMPLED]), sent_in.mapping if sent_in else None),
        "consent": consent_shown(choices.terms({"consent": (sent_in and sent_in.consent) or hook.consent})),
        "problem": problem,
        "secret": secret,
        "unjudged": hooks.unjudged(hook).count(),
        "payloads": [_told(payload) for payload in came[:LAST]],
    }
    return render(request, "leads/hooks/detail.html", context, status=UNFIT if problem else 200)


def _rows(hook: Hook, payloads: list[HookPayload], chosen: dict[str, str] | None) -> list[dict[str, Any]]:
    """Each path with examples, and the choice of what it becomes: as sent in, as set, else as its words suggest."""
    found = hooks.columns(payloads)
    chosen = chosen if chosen is not None else hook.mapping
    becomes = hooks.suggested(found) if chosen is None else dict(chosen)
    language = get_language()
    return [
        {"path": path, "examples": found.get(path, [])[:EXAMPLES], "options": options(becomes.get(path, ""), language)}
        for path in hooks.in_order([*becomes, *found])
    ]


def _told(payload: HookPayload) -> dict[str, Any]:
    """One payload with what became of it."""
    judged = payload.intake
    return {
        "received_at": payload.received_at,
        "body": json.dumps(payload.body, indent=2, ensure_ascii=False),
        "intake": judged,
        "reason": reasons.said(judged.reason) if judged else "",
    }


@posted_from("leads:hook")
@login_required
@may_manage
def hook_mapping(request: Request, pk: int) -> HttpResponse:
    """Choose what the keys become; what waits, or could not be judged before, is judged by it."""
    hook = get_object_or_404(Hook.objects.select_related("campaign"), pk=pk)
    sent_in = HookMapping(request.POST)
    if sent_in.problem:
        return _page(request, hook, sent_in=sent_in)
    becomes = (hook.mapping or {}) | sent_in.mapping
    count = hooks.choose(hook, becomes, at=timezone.now(), consent=sent_in.consent)
    tasks.ring_for_intake()
    messages.success(request, _("Saved. Judged by it now: %(count)d.") % {"count": count} if count else _("Saved."))
    return redirect("leads:hook", pk)


@posted_from("leads:hook")
@login_required
@may_manage
def hook_secret(request: Request, pk: int) -> HttpResponse:
    """Ask for signatures by a new secret, shown once on the page of the hook; an older one counts no more.

    It takes the place of the one that the page told of, so that nothing is replaced twice.
    """
    hook = get_object_or_404(Hook, pk=pk)
    told = key_in(request.POST.get("secret_number"))
    if told is not None and hooks.renew_secret(hook, after=told):
        request.session[SHOWN_ONCE] = [hook.pk, hook.secret_number]
    return redirect("leads:hook", pk)
