"""How are values of addresses and bodies written? Exactly as the schema says, and in no other way."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

WHOLE = re.compile(r"[0-9]{1,18}")
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WITHOUT_NULL = r"^[^\u0000]*$"


class Text(serializers.CharField):
    """A text as it stands, of at least one character unless it may be blank; the database keeps no null characters."""

    def __init__(self, **options: Any) -> None:
        shortest = {} if options.get("allow_blank") else {"min_length": 1}
        super().__init__(**{"trim_whitespace": False} | shortest | options)


class TextSchema(OpenApiSerializerFieldExtension):
    """Tells in the schema that a text has no null characters."""

    target_class = Text
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """The schema of a text."""
        told: dict[str, Any] = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)  # noqa: SLF001 - as extensions do
        return told | {"pattern": WITHOUT_NULL}


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 10**18 - 1})
class Key(serializers.Field):
    """The number of something, in an address."""

    default_error_messages = {"invalid": _("Write a whole number above zero.")}

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, str) or not WHOLE.fullmatch(data) or not int(data):
            self.fail("invalid")
        return int(data)

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "boolean"})
class Flag(serializers.Field):
    """Yes or no, in an address."""

    default_error_messages = {"invalid": _("Write true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("true", "false"):
            self.fail("invalid")
        return bool(data == "true")

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field(OpenApiTypes.DATETIME)
class Moment(serializers.Field):
    """A moment with its offset, as RFC 3339 writes it."""

    default_error_messages = {"invalid": _("Write a moment with its offset, such as 2026-11-24T09:30:00Z.")}

    def to_internal_value(self, data: Any) -> datetime:
        if isinstance(data, str) and RFC_3339.fullmatch(data):
            with suppress(ValueError, OverflowError):
                return datetime.fromisoformat(data.upper()).astimezone(UTC)
        return self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@extend_schema_field(OpenApiTypes.DATE)
class Day(serializers.Field):
    """A day."""

    default_error_messages = {"invalid": _("Write a day, such as 2026-11-24.")}

    def to_internal_value(self, data: Any) -> date:
        if isinstance(data, str) and DAY.fullmatch(data):
            with suppress(ValueError):
                return date.fromisoformat(data)
        return self.fail("invalid")

    def to_representation(self, value: date) -> str:
        return value.isoformat()
