"""Which leads are of somebody whose name, address, number or company has these words in it?

Every word must be in the text of the person's family; a word of one or two letters must begin one. The text is put
together by a sweep, seconds after the person was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from leads import names
from leads.estimates import expected
from leads.models import Contact, FamilyText
from leads.querysets import ContactQuerySet, LeadQuerySet, Place

Step = Callable[[Place, int], LeadQuerySet]

# Where more families than this seem to fit, a page is tried for by going through the leads in order; how many are looked up.
COMMON, FEW, ALL = 3_000, 10_000, 2**62
AT_ONCE = 5_000
SHORTEST_INSIDE = 3
# How many leads are looked through of a set that may have no more; how many in order where many people fit: some, and where
# those are promising, as many as it seems to take.
STRETCH, FIRST_STEP, SHORT_WAY, LONG_WAY = 5_000, 2_000, 10_000, 50_000
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
# A family that was folded into another has no text any more; a key is left out of it where the name itself says as much.
# Rides contact_family and the keys.
_FILL = """
    WITH told AS (
        SELECT d.family_id, string_agg(concat_ws(' ', '', nullif(nullif(c.name_key, n.name), ''), nullif(n.name, ''),
            nullif(c.email_key, ''), nullif(c.phone_e164, ''), nullif(c.mobile_e164, ''), lower(nullif(c.external_id, '')),
            CASE WHEN NOT starts_with(lower(o.name), o.name_key) THEN o.name_key END, lower(o.name)),
            '' ORDER BY c.id) FILTER (WHERE c.id IS NOT NULL) AS text
        FROM unnest(%(families)s::bigint[]) d(family_id)
        LEFT JOIN leads_contact c ON c.family_id = d.family_id LEFT JOIN leads_organisation o ON o.id = c.organisation_id
        CROSS JOIN LATERAL (SELECT lower(concat_ws(' ', nullif(c.first_name, ''), nullif(c.initials, ''),
            nullif(c.infix, ''), nullif(c.last_name, '')))) n(name)
        GROUP BY d.family_id
    ), gone AS (
        DELETE FROM leads_familytext t USING told n WHERE t.family_id = n.family_id AND n.text IS NULL
    )
    INSERT INTO leads_familytext (family_id, text) SELECT family_id, text FROM told WHERE text IS NOT NULL ORDER BY family_id
    ON CONFLICT (family_id) DO UPDATE SET text = excluded.text WHERE leads_familytext.text <> excluded.text
"""
# Most of the next leads are of people who came in about when they did, whose texts stand side by side: those are read as one
# range, seven times as fast as each by its key. Rides the primary keys; the order stays.
_FIRST = """
    WITH l (id, family_id) AS MATERIALIZED ({ordered}),
    reach AS MATERIALIZED (SELECT newest, newest - %s AS oldest FROM (
        SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY family_id) AS newest FROM l) one),
    beside AS MATERIALIZED (
        SELECT family_id FROM leads_familytext, reach WHERE family_id > oldest AND family_id <= newest AND text LIKE ALL (%s)
    )
    SELECT {last}(id), ARRAY(
        SELECT id FROM l, reach
        WHERE CASE WHEN family_id > oldest AND family_id <= newest THEN family_id IN (SELECT family_id FROM beside)
            ELSE (SELECT t.text FROM leads_familytext t WHERE t.family_id = l.family_id) LIKE ALL (%s) END
        LIMIT %s)
    FROM l
"""
# Each text is looked up by its key: the order stays, and the rest of the leads unread.
_IN_STRETCH = """
    WITH l (id, family_id) AS MATERIALIZED ({ordered})
    SELECT (SELECT count(*) FROM l), ARRAY(
        SELECT l.id FROM l
        WHERE (SELECT t.text FROM leads_familytext t WHERE t.family_id = l.family_id) LIKE ALL (%s) LIMIT %s)
"""
# The leads of each family are looked up by its key, however many families there seem to be; not where they are too many.
# Rides family_text, and lead_of_family or one_open_lead_a_family.
_OF_FAMILIES = """
    WITH f AS MATERIALIZED (SELECT family_id FROM leads_familytext WHERE {fits} LIMIT %s)
    SELECT (SELECT count(*) FROM f), ARRAY(
        SELECT l.id FROM f, LATERAL ({leads} OFFSET 0) l (id)
        WHERE (SELECT count(*) FROM f) <= %s ORDER BY 1 {order} LIMIT %s)
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
        return leads.filter(family_id__among=few)
    text = FamilyText.objects.filter(pk=OuterRef("family_id")).values("text")
    return leads.annotate(text=Subquery(text)).filter(_fits(wanted))


def families(asked: str) -> list[int] | None:
    """The families that fit, where they are few; None where they are many. Rides contact_email_key, or family_text."""
    wanted = parts(asked)
    if known := _of_address(asked):
        return known
    if all(len(part) < SHORTEST_INSIDE for part in wanted):
        return None  # a letter alone begins a word of nearly everybody
    found = FamilyText.objects.filter(_fits(wanted)).values_list("pk", flat=True)[: FEW + 1]
    return list(found) if len(found) <= FEW else None


def _of_address(asked: str) -> list[int]:
    """The families of a whole address that somebody has, where they are few."""
    if not ADDRESS.fullmatch(asked.strip()):
        return []
    exact = Contact.objects.filter(email_key=asked.strip().lower()).exclude(email_key="")
    known = list(exact.values_list("family_id", flat=True)[: FEW + 1])
    return known if len(known) <= FEW else []


def people(known: ContactQuerySet, asked: str, most: int) -> ContactQuerySet:
    """At most so many of these people who fit, whether they have leads or not. Rides contact_email_key, or family_text."""
    wanted = parts(asked)
    if not wanted:
        return known.none()
    if exact := _of_address(asked):
        return known.roots().filter(pk__in=exact)[:most]
    return known.roots().filter(pk__in=FamilyText.objects.filter(_fits(wanted)).values("pk"))[:most]


def next_leads(
    leads: LeadQuerySet, asked: str, place: Place, most: int, *, step: Step | None = None, is_part: bool = False
) -> LeadQuerySet:
    """The next leads of a set that fit, at most so many.

    Of a set that may be small `step` gives the next ones, fitting or not, and a stretch of it is looked through first:
    a rep's leads are soon all seen. Then either the families that fit are found or the leads are gone through in
    order, whichever the planner takes for the shorter way, and the other where that fails. `is_part` says that many
    keys in that order may be of leads that are not in the set.
    """
    wanted = parts(asked)
    if not wanted or leads.query.is_empty():
        return leads.none()
    if step is not None:
        found, is_all = _in_stretch(step, wanted, place, most)
        if is_all or len(found) >= most:
            return leads.filter(pk__in=found)
    if known := _of_address(asked):
        return leads.filter(family_id__among=known).next_keys(place, most, are_few=True)
    in_order = partial(_in_order, is_part=is_part)
    ways = (in_order, _of_all) if _is_common(wanted) else (_of_few, in_order, _of_all)
    pages = (way(leads, wanted, place, most) for way in ways)
    return leads.filter(pk__in=next(page for page in pages if page is not None))


def _is_common(wanted: Sequence[str]) -> bool:
    """Whether many families fit, as it seems; a letter alone begins a word of nearly everybody."""
    is_alone = all(len(part) < SHORTEST_INSIDE for part in wanted)
    return is_alone or expected(FamilyText.objects.filter(_fits(wanted))) > COMMON


def _in_stretch(step: Step, wanted: Sequence[str], place: Place, most: int) -> tuple[list[int], bool]:
    """The first of the next leads that fit, and whether there are no more than were looked through."""
    rows = step(place, STRETCH).order_by("-pk" if place.is_down else "pk")
    ordered, params = rows.values_list("pk", "family_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_IN_STRETCH.format(ordered=ordered), [*params, _patterns(wanted), most])
        number, found = cursor.fetchone()
    return found, number < STRETCH


def _in_order(leads: LeadQuerySet, wanted: Sequence[str], place: Place, most: int, is_part: bool) -> list[int] | None:
    """The first leads that fit, a page of them; None where the way to them is too long."""
    found: list[int] = []
    gone, number = 0, FIRST_STEP
    while number:
        last, more = _come_by(leads, wanted, place, most - len(found), number, is_part=is_part)
        found, gone = found + more, gone + number
        if len(found) >= most or last is None:
            break
        place, number = place._replace(key=last), _step(len(found), most, gone)
    return found if len(found) >= most else None


def _step(found: int, most: int, gone: int) -> int:
    """How many leads to go through next: as many as it seems to take, by what was found so far; none where that is too far."""
    if gone < SHORT_WAY:
        return SHORT_WAY - gone
    expected_at = gone * most / max(found, 0.1)
    return min(round(1.2 * (expected_at - gone)), LONG_WAY - gone) if expected_at <= LONG_WAY else 0


def _come_by(
    leads: LeadQuerySet, wanted: Sequence[str], place: Place, most: int, number: int, is_part: bool
) -> tuple[int | None, list[int]]:
    """Go through so many of the next leads: the last of them, and the first ones that fit, at most so many."""
    ahead = leads.near(place, number) if is_part else leads.beyond(place)[:number]
    ordered, params = ahead.values_list("pk", "family_id").query.sql_with_params()
    statement = _FIRST.format(ordered=ordered, last="min" if place.is_down else "max")
    reach = 0 if is_part else number * 5 // 4  # of a part of the leads, few people stand side by side
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, reach, _patterns(wanted), _patterns(wanted), most])
        last, found = cursor.fetchone()
    return last, found


def _of_few(leads: LeadQuerySet, wanted: Sequence[str], place: Place, most: int) -> list[int] | None:
    """The next leads of the families that fit; None where those are many."""
    return _of_families(leads, wanted, place, most, FEW)


def _of_all(leads: LeadQuerySet, wanted: Sequence[str], place: Place, most: int) -> list[int] | None:
    """The next leads of the families that fit, however many."""
    return _of_families(leads, wanted, place, most, ALL)


def _of_families(leads: LeadQuerySet, wanted: Sequence[str], place: Place, most: int, few: int) -> list[int] | None:
    theirs = leads.beyond(place).order_by().filter(family_id=RawSQL("f.family_id", ())).values("pk")
    looked_up, params = theirs.query.sql_with_params()
    fits = " AND ".join(["text LIKE %s"] * len(wanted))
    statement = _OF_FAMILIES.format(fits=fits, leads=looked_up, order="DESC" if place.is_down else "ASC")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_patterns(wanted), few + 1, *params, few, most])
        number, found = cursor.fetchone()
    return found if number <= few else None


def _patterns(wanted: Sequence[str]) -> list[str]:
    return ["%" + part.replace("_", r"\_") + "%" for part in wanted]


def _fits(wanted: Sequence[str]) -> Q:
    return Q(*(("text__contains", part) for part in wanted))
