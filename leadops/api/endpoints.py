"""What does every endpoint do before and after its own work? Scopes and rights are asked, input is read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar, cast

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from leadops.accounts.models import User
from leadops.accounts.tokens import Bearer, Scope
from leadops.api import problems
from leadops.api.schema import Schema

READS = ("GET", "HEAD")


class Endpoint(APIView):
    """An address of the API. A request needs one of the scopes of its method, and its user the right, if one is named."""

    http_method_names = ["get", "post", "head"]
    reads: ClassVar[tuple[Scope, ...]] = ()
    writes: ClassVar[tuple[Scope, ...]] = ()
    right: ClassVar[str] = ""
    schema = Schema()

    request: Request

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse methods that are not there before anything is asked of the sender."""
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)

    @property
    def allowed_methods(self) -> list[str]:
        """The methods that the endpoint has."""
        return [name.upper() for name in self.http_method_names if hasattr(self, name)]

    def scopes(self, method: str) -> tuple[Scope, ...]:
        """The scopes of which a request needs one."""
        return self.reads if method in READS else self.writes

    def throttled_as(self, method: str | None) -> str:
        """The kind of request as which this one is counted."""
        return "other"

    def check_permissions(self, request: Request) -> None:
        """Ask the token's scopes, and its user's right."""
        if request.auth is None:
            raise NotAuthenticated(_("Send a token: Authorization: Bearer lo_..."))
        wanted = self.scopes(request.method or "")
        if self.bearer.scopes.isdisjoint(wanted):
            raise PermissionDenied(_("The token lacks a scope: %(scopes)s.") % {"scopes": " / ".join(wanted)})
        if self.right and not self.user.has_perm(self.right):
            raise PermissionDenied(_("The user of this token may not do this."))

    @property
    def bearer(self) -> Bearer:
        """Who sent the request."""
        return cast("Bearer", self.request.auth)

    @property
    def user(self) -> User:
        """With whose eyes the token looks."""
        return self.bearer.user

    def handle_exception(self, exc: Exception) -> Any:
        """Answer every fault as a problem document."""
        if isinstance(exc, NotAuthenticated | AuthenticationFailed):
            exc.auth_header = self.get_authenticate_header(self.request)  # type: ignore[union-attr]
        response = problems.answer(exc, {"request": self.request, "view": self})
        response.exception = True
        return response

    def asked(self, form: type[serializers.Serializer]) -> dict[str, Any]:
        """What the address asks; a parameter that is not known is refused, not overlooked."""
        query = self.request.query_params
        read = form(data=query.dict())
        unknown = {name: [_("There is no such parameter.")] for name in query if name not in read.fields}
        twice = {name: [_("This is given twice.")] for name in query if len(query.getlist(name)) > 1}
        if not read.is_valid() or unknown or twice:
            raise problems.Malformed(problems.query_errors({**read.errors, **twice, **unknown}))
        told: Mapping[str, Any] = read.validated_data
        return dict(told)

    def sent(self, form: type[serializers.Serializer], **context: Any) -> dict[str, Any]:
        """What the body says; a member that is not known is refused, not overlooked."""
        body = self.request.data
        read = form(data=body, context=context)
        unknown = {}
        if isinstance(body, Mapping):
            unknown = {name: [_("There is no such member.")] for name in body if name not in read.fields}
        if not read.is_valid() or unknown:
            raise problems.Malformed(problems.body_errors({**read.errors, **unknown}))
        told: Mapping[str, Any] = read.validated_data
        return dict(told)


CREATED, ACCEPTED = HTTPStatus.CREATED, HTTPStatus.ACCEPTED
