"""How are values of addresses and bodies written? Exactly as the schema says, and in no other way."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

WHOLE = re.compile(r"[0-9]{1,18}")
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Text(serializers.CharField):
    """A text of at least one character, as it stands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_length": 1, "trim_whitespace": False} | options)


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
        found = None
        try:
            if isinstance(data, str) and RFC_3339.fullmatch(data):
                found = parse_datetime(data.upper())
            return found.astimezone(UTC) if found else self.fail("invalid")
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@extend_schema_field(OpenApiTypes.DATE)
class Day(serializers.Field):
    """A day."""

    default_error_messages = {"invalid": _("Write a day, such as 2026-11-24.")}

    def to_internal_value(self, data: Any) -> date:
        found = None
        try:
            if isinstance(data, str) and DAY.fullmatch(data):
                found = parse_date(data)
        except ValueError:
            found = None
        return found or self.fail("invalid")

    def to_representation(self, value: date) -> str:
        return value.isoformat()
