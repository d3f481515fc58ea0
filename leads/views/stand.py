"""Where do we write down who visits us at a fair? On a page that goes on without a network, and on devices that can be shut out."""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadops.accounts.requests import Request, sent
from leads import tasks
from leads.forms.stand import StandForm, key_of, language_of, purpose_in, wordings_of
from leads.models import Campaign, StandDevice
from leads.stages import Channel
from leads.stand import code, devices, entries
from leads.stand.entries import Sender, Visit

PAPER = "#faf9f6"
SHOWN = 100
UNFIT, UNKNOWN, REFUSED, CREATED = 422, 401, 403, 201
may_staff = permission_required("leads.staff_stands", raise_exception=True)
STYLES = ("fonts/inter.css", "css/tokens.css", "css/reset.css", "css/base.css", "css/buttons.css", "css/forms.css",
          "css/form-rows.css", "css/stand.css", "css/stand-head.css", "css/stand-list.css", "css/utilities.css")  # fmt: skip
SCRIPTS = ("js/stand.js", "js/stand-store.js", "js/stand-sending.js", "js/stand-form.js", "js/stand-list.js",
           "js/stand-scan.js", "js/stand-card.js")  # fmt: skip
OTHERS = ("fonts/inter.woff2", "img/icon.svg", "img/icon.png")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_staff
def stand(request: Request, pk: int) -> HttpResponse:
    """The page of a stand; what is posted to it, from a browser without scripts, is kept like what devices send."""
    campaign = get_object_or_404(Campaign, pk=pk)
    form = StandForm(sent(request), wordings=wordings_of(campaign))
    if form.is_valid():
        _keep(request, campaign, form)
        return redirect(f"{reverse('leads:stand', args=[pk])}?kept=1")
    context = {
        "campaign": campaign,
        "form": form,
        "asked_in": language_of(campaign),
        "key": request.POST.get("key") or uuid.uuid4(),
        "is_kept": "kept" in request.GET,
        "styles": STYLES,
    }
    response = render(request, "leads/stand/page.html", context, status=UNFIT if form.errors else 200)
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
    return response


def stand_of(campaign: Campaign, request: Request) -> dict[str, Any] | None:
    """What a campaign's page shows of its stand: the way there, and the devices; none where there is nothing to see."""
    opened = devices.listed(campaign, at=timezone.now()).select_related("user").order_by("-last_seen_at", "-pk")
    shown = list(devices.with_figures(opened)[:SHOWN])
    if not request.user.has_perm("leads.staff_stands") or (campaign.channel != Channel.EVENT and not shown):
        return None
    address = request.build_absolute_uri(reverse("leads:stand", args=[campaign.pk]))
    return {"code": code.drawn(address, _("Code with the address of the stand")), "devices": shown}


def _keep(request: Request, campaign: Campaign, form: StandForm) -> None:
    at, temperature = timezone.now(), form.cleaned_data["temperature"]
    key, purpose = key_of(request.POST.get("key")) or uuid.uuid4(), purpose_in(campaign.stand_purpose)
    said = {"temperature": temperature, "wordings": form.agreed, "purpose": purpose}
    visit = Visit(key, form.said | said, at, form.said, temperature, form.agreed, purpose)
    try:
        if entries.keep([visit], sender=Sender(campaign, request.user), at=at):
            tasks.ring_for_intake()
    except entries.OfAnotherStand as refused:
        raise BadRequest(str(refused)) from refused


@require_POST
def stand_devices(request: HttpRequest, pk: int) -> JsonResponse:
    """Give the device on which the stand was opened a token of its own; one that was shut out needs a log-in since."""
    if not request.user.is_authenticated:
        return JsonResponse({"detail": _("Log in first.")}, status=UNKNOWN)
    if not request.user.has_perm("leads.staff_stands") or _is_shut_out(request):
        return JsonResponse({"detail": _("This device may not send here.")}, status=REFUSED)
    campaign, agent = get_object_or_404(Campaign, pk=pk), request.headers.get("User-Agent", "")
    name = devices.called(agent)
    device, value = devices.admit(campaign, user=request.user, name=name, at=timezone.now())
    return JsonResponse({"token": value, "name": device.name}, status=CREATED)


def _is_shut_out(request: HttpRequest) -> bool:
    """Whether the device was shut out, and nobody logged in on it since."""
    device = devices.known(request.POST.get("instead_of", ""))
    if device is None or device.revoked_at is None:
        return False
    logged_in = [record["at"] for record in get_authentication_records(request, request.user)]
    return max(logged_in, default=0) <= device.revoked_at.timestamp()


@never_cache
@require_safe
def stand_renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead who uses a device that was shut out to where they log in again, and back to the stand."""
    page = "account_reauthenticate" if request.user.is_authenticated else "account_login"
    return redirect(f"{reverse(page)}?{urlencode({'next': reverse('leads:stand', args=[pk])})}")


@require_POST
@login_required
def stand_revocation(request: Request, pk: int, device: int) -> HttpResponse:
    """Shut a device out; marketing does that, and whoever opened the stand on it."""
    known = get_object_or_404(StandDevice, pk=device, campaign=pk)
    if known.user != request.user and not request.user.has_perm("leads.manage_campaigns"):
        raise PermissionDenied
    if devices.revoke(StandDevice.objects.filter(pk=known.pk), at=timezone.now()):
        messages.success(request, _("The device is shut out. What it has not sent yet stays on it."))
    return redirect(reverse("leads:campaign", args=[pk]) + "#stand")


@require_safe
@login_required
def stand_manifest(request: Request, pk: int) -> HttpResponse:
    """What a phone has to know to put the stand on its home screen."""
    address, campaign = reverse("leads:stand", args=[pk]), get_object_or_404(Campaign, pk=pk)
    icons = [
        {"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/icon.png"), "sizes": "192x192", "type": "image/png"},
    ]
    named = {"name": _("Stand: %(campaign)s") % {"campaign": campaign}, "short_name": _("Stand")}
    where = {"id": address, "start_url": address, "scope": address, "display": "standalone"}
    told = named | where | {"background_color": PAPER, "theme_color": PAPER, "icons": icons}
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
def stand_worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The script that keeps the page on the device; it changes whenever a file of the page does."""
    told = {"page": reverse("leads:stand", args=[pk]), "shell": shell(), "root": settings.STATIC_URL}
    drawn = f"self.stand = {json.dumps(told)};\nimportScripts({json.dumps(static('js/stand-worker.js'))});\n"
    return HttpResponse(drawn, "text/javascript", headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=1)
def shell() -> list[str]:
    """The addresses of all that the page is made of; of a script also its plain name, by which others import it."""
    there = [name for name in (*STYLES, *SCRIPTS, *OTHERS) if finders.find(name)]
    plain = [static("js/stand.js").rsplit("/", 1)[0] + "/" + name.removeprefix("js/") for name in SCRIPTS]
    return list(dict.fromkeys([*map(static, there), *plain]))
