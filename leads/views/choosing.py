"""Which leads did a reader pick on the page, one by one?"""

from __future__ import annotations

from django.http import QueryDict

MOST = 500


def chosen_keys(data: QueryDict) -> tuple[int, ...] | None:
    """The keys of the leads that were ticked; None where all that fit are meant."""
    if data.get("which") != "chosen":
        return None
    keys = (key for key in data.getlist("lead")[:MOST] if key.isascii() and key.isdigit() and len(key) < 19)
    return tuple(dict.fromkeys(map(int, keys)))
