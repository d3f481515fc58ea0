"""By which way does a request come to the API, and what is answered where no endpoint came to answer?"""

from __future__ import annotations

import json
import select
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import ResolverMatch, resolve
from django.utils import translation

from leadops.api import problems

API, V1 = "/api/", "/api/v1/"
Answer = Callable[[HttpRequest], HttpResponseBase]


class ProblemMiddleware:
    """Put a problem document in the place of a page that tells of a fault; the outermost of all middleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        is_page = response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"].startswith("text/html")
        return told(response.status_code) if is_page and request.path_info.startswith(API) else response


class ShortWayMiddleware:
    """Send requests of other programs straight to their endpoint: they have no session, no cookie and no page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; one of another program in the language that it asks for."""
        spare_the_question()
        if not request.path_info.startswith(V1):
            return self.get_response(request)
        request.get_host()
        with translation.override(translation.get_language_from_request(request)):
            request.resolver_match = match = found(request.path_info)
            return whole(match.func(request, *match.args, **match.kwargs))


@lru_cache(maxsize=200)
def found(path: str) -> ResolverMatch:
    """The endpoint at an address; those that are asked for again and again are not looked for again."""
    return resolve(path)


def spare_the_question() -> None:
    """Let Django not ask the database whether it is there, where its end of the line has stayed open and silent.

    A server that goes away says so, or hangs up: either can be read. It saves each request a round trip.
    """
    line = connection.connection
    if line is None or line.closed or connection.in_atomic_block:
        return
    listening = select.poll()
    listening.register(line.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
    connection.health_check_done = not listening.poll(0)  # type: ignore[attr-defined] # Django's own, untyped


def whole(response: HttpResponse) -> HttpResponse:
    """A response that is written out, with its length."""
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    response.headers["Content-Length"] = str(len(response.content))
    return response


def told(status: int) -> HttpResponse:
    """The problem document of a status."""
    return HttpResponse(json.dumps(problems.document(status)), status=status, content_type=problems.MEDIA_TYPE)
