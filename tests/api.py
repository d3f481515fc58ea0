"""How do tests speak with the API? As an integration does: JSON, with a token."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from leadops.accounts import tokens
from leadops.accounts.models import User
from leadops.accounts.tokens import Scope

V1 = "/api/v1/"
PROBLEM = "application/problem+json"


class Api:
    """An integration that looks with the eyes of `user`, by default with every scope."""

    def __init__(self, user: User, *scopes: Scope) -> None:
        tokens.forget()
        self.token, self.value = tokens.issue("Test", user=user, scopes=scopes or Scope.values, at=timezone.now())
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {self.value}"}

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(V1 + path, headers=self.headers | headers)

    def post(self, path: str, body: Any = None, *, form: Any = None, raw: bytes | None = None, **headers: str) -> Any:
        every = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if form is not None:
            return self.client.post(V1 + path, form, headers=every)
        content = raw if raw is not None else json.dumps({} if body is None else body).encode()
        return self.client.post(V1 + path, content, content_type="application/json", headers=every)


def told(response: Any, status: int) -> Any:
    """The JSON of an answer of this status; a problem document has its own media type and says its own status."""
    body = json.loads(response.content)
    assert response.status_code == status, body
    if status >= 400:
        assert response["Content-Type"] == PROBLEM
        assert body["status"] == status
    else:
        assert response["Content-Type"] == "application/json"
    return body
