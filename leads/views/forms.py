"""Which forms for the public do we have, what do they ask, and how do they come into somebody's site?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadops.accounts.requests import Request, posted_from, sent
from leads import passed_over
from leads.forms.building import BuiltForm, FieldsForm, offered, rows
from leads.forms.public import PublicForm
from leads.models import CaptureForm
from leads.public import building, tickets

may_manage = permission_required("leads.manage_forms", raise_exception=True)
UNFIT = 422
PASSED_OVER = 10
"""So many of those that did not become a lead stand on the page of their form."""


@require_safe
@login_required
@may_manage
def form_list(request: Request) -> HttpResponse:
    """The forms, newest first, with what came in."""
    at = timezone.now()
    forms = building.with_figures(CaptureForm.objects.select_related("campaign"), at).order_by("-pk")
    return render(request, "leads/forms/list.html", {"forms": forms, "at": at})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def form_new(request: Request) -> HttpResponse:
    """Describe a new form; it asks the usual things until that is changed."""
    made = CaptureForm(created_at=timezone.now(), fields=building.FIRST, language=request.user.language)
    form = BuiltForm(sent(request), instance=made)
    if form.is_valid():
        form.save()
        messages.success(request, _("The form is there. Choose below what it asks."))
        return redirect("leads:form", made.pk)
    return render(request, "leads/forms/form.html", {"form": form}, status=UNFIT if form.errors else 200)


@require_safe
@login_required
@may_manage
def form_detail(request: Request, pk: int) -> HttpResponse:
    """One form: what it asks, what came in, and the code for a site."""
    return _page(request, pk)


def _page(request: Request, pk: int, fields: building.Fields | None = None, problem: str = "") -> HttpResponse:
    """The page of a form, as it is or with `fields` that cannot be."""
    at = timezone.now()
    found = building.with_figures(CaptureForm.objects.select_related("campaign"), at)
    built = get_object_or_404(found, pk=pk)
    context = {"built": built, "at": at, "address": address(built), "frame": frame(built), "plain": plain(built)}
    context["passed_over"] = passed_over.told(list(passed_over.ended(built)[:PASSED_OVER]), reader=request.user)
    context |= asked(built.fields if fields is None else fields, problem)
    return render(request, "leads/forms/detail.html", context, status=UNFIT if problem else 200)


def asked(fields: building.Fields, problem: str = "") -> dict[str, Any]:
    """What the part of the builder about fields is drawn with."""
    return {"rows": rows(fields), "offered": offered(fields), "problem": problem}


def address(built: CaptureForm) -> str:
    """Where visitors find the form."""
    return settings.LEADOPS_URL + reverse("leads:public-form", args=[built.key])


def frame(built: CaptureForm) -> str:
    """The code that shows the form in a frame; the page around it is told in full, with its campaign marks."""
    drawn = render_to_string("leads/forms/frame_code.html", {"built": built, "address": address(built)})
    return " ".join(drawn.split())


def plain(built: CaptureForm) -> str:
    """The form as plain HTML for a page that styles it itself."""
    with translation.override(built.language):
        context = {"form": PublicForm(built=built), "address": address(built), "ticket": tickets.standing(built)}
        drawn = render_to_string("leads/forms/plain_code.html", context)
    return "\n".join(line for line in drawn.splitlines() if line.strip())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def form_edit(request: Request, pk: int) -> HttpResponse:
    """Describe a form anew; what was sent keeps the version that it was sent with."""
    built = get_object_or_404(CaptureForm.objects.select_for_update(no_key=True), pk=pk)
    form = BuiltForm(sent(request), instance=built)
    if form.is_valid():
        built.version += 1
        form.save()
        messages.success(request, _("Saved."))
        return redirect("leads:form", pk)
    return render(
        request, "leads/forms/form.html", {"form": form, "built": built}, status=UNFIT if form.errors else 200
    )


@posted_from("leads:form")
@login_required
@may_manage
@transaction.atomic
def form_fields(request: Request, pk: int) -> HttpResponse:
    """Add, order, name and require what a form asks; what was typed is kept whatever was pressed."""
    built = get_object_or_404(CaptureForm.objects.select_for_update(no_key=True), pk=pk)
    form = FieldsForm(request.POST, built)
    if not form.problem:
        building.change(CaptureForm.objects.filter(pk=pk), fields=form.fields)
    if request.htmx:
        return render(request, "leads/forms/_fields.html", {"built": built} | asked(form.fields, form.problem))
    if form.problem:
        return _page(request, pk, form.fields, form.problem)
    return redirect(reverse("leads:form", args=[pk]) + "#fields")


@require_POST
@login_required
@may_manage
def form_activity(request: Request, pk: int) -> HttpResponse:
    """Switch a form on or off."""
    is_active = request.POST.get("is_active") == "1"
    CaptureForm.objects.filter(pk=get_object_or_404(CaptureForm, pk=pk).pk).update(is_active=is_active)
    messages.success(request, _("The form is on.") if is_active else _("The form is off; who opens it is told so."))
    return redirect("leads:form", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def form_preview(request: Request, pk: int) -> HttpResponse:
    """The form as visitors see it; what is sent here is checked and not kept."""
    built = get_object_or_404(CaptureForm, pk=pk)
    with translation.override(built.language):
        form = PublicForm(sent(request), built=built)
        if form.is_valid():
            return render(request, "public/thanks.html", {"built": built})
        context = {"built": built, "form": form, "is_preview": True}
        return render(request, "public/form.html", context, status=UNFIT if form.is_bound else 200)
