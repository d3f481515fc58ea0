"""How are many leads marked at once: their people tagged, left to the rules or kept from them, meant for a rep?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from leads.bulk.acts import Act, Asks, Before, Done, Option, Order, register
from leads.lead_fields import reps_offered
from leads.models import Contact, Lead
from leads.problems import Problem
from leads.stages import HELD_BY_REP, OPEN
from leads.touching import touch

TAGGED = Problem(gettext_noop("The person has this tag already."))
UNTAGGED = Problem(gettext_noop("The person does not have this tag."))
SO_ALREADY = Problem(gettext_noop("It is so already."))
IS_CLOSED = Problem(gettext_noop("The lead is closed."))
WITH_A_REP = Problem(gettext_noop("A rep has the lead already."))
MOST_TAGS = 50
TAGS_FULL = Problem(gettext_noop("The person has too many tags."))


def tag(keys: Sequence[int], order: Order) -> Done:
    """Give the people of these leads a tag."""
    word = order.options["tag"]
    people = _locked(keys)
    refused = {lead: TAGGED if word in one.tags else TAGS_FULL for lead, one in people.items() if _is_full(one, word)}
    changed = {lead: one for lead, one in people.items() if lead not in refused}
    _write_tags(changed.values(), "array_append", word, order)
    return Done({lead: {} for lead in changed}, refused)


def _is_full(person: Contact, word: str) -> bool:
    return word in person.tags or len(person.tags) >= MOST_TAGS


def untag(keys: Sequence[int], order: Order) -> Done:
    """Take a tag off the people of these leads."""
    word = order.options["tag"]
    people = _locked(keys)
    changed = {lead: one for lead, one in people.items() if word in one.tags}
    _write_tags(changed.values(), "array_remove", word, order)
    return Done({lead: {} for lead in changed}, {lead: UNTAGGED for lead in people if lead not in changed})


def tag_again(before: Before, order: Order) -> Collection[int]:
    """Give back the tag that was taken off."""
    return tag(list(before), order).changed


def untag_again(before: Before, order: Order) -> Collection[int]:
    """Take off the tag that was given."""
    return untag(list(before), order).changed


def _locked(keys: Sequence[int]) -> dict[int, Contact]:
    """The person of each lead, locked in key order."""
    of_leads = dict(Lead.objects.filter(pk__in=keys).values_list("pk", "contact_id"))
    found = (
        Contact.objects.filter(pk__in=set(of_leads.values()))
        .order_by("pk")
        .select_for_update()
        .only("tags", "family_id")
    )
    people = {person.pk: person for person in found}
    return {lead: people[contact] for lead, contact in of_leads.items()}


def _write_tags(people: Collection[Contact], function: str, word: str, order: Order) -> None:
    tags = Func(F("tags"), Value(word), function=function)
    Contact.objects.filter(pk__in=[person.pk for person in people]).update(tags=tags)
    touch({person.family_id for person in people}, at=order.at)


def let_rules(keys: Sequence[int], order: Order) -> Done:
    """Have the rules hand these leads over, or have them left to be handed over by hand."""
    return _mark(keys, "is_routable", order.options["is_routable"] == "yes")


def mean_for(keys: Sequence[int], order: Order) -> Done:
    """Mean these leads for a rep: routing asks for them first."""
    return _mark(keys, "requested_owner_id", int(order.options["rep"]))


def _mark(keys: Sequence[int], name: str, value: Any) -> Done:
    """Set one column of leads that no rep has yet."""
    rows = Lead.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk", "stage", name)
    refused: dict[int, Problem] = {}
    changed: dict[int, Any] = {}
    for lead, stage, was in rows:
        if problem := unfit(stage) or (SO_ALREADY if was == value else None):
            refused[lead] = problem
        else:
            changed[lead] = {"was": was, "is": value}
    Lead.objects.filter(pk__in=changed).update(**{name: value})
    return Done(changed, refused)


def unfit(stage: str) -> Problem | None:
    """Why a lead of a stage is none that marketing marks; None where it is."""
    if stage not in OPEN:
        return IS_CLOSED
    return WITH_A_REP if stage in HELD_BY_REP else None


def _unmark(name: str) -> Any:
    def undo(before: Before, order: Order) -> Collection[int]:
        """Give leads that are still as the act left them what they had."""
        undone: list[int] = []
        for was in {one["was"] for one in before.values()}:
            same: Mapping[int, Any] = {lead: one for lead, one in before.items() if one["was"] == was}
            value = next(iter(same.values()))["is"]
            rows = Lead.objects.filter(pk__in=same, **{name: value}).order_by("pk").select_for_update()
            ids = list(rows.values_list("pk", flat=True))
            Lead.objects.filter(pk__in=ids).update(**{name: was})
            undone += ids
        return undone

    return undo


TAG = Option("tag", _("Tag"), Asks.WORD)
YES_OR_NO = (("yes", _("By the rules")), ("no", _("By hand only")))

register(
    Act("tag", _("Give a tag"), _("The person behind each lead gets the tag."), tag, untag_again, (TAG,), "tag"),
    Act("untag", _("Take a tag off"), _("The person behind each lead loses the tag."), untag, tag_again, (TAG,), "tag"),
    Act(
        "routable",
        _("Hand over by the rules, or not"),
        _("Leads that no rep has yet are handed over by the rules, or wait until somebody hands them over by hand."),
        let_rules,
        _unmark("is_routable"),
        (Option("is_routable", _("Hand over"), Asks.CHOICE, lambda: YES_OR_NO),),
        "route",
    ),
    Act(
        "meant_for",
        _("Mean for a rep"),
        _("Once such a lead goes to sales, this rep gets it before others; leads that a rep has already stay there."),
        mean_for,
        _unmark("requested_owner_id"),
        (Option("rep", _("Rep"), Asks.CHOICE, lambda: list(reps_offered().items())),),
        "user-check",
    ),
)
