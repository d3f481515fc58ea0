"""Who sends this request? The bearer of a token, and nobody else: a log-in in a browser opens nothing here."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from leadops.accounts import tokens
from leadops.accounts.models import User
from leadops.accounts.tokens import Bearer

SCHEME = "bearer"
LONGEST = 200


class TokenAuthentication(BaseAuthentication):
    """Reads `Authorization: Bearer lo_...`; `request.auth` is the bearer, `request.user` with whose eyes it looks."""

    def authenticate(self, request: Request) -> tuple[User, Bearer] | None:
        """Return the user and the bearer; None where no token was sent."""
        kind, _space, value = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != SCHEME or len(value) > LONGEST:
            return None
        bearer = tokens.find(value.strip(), at=timezone.now())
        if bearer is None:
            raise AuthenticationFailed(_("This token is not known, or no longer."))
        return bearer.user, bearer

    def authenticate_header(self, request: Request) -> str:
        """What a request without a token is told to bring."""
        return 'Bearer realm="LeadOps"'
