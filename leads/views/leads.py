"""Which leads are there, and what is known of one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadops.accounts.models import User
from leadops.accounts.requests import Request, key_in
from leads import panels, spelling
from leads.also_known import also_known
from leads.bulk.acts import registered
from leads.listing import columns, pages
from leads.listing.patience import TooLong
from leads.models import AttributeKey, Contact, Lead, SavedView
from leads.querysets import Place
from leads.reach import reach_of
from leads.views.asked import OfAddress

PAGE, VIEWS_SHOWN = 50, 50


@require_safe
@login_required
def lead_list(request: Request) -> HttpResponse:
    """The leads that the reader may see, newest first, narrowed by filters and a condition; pages begin where the last one ended."""
    at = timezone.now()
    asked = OfAddress(request.GET, reader=request.user)
    context: dict[str, Any] = {"form": asked.form, "asked": asked, "at": at, "rows": [], "views": _views(request.user)}
    if asked.where.wrong:
        return render(request, "leads/list.html", context)
    try:
        rows, is_more = _page(asked, at, key_in(request.GET.get("before")), key_in(request.GET.get("after")))
        meant = "" if rows else _meant(asked, request.GET, at)
    except TooLong:
        return render(request, "leads/list.html", context | {"is_too_long": True})
    if meant:
        return redirect(asked.address(q=meant, instead_of=asked.form.asked["q"]))
    context |= {"rows": rows, "may_choose": True, "table": columns.table(rows, asked.columns, at)}
    around = _neighbours(asked, rows, is_more, request.GET)
    context["acts"] = registered() if request.user.has_perm("leads.act_in_bulk") else []
    context["whole"] = None if any(around.values()) else len(rows)
    return render(request, "leads/list.html", context | around)


def _meant(asked: OfAddress, query: QueryDict, at: datetime) -> str:
    """What may have been meant by words that nothing fits, where the reader sees a lead that fits it. Raises TooLong."""
    words = asked.form.asked.get("q", "")
    meant = spelling.meant(words) if words and query.keys().isdisjoint({"before", "after", "instead_of"}) else ""
    asking = replace(asked.asking, filters={**asked.asking.filters, "q": meant})
    return meant if meant and pages.keys_of(asking, at, Place(), 1).exists() else ""


def _views(reader: User) -> list[SavedView]:
    """The views that a reader can choose from, by name."""
    return list(SavedView.objects.visible_to(reader).select_related("owner").order_by("name", "pk")[:VIEWS_SHOWN])


def _page(asked: OfAddress, at: datetime, before: int | None, after: int | None) -> tuple[list[Lead], bool]:
    """At most a page of leads, newest first, and whether there are more in the direction asked for. Raises TooLong."""
    place = Place(before) if after is None else Place(after, is_down=False)
    leads = pages.keys_of(asked.asking, at, place, PAGE + 1)
    rows = list(columns.with_columns(leads, asked.columns).order_by("-pk" if place.is_down else "pk"))
    return rows[:PAGE] if place.is_down else rows[:PAGE][::-1], len(rows) > PAGE


def _neighbours(asked: OfAddress, rows: list[Lead], is_more: bool, query: QueryDict) -> dict[str, str]:
    """The addresses of the pages before and after this one; empty where there is none."""
    is_back, is_deep = "after" in query, "before" in query
    has_newer = is_more if is_back else is_deep
    has_older = is_more or is_back
    return {
        "newer": asked.address(after=rows[0].pk) if rows and has_newer else "",
        "older": asked.address(before=rows[-1].pk) if rows and has_older else "",
        "newest": asked.address() if is_back or is_deep else "",
    }


@require_safe
@login_required
def lead_detail(request: Request, pk: int) -> HttpResponse:
    """One lead: who, how to reach them, where it stands; its story and its score are panels of the apps above."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).with_story(), pk=pk)
    reach = reach_of(lead.contact)
    return render(
        request,
        "leads/detail.html",
        {
            "at": timezone.now(),
            "lead": lead,
            "contact": lead.contact,
            "reach": reach,
            "also": also_known(lead.contact, reach),
            "attributes": attributes_of(lead.contact),
            "main_panels": panels.registered(is_main=True),
            "panels": panels.registered(is_main=False),
        },
    )


def attributes_of(contact: Contact) -> list[tuple[str, object]]:
    """What was kept of a file, a form or a webhook that no field takes, under the labels that it had."""
    if not contact.attributes:
        return []
    labels = {one.key: one.shown for one in AttributeKey.objects.filter(key__in=contact.attributes)}
    kept = ((labels.get(key, key), value) for key, value in contact.attributes.items())
    return sorted((label, value) for label, value in kept if value not in (None, "", []))
