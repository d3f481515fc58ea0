"""What was this reader told, by mail or not?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadops.accounts.models import Notice
from leadops.accounts.notifying import said
from leadops.accounts.requests import Request

LISTED = 100


@require_safe
@login_required
def notices(request: Request) -> HttpResponse:
    """Show the last hundred messages of the reader, the newest first."""
    found = Notice.objects.filter(user=request.user).order_by("-created_at", "-pk")[:LISTED]
    rows = [(notice, said(notice)) for notice in found]
    context = {"rows": rows, "has_unread": any(notice.read_at is None for notice, _said in rows), "at": timezone.now()}
    return render(request, "settings/notices.html", context)


@require_POST
@login_required
def reading(request: Request) -> HttpResponse:
    """Take all messages of the reader as read; what was not mailed yet is not mailed any more."""
    Notice.objects.filter(user=request.user, read_at=None).update(read_at=timezone.now())
    return redirect("settings-notices")
