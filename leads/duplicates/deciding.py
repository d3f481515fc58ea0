"""What did somebody say of a pair: one person, two people, or not now? One person can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import merging
from leads.duplicates.blocks import persons
from leads.duplicates.likeness import compare
from leads.merging import Fold, Unfolded
from leads.models import DuplicatePair, Merge

Decision = DuplicatePair.Decision


class DecidedBefore(ValueError):
    """Somebody was first; says so in the reader's language."""


def bring_together(one: int, other: int, *, at: datetime) -> DuplicatePair:
    """Have two records compared because somebody takes them for one person, however little they are alike; return the pair.

    What was said of it before stays said. A pair that is little alike waits for nobody: unless it is
    decided on now, the next scan drops it.
    """
    left, right = sorted((one, other))
    both = persons((left, right))
    score, reasons = compare(both[left], both[right])
    found = {"score": score, "reasons": list(reasons)}
    return DuplicatePair.objects.update_or_create(
        left_id=left, right_id=right, defaults=found, create_defaults=found | {"found_at": at}
    )[0]


@transaction.atomic
def decide(
    pair: int,
    decision: str,
    *,
    by: User | None,
    at: datetime,
    keeps_right: bool = False,
    taken: Iterable[str] = (),
    seen: str = "",
) -> DuplicatePair:
    """Write what a pair is, and fold it where it is one person: into the left one, or the right one where that is kept.

    `taken` names the groups of fields in which the other one's values win. Who saw that they were called two people may
    say otherwise: `seen` is what they saw. Raises DecidedBefore and MergeRefused.
    """
    found = DuplicatePair.objects.select_for_update().get(pk=pair)
    if found.decision not in ("", Decision.LATER) and (found.decision, seen) != (Decision.DIFFERENT,) * 2:
        raise DecidedBefore(_("Somebody decided on this pair before."))
    if decision == Decision.MERGED:
        winner, loser = (found.right_id, found.left_id) if keeps_right else (found.left_id, found.right_id)
        (found.merge,) = merging.merge([Fold(winner, loser, frozenset(taken))], at=at, by=by)
    found.decision, found.decided_at, found.by = decision, at, by
    found.save(update_fields=["decision", "decided_at", "by", "merge"])
    return found


@transaction.atomic
def put_back(merge: int, *, by: User, at: datetime) -> Unfolded | None:
    """Take a merge back, and ask about its pair again; None where it was taken back before."""
    for done in merging.unmerge(Merge.objects.filter(pk=merge), at=at, by=by):
        DuplicatePair.objects.filter(merge=merge).update(decision="", decided_at=None, merge=None, by=by)
        return done
    return None
