"""How long do the never followed up lie, since their promise broke?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from reporting.charts import Bar

# The last day of each bucket, in whole days since the promise broke; the last bucket has no end.
BUCKETS = (1, 3, 7, 14, 30, 60)


def labels() -> list[str]:
    """Return what the buckets are called: 0-1, 2-3, ... 61+."""
    starts = [0, *(end + 1 for end in BUCKETS)]
    ranges = [f"{start}\N{EN DASH}{end}" for start, end in zip(starts, BUCKETS, strict=False)]
    return [*ranges, f"{starts[-1]}+"]


def counts(ages: Mapping[int, int]) -> list[int]:
    """Return how many lie in each bucket."""
    found = [0] * (len(BUCKETS) + 1)
    for age, count in ages.items():
        found[sum(age > end for end in BUCKETS)] += count
    return found


def bars(ages: Mapping[int, int], not_yet_due: int) -> list[Bar]:
    """Return a bar for each bucket, and before them one for those whose promise has not broken yet."""
    waiting = Bar(_("not yet"), not_yet_due, "step s5")
    found = zip(labels(), counts(ages), strict=True)
    return [waiting, *(Bar(label, count, f"a{n}") for n, (label, count) in enumerate(found, start=1))]
