"""How does a reader keep a view of the list, and choose its columns?"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadops.accounts.requests import Request, sent
from leads.forms.saved import ColumnsForm, SavedViewForm
from leads.models import ListColumns, SavedView
from leads.views.asked import OfAddress, asked_before

UNFIT = 422
STEPS = {"up": -1, "down": 1}


def _own(request: Request, pk: int) -> SavedView:
    """A view that the reader may change: their own."""
    return get_object_or_404(SavedView, pk=pk, owner=request.user)


def _asked(request: Request) -> OfAddress:
    """The list that the reader comes from."""
    if request.method == "POST":
        return asked_before(request.POST.get("asked", ""), request.user)
    return OfAddress(request.GET, reader=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def view_new(request: Request) -> HttpResponse:
    """Keep what the list shows under a name; of a condition that says nothing the list itself tells."""
    asked = _asked(request)
    if asked.where.wrong:
        return redirect(asked.address())
    view = SavedView(owner=request.user, changed_at=timezone.now(), columns=[one.key for one in asked.columns])
    view.filters, view.condition = asked.form.asked, asked.where.tree
    form = SavedViewForm(sent(request), instance=view)
    if not (form.is_valid() and form.is_kept()):
        context = {"form": form, "asked": asked}
        return render(request, "leads/views/form.html", context, status=UNFIT if form.errors else 200)
    return redirect(asked.address(view=view.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def view_edit(request: Request, pk: int) -> HttpResponse:
    """Give a view another name, or share it."""
    view = _own(request, pk)
    form = SavedViewForm(sent(request), instance=view)
    if not (form.is_valid() and form.is_kept()):
        context = {"form": form, "view": view, "asked": _asked(request)}
        return render(request, "leads/views/form.html", context, status=UNFIT if form.errors else 200)
    return redirect(_asked(request).address(view=view.pk))


@require_POST
@login_required
def view_list(request: Request, pk: int) -> HttpResponse:
    """Have a view keep what the list shows now."""
    view, asked = _own(request, pk), _asked(request)
    if asked.where.wrong:
        return redirect(asked.address())
    view.filters, view.condition, view.changed_at = asked.form.asked, asked.where.tree, timezone.now()
    view.save(update_fields=["filters", "condition", "changed_at"])
    messages.success(request, _("“%(view)s” keeps what you see now.") % {"view": view})
    return redirect(asked.address())


@require_POST
@login_required
def view_removal(request: Request, pk: int) -> HttpResponse:
    """Forget a view; nothing happens to the leads."""
    view = _own(request, pk)
    view.delete()
    messages.success(request, _("The view “%(view)s” is gone.") % {"view": view})
    return redirect("leads:list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def list_columns(request: Request) -> HttpResponse:
    """Choose the columns and their order: of the view, where it is the reader's own, else wherever no view says otherwise."""
    asked = _asked(request)
    form = ColumnsForm(sent(request), shown=[one.key for one in asked.columns])
    is_of_view = asked.view is not None and asked.view.owner_id == request.user.pk
    pressed = next((way for way in STEPS if way in request.POST), "")
    if pressed:
        form = ColumnsForm(shown=form.moved(request.POST[pressed], STEPS[pressed]))
    if not form.is_valid():
        context = {"form": form, "asked": asked, "is_of_view": is_of_view, "keep": request.POST.get("keep")}
        context |= {"pressed": pressed, "moved": request.POST.get(pressed)}
        return render(request, "leads/views/columns.html", context, status=UNFIT if form.errors else 200)
    wanted = form.cleaned_data["columns"]
    if asked.view and is_of_view and request.POST.get("keep") == "view":
        SavedView.objects.filter(pk=asked.view.pk).update(columns=wanted)
        return redirect(asked.address())
    ListColumns.objects.update_or_create(reader=request.user, defaults={"columns": wanted})
    return redirect(asked.address() if is_of_view or asked.view is None else asked.address(view=""))
