"""How does the API say what is wrong? As problem documents (RFC 9457), whatever it is and wherever it arose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class Refused(exceptions.APIException):
    """A request that is understood and cannot be done; `errors` say where, if it is one place in it."""

    status_code = 422

    def __init__(self, detail: str, *, pointer: str = "", status: int = 422) -> None:
        super().__init__(detail)
        self.status_code = status
        self.errors = [{"pointer": pointer, "detail": str(detail)}] if pointer else []


class TooLate(Refused):
    """Somebody was first, or it was done already."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, status=HTTPStatus.CONFLICT)


class Malformed(exceptions.APIException):
    """A request that is not as the schema says; holds an entry for each place that is wrong."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(_("The request is not as the schema says."))
        self.errors = errors


def body_errors(errors: Any) -> list[dict[str, str]]:
    """The errors of a serializer as entries that point into the body."""
    return [{"pointer": f"#{path}", "detail": detail} for path, detail in _leaves(errors)]


def query_errors(errors: Mapping[str, Any]) -> list[dict[str, str]]:
    """The errors of a serializer as entries that name a parameter of the address."""
    return [{"parameter": name, "detail": str(detail)} for name, details in errors.items() for detail in details]


def escaped(name: str) -> str:
    """The name of a member as a part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _leaves(errors: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(errors, Mapping):
        for key, value in errors.items():
            yield from _leaves(value, path if key == "non_field_errors" else f"{path}/{escaped(str(key))}")
    elif isinstance(errors, list):
        for value in errors:
            yield from _leaves(value, path)
    else:
        yield path, str(errors)


def answer(fault: Exception, context: Mapping[str, Any]) -> Response:
    """Answer any fault of an endpoint; one of our own is logged, and says nothing of what went wrong inside."""
    set_rollback()
    known = _known(fault)
    if known is None:
        log.error("api_fault", path=context["request"].path, exc_info=fault)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR)
    return problem(
        known.status_code, str(known.detail), errors=getattr(known, "errors", ()), headers=_headers(known, context)
    )


def _known(fault: Exception) -> exceptions.APIException | None:
    if isinstance(fault, exceptions.APIException):
        return fault
    if isinstance(fault, Http404):
        return exceptions.NotFound(_("There is nothing here that this token may see."))
    if isinstance(fault, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(fault, RequestDataTooBig):
        return Refused(_("The body is too large."), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if isinstance(fault, SuspiciousOperation):
        return exceptions.ParseError(_("The request cannot be read."))
    if isinstance(fault, OperationalError | InterfaceError):
        log.warning("api_database_away", error=str(fault))
        return Refused(_("The database is away; try again in a moment."), status=HTTPStatus.SERVICE_UNAVAILABLE)
    return None


def _headers(fault: exceptions.APIException, context: Mapping[str, Any]) -> dict[str, str]:
    headers = {}
    if challenge := getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    wait = getattr(fault, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(max(1, round(wait)))
    if isinstance(fault, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return headers


def document(status: int, detail: str = "", *, errors: Any = ()) -> dict[str, Any]:
    """A problem document; its title is the status's own."""
    title = HTTPStatus(status).phrase
    told = {"type": "about:blank", "title": title, "status": int(status), "detail": detail or _unsaid(status)}
    return told | ({"errors": list(errors)} if errors else {})


def _unsaid(status: int) -> str:
    if status == HTTPStatus.NOT_FOUND:
        return _("There is no such address. Addresses end in a slash.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("A fault of ours, which was logged. Nothing was done.")
    return _("The request cannot be answered.")


def problem(status: int, detail: str = "", *, errors: Any = (), headers: Mapping[str, str] | None = None) -> Response:
    """The same as a response."""
    told = document(status, detail, errors=errors)
    return Response(told, status=int(status), content_type=MEDIA_TYPE, headers=dict(headers or {}))
