"""Which addresses, numbers and domains may not be used, and who puts more of them on the list?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leadops.accounts.requests import Request, sent
from leads import campaigns, proof, suppressions, tasks
from leads.forms.consent import LiftingForm, ListForm, ProofForm
from leads.listing import exporting
from leads.models import Suppression
from leads.views.consent import may_lift

PAGE = 50
HERE = "leads:suppressions"
may_export = permission_required("leads.export_consents", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_lift
def suppression_list(request: Request) -> HttpResponse:
    """What stands on the list, what was lifted, and a place to put more on it."""
    form, at = ListForm(sent(request)), timezone.now()
    if form.is_valid():
        named, reason = form.cleaned_data["listed"], form.cleaned_data["reason"]
        marked = suppressions.add(named, reason=reason, by=request.user, at=at)
        messages.success(request, _added(named.count, marked))
        return redirect(HERE)
    return _page(request, form)


def _added(count: int, marked: int) -> str:
    listed = ngettext("%(count)d is on the list.", "%(count)d are on the list.", count) % {"count": count}
    people = ngettext("%(count)d known person is held back.", "%(count)d known people are held back.", marked)
    return f"{listed} {people % {'count': marked}}"


def _page(request: Request, form: ListForm, asked: ProofForm | None = None) -> HttpResponse:
    at = timezone.now()
    today = campaigns.today(at)
    rows = Suppression.objects.select_related("by", "lifted_by").order_by("-pk")
    context = {
        "at": at,
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "asked": asked or ProofForm(initial={"first": today - timedelta(days=30), "last": today}),
    }
    wrong = form.errors or (asked and asked.errors)
    return render(request, "leads/consent/list.html", context, status=422 if wrong else 200)


@require_POST
@login_required
@may_lift
def suppression_lifting(request: Request, pk: int) -> HttpResponse:
    """Take one that was put on the list by hand off it."""
    listed, form = get_object_or_404(Suppression, pk=pk), LiftingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it is lifted."))
    elif suppressions.lift(
        Suppression.objects.filter(pk=listed.pk), reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
    ):
        messages.success(request, _("Lifted. It stays in the list, struck through."))
    else:
        messages.warning(request, _("This stays: it was lifted before, or somebody asked for it themselves."))
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_export
def all_proof(request: Request) -> HttpResponseBase:
    """All statements of some days, as a file: at once where there are few, else by a worker once somebody asks for it."""
    data = request.POST if request.method == "POST" else request.GET
    asked, form = ProofForm(data), data.get("form", "csv")
    if form not in proof.FORMATS:
        raise Http404
    if not asked.is_valid():
        return _page(request, ListForm(), asked)
    first, last = asked.cleaned_data["first"], asked.cleaned_data["last"]
    said = proof.between(first, last)
    if not proof.is_too_long(said):
        file = proof.written(said, form=form, reader=request.user)
        return FileResponse(file, as_attachment=True, filename=proof.name_of(first, last, form))
    if request.method != "POST":
        return _page(request, ListForm(), asked)
    export = exporting.request_proof(first, last, format=form, by=request.user, at=timezone.now())
    tasks.ring_for_errands()
    return redirect("leads:export", export.pk)
