"""Who in the whole base may be one person? A walk block by block, then pair by pair, that goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from leadops.accounts.models import Company, User
from leads.duplicates.blocks import BLOCKS, Candidate, candidates, pair_up, persons
from leads.duplicates.deciding import decide
from leads.duplicates.likeness import ASK, compare
from leads.models import Contact, DuplicatePair, DuplicateScan
from leads.querysets import DuplicatePairQuerySet

SLICE, MERGES = 5_000, 200


def ask(*, at: datetime, by: User | None) -> DuplicateScan:
    """Have the whole base looked through; where that is going on already, that is it."""
    scan, _is_new = DuplicateScan.objects.get_or_create(finished_at=None, defaults={"asked_at": at, "by": by})
    return scan


def was_asked(*, since: datetime) -> bool:
    """Whether the whole base was to be looked through since a moment."""
    return DuplicateScan.objects.filter(asked_at__gt=since).exists()


def go_on(at: datetime) -> bool:
    """Take the next step of the scan that is going on, in a transaction of its own; return whether there was one.

    A step keeps the pairs of one block, compares a slice of what was kept, or merges some of what is sure where the
    company wants that. One worker takes steps at a time.
    """
    with transaction.atomic():
        scan = DuplicateScan.objects.select_for_update(skip_locked=True).filter(finished_at=None).first()
        if scan is None:
            return False
        if scan.blocks_done < len(BLOCKS):
            pair_up(BLOCKS[scan.blocks_done], at)
            scan.blocks_done += 1
        elif pairs := list(DuplicatePair.objects.filter(score=None).order_by("pk")[:SLICE]):
            scan.found += _score(pairs)
        elif not _merge_sure(at):
            _compare_again()
            scan.finished_at = at
        scan.save()
    return True


def _merge_sure(at: datetime) -> bool:
    """Fold some pairs that score what the company merges without asking into who was there first; whether there were any.

    People change, so each is compared anew first.
    """
    least = Company.objects.values_list("merges_from", flat=True).first()
    found = list(DuplicatePair.objects.sure(least, at)[:MERGES]) if least else []
    _score(found)
    for pair in found:
        if DuplicatePair.objects.sure(least or 0, at).filter(pk=pair.pk).exists():
            decide(pair.pk, DuplicatePair.Decision.MERGED, by=None, at=at)
    return bool(found)


def around(contacts: Iterable[int]) -> list[Candidate]:
    """Those who may be the same person as one of these, by whichever of their records, each once; likeliest first."""
    families = Contact.objects.filter(pk__in=list(contacts)).values("family_id")
    records = dict(Contact.objects.filter(family_id__in=families).values_list("pk", "family_id"))
    likeliest: dict[tuple[int, int], Candidate] = {}
    for each in sorted(candidates(records), key=lambda one: one.score):
        root = records[each.contact]
        if records.get(each.other) != root:
            likeliest[root, each.other] = each._replace(contact=root)
    return sorted(likeliest.values(), key=lambda one: (one.contact, -one.score))


def keep_around(contacts: Iterable[int], *, at: datetime) -> DuplicatePairQuerySet:
    """Keep the pairs of these contacts with those who may be the same person; return them, decided or not."""
    found = around(contacts)
    keys = [(min(each.contact, each.other), max(each.contact, each.other)) for each in found]
    pairs = [
        DuplicatePair(left_id=left, right_id=right, score=each.score, reasons=list(each.reasons), found_at=at)
        for (left, right), each in zip(keys, found, strict=True)
    ]
    DuplicatePair.objects.bulk_create(pairs, ignore_conflicts=True)
    kept = DuplicatePair.objects.filter(left__in=[left for left, _right in keys])
    return kept.filter(right__in=[right for _left, right in keys])


def _compare_again() -> None:
    """Score anew what waits for a decision: people change. What became unlike, or was erased, is dropped."""
    waiting = DuplicatePair.objects.filter(decision="", score__isnull=False).order_by("pk")
    last = 0
    while pairs := list(waiting.filter(pk__gt=last)[:SLICE]):
        _score(pairs)
        last = pairs[-1].pk


def _score(pairs: Sequence[DuplicatePair]) -> int:
    """Write the score of each pair that has another one now, dropping the unlike ones; return how many were written."""
    people = persons(key for pair in pairs for key in (pair.left_id, pair.right_id))
    unlike, likely = [], []
    for pair in pairs:
        score, reasons = compare(people[pair.left_id], people[pair.right_id])
        if score < ASK:
            unlike.append(pair.pk)
        elif (score, list(reasons)) != (pair.score, pair.reasons):
            pair.score, pair.reasons = score, list(reasons)
            likely.append(pair)
    DuplicatePair.objects.filter(pk__in=unlike, decision="").delete()
    DuplicatePair.objects.bulk_update(likely, ["score", "reasons"], batch_size=1_000)
    return len(likely)
