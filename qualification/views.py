"""Which pages show the shared definition, and why a lead has its score?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.models import Lead
from qualification import definition as definitions
from qualification import tasks
from qualification.models import Definition, Signature
from qualification.scoring import explain
from qualification.sheets import sheet


@require_safe
@login_required
def definition(request: HttpRequest) -> HttpResponse:
    """The definition in force, and the drafts that wait for signatures."""
    in_force = Definition.objects.in_force(timezone.now())
    drafts = Definition.objects.drafts().order_by("-version")
    return render(
        request,
        "qualification/definition.html",
        {
            "in_force": sheet(in_force, request.user) if in_force else None,
            "drafts": [sheet(draft, request.user) for draft in drafts],
        },
    )


@require_POST
@login_required
def signatures(request: HttpRequest, version: int) -> HttpResponse:
    """Sign a draft for one side."""
    draft = get_object_or_404(Definition, version=version)
    side = request.POST.get("side", "")
    if side not in Signature.Side.values:
        raise Http404
    if not request.user.has_perm(definitions.RIGHTS[Signature.Side(side)]):
        raise PermissionDenied
    try:
        definitions.sign(draft, by=request.user, side=side, at=timezone.now())
    except definitions.DefinitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You have signed version %(version)s.") % {"version": version})
    return redirect("qualification:definition")


@require_POST
@login_required
def force(request: HttpRequest, version: int) -> HttpResponse:
    """Put a definition in force that both sides have signed."""
    if not any(map(request.user.has_perm, definitions.RIGHTS.values())):
        raise PermissionDenied
    draft = get_object_or_404(Definition, version=version)
    try:
        definitions.put_in_force(draft, at=timezone.now())
    except definitions.DefinitionRefused as refused:
        messages.error(request, str(refused))
    else:
        tasks.ring()
        messages.success(request, _("Version %(version)s is in force.") % {"version": version})
    return redirect("qualification:definition")


@require_safe
@login_required
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment: the lead's score and the addends that make it."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("score"), pk=pk)
    addends = explain(lead)
    largest = max((abs(addend.points) for addend in addends), default=1)
    shown = sorted((addend for addend in addends if addend.points), key=lambda addend: -addend.points)
    missed = [addend for addend in addends if not addend.points and addend.most > 0]
    return render(
        request,
        "qualification/_score.html",
        {"score": getattr(lead, "score", None), "addends": shown, "missed": missed, "largest": largest},
    )
