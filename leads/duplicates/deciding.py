"""What did somebody say of a pair: one person, two people, or not now? One person can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads import merging
from leads.merging import Fold, Unfolded
from leads.models import DuplicatePair, Merge

Decision = DuplicatePair.Decision


class DecidedBefore(ValueError):
    """Somebody was first; says so in the reader's language."""


@transaction.atomic
def decide(
    pair: int,
    decision: str,
    *,
    by: User | None,
    at: datetime,
    keeps_right: bool = False,
    taken: Iterable[str] = (),
) -> DuplicatePair:
    """Write what a pair is, and fold it where it is one person: into the left one, or the right one where that is kept.

    `taken` names the groups of fields in which the other one's values win. Raises DecidedBefore and MergeRefused.
    """
    found = DuplicatePair.objects.select_for_update().get(pk=pair)
    if found.decision not in ("", Decision.LATER):
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
