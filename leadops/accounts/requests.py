"""What is a request of somebody who is logged in?"""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from leadops.accounts.models import User


class Request(HttpRequest):
    """A request behind `login_required`: its user is one of ours, and it knows whether htmx sent it."""

    user: User
    htmx: HtmxDetails


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form's data is: None where the page is only looked at. A form of boxes that nobody ticked is sent empty."""
    return request.POST if request.method == "POST" else None
