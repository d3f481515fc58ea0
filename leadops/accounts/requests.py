"""What is a request of somebody who is logged in?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from leadops.accounts.models import User

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request behind `login_required`: its user is one of ours, and it knows whether htmx sent it.

    A page that counts what the user is late with leaves it in `overdue`, so that the menu need not.
    """

    user: User
    htmx: HtmxDetails
    overdue: int


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form's data is: None where the page is only looked at. A form of boxes that nobody ticked is sent empty."""
    return request.POST if request.method == "POST" else None


def key_in(text: str | None) -> int | None:
    """The key of a row in an address; None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def posted_from(page: str) -> Callable[[View], View]:
    """Let a view take what a form on a page posts to an address of its own, and lead who only looks there to the page.

    What is wrong is said at the form's address, which readers reload, and come back to when they choose a theme.
    """

    def leading(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest, **keys: Any) -> HttpResponse:
            return view(request, **keys) if request.method == "POST" else redirect(page, **keys)

        return answer

    return leading
