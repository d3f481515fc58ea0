"""Two contacts are found to be one person: fold one into the other, and unfold it again.

A merge moves nothing. The loser points to the winner, and whoever reads over a person reads over the family; each
record keeps its own rows. What the winner takes over is journalled, so that unfolding gives both back as they were.
Both operations keep everybody else from the families they touch: the right to judge arrivals, then every contact in
key order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import User
from leads import capture, consent, lifecycle, objections, reopening
from leads.models import Contact, Lead, Merge, Promotion
from leads.stages import Reason, Stage
from leads.touching import touch

# Parts of one thing go together: a name is not put together from two, nor an address.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "name": ("salutation", "initials", "first_name", "infix", "last_name", "name_key"),
    "email": ("email", "email_key"),
    "phone": ("phone", "phone_e164"),
    "mobile": ("mobile", "mobile_e164"),
    "address": ("street", "house_number", "postcode", "city", "region", "country"),
    **{
        name: (name,)
        for name in (
            "job_title",
            "department",
            "organisation_id",
            "language",
            "linkedin_url",
            "birth_date",
            "external_id",
        )
    },
}
# Of these nothing is lost: the winner gets what either says.
JOINED = ("tags", "attributes", "is_mail_suppressed", "is_phone_suppressed")
# Of two open leads the one that came furthest stays; among equals the older.
FURTHEST = (Stage.SQL, Stage.SAL, Stage.ASSIGNED, Stage.MQL, Stage.INQUIRY, Stage.NURTURE)


class MergeRefused(ValueError):
    """Two contacts cannot be merged; says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A contact that is folded into another. `taken` names the groups whose values the loser's replace the winner's."""

    winner: int
    loser: int
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What came of taking a merge back: fields that were changed since and stay, a lead that stays closed, and those
    that sales was promised while both were one person.
    """

    merge: int
    kept: tuple[str, ...] = ()
    closed_lead: int | None = None
    promised: tuple[int, ...] = ()


def value_of(contact: Contact, name: str) -> Any:
    """A field's value as the journal keeps it."""
    value = getattr(contact, name)
    return value.isoformat() if name == "birth_date" and value else value


def is_blank(contact: Contact, group: str) -> bool:
    return not any(getattr(contact, name) for name in GROUPS[group])


def outcome(winner: Contact, loser: Contact, taken: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of the winner that a merge changes, with the values it gives them: what is empty is filled."""
    chosen = [group for group in GROUPS if not is_blank(loser, group) and (group in taken or is_blank(winner, group))]
    values = {name: getattr(loser, name) for group in chosen for name in GROUPS[group]}
    values |= {
        "tags": [*winner.tags, *(tag for tag in loser.tags if tag not in winner.tags)],
        "attributes": loser.attributes | winner.attributes,
        **{name: getattr(winner, name) or getattr(loser, name) for name in JOINED[2:]},
    }
    return {name: value for name, value in values.items() if value != getattr(winner, name)}


@transaction.atomic
def merge(folds: Sequence[Fold], *, at: datetime, by: User | None) -> list[Merge]:
    """Fold each loser, with all that was folded into it, into its winner's family; return the merges.

    Raises MergeRefused where both are one person already.
    """
    lifecycle.require_recent(at)
    capture.lock()
    _lock_families([key for fold in folds for key in (fold.winner, fold.loser)])
    return [_merge_one(fold, at, by) for fold in folds]


def _lock_families(contacts: Iterable[int]) -> None:
    family = Contact.objects.filter(pk__in=list(contacts)).values("family_id")
    list(Contact.objects.filter(family_id__in=family).order_by("pk").select_for_update().values_list("pk"))


def _merge_one(fold: Fold, at: datetime, by: User | None) -> Merge:
    winner, loser = (_root_of(key) for key in (fold.winner, fold.loser))
    if winner.pk == loser.pk:
        raise MergeRefused(_("These are one contact already."))
    if winner.erased_at or loser.erased_at:
        raise MergeRefused(_("One of them was erased: there is nothing left to compare."))
    closed = _close_one(winner, loser, at, by)
    changed = outcome(winner, loser, fold.taken)
    before = {name: value_of(winner, name) for name in changed}
    with connection.cursor() as cursor:
        cursor.execute(_POINT, {"winner": winner.pk, "loser": loser.pk})
    _write(winner, changed)
    after = {name: value_of(winner, name) for name in changed}
    journal = {"before": before, "after": after, "closed_lead": closed, "withheld": _withhold(winner)}
    touch([winner.pk], at=at)
    return Merge.objects.create(winner=winner, loser=loser, journal=journal, by=by, merged_at=at)


def _withhold(winner: Contact) -> dict[str, list[int]]:
    """Withhold of every record what the person asked for under one; return by channel those of which that is news."""
    news = {}
    for channel, flag in objections.FLAGS.items():
        others = Contact.objects.filter(family_id=winner.pk, **{flag: False})
        if getattr(winner, flag):
            news[channel.value] = list(others.order_by("pk").values_list("pk", flat=True))
            others.update(**{flag: True})
    return news


# Only the loser itself points anew; what was folded into it goes on pointing to it, in a family that stays flat.
_POINT = """
    UPDATE leads_contact SET family_id = %(winner)s,
        merged_into_id = CASE WHEN id = %(loser)s THEN %(winner)s ELSE merged_into_id END
    WHERE family_id = %(loser)s
"""


def _write(contact: Contact, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(contact, name, value)
    if values:
        contact.save(update_fields=list(values))


def _root_of(contact: int) -> Contact:
    return Contact.objects.get(pk__in=Contact.objects.filter(pk=contact).values("family_id"))


def _close_one(winner: Contact, loser: Contact, at: datetime, by: User | None) -> int | None:
    """Of two open leads close the one that came less far, as merged; return it."""
    both = list(Lead.objects.still_open().filter(family_id__in=(winner.pk, loser.pk)))
    if len(both) < 2:
        return None
    _stays, goes = sorted(both, key=lambda lead: (FURTHEST.index(Stage(lead.stage)), lead.opened_at, lead.pk))
    lifecycle.close(Lead.objects.filter(pk=goes.pk), to=Stage.MERGED, at=at, reason=Reason.MERGED, by=by)
    return goes.pk


@transaction.atomic
def unmerge(merges: QuerySet[Merge], *, at: datetime, by: User | None) -> list[Unfolded]:
    """Give both contacts of each merge back, the last merge first; say of each what could not be put back.

    A field that was changed since the merge stays as it is. The lead that the merge closed opens again where its
    family has no other.
    """
    lifecycle.require_recent(at)
    capture.lock()
    standing = merges.filter(unmerged_at__isnull=True)
    _lock_families([key for pair in standing.values_list("winner", "loser") for key in pair])
    return [_unmerge_one(one, at, by) for one in standing.order_by("-pk").select_for_update()]


# The loser and all that was folded into it, at any depth, are a family of their own again. Rides contact_merged_into.
_PART = """
    WITH RECURSIVE own AS (
        SELECT id FROM leads_contact WHERE id = %(loser)s
        UNION SELECT c.id FROM leads_contact c JOIN own ON c.merged_into_id = own.id
    )
    UPDATE leads_contact c SET family_id = %(loser)s,
        merged_into_id = CASE WHEN c.id = %(loser)s THEN NULL ELSE c.merged_into_id END
    FROM own WHERE c.id = own.id
"""


def _unmerge_one(one: Merge, at: datetime, by: User | None) -> Unfolded:
    closed = one.journal["closed_lead"]
    with connection.cursor() as cursor:
        cursor.execute(_PART, {"loser": one.loser_id})
    kept = _restore(Contact.objects.get(pk=one.winner_id), one.journal)
    for channel, records in one.journal.get("withheld", {}).items():
        objections.unmark(channel, Contact.objects.filter(pk__in=records), at=at)
    Merge.objects.filter(pk=one.pk).update(unmerged_at=at)
    reopened = reopening.reopen(Lead.objects.filter(pk=closed, stage=Stage.MERGED), at=at, by=by) if closed else []
    families = [Contact.objects.get(pk=one.winner_id).family_id, one.loser_id]
    touch(families, at=at)
    since = Promotion.objects.filter(lead__family_id__in=families, recorded_at__gte=one.merged_at, is_imported=False)
    promised = since.order_by("lead").values_list("lead", flat=True).distinct()
    return Unfolded(one.pk, tuple(kept), closed if closed and not reopened else None, tuple(promised))


def _restore(winner: Contact, journal: Mapping[str, Any]) -> list[str]:
    """Put the winner's values back where nobody changed them since; return the fields that stay."""
    changed = [name for name, value in journal["after"].items() if value_of(winner, name) != value]
    _write(winner, {name: value for name, value in journal["before"].items() if name not in changed})
    objected = _objected(winner)
    _write(winner, objected)
    return [*changed, *(name for name in objected if name in journal["after"])]


def _objected(contact: Contact) -> dict[str, bool]:
    """What a person asked for themselves outlives a merge: channels of the contact that the list or their word keeps from use."""
    alone = Contact.objects.filter(pk=contact.pk)
    barred = {
        flag: consent.suppressed(channel, objections.keys_of(alone, channel))
        or objections.objecting(channel, [contact.family_id])
        for channel, flag in objections.FLAGS.items()
    }
    return {flag: True for flag, found in barred.items() if found and not getattr(contact, flag)}
