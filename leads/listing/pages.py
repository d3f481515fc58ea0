"""Which leads stand on the page that a reader asks for? Of a condition, too, the answer comes within a second or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from leads.listing.asking import Asked
from leads.listing.patience import TooLong, at_most
from leads.models import Lead
from leads.querysets import LeadQuerySet, Place

PATIENCE = timedelta(seconds=0.45)


def keys_of(asked: Asked, at: datetime, place: Place, most: int) -> LeadQuerySet:
    """The leads of a page, at most so many. Raises TooLong."""
    leads = Lead.objects.all()
    if asked.condition is None:
        return asked.page(leads, at, place, most)
    if "q" in asked.filters:
        with at_most(PATIENCE):
            return Lead.objects.filter(pk__in=list(asked.page(leads, at, place, most).values_list("pk", flat=True)))
    return _by_condition(asked, at, place, most)


def _by_condition(asked: Asked, at: datetime, place: Place, most: int) -> LeadQuerySet:
    """What fits a condition: going through the leads in order finds many soon, finding all first finds few soon."""
    for are_few in (False, True):
        try:
            with at_most(PATIENCE):
                found = asked.next_leads(Lead.objects.all(), at, place, most, are_few=are_few)
                return Lead.objects.filter(pk__in=list(found.values_list("pk", flat=True)))
        except TooLong:
            continue
    raise TooLong
