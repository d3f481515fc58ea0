"""What did a person say of being contacted, and who writes down what they say now?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from leadops.accounts.requests import Request, posted_from
from leads import objections, proof
from leads.forms.consent import AgreementForm, LiftingForm, ObjectionForm
from leads.models import Consent, Contact
from leads.views.contacts import contact_page

may_record = permission_required("leads.record_consent", raise_exception=True)
may_lift = permission_required("leads.lift_suppressions", raise_exception=True)
HERE = "leads:contact"
STILL_LISTED = gettext_noop(
    "Written down. Their address or domain is still on the list, or somebody else objected to the same address or number."
)
STILL_OBJECTED = gettext_noop(
    "Written down. That channel stays closed: only a yes to follow-up by sales, from after an objection, opens it again."
)


def _person(request: Request, pk: int) -> Contact:
    people = Contact.objects.visible_to(request.user).filter(merged_into__isnull=True)
    found: Contact = get_object_or_404(people.select_related("organisation__account_manager"), pk=pk)
    return found


@posted_from(HERE)
@login_required
@may_record
def contact_objections(request: Request, pk: int) -> HttpResponse:
    """Write down that a person does not want mail, calls or either any more."""
    at, contact, form = timezone.now(), _person(request, pk), ObjectionForm(request.POST)
    if not form.is_valid():
        return contact_page(request, contact, at, objection=form)
    channels = form.cleaned_data["channels"]
    if objections.withdraw(contact, channels, source=form.source, by=request.user, at=at):
        messages.success(request, _("Written down. From now on nobody contacts them that way."))
    else:
        messages.warning(request, _("They said so before."))
    return redirect(HERE, pk)


@posted_from(HERE)
@login_required
@may_record
def contact_consents(request: Request, pk: int) -> HttpResponse:
    """Write down a yes that was given by word of mouth."""
    at, contact = timezone.now(), _person(request, pk)
    form = AgreementForm(request.POST, at=at)
    if not form.is_valid():
        return contact_page(request, contact, at, agreement=form)
    said = {name: form.cleaned_data[name] for name in ("channel", "purpose", "wording")}
    try:
        is_free = objections.agree(contact, **said, source=form.source, given_at=form.given_at, by=request.user, at=at)
    except objections.ObjectedSinceError:
        form.add_error("day", _("They objected since: only a yes from after that counts."))
        return contact_page(request, contact, at, agreement=form)
    if is_free:
        messages.success(request, _("Written down."))
    else:
        messages.warning(request, _(STILL_LISTED if said["purpose"] == objections.SALES else STILL_OBJECTED))
    return redirect(HERE, pk)


@require_POST
@login_required
@may_lift
def contact_lifting(request: Request, pk: int, channel: str) -> HttpResponse:
    """Take back an objection that was written down by mistake."""
    if channel not in Consent.Channel.values:
        raise Http404
    at, contact, form = timezone.now(), _person(request, pk), LiftingForm(request.POST)
    if not form.is_valid():
        return contact_page(request, contact, at, lifting=form, lifted=channel)
    if objections.retract(contact, channel, reason=form.cleaned_data["reason"], by=request.user, at=at):
        messages.success(request, _("Lifted. The objection stays in the history, struck through."))
    else:
        messages.warning(request, _(STILL_LISTED))
    return redirect(HERE, pk)


@require_safe
@login_required
def contact_proof(request: Request, pk: int, form: str) -> FileResponse:
    """All that a person said of being contacted, as a file."""
    if form not in proof.FORMATS:
        raise Http404
    file = proof.written(proof.history(_person(request, pk)), form=form, reader=request.user)
    return FileResponse(file, as_attachment=True, filename=_("Consent of person %(pk)d") % {"pk": pk} + f".{form}")
