"""What was chosen for a file as a whole: by what people are known, what becomes of their values, where their leads go?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from leads import matching
from leads.arrivals.cells import CONSENTS
from leads.capture.conflicts import COLUMNS, Conflicts, conflicts
from leads.consent import Terms
from leads.importing import files
from leads.importing.fields import LEFT_OUT
from leads.models import Consent, ImportBatch

FILL, OVERWRITE, KEEP = "", "overwrite", "keep"
CONFLICTS = (FILL, OVERWRITE, KEEP)
OF_COMPANY, OF_CAMPAIGN = "company", "campaign"
LONGEST_WORDING = 2_000
CURRENCIES = (OF_COMPANY, OF_CAMPAIGN)
"""In whose currency the amounts of history are."""


def known_by(options: Mapping[str, Any]) -> tuple[str, ...]:
    """By what people are known again, the surest first; in all ways where nothing was chosen."""
    chosen = dict.fromkeys(by for by in options.get("known_by", ()) if by in matching.KNOWN_BY)
    return tuple(chosen) or matching.KNOWN_BY


def on_conflict(batch: ImportBatch) -> Conflicts:
    """What becomes of the values of people that are known already, as was chosen for each column."""
    keys = files.attribute_keys(batch.headers, batch.mapping, files.kept(batch.options))
    fields: dict[str, list[str]] = defaultdict(list)
    attributes: dict[str, list[str]] = defaultdict(list)
    for place, way in batch.options.get("on_conflict", {}).items():
        if key := keys[int(place)]:
            attributes[way].append(key)
        elif field := batch.mapping[int(place)]:
            fields[way].append(field)
    return conflicts(
        fields[OVERWRITE], fields[KEEP], attributes=attributes[OVERWRITE], kept_attributes=attributes[KEEP]
    )


def may_conflict(field: str | None) -> bool:
    """Whether a column becomes a value that somebody known may have already."""
    return field != LEFT_OUT and (not field or field in COLUMNS or field in files.KEPT_AS_ATTRIBUTE)


def terms(options: Mapping[str, Any]) -> Terms:
    """What a yes to mail or calls in the file is to; to follow-up by sales, by consent, where nothing was said."""
    return Terms(**options.get("consent", {}))


def says_yes(mapping: Sequence[str | None], options: Mapping[str, Any]) -> bool:
    """Whether a column, or what every row says, is a yes to mail or calls."""
    said = {field for field, value in options.get("constants", {}).items() if value}
    return not CONSENTS.isdisjoint({*mapping, *said})


def remarks(batch: ImportBatch) -> list[str]:
    """What is to be said of a yes that comes in without what would prove it."""
    now = terms(batch.options)
    if now.wording.strip() or not says_yes(batch.mapping, batch.options):
        return []
    if now.basis == Consent.Basis.CUSTOMER:
        return [
            _(
                "Where this file says yes to mail or calls, it is not said what these customers bought: "
                "without that the proof is thin."
            )
        ]
    return [
        _(
            "Where this file says yes to mail or calls, the words that people agreed to are not given: "
            "without the words the proof is thin."
        )
    ]


def is_routable(options: Mapping[str, Any]) -> bool:
    """Whether the leads are handed over by the rules."""
    return bool(options.get("is_routable", True))


def is_told(options: Mapping[str, Any]) -> bool:
    """Whether who holds a lead is told that its person enquired again."""
    return bool(options.get("is_told", True))
