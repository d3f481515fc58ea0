"""Which enquiries did not become a lead, and why?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadops.accounts.requests import Request, key_in
from leads import hooks, passed_over
from leads.models import CaptureForm
from leads.views.forms import may_manage

PAGE = 50


@require_safe
@login_required
@may_manage
def passed_over_list(request: Request) -> HttpResponse:
    """What ended as skipped or as an error, of one form or of all ways in, newest first; of all ways also what waits."""
    asked = request.GET.get("form")
    form = get_object_or_404(CaptureForm, pk=key_in(asked) or 0) if asked else None
    page = Paginator(passed_over.ended(form), PAGE).get_page(request.GET.get("page"))
    rows = passed_over.told(list(page), reader=request.user)
    return render(
        request,
        "leads/forms/passed_over.html",
        {
            "built": form,
            "page": page,
            "passed_over": rows,
            "waiting": () if form else hooks.waiting(),
            "at": timezone.now(),
        },
    )
