"""In what form does an answer come? As JSON, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

FITTING = ("*/*", "application/*", "application/json", "application/problem+json")


class JsonAlone(DefaultContentNegotiation):
    """Chooses the one form that there is, if the request accepts it."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer of JSON; raise NotAcceptable where the request wants none of it."""
        accepted = request.META.get("HTTP_ACCEPT", "*/*").lower().split(",")
        if not any(kind.partition(";")[0].strip() in FITTING for kind in accepted):
            raise NotAcceptable(available_renderers=list(renderers))
        return next(iter(renderers)), "application/json"
