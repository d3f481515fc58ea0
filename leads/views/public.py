"""What does a visitor without a log-in see: a form, thanks, and what they may confirm or take back?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leadops.accounts.requests import View
from leads import campaigns, tasks
from leads.forms.public import PROOF, TICKET, TRAP, ObjectingForm, PublicForm, is_ticked, told_by, unticked
from leads.models import CaptureForm, Consent, Contact, FormEntry
from leads.public import consenting, limits, objecting, sending, tickets

GONE, REFUSED, UNFIT, TOO_MANY, SEE_OTHER = 410, 403, 422, 429, 303
SAID, ALL = "said", "all"


def public(view: View) -> View:
    """Let a page of a form be framed by the sites that the form names, in the form's language, and by nobody else."""

    @csrf_exempt
    @xframe_options_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, key: str) -> HttpResponse:
        form = get_object_or_404(CaptureForm.objects.select_related("campaign"), key=key)
        with translation.override(form.language):
            return framed(form, view(request, form))

    return answer


def framed(form: CaptureForm, response: HttpResponse) -> HttpResponse:
    """The response under the form's own policy: who may frame it, and where sending it may lead."""
    policy = {"frame-ancestors": ["'self'", *form.origins], "form-action": ["'self'"]}
    if form.redirect_url:
        policy["form-action"].append(origin_of(form.redirect_url))
    response.headers["Content-Language"] = form.language
    return cast("HttpResponse", csp_replace(policy)(lambda _request: response)(None))


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@require_http_methods(["GET", "HEAD", "POST"])
@public
def public_form(request: HttpRequest, form: CaptureForm) -> HttpResponse:
    """Show the form, and take what is sent with it; accepted means that it is stored."""
    at = timezone.now()
    if not form.is_active:
        return render(request, "public/off.html", {"built": form}, status=GONE)
    if request.method != "POST":
        return drawn(request, form, PublicForm(built=form), told_by(visit(request)), at)
    return taken(request, form, at)


def taken(request: HttpRequest, built: CaptureForm, at: datetime) -> HttpResponse:
    """Take what was sent where the page is ours and well filled in; else say so, with all that was typed still there."""
    form, told = PublicForm(request.POST, built=built), told_by(request.POST)
    ticket = ticket_of(request, built, at)
    if ticket and not is_from_here(request, built, ticket):
        return render(request, "public/elsewhere.html", {"built": built}, status=REFUSED)
    said = outdated(built, ticket, is_ticked=is_ticked(request.POST))
    if ticket is None or said:
        return drawn(request, built, PublicForm(unticked(request.POST), built=built), told, at, said=said)
    again = partial(drawn, request, built, form, told, at, ticket=ticket)
    if not form.is_valid():
        return again()
    return kept(request, built, ticket, form.sent(told or told_by(visit(request))), at, again=again)


def ticket_of(request: HttpRequest, built: CaptureForm, at: datetime) -> tickets.Ticket | None:
    """The ticket that came, if it is one of ours that is still good."""
    try:
        return tickets.read(built, request.POST.get(TICKET, ""), at)
    except tickets.WrongTicketError:
        return None


def outdated(built: CaptureForm, ticket: tickets.Ticket | None, *, is_ticked: bool) -> str:
    """Why it has to be sent once more: the page is too old, or they said yes to words that the form may not ask now."""
    if is_ticked and built.wordings and not (ticket and tickets.is_of_now(built, ticket)):
        if ticket and ticket.asked:
            return _("What you are asked to agree to was changed meanwhile. Please read it and send once more.")
        return _("What you are asked to agree to may have changed meanwhile. Please read it and send once more.")
    return "" if ticket else _("This page stood open for long. Please send it once more.")


def kept(
    request: HttpRequest, built: CaptureForm, ticket: tickets.Ticket, came: sending.Sent, at: datetime, *,
    again: Callable[..., HttpResponse],
) -> HttpResponse:  # fmt: skip
    """Keep what came, once, and lead on; have it sent again where it looks like a machine, or too much came from there."""
    sender = limits.sender_of(request)
    nonce = tickets.nonce_of(ticket, sender, came, at)
    entry = sending.kept_before(built, came, nonce=nonce, sender=sender, at=at)
    if entry is None:
        if said := obstacle(request, ticket, at):
            return again(said=said)
        if limits.is_too_many(sender, at, is_proven=tickets.is_proven(ticket, request.POST.get(PROOF, ""))):
            return too_many(again)
        entry = sending.keep(built, came, nonce=nonce, sender=sender, at=at)
        tasks.ring_for_intake()
    return HttpResponse(status=SEE_OTHER, headers={"Location": built.redirect_url or thanks(built, entry)})


def thanks(built: CaptureForm, entry: FormEntry | None) -> str:
    """Where somebody is thanked; with what they said yes to, so that they can take it back there."""
    address = reverse("leads:public-thanks", args=[built.key])
    return f"{address}?{SAID}={consenting.signed(entry, consenting.WITHDRAW)}" if entry and entry.wordings else address


def obstacle(request: HttpRequest, ticket: tickets.Ticket, at: datetime) -> str:
    """What looks like a machine, said so that a person can go on; empty where nothing does."""
    if request.POST.get(TRAP):
        return _(
            "A field that people do not see was filled in, perhaps by your browser. It is empty now: please send again."
        )
    return _("That was quick! Please press Send once more.") if tickets.is_too_quick(ticket, at) else ""


def too_many(again: Callable[..., HttpResponse]) -> HttpResponse:
    """The page once more, with when to send it."""
    response = again(said=_("A lot came from here just now. Please try again in ten minutes; what you typed stays."))
    response.status_code = TOO_MANY
    response.headers["Retry-After"] = str(int(limits.SPAN.total_seconds()))
    return response


def is_from_here(request: HttpRequest, form: CaptureForm, ticket: tickets.Ticket) -> bool:
    """Whether the page that sent this is ours, or of a site that the form names; code in a page has to say which."""
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return bool(ticket.nonce)
    return urlsplit(origin).netloc == request.get_host() or origin in form.origins


def drawn(
    request: HttpRequest, built: CaptureForm, form: PublicForm, told: dict[str, str], at: datetime, *, said: str = "",
    ticket: tickets.Ticket | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a form, with a ticket of its own or the one that it came back with."""
    context: dict[str, Any] = {
        "built": built,
        "form": form,
        "told": told,
        "said": said,
        "ticket": tickets.again(built, ticket, at),
        "bits": tickets.BITS,
    }
    return render(request, "public/form.html", context, status=UNFIT if form.is_bound else 200)


def visit(request: HttpRequest) -> dict[str, str]:
    """What the address, and the page that led here, tell of the visit. In a frame the page around it is where they landed."""
    referrer, here = request.headers.get("Referer", ""), request.build_absolute_uri()
    if request.headers.get("Sec-Fetch-Dest") == "iframe" or request.method == "POST":
        referrer, here = "", referrer
    asked = dict(parse_qsl(urlsplit(here).query)) | request.GET.dict()
    return asked | {"landing_page": here, "referrer": asked.get("referrer", referrer)}


@require_safe
@public
def public_thanks(request: HttpRequest, form: CaptureForm) -> HttpResponse:
    """Thank for what was sent; who said yes to something finds here how to take it back."""
    said = request.GET.get(SAID, "")
    entry = consenting.entry_of(said, consenting.WITHDRAW)
    if entry is None or entry.form_id != form.pk or entry.withdrawn_at:
        return render(request, "public/thanks.html", {"built": form})
    is_waiting = form.is_double_opt_in and entry.confirmed_at is None
    return render(request, "public/thanks.html", {"built": form, "said": said, "is_waiting": is_waiting})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """Let a yes count; asked by a button, since mail programs open links by themselves."""
    at, entry = timezone.now(), consenting.entry_of(signed, consenting.CONFIRM)
    if entry is None:
        return render(request, "public/no_link.html", status=404)
    with translation.override(entry.form.language):
        if consenting.is_over(entry, at):
            return render(request, "public/no_link.html", {"built": entry.form, "is_over": True}, status=GONE)
        if request.method == "POST":
            consenting.confirm(FormEntry.objects.filter(pk=entry.pk), at=at)
            return redirect(request.path)
        return render(request, "public/confirm.html", {"built": entry.form, "entry": entry} | _stays(entry))


def _stays(entry: FormEntry) -> dict[str, bool]:
    """What stays withheld of somebody who confirmed, of what they once ruled out."""
    if entry.confirmed_at is None:
        return {}
    return {"no_mail": consenting.is_mailed_no_more(entry), "no_calls": consenting.is_called_no_more(entry)}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_withdraw(request: HttpRequest, signed: str) -> HttpResponse:
    """Take a yes back, or say no to all mail and calls as well; a yes to sales is taken back so."""
    at, entry = timezone.now(), consenting.entry_of(signed, consenting.WITHDRAW)
    if entry is None:
        return render(request, "public/no_link.html", status=404)
    with translation.override(entry.form.language):
        if request.method == "POST":
            is_objecting = entry.purpose == Consent.Purpose.SALES or ALL in request.POST
            act = consenting.object_ if is_objecting else consenting.withdraw
            act(FormEntry.objects.filter(pk=entry.pk), at=at)
            return redirect(request.path)
        context = {"built": entry.form, "entry": entry, "is_sales": entry.purpose == Consent.Purpose.SALES}
        return render(request, "public/withdraw.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_objection(request: HttpRequest, signed: str) -> HttpResponse:
    """Let a person whom we wrote to say that we are not to mail or call them; asked by a button, likewise."""
    contact = objecting.person_of(signed)
    if contact is None:
        return render(request, "public/no_link.html", status=404)
    with translation.override(language_of(contact)):
        form = ObjectingForm(
            request.POST if request.method == "POST" else None, channels=objecting.open_channels(contact)
        )
        if form.is_valid():
            objecting.object_to(contact, form.cleaned_data["channels"], at=timezone.now())
            return redirect(request.path)
        context = {"form": form, "company": campaigns.company()}
        return render(request, "public/objection.html", context, status=UNFIT if form.is_bound else 200)


def language_of(contact: Contact) -> str:
    """The language of a person where it is one of ours, else that of the browser."""
    known = dict(settings.LANGUAGES)
    return contact.language if contact.language in known else translation.get_language() or settings.LANGUAGE_CODE
