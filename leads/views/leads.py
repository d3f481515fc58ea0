"""Which leads are there, and what is known of one?"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadops.accounts.requests import Request
from leads import panels
from leads.filters import LeadFilter, shown
from leads.models import AttributeKey, Contact, Lead
from leads.querysets import Place
from leads.reach import reach

PAGE = 50


@require_safe
@login_required
def lead_list(request: Request) -> HttpResponse:
    """The leads that the reader may see, newest first, narrowed by fixed filters; pages begin where the last one ended."""
    at = timezone.now()
    form = LeadFilter(request.GET, reader=request.user)
    rows, is_more = _page(form, at, _key(request.GET.get("before")), _key(request.GET.get("after")))
    return render(
        request,
        "leads/list.html",
        {"form": form, "rows": rows, "at": at} | _neighbours(form, rows, is_more, request.GET),
    )


def _key(text: str | None) -> int | None:
    """The key of a lead in an address; None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _page(form: LeadFilter, at: datetime, before: int | None, after: int | None) -> tuple[list[Lead], bool]:
    """At most a page of leads, newest first, and whether there are more in the direction asked for."""
    place = Place(before) if after is None else Place(after, is_down=False)
    leads = form.page(Lead.objects.all(), at, place, PAGE + 1)
    rows = list(shown(leads).order_by("-pk" if place.is_down else "pk"))
    return rows[:PAGE] if place.is_down else rows[:PAGE][::-1], len(rows) > PAGE


def _neighbours(form: LeadFilter, rows: list[Lead], is_more: bool, asked: QueryDict) -> dict[str, str]:
    """The addresses of the pages before and after this one; empty where there is none."""
    is_back, is_deep = "after" in asked, "before" in asked
    has_newer = is_more if is_back else is_deep
    has_older = is_more or is_back
    return {
        "newer": _address(form, after=rows[0].pk) if rows and has_newer else "",
        "older": _address(form, before=rows[-1].pk) if rows and has_older else "",
        "newest": _address(form) if is_back or is_deep else "",
    }


def _address(form: LeadFilter, **place: int) -> str:
    query = QueryDict(mutable=True)
    query.update(form.asked | {name: str(key) for name, key in place.items()})
    return f"{reverse('leads:list')}?{query.urlencode()}" if query else reverse("leads:list")


@require_safe
@login_required
def lead_detail(request: Request, pk: int) -> HttpResponse:
    """One lead: who, how to reach them, where it stands; its story and its score are panels of the apps above."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).with_story(), pk=pk)
    return render(
        request,
        "leads/detail.html",
        {
            "at": timezone.now(),
            "lead": lead,
            "contact": lead.contact,
            "reach": reach(lead.contact),
            "attributes": attributes_of(lead.contact),
            "main_panels": panels.registered(is_main=True),
            "panels": panels.registered(is_main=False),
        },
    )


def attributes_of(contact: Contact) -> list[tuple[str, object]]:
    """What an import kept of columns that no field takes, under the labels that they had."""
    if not contact.attributes:
        return []
    labels = dict(AttributeKey.objects.filter(key__in=contact.attributes).values_list("key", "label"))
    kept = ((labels.get(key, key), value) for key, value in contact.attributes.items())
    return sorted((label, value) for label, value in kept if value not in (None, "", []))
