"""Where can the schema be read, by programs and by people?"""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from leadops.api.middleware import told

# The reader of the schema styles its elements one by one; nothing but its own files is run.
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}


@cache
def written() -> bytes:
    """The schema as JSON, made once a process."""
    return json.dumps(SchemaGenerator().get_schema(request=None, public=True)).encode()


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The schema, as OpenAPI 3.1 in JSON."""
    return HttpResponse(written(), content_type="application/vnd.oai.openapi+json; version=3.1")


@csp_replace(POLICY)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The schema for people, to read and to try."""
    return render(request, "api/docs.html")


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What is answered at any other address under /api/."""
    return told(HTTPStatus.NOT_FOUND)
