"""Which queues hold leads that nobody has yet, and who works them?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadops.accounts.requests import Request, sent
from leadops.administration import staffing
from leadops.administration.forms import QueueForm
from leadops.administration.rights import may_manage
from leads.models import Lead, Queue, QueueMember


@require_safe
@login_required
@may_manage
def queues(request: Request) -> HttpResponse:
    """The queues, how many people work them, and what waits there. Rides lead_of_queue."""
    members = QueueMember.objects.filter(queue=OuterRef("pk"), user__is_active=True).order_by().values("queue")
    waiting = Lead.objects.still_open().filter(queue=OuterRef("pk")).order_by().values("queue")
    rows = Queue.objects.select_related("manager").annotate(
        size=Coalesce(Subquery(members.annotate(n=Count("pk")).values("n")), 0),
        waiting=Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0),
    )
    is_pool = Q(kind__in=Queue.POOLS)
    parts = [
        (_("Marketing"), rows.exclude(is_pool).order_by("pk")),
        (_("Pools of sales"), rows.filter(is_pool).order_by("pk")),
    ]
    return render(request, "settings/queues.html", {"parts": parts})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def queue_new(request: Request) -> HttpResponse:
    """Add a pool."""
    return _form(request, Queue(kind=Queue.Kind.POOL))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def queue(request: Request, pk: int) -> HttpResponse:
    """Who works a queue, and who is told when leads stay lying in it."""
    return _form(request, get_object_or_404(Queue, pk=pk))


def _form(request: Request, one: Queue) -> HttpResponse:
    name = str(one)
    form = QueueForm(sent(request), instance=one)
    if form.is_valid() and _saved(form):
        messages.success(request, _("Saved."))
        return redirect("settings-queues")
    context = {"form": form, "queue": one, "name": name}
    return render(request, "settings/queue.html", context, status=422 if form.errors else 200)


def _saved(form: QueueForm) -> bool:
    """Keep the queue and its members; where leads would be left alone in it, the form says so."""
    try:
        with transaction.atomic():
            staffing.man(form.save(), form.cleaned_data["people"])
    except IntegrityError:
        form.add_error(None, _("Leads wait here: keep the queue active, with a member who can act."))
    return not form.errors
