"""When does the company work? Every promise and deadline from now on is reckoned in these hours."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadops.accounts.requests import Request, posted_from, sent
from leadops.administration.calendar_forms import CLOSED, OPEN, CalendarForm, DayForm
from leadops.administration.rights import may_manage
from leads import campaigns
from leads.models import BusinessCalendar
from leads.working_time import public_holidays


def _default() -> BusinessCalendar:
    return get_object_or_404(BusinessCalendar.objects.select_for_update(no_key=True), is_default=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def calendar(request: Request) -> HttpResponse:
    """The working hours of each weekday, the public holidays, and the days besides."""
    form = CalendarForm(sent(request), instance=_default())
    if form.is_valid():
        form.save()
        return _saved(request)
    return _page(request, form, DayForm(), 422 if form.errors else 200)


def _saved(request: Request) -> HttpResponse:
    messages.success(request, _("Saved. Deadlines from now on keep to it; those that were set stay."))
    return redirect("settings-calendar")


def _page(request: Request, form: CalendarForm, adding: DayForm, status: int) -> HttpResponse:
    kept = BusinessCalendar.objects.get(is_default=True)
    today = campaigns.today(timezone.now())
    context = {
        "form": form,
        "adding": adding,
        "holidays": _holidays(kept, today),
        "days": [(CLOSED, day) for day in sorted(kept.closed_on)] + [(OPEN, day) for day in sorted(kept.open_on)],
        "closed": CLOSED,
    }
    return render(request, "settings/calendar.html", context, status=status)


def _holidays(kept: BusinessCalendar, today: date) -> list[date]:
    """The public holidays that close the company until the end of next year."""
    if not kept.country:
        return []
    years = (public_holidays(kept.country, today.year + n, kept.is_good_friday_closed) for n in (0, 1))
    return sorted(day for year in years for day in year if day >= today)


@posted_from("settings-calendar")
@login_required
@may_manage
@transaction.atomic
def days(request: Request) -> HttpResponse:
    """Add a day on which the company is closed, or open all the same."""
    kept, form = _default(), DayForm(request.POST)
    if not form.is_valid():
        return _page(request, CalendarForm(instance=kept), form, 422)
    _without(kept, form.cleaned_data["day"])
    getattr(kept, form.cleaned_data["kind"]).append(form.cleaned_data["day"])
    kept.save(update_fields=[CLOSED, OPEN])
    return _saved(request)


@require_POST
@login_required
@may_manage
@transaction.atomic
def day_removal(request: Request) -> HttpResponse:
    """Let a day be as any other again."""
    kept, form = _default(), DayForm(request.POST)
    form.is_valid()
    if not (day := form.cleaned_data.get("day")):
        return redirect("settings-calendar")
    _without(kept, day)
    kept.save(update_fields=[CLOSED, OPEN])
    return _saved(request)


def _without(kept: BusinessCalendar, day: date) -> None:
    """Let a day stand in neither list."""
    kept.closed_on = [one for one in kept.closed_on if one != day]
    kept.open_on = [one for one in kept.open_on if one != day]
