"""How does each row end, and why? Exactly one of created, updated, merged, skipped and error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext_noop

from leads import consent, matching
from leads.capture import earlier
from leads.capture.slices import ARRIVED, End, Slice

# Its rows are written again and again: with room on their pages their index is left alone.
JUDGED = """
    CREATE TEMP TABLE IF NOT EXISTS judged (
        n bigint PRIMARY KEY, folded_into bigint, verdict text, reason text NOT NULL DEFAULT '', campaign_id bigint,
        channel text, organisation_id bigint, contact_id bigint, family_id bigint, said text, is_new bool NOT NULL DEFAULT false,
        round int, is_mail_suppressed bool NOT NULL DEFAULT false, is_phone_suppressed bool NOT NULL DEFAULT false,
        filled text[], before jsonb, is_engaged bool NOT NULL DEFAULT false, is_consented bool NOT NULL DEFAULT false,
        is_replaced bool NOT NULL DEFAULT false, lead_id bigint, is_opened bool NOT NULL DEFAULT false, first_verdict text, past text
    ) WITH (fillfactor = 15) ON COMMIT DELETE ROWS;
    TRUNCATE judged
"""
LARGE = 500


@lru_cache(maxsize=64)
def _match(known_by: Sequence[str], among: Sequence[str], rows: str) -> str:
    return f"""
        WITH live AS MATERIALIZED (
            SELECT {matching.ASKED}
            FROM leads_arrival a WHERE {rows} AND problem = '' AND folded_into IS NULL
        )
        INSERT INTO judged (n, folded_into, verdict, reason, campaign_id, channel, family_id, contact_id, said)
        SELECT a.n, CASE WHEN a.problem = '' THEN a.folded_into END, CASE WHEN a.problem <> '' THEN 'error' END, a.problem,
            coalesce(c.id, %(campaign)s), coalesce(nullif(a.channel, ''), c.channel, %(channel)s), f.family_id, f.family_id, f.said
        FROM leads_arrival a
        LEFT JOIN leads_campaign c ON a.campaign <> '' AND lower(c.name) = lower(a.campaign)
        LEFT JOIN ({matching.found("SELECT * FROM live", known_by, among)}) f ON f.n = a.n
        WHERE {rows}
    """


NEW = gettext_noop("A new contact; a lead was opened for it.")
KNOWN = {
    "external_id": gettext_noop("Known by its external number."),
    "email": gettext_noop("Known by its email address."),
    "phone": gettext_noop("Known by its phone number and name."),
    "name": gettext_noop("Known by its name and organisation."),
}
FILLED = gettext_noop("Values that were missing were added.")
REPLACED = gettext_noop("Values were replaced by those of the row.")
ENQUIRED = gettext_noop("The enquiry was added to its open lead.")
OPENED = gettext_noop("The enquiry opened a lead.")
CONSENTED = gettext_noop("What it says about consent was recorded.")
NOTHING = gettext_noop("There was nothing to add.")
SUPPRESSED = gettext_noop("Every address and number in this row is on the do-not-contact list.")
NO_MAIL = gettext_noop("Mail is withheld: the address is on the do-not-contact list.")
NO_CALLS = gettext_noop("Calls are withheld: a number is on the do-not-contact list.")
FOLDED = gettext_noop("The same person as line %(line)s, and folded into it.")


def prepare(part: Slice) -> None:
    """Have the table of this slice's verdicts there, and empty."""
    with connection.cursor() as cursor:
        cursor.execute(JUDGED)


def match(part: Slice) -> None:
    """Enter every row of the slice, with the family it belongs to where one is known."""
    among = earlier.look_back(part)
    with connection.cursor() as cursor:
        cursor.execute(_match(part.known_by, among, part.rows), part.values)
        if cursor.rowcount > LARGE:
            cursor.execute("ANALYZE judged")


_CHANNELS = f"""
    SELECT a.n, a.email_key, a.phone_e164, a.mobile_e164, a.opt_out_email, a.opt_out_phone FROM judged j
    JOIN leads_arrival a ON {ARRIVED}
    WHERE j.verdict IS NULL AND j.folded_into IS NULL AND (a.email_key <> '' OR a.phone_e164 <> '' OR a.mobile_e164 <> '')
"""
_MARK = """
    UPDATE judged j SET is_mail_suppressed = m.mail, is_phone_suppressed = m.phone,
        verdict = CASE WHEN m.whole THEN 'skipped' END, reason = CASE WHEN m.whole THEN %(suppressed)s ELSE '' END
    FROM unnest(%(n)s::bigint[], %(mail)s::bool[], %(phone)s::bool[], %(whole)s::bool[]) AS m (n, mail, phone, whole)
    WHERE j.n = m.n
"""


class Given(NamedTuple):
    """The channels that a row gives, and what it says of them itself."""

    n: int
    email: str
    phone: str
    mobile: str
    opts_out_of_mail: bool
    opts_out_of_phone: bool


def skip_suppressed(part: Slice) -> None:
    """Mark what may not be used, and end the rows that give nothing else to reach the person by.

    A row that opts out itself ends so only by what was suppressed before its batch: its own word is to be recorded.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANNELS, part.values)
        given = [Given(*row) for row in cursor.fetchall()]
        marks = suppressed_among(given, part)
        if marks:
            columns = zip(*marks, strict=True)
            told = dict(zip(("n", "mail", "phone", "whole"), map(list, columns), strict=True))
            cursor.execute(_MARK, told | {"suppressed": SUPPRESSED})


def suppressed_among(given: Sequence[Given], part: Slice) -> list[tuple[int, bool, bool, bool]]:
    """(n, mail, phone, whole) of each row with a suppressed channel; `whole` where no other is given."""
    emails, numbers = {row.email for row in given} - {""}, {number for row in given for number in row[2:4]} - {""}
    mails, phones = consent.suppressed(consent.EMAIL, emails), consent.suppressed(consent.PHONE, numbers)
    by_batch = consent.opted_out(part.batch)
    if not any((mails, phones, *by_batch)):
        return []
    before = {
        True: (
            consent.suppressed(consent.EMAIL, mails, before=part.since),
            consent.suppressed(consent.PHONE, phones, before=part.since),
        ),
        False: (mails | by_batch[0], phones | by_batch[1]),
    }
    marks = []
    for row in given:
        by_mail = row.email in before[row.opts_out_of_mail][0]
        by_phone = [number in before[row.opts_out_of_phone][1] for number in (row.phone, row.mobile) if number]
        if by_mail or any(by_phone):
            marks.append((row.n, by_mail, any(by_phone), (by_mail or not row.email) and all(by_phone)))
    return marks


_FOLLOW_IN_SLICE = """
    UPDATE judged j SET contact_id = f.contact_id, family_id = f.family_id, first_verdict = CASE WHEN f.is_new THEN 'created' END
    FROM judged f WHERE f.n = j.folded_into AND f.verdict IS NULL
"""
_FOLLOW_EARLIER = """
    UPDATE judged j SET first_verdict = CASE WHEN e.reason = %(suppressed)s THEN 'suppressed' ELSE e.verdict END,
        contact_id = CASE WHEN e.reason <> %(suppressed)s THEN c.family_id END,
        family_id = CASE WHEN e.reason <> %(suppressed)s THEN c.family_id END
    FROM unnest(%(n)s::bigint[], %(verdict)s::text[], %(reason)s::text[], %(contact)s::bigint[]) AS e (n, verdict, reason, contact_id)
    LEFT JOIN leads_contact c ON c.id = e.contact_id
    WHERE e.n = j.folded_into
"""
_FIRST_ENDED = """
    UPDATE judged j SET first_verdict = CASE WHEN f.verdict = 'skipped' THEN 'suppressed'
        WHEN f.is_engaged OR f.is_consented OR f.before ? 'contact' THEN 'updated' ELSE 'skipped' END
    FROM judged f WHERE f.n = j.folded_into AND NOT f.is_new
"""


def follow_first_rows(ends: Mapping[int, End]) -> None:
    """Give the rows that were folded into another the contact of that one; those of nobody's have none."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW_IN_SLICE)
        if ends:
            told: dict[str, Any] = {
                "n": list(ends),
                "verdict": [end.verdict for end in ends.values()],
                "reason": [end.reason for end in ends.values()],
                "contact": [end.contact for end in ends.values()],
                "suppressed": SUPPRESSED,
            }
            cursor.execute(_FOLLOW_EARLIER, told)


_SETTLE = """
    UPDATE judged j SET
        verdict = s.verdict,
        reason = concat_ws(E'\\n',
            CASE
                WHEN j.is_new THEN %(new)s
                WHEN j.first_verdict = 'suppressed' THEN %(suppressed)s
                WHEN s.verdict = 'merged' THEN
                    json_build_object('sentence', %(folded)s, 'gaps', json_build_object('line', f.line))::text
            END,
            CASE j.said WHEN 'external_id' THEN %(external_id)s WHEN 'email' THEN %(email)s WHEN 'phone' THEN %(phone)s
                WHEN 'name' THEN %(name)s END,
            CASE WHEN s.verdict = 'skipped' AND j.first_verdict IS DISTINCT FROM 'suppressed' THEN %(nothing)s END,
            CASE WHEN j.before ? 'contact' THEN CASE WHEN j.is_replaced THEN %(replaced)s ELSE %(filled)s END END,
            CASE WHEN j.is_engaged AND j.is_opened AND NOT j.is_new THEN %(opened)s
                WHEN j.is_engaged AND NOT j.is_new THEN %(enquired)s END,
            j.past,
            CASE WHEN j.is_consented AND NOT j.is_new THEN %(consented)s END,
            CASE WHEN j.is_mail_suppressed THEN %(no_mail)s END,
            CASE WHEN j.is_phone_suppressed THEN %(no_calls)s END,
            nullif(a.notes, ''))
    FROM (SELECT k.n, CASE
            WHEN k.is_new THEN 'created'
            WHEN k.folded_into IS NOT NULL THEN CASE WHEN k.is_engaged OR k.is_consented
                OR k.first_verdict NOT IN ('skipped', 'suppressed') THEN 'merged' ELSE 'skipped' END
            WHEN k.is_engaged OR k.is_consented OR k.before ? 'contact' THEN 'updated'
            ELSE 'skipped' END AS verdict FROM judged k) s
    JOIN leads_arrival a ON a.batch_id = %(batch)s AND a.n = s.n AND a.n BETWEEN %(first)s AND %(last)s
    LEFT JOIN leads_arrival f ON f.batch_id = %(batch)s AND f.n = a.folded_into
    WHERE j.n = s.n AND j.verdict IS NULL
"""


def settle(part: Slice) -> dict[str, int]:
    """Give every row its verdict and its reason; return how many ended in each."""
    sentences = {
        "new": NEW, "filled": FILLED, "replaced": REPLACED, "enquired": ENQUIRED, "opened": OPENED, "consented": CONSENTED,
        "nothing": NOTHING, "folded": FOLDED, "suppressed": SUPPRESSED, "no_mail": NO_MAIL, "no_calls": NO_CALLS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_ENDED)
        cursor.execute(_SETTLE, part.values | sentences | KNOWN)
        cursor.execute("SELECT verdict, count(*) FROM judged GROUP BY verdict")
        return dict(cursor.fetchall())
