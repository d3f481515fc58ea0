"""Which powers of the browser may a page use? None, but for what a page says of itself."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Permissions-Policy"
NONE = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PowersMiddleware:
    """Switch off what no page needs; a page that does need something has said so in its own header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        response.headers.setdefault(HEADER, NONE)
        return response
