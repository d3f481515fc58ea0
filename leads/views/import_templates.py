"""How does a person keep what was made of a file's columns under a name, use it for another, and tidy such templates up?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.forms.imports import TemplateForm
from leads.importing import choosing, templates
from leads.models import ImportBatch, MappingTemplate
from leads.views.import_correcting import keep
from leads.views.imports import HtmxRequest, may_import, number_in


@require_POST
@login_required
@may_import
def import_template(request: HtmxRequest, pk: int) -> HttpResponse:
    """Let a template say what the columns of a file become (`use`), or keep what they become as one (`keep`)."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if not choosing.is_open(batch):
        return redirect("leads:import-detail", pk)
    if "column" in request.POST:
        keep(batch, request)
    if "use" in request.POST:
        use(batch, request)
    else:
        kept_as_template(batch, request)
    return redirect("leads:import-columns", pk)


def use(batch: ImportBatch, request: HtmxRequest) -> None:
    template = get_object_or_404(templates.visible_to(request.user), pk=number_in(request.POST.get("template"), 0))
    mapping, options = templates.chosen(batch, template.content, keeps_others=True)
    choosing.columns(batch, mapping, options, at=timezone.now())
    MappingTemplate.objects.filter(pk=template.pk).update(used_at=timezone.now())
    messages.success(request, _("The columns are as in “%(name)s”.") % {"name": template.name})


def kept_as_template(batch: ImportBatch, request: HtmxRequest) -> None:
    form = TemplateForm({"name": request.POST.get("template_name"), "is_shared": request.POST.get("template_shared")})
    if not form.is_valid():
        messages.warning(request, _("Give the template a name first."))
        return
    batch.refresh_from_db()
    said = form.cleaned_data
    templates.keep(batch, said["name"], by=request.user, is_shared=said["is_shared"], at=timezone.now())
    messages.success(request, _("Kept as the template “%(name)s”.") % {"name": said["name"]})


@require_safe
@login_required
@may_import
def template_list(request: HtmxRequest) -> HttpResponse:
    """The templates that this person may use; their own can be renamed, shared and removed."""
    found = [
        (template, TemplateForm(instance=template, prefix=f"t{template.pk}") if template.by == request.user else None)
        for template in templates.visible_to(request.user).order_by("name", "pk")
    ]
    return render(request, "leads/imports/templates.html", {"templates": found, "at": timezone.now()})


@require_POST
@login_required
@may_import
def template_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """Rename one's own template, or share it or no longer."""
    template = get_object_or_404(MappingTemplate, pk=pk, by=request.user)
    form = TemplateForm(request.POST, instance=template, prefix=f"t{pk}")
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, "; ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("leads:import-templates")


@require_POST
@login_required
@may_import
def template_removal(request: HtmxRequest, pk: int) -> HttpResponse:
    """Remove one's own template; imports that used it stay as they are."""
    get_object_or_404(MappingTemplate, pk=pk, by=request.user).delete()
    messages.success(request, _("The template is gone."))
    return redirect("leads:import-templates")
