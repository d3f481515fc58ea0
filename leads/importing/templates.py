"""What somebody makes of the columns of a file, as words that outlive it: a mapping file, or a template with a name.

`{"columns": [{"header", "field", "on_conflict", "words", "date_order", "accepted"}], "constants", "known_by", ...}`; of a
column only its header is needed. Columns are found again by their headers, those without one by their letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import matching
from leads.importing import choices, orders
from leads.importing.fields import BY_KEY, LEFT_OUT
from leads.importing.files import called
from leads.models import ImportBatch, MappingTemplate

Content = dict[str, Any]
OF_A_COLUMN = {"on_conflict": "on_conflict", "words": "words", "accepted": "accepted", "date_order": "date_orders"}
"""What is said of a column, and under which of a file's options it is kept by the column's place."""
OF_THE_FILE = ("country", "date_order", "constants", "known_by", "is_routable", "is_told")


class UnfitError(ValueError):
    """The words are no mapping; the message says why."""


def content_of(batch: ImportBatch) -> Content:
    """What was chosen for the columns of a file and for the file as a whole."""
    found: Content = {key: batch.options[key] for key in OF_THE_FILE if key in batch.options}
    found["columns"] = []
    for place, field in enumerate(batch.mapping):
        said = {key: batch.options.get(option, {}).get(str(place)) for key, option in OF_A_COLUMN.items()}
        kept = {key: value for key, value in said.items() if value}
        found["columns"].append({"header": called(batch.headers, place), "field": field} | kept)
    return found


def chosen(batch: ImportBatch, content: Content, *, keeps_others: bool) -> tuple[list[str | None], dict[str, Any]]:
    """The mapping and the options that a content makes for a file; `keeps_others`: columns that it does not name stay."""
    named = {key_of(column["header"]): column for column in content.get("columns", ())}
    said = [named.get(key_of(called(batch.headers, place)), {}) for place in range(len(batch.headers))]
    taken = {column.get("field") for column in said}
    mapping = [
        column.get("field") if column else (old if keeps_others and old not in taken else None)
        for column, old in zip(said, batch.mapping, strict=True)
    ]
    options: dict[str, Any] = {option: {} for option in OF_A_COLUMN.values()}
    for place, column in enumerate(said):
        for key, option in OF_A_COLUMN.items():
            if column.get(key):
                options[option][str(place)] = column[key]
    return mapping, options | {key: content[key] for key in OF_THE_FILE if key in content}


def key_of(header: str) -> str:
    return header.strip().casefold()


def visible_to(user: User) -> QuerySet[MappingTemplate]:
    """The templates that somebody may use: their own and those that are shared."""
    return (MappingTemplate.objects.filter(is_shared=True) | MappingTemplate.objects.filter(by=user)).select_related(
        "by"
    )


def offered(batch: ImportBatch, user: User) -> list[MappingTemplate]:
    """The templates for a file: those made for the same headers first, then by name."""
    found = visible_to(user).order_by("name", "pk")
    return sorted(found, key=lambda template: template.header_digest != batch.header_digest)


@transaction.atomic
def keep(batch: ImportBatch, name: str, *, by: User, is_shared: bool, at: datetime) -> MappingTemplate:
    """Keep what was chosen for a file under a name; an own template of that name is made anew."""
    said = {"header_digest": batch.header_digest, "content": content_of(batch), "is_shared": is_shared}
    old = MappingTemplate.objects.filter(by=by, name__iexact=name).select_for_update().first()
    if old is None:
        return MappingTemplate.objects.create(by=by, name=name, created_at=at, used_at=at, **said)
    for key, value in (said | {"name": name, "used_at": at}).items():
        setattr(old, key, value)
    old.save()
    return old


def read(said: Any) -> Content:
    """A mapping as somebody wrote it: `{header: field}`, or with more said of each column and of the file. Raises UnfitError."""
    if not isinstance(said, Mapping):
        raise UnfitError(_("The mapping is not a JSON object of headers and fields."))
    is_whole = isinstance(said.get("columns"), list | Mapping)
    columns = said["columns"] if is_whole else said
    if isinstance(columns, Mapping):
        columns = [
            {**(of if isinstance(of, Mapping) else {"field": of}), "header": header} for header, of in columns.items()
        ]
    content = {key: said[key] for key in OF_THE_FILE if is_whole and key in said} | {"columns": columns}
    if problems := list(problems_of(content)):
        raise UnfitError(" ".join(problems))
    return content


def problems_of(content: Content) -> Iterable[str]:
    """What is wrong with the words of a mapping."""
    columns = [column for column in content["columns"] if isinstance(column, Mapping)]
    if len(columns) < len(content["columns"]) or not all(isinstance(column.get("header"), str) for column in columns):
        yield _("The mapping is not a JSON object of headers and fields.")
        return
    fields = {str(column["field"]) for column in columns if column.get("field")} | {*content.get("constants", {})}
    if unknown := sorted(fields - BY_KEY.keys() - {LEFT_OUT}):
        yield _("The mapping names fields that do not exist: %(fields)s") % {"fields": ", ".join(unknown)}
    yield from unknown_ones("on_conflict", (column.get("on_conflict", "") for column in columns), choices.CONFLICTS)
    yield from unknown_ones("date_order", (column.get("date_order", "dmy") for column in columns), orders.LABELS)
    yield from unknown_ones("known_by", content.get("known_by", ()), matching.KNOWN_BY)


def unknown_ones(key: str, said: Iterable[Any], known: Iterable[str]) -> Iterable[str]:
    if unknown := [str(one) for one in said if one not in known]:
        gaps = {"key": key, "said": ", ".join(unknown), "known": ", ".join(filter(None, known))}
        yield _("“%(key)s” is one of %(known)s, not %(said)s.") % gaps
