"""Where can the schema be read, by programs and by people?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from leadops.api.middleware import told

SCOPES = re.compile(r"\n*Scope: (.+)\.\s*$")
SCOPE = re.compile(r"`(\S+)`")


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter of an operation, or a member of what it is sent."""

    name: str
    place: str
    is_required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does, as people read of it; `example` is what could be sent, as JSON."""

    group: str
    key: str
    name: str
    method: str
    path: str
    text: str
    scopes: list[str]
    members: list[Member]
    example: str
    answers: dict[str, str]


@cache
def schema_of() -> dict[str, Any]:
    """The schema, made once a process."""
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def written() -> bytes:
    """The schema as JSON."""
    return json.dumps(schema_of()).encode()


@cache
def operations() -> list[tuple[str, list[Operation]]]:
    """Every operation of the schema, in groups."""
    by_group = sorted(_operations(json.loads(written())), key=attrgetter("group"))
    return [(group, list(found)) for group, found in groupby(by_group, key=attrgetter("group"))]


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            scopes = SCOPES.search(said["description"])
            body = _body(said)
            yield Operation(
                group=said["tags"][0],
                key=said["operationId"],
                name=said["summary"],
                method=method.upper(),
                path=path,
                text=SCOPES.sub("", said["description"]),
                scopes=SCOPE.findall(scopes[1]) if scopes else [],
                members=[*_parameters(said), *_members(body, schema)],
                example=_example(body),
                answers={status: answer["description"] for status, answer in said["responses"].items()},
            )


def _parameters(said: dict[str, Any]) -> Iterator[Member]:
    for one in said.get("parameters", []):
        yield Member(one["name"], one["in"], one.get("required", False), one.get("description", ""))


def _body(said: dict[str, Any]) -> dict[str, Any]:
    """What is sent, of the one media type there is; nothing where nothing is."""
    return next(iter(said.get("requestBody", {}).get("content", {}).values()), {})


def _members(body: dict[str, Any], schema: dict[str, Any]) -> Iterator[Member]:
    shape = body.get("schema", {})
    if "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    for name, one in shape.get("properties", {}).items():
        yield Member(name, "body", name in shape.get("required", []), one.get("description", ""))


def _example(body: dict[str, Any]) -> str:
    first = next(iter(body.get("examples", {}).values()), None)
    return json.dumps(first["value"], indent=2, ensure_ascii=False) if first else ""


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The schema, as OpenAPI 3.1 in JSON."""
    return HttpResponse(written(), content_type="application/vnd.oai.openapi+json; version=3.1")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The schema for people."""
    context = {"about": schema_of()["info"]["description"], "groups": operations()}
    return render(request, "api/docs.html", context)


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What is answered at any other address under /api/."""
    return told(HTTPStatus.NOT_FOUND)
