"""How does a reader put the condition of the list together?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from leadops.accounts.requests import Request
from leads.forms.condition_rows import Builder
from leads.forms.conditions import acted, of_tree, posted
from leads.listing.addresses import written
from leads.views.asked import OfAddress

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def list_condition(request: Request) -> HttpResponse:
    """Draw the builder; whatever is pressed in it sends the whole of it, and has it drawn anew or leads to the list."""
    if request.method != "POST":
        asked = OfAddress(request.GET, reader=request.user)
        return _drawn(request, asked, Builder(of_tree(asked.where.tree), is_judged=bool(asked.where.wrong)))
    act = request.POST.get("act", "")
    asked = OfAddress(QueryDict(request.POST.get("asked", "").removeprefix("?")), reader=request.user)
    if act == "clear":
        return _list(request, asked.address(where=""))
    builder = Builder(acted(posted(request.POST), act), is_judged=act == "use")
    if act == "use" and builder.is_sound:
        return _list(request, asked.address(where=written(builder.tree)))
    return _drawn(request, asked, builder, status=UNFIT if act == "use" else 200)


def _list(request: Request, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _drawn(request: Request, asked: OfAddress, builder: Builder, status: int = 200) -> HttpResponse:
    name = "leads/conditions/_builder.html" if request.htmx else "leads/conditions/builder.html"
    context = {"asked": asked, "builder": builder, "said": builder.said(request.LANGUAGE_CODE)}
    return render(request, name, context, status=status)
