"""Which addresses, numbers and domains may not be used, and who puts more of them on the list?"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadops.accounts.models import User
from leadops.accounts.requests import Request, sent
from leads import campaigns, proof, suppressions
from leads.forms.consent import LiftingForm, ListForm, ProofForm
from leads.models import Consent, Suppression
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


@require_safe
@login_required
@may_export
def all_proof(request: Request) -> HttpResponseBase:
    """All statements of some days, as a file: of any number as CSV, of so many as can be waited for as a workbook."""
    asked, form = ProofForm(request.GET), request.GET.get("form", "csv")
    if form not in proof.FORMATS:
        raise Http404
    if not asked.is_valid():
        return _page(request, ListForm(), asked)
    first, last = asked.cleaned_data["first"], asked.cleaned_data["last"]
    said = proof.between(first, last, ZoneInfo(campaigns.company().time_zone))
    name = _("Consent %(first)s to %(last)s") % {"first": first, "last": last} + f".{form}"
    if form == "csv":
        return _in_parts(said, name, request.user)
    if proof.is_too_long(said):
        most = number_format(proof.MOST_IN_WORKBOOK, force_grouping=True)
        asked.add_error("last", _("These are more than %(most)s statements: take CSV, or fewer days.") % {"most": most})
        return _page(request, ListForm(), asked)
    return FileResponse(proof.written(said, form=form, reader=request.user), as_attachment=True, filename=name)


def _in_parts(said: QuerySet[Consent], name: str, reader: User) -> StreamingHttpResponse:
    parts = proof.told(said, reader=reader, language=get_language() or "en", zone=timezone.get_current_timezone())
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8", headers=headers)
