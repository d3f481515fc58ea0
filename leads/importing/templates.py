"""What somebody makes of the columns of a file, as words that outlive it: a mapping file, or a template with a name.

`{"columns": [{"header", "field", "on_conflict", "words", "date_order", "accepted"}], "constants", "known_by", ...}`; of a
column only its header is needed. Columns are found again by their headers, those without one by their letter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import matching
from leads.importing import choices, orders, values
from leads.importing.fields import BY_KEY, LEFT_OUT
from leads.importing.files import called
from leads.models import Consent, ImportBatch, MappingTemplate

Content = dict[str, Any]
OF_A_COLUMN = {"on_conflict": "on_conflict", "words": "words", "accepted": "accepted", "date_order": "date_orders"}
"""What is said of a column, and under which of a file's options it is kept by the column's place."""
OF_THE_FILE = (
    "country", "date_order", "constants", "known_by", "is_routable", "is_told", "is_history", "is_all_worked", "closed_on", "currency",
    "consent",
)  # fmt: skip


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
    options = {option: said for option, said in options.items() if said or option in batch.options}
    return mapping, options | {key: content[key] for key in OF_THE_FILE if key in content}


def unknown_headers(batch: ImportBatch, content: Content) -> list[str]:
    """The headers that a content names and a file has not."""
    known = {key_of(called(batch.headers, place)) for place in range(len(batch.headers))}
    return sorted(column["header"] for column in content["columns"] if key_of(column["header"]) not in known)


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
            {"header": header} | (of if isinstance(of, dict) else {"field": of}) for header, of in columns.items()
        ]
    content = (dict(said) if is_whole else {}) | {"columns": columns}
    if problems := list(problems_of(content)):
        raise UnfitError(" ".join(problems))
    return content


def problems_of(content: Content) -> Iterable[str]:
    """What is wrong with the words of a mapping."""
    columns = content["columns"]
    if not all(isinstance(column, dict) and "header" in column for column in columns):
        yield _("The mapping is not a JSON object of headers and fields.")
        return
    for said, fits in ((content, FITS_A_FILE), *((column, FITS_A_COLUMN) for column in columns)):
        for key, value in said.items():
            if key not in fits or not fits[key](value):
                gaps = {"key": str(key)[:60], "said": str(value)[:60]}
                yield _("“%(key)s” cannot be “%(said)s”.") % gaps
    named = [column.get("field") for column in columns] + [*content.get("constants", ())]
    if unknown := sorted({field for field in named if isinstance(field, str)} - BY_KEY.keys() - {LEFT_OUT, ""}):
        yield _("The mapping names fields that do not exist: %(fields)s") % {"fields": ", ".join(unknown)[:200]}


def is_text(said: Any) -> bool:
    """Whether something is a text that can be kept."""
    return isinstance(said, str) and "\0" not in said and said.encode("utf-8", "ignore").decode() == said


def is_texts(said: Any) -> bool:
    return isinstance(said, list) and all(map(is_text, said))


def is_pairs(said: Any) -> bool:
    return isinstance(said, dict) and all(map(is_text, [*said, *said.values()]))


def one_of(known: Collection[str]) -> Callable[[Any], bool]:
    return lambda said: isinstance(said, str) and said in known


def is_day(said: Any) -> bool:
    """Whether something is a day as a year, a month and a day."""
    try:
        return isinstance(said, str) and bool(date.fromisoformat(said))
    except ValueError:
        return False


def is_terms(said: Any) -> bool:
    """Whether something says what a yes is to; a legitimate interest says which one it is."""
    return is_known(said) and (said.get("basis") != Consent.Basis.INTEREST or bool(said.get("wording", "").strip()))


def is_known(said: Any) -> bool:
    """Whether something says of a yes nothing but what can be said."""
    return isinstance(said, dict) and all(key in FITS_CONSENT and FITS_CONSENT[key](said[key]) for key in said)


FITS_CONSENT: dict[str, Callable[[Any], bool]] = {
    "purpose": one_of(Consent.Purpose.values),
    "basis": one_of([str(basis) for basis in Consent.BASES_OF_FILES]),
    "wording": lambda said: is_text(said) and len(said) <= choices.LONGEST_WORDING,
}
FITS_A_COLUMN: dict[str, Callable[[Any], bool]] = {
    "header": is_text,
    "field": lambda said: said is None or is_text(said),
    "on_conflict": one_of(choices.CONFLICTS),
    "words": is_pairs,
    "accepted": is_texts,
    "date_order": one_of(orders.LABELS),
}
FITS_A_FILE: dict[str, Callable[[Any], bool]] = {
    "columns": lambda said: isinstance(said, list),
    "country": lambda said: is_text(said) and values.country(said) == said,
    "date_order": one_of(orders.LABELS),
    "constants": is_pairs,
    "known_by": lambda said: isinstance(said, list) and all(map(one_of(matching.KNOWN_BY), said)),
    "is_routable": lambda said: isinstance(said, bool),
    "is_told": lambda said: isinstance(said, bool),
    "is_history": lambda said: isinstance(said, bool),
    "is_all_worked": lambda said: isinstance(said, bool),
    "closed_on": is_day,
    "currency": one_of(choices.CURRENCIES),
    "consent": is_terms,
}
