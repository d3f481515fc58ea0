"""Which words of a file of history are to be given a meaning, and which were not yet?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leadops.accounts.models import User
from leads import names
from leads.arrivals.past import IN_WORDS
from leads.importing import files, history_words, values
from leads.importing.reading import Table
from leads.models import ImportBatch

MOST_VALUES = 750
"""So many different values of a column can be given a meaning."""
SMALL = 5_000
"""The values of a larger file are counted once, and kept."""

Counts = list[tuple[str, int]]


def places(mapping: Sequence[str | None]) -> list[int]:
    """The columns whose values are to be given a meaning."""
    return [place for place, field in enumerate(mapping) if field in IN_WORDS]


def values_of(batch: ImportBatch, table: Table) -> dict[int, Counts]:
    """The different values of each of these columns, with how often each stands there, the commonest first."""
    corrected = sum(map(len, batch.corrections.values()))
    kept: dict[str, Any] = batch.reading.get("values", {})
    found: dict[int, Any] = {place: kept.get(f"{place}:{corrected}") for place in places(batch.mapping)}
    if missing := [place for place, counts in found.items() if counts is None]:
        found |= counted(batch, table, missing)
        if batch.rows > SMALL:
            keep(batch, {f"{place}:{corrected}": counts for place, counts in found.items()})
    return {place: [(said, count) for said, count in counts or ()] for place, counts in found.items()}


def counted(batch: ImportBatch, table: Table, wanted: Sequence[int]) -> dict[int, Counts]:
    counts: dict[int, Counter[str]] = {place: Counter() for place in wanted}
    for record in files.records(batch, table):
        if not record.problem:
            for place, counter in counts.items():
                counter[record.cells[place].strip()] += 1
    return {place: commonest(counter) for place, counter in counts.items()}


def commonest(counter: Counter[str]) -> Counts:
    """Values that differ only in large and small letters are one, called as the commonest of them."""
    alike: dict[str, str] = {}
    sums: Counter[str] = Counter()
    for said, count in counter.most_common():
        if not values.is_blank(said):
            sums[alike.setdefault(said.casefold(), said)] += count
    return sums.most_common(MOST_VALUES + 1)


def keep(batch: ImportBatch, counts: Mapping[str, Counts]) -> None:
    batch.reading = batch.reading | {"values": dict(counts)}
    ImportBatch.objects.filter(pk=batch.pk).update(reading=batch.reading)


def with_suggestions(
    options: dict[str, Any], found: Mapping[int, Counts], mapping: Sequence[str | None]
) -> dict[str, Any]:
    """The options with what words probably mean, where nobody said it."""
    words = dict(options.get("words", {}))
    people = by_name(User.objects.all()) if any(mapping[place] == "owner" for place in found) else {}
    for place, counts in found.items():
        meant = {said.casefold(): meaning(mapping[place] or "", said, people) for said, _count in counts}
        words[str(place)] = {said: meaning for said, meaning in meant.items() if meaning} | words.get(str(place), {})
    return options | {"words": words} if found else options


def meaning(field: str, said: str, people: Mapping[str, str]) -> str:
    """What a word probably means: of an owner the address of who is called so; empty where nothing is known."""
    return (
        people.get(" ".join(names.folded(said).split()), "") if field == "owner" else history_words.meaning(field, said)
    )


def by_name(users: Iterable[User]) -> dict[str, str]:
    """Addresses by address, by name, and by a first name that only one bears."""
    found: dict[str, set[str]] = {}
    for user in users:
        for text in {user.email, user.name, user.name.partition(" ")[0]}:
            found.setdefault(" ".join(names.folded(text).split()), set()).add(user.email)
    return {text: next(iter(said)) for text, said in found.items() if text and len(said) == 1}


def unsaid(found: Mapping[int, Counts], options: Mapping[str, Any]) -> list[int]:
    """The columns of which a value has no meaning yet."""
    words = options.get("words", {})
    return [
        place
        for place, counts in found.items()
        if any(said.casefold() not in words.get(str(place), {}) for said, _count in counts[:MOST_VALUES])
    ]


def too_many(found: Mapping[int, Counts]) -> list[int]:
    """The columns with more different values than can be given a meaning by hand."""
    return [place for place, counts in found.items() if len(counts) > MOST_VALUES]
