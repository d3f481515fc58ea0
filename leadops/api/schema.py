"""How does the schema tell what every operation has in common: its scopes, and the ways in which it can go wrong?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from leadops.api.problems import MEDIA_TYPE

PROBLEM = {"$ref": "#/components/schemas/Problem"}
ENTRY = {
    "type": "object",
    "description": "One thing that is wrong: with a member of the body, or with a parameter of the address.",
    "properties": {
        "pointer": {"type": "string", "description": "Where in the body, as a JSON pointer.", "examples": ["#/email"]},
        "parameter": {"type": "string", "description": "Which parameter of the address.", "examples": ["before"]},
        "detail": {"type": "string", "description": "What is wrong with it."},
    },
    "required": ["detail"],
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "What is wrong, as RFC 9457 has it.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong with this request, in the language asked for."},
        "errors": {"type": "array", "items": ENTRY},
    },
    "required": ["type", "title", "status", "detail"],
    "examples": [
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "The request is not as the schema says.",
            "errors": [{"pointer": "#/disposition", "detail": "This field is required."}],
        }
    ],
}
ALWAYS = {
    401: "No token was sent, or one that is not known, or no longer.",
    403: "The token lacks a scope, or its user the right.",
    406: "The answer comes as JSON, which the request does not accept.",
    500: "A fault of ours, which was logged.",
    503: "The database is away for a moment.",
    429: "Too many requests; `Retry-After` says when to go on.",
}
WITH_INPUT = {400: "The request is not as the schema says; `errors` say where."}
WITH_BODY = {413: "The body is too large.", 415: "The body is of another media type than the operation takes."}
WITH_KEY = {404: "There is no such thing, or the token's user may not see it."}
SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of this installation, made under Settings, Tokens: `Authorization: Bearer lo_...`.",
    }
}
METHODS = ("get", "post")
V1 = "/api/v1/"
# How serializers of bodies are named: a member that they do not name is refused.
BODY = "In"


def refusals(**details: str) -> dict[tuple[int, str], OpenApiResponse]:
    """What else an operation may answer: a description under each status, as `s409="..."`."""
    return {(int(name[1:]), MEDIA_TYPE): OpenApiResponse(PROBLEM, text) for name, text in details.items()}


class Schema(AutoSchema):
    """Reads the scopes and the subject of an operation from its endpoint."""

    def get_tags(self) -> list[str]:
        """The subject: the first word of the address."""
        return [self.path.split("/")[3]]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """One way in for each scope that will do."""
        endpoint: Any = self.view
        return [{"token": [scope.value]} for scope in endpoint.scopes(self.method)]


def of_this_version(endpoints: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Preprocessing: the operations of this version, and nothing else that is served."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(V1)]


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Postprocessing: tell of each operation how it may go wrong."""
    components = result.setdefault("components", {})
    components["securitySchemes"] = SCHEMES
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM_SCHEMA
    for name in schemas:
        if name.endswith(BODY):
            schemas[name]["additionalProperties"] = False
    for path, operations in result["paths"].items():
        for method in METHODS:
            if method in operations:
                _complete(operations[method], has_key="{" in path)
    return result


def _complete(operation: dict[str, Any], *, has_key: bool) -> None:
    told = dict(ALWAYS)
    if operation.get("parameters") or "requestBody" in operation:
        told |= WITH_INPUT
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
        told |= WITH_BODY
    if has_key:
        told |= WITH_KEY
    for status, text in told.items():
        operation["responses"].setdefault(str(status), _response(status, text))
    scopes = sorted({scope for way in operation.get("security", ()) for scope in way.get("token", ())})
    needs = " or ".join(f"`{scope}`" for scope in scopes)
    operation["description"] = f"{operation.get('description', '')}\n\nScope: {needs}.".strip()
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _response(status: int, text: str) -> dict[str, Any]:
    response: dict[str, Any] = {"description": text, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        seconds = {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait.", "required": True}
        response["headers"] = {"Retry-After": seconds}
    return response
