"""Which leads are of somebody whose name, address, number or company has these words in it?

Every word must be in the text of the person's family; a word of one or two letters must begin one. The text is put
together by a sweep, seconds after the person was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Lookup, OuterRef, Q, Subquery

from leads import names
from leads.arrays import array
from leads.models import Contact, FamilyText
from leads.querysets import LeadQuerySet, Place

Step = Callable[[Place, int], LeadQuerySet]

# Where more families than this fit, a page is found sooner by going through the leads in order.
FEW = 10_000
AT_ONCE = 5_000
SHORTEST_INSIDE = 3
# How many leads are looked through before the texts of all people are, and how many where many people fit.
STRETCH, LONG_STRETCH = 250, 20_000
NUMBER = re.compile(r"[\d\s()./+-]{5,}")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
MARKS = re.compile(r"[^\w@.+-]+")

# Materialized, and found where they stand: a subquery that is run once for each row takes more than its limit, each time.
_TAKE = """
    WITH picked AS MATERIALIZED (
        SELECT ctid FROM leads_familytextdue ORDER BY family_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    DELETE FROM leads_familytextdue d USING picked p WHERE d.ctid = p.ctid
    RETURNING d.family_id
"""
# A family that was folded into another has no text any more. Rides contact_family and the keys.
_FILL = """
    WITH told AS (
        SELECT d.family_id, string_agg(concat_ws(' ', '', nullif(c.name_key, ''),
            nullif(lower(concat_ws(' ', c.first_name, c.initials, c.infix, c.last_name)), ''), nullif(c.email_key, ''),
            nullif(c.phone_e164, ''), nullif(c.mobile_e164, ''), lower(nullif(c.external_id, '')), o.name_key, lower(o.name)),
            '' ORDER BY c.id) FILTER (WHERE c.id IS NOT NULL) AS text
        FROM unnest(%(families)s::bigint[]) d(family_id)
        LEFT JOIN leads_contact c ON c.family_id = d.family_id LEFT JOIN leads_organisation o ON o.id = c.organisation_id
        GROUP BY d.family_id
    ), gone AS (
        DELETE FROM leads_familytext t USING told n WHERE t.family_id = n.family_id AND n.text IS NULL
    )
    INSERT INTO leads_familytext (family_id, text) SELECT family_id, text FROM told WHERE text IS NOT NULL ORDER BY family_id
    ON CONFLICT (family_id) DO UPDATE SET text = excluded.text WHERE leads_familytext.text <> excluded.text
"""
# Each text is looked up by its key: the order stays, and the rest of the leads unread.
_FIRST = """
    SELECT l.id FROM ({ordered}) l (id, family_id)
    WHERE (SELECT t.text FROM leads_familytext t WHERE t.family_id = l.family_id) LIKE ALL (%s) LIMIT %s
"""


@transaction.atomic
def fill(limit: int = AT_ONCE) -> int:
    """Put the texts of families that changed together anew, at most so many; return how many were due.

    They are taken first and read after: who changes one meanwhile waits, and has it due again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"limit": limit})
        families = [row[0] for row in cursor.fetchall()]
        if families:
            cursor.execute(_FILL, {"families": families})
    return len(families)


def parts(asked: str) -> list[str]:
    """What must be in a text: a number without its punctuation, or each word."""
    digits = re.sub(r"\D", "", asked).lstrip("0")
    if NUMBER.fullmatch(asked.strip()) and len(digits) >= SHORTEST_INSIDE:
        return [digits.removeprefix("31") if asked.strip().startswith(("+31", "0031")) else digits]
    words = MARKS.sub(" ", names.folded(asked)).split()
    return [word if len(word) >= SHORTEST_INSIDE else f" {word}" for word in dict.fromkeys(words)]


def within(leads: LeadQuerySet, asked: str) -> LeadQuerySet:
    """The leads of the set whose person fits what is asked for. Rides lead_of_family where few fit."""
    wanted = parts(asked)
    if not wanted:
        return leads.none()
    few = families(asked)
    if few is not None:
        return leads.filter(_Among(F("family_id"), few))
    text = FamilyText.objects.filter(pk=OuterRef("family_id")).values("text")
    return leads.annotate(text=Subquery(text)).filter(_fits(wanted))


def families(asked: str) -> list[int] | None:
    """The families that fit, where they are few; None where they are many. Rides contact_email_key, or family_text."""
    if ADDRESS.fullmatch(asked.strip()):
        exact = Contact.objects.filter(email_key=asked.strip().lower()).exclude(email_key="")
        if known := list(exact.values_list("family_id", flat=True)[:FEW]):
            return known
    wanted = parts(asked)
    if all(len(part) < SHORTEST_INSIDE for part in wanted):
        return None  # a letter alone begins a word of nearly everybody
    found = FamilyText.objects.filter(_fits(wanted)).values_list("pk", flat=True)[: FEW + 1]
    return list(found) if len(found) <= FEW else None


def next_leads(leads: LeadQuerySet, step: Step, asked: str, place: Place, most: int) -> LeadQuerySet:
    """The next leads of a set that fit, at most so many; `step` gives the next ones of the set, fitting or not.

    A stretch of the set is looked through first: a rep's leads are soon all seen, and of a common name enough. Only
    then are the texts of all people asked, and where many fit, the leads are gone through in order.
    """
    wanted = parts(asked)
    if not wanted:
        return leads.none()
    rows = list(step(place, STRETCH).order_by("-pk" if place.is_down else "pk").values_list("pk", "family_id"))
    texts = FamilyText.objects.filter(_fits(wanted), pk__in=[family for _key, family in rows])
    fitting = set(texts.values_list("pk", flat=True))
    found = [key for key, family in rows if family in fitting]
    if len(rows) < STRETCH or len(found) >= most:
        return leads.filter(pk__in=found[:most])
    few = families(asked)
    if few is not None:
        return leads.filter(_Among(F("family_id"), few)).next_keys(place, most, are_few=True)
    found = _come_by(leads.beyond(place)[:LONG_STRETCH], wanted, most)
    if len(found) >= most:
        return leads.filter(pk__in=found)
    everybody = FamilyText.objects.filter(_fits(wanted)).values("pk")
    return leads.filter(family_id__in=everybody).next_keys(place, most, are_few=True)


def _come_by(leads: LeadQuerySet, wanted: Sequence[str], most: int) -> list[int]:
    """The first leads of an ordered set that fit, at most so many: no more texts are looked up than it takes."""
    ordered, params = leads.values_list("pk", "family_id").query.sql_with_params()
    patterns = ["%" + part.replace("_", r"\_") + "%" for part in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_FIRST.format(ordered=ordered), [*params, patterns, most])
        return [row[0] for row in cursor.fetchall()]


class _Among(Lookup):
    """A key that is one of thousands, which go as one value."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare the key to an array."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s::bigint[])", (*params, array(self.rhs))


def _fits(wanted: Sequence[str]) -> Q:
    return Q(*(("text__contains", part) for part in wanted))
