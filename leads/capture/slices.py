"""Which rows are judged together, and for what?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from leads import consent, matching
from leads.arrays import array
from leads.capture.conflicts import Conflicts
from leads.stages import Channel

AS_USUAL = Conflicts()

ARRIVED = "a.batch_id = %(batch)s AND a.n = j.n AND a.n BETWEEN %(first)s AND %(last)s"
"""On what a judged row `j` and what arrived `a` are joined; between the bounds no more than the slice is looked at."""


class End(NamedTuple):
    """How an earlier row ended: its verdict, its reason, and its contact, if it has one."""

    verdict: str
    reason: str
    contact: int | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows `first` to `last` of a batch on the stage, or `only` some of them; campaign and channel are for rows that name none.

    `since` is when the first slice of the batch began: what its own rows opt out of counts from then. With an `owner`
    the leads that it opens are their own, found by sales, with a next step. `known_by` says by what, in order, people are
    known again, and `conflicts` what happens to their values; leads that are not routable wait for a hand, and holders
    are told of new enquiries unless nobody wants that. Rows of history tell where their leads stood; their amounts are in
    the company's currency or in their campaigns'. `terms` say what their yes to mail and calls is to.
    """

    batch: int
    first: int
    last: int
    campaign: int | None = None
    channel: str = Channel.WEB
    source: str = ""
    since: datetime | None = None
    owner: int | None = None
    next_step_at: datetime | None = None
    known_by: tuple[str, ...] = matching.KNOWN_BY
    conflicts: Conflicts = AS_USUAL
    is_routable: bool = True
    is_told: bool = True
    is_history: bool = False
    is_in_campaign_currency: bool = False
    only: tuple[int, ...] | None = None
    terms: consent.Terms = consent.AS_USUAL

    @property
    def rows(self) -> str:
        """The condition on what arrived (`a`) that chooses the rows of the slice."""
        chosen = "" if self.only is None else " AND a.n = ANY(%(only)s::bigint[])"
        return "a.batch_id = %(batch)s AND a.n BETWEEN %(first)s AND %(last)s" + chosen

    @property
    def values(self) -> dict[str, Any]:
        """The slice as the statements' bound values."""
        return {
            "batch": self.batch,
            "first": self.first,
            "last": self.last,
            "campaign": self.campaign,
            "channel": self.channel,
            "import_batch": self.batch or None,
            "only": array(self.only or ()),
        }
