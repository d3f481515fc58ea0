"""Which leads did a reader pick on the page, one by one, or see there when they meant all?"""

from __future__ import annotations

from django.http import QueryDict

from leadops.accounts.requests import key_in
from leads.models import Lead

MOST = 500


def chosen_keys(data: QueryDict) -> tuple[int, ...] | None:
    """The keys of the leads that were ticked; None where all that fit are meant."""
    if data.get("which") != "chosen":
        return None
    keys = map(key_in, data.getlist("lead")[:MOST])
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def newest() -> int:
    """The key of the lead that came in last; 0 where there is none."""
    return Lead.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def shown_up_to(data: QueryDict) -> int | None:
    """The newest lead that was there when the page was shown, as it carries that along; None where it does not."""
    return key_in(data.get("up_to"))
