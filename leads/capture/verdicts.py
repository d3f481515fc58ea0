"""How does each row end, and why? Exactly one of created, updated, merged, skipped and error."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.utils.translation import gettext_noop

from leads import consent, matching
from leads.capture.slices import End, Slice

JUDGED = """
    CREATE TEMP TABLE IF NOT EXISTS judged (
        n bigint PRIMARY KEY, folded_into bigint, verdict text, reason text NOT NULL DEFAULT '', campaign_id bigint,
        channel text, organisation_id bigint, contact_id bigint, family_id bigint, said text, is_new bool NOT NULL DEFAULT false,
        round int, is_mail_suppressed bool NOT NULL DEFAULT false, is_phone_suppressed bool NOT NULL DEFAULT false,
        filled text[], before jsonb, is_engaged bool NOT NULL DEFAULT false, is_consented bool NOT NULL DEFAULT false,
        lead_id bigint, is_opened bool NOT NULL DEFAULT false, first_verdict text
    ) ON COMMIT DELETE ROWS;
    TRUNCATE judged
"""
_MATCH = f"""
    WITH live AS MATERIALIZED (
        SELECT n, external_id, email_key, is_shared_email, phone_e164, mobile_e164, name_key, organisation_key
        FROM leads_arrival
        WHERE batch_id = %(batch)s AND n BETWEEN %(first)s AND %(last)s AND problem = '' AND folded_into IS NULL
    )
    INSERT INTO judged (n, folded_into, verdict, reason, campaign_id, channel, family_id, contact_id, said)
    SELECT a.n, CASE WHEN a.problem = '' THEN a.folded_into END, CASE WHEN a.problem <> '' THEN 'error' END, a.problem,
        coalesce(c.id, %(campaign)s), coalesce(nullif(a.channel, ''), c.channel, %(channel)s), f.family_id, f.family_id, f.said
    FROM leads_arrival a
    LEFT JOIN leads_campaign c ON a.campaign <> '' AND lower(c.name) = lower(a.campaign)
    LEFT JOIN ({matching.found("SELECT * FROM live")}) f ON f.n = a.n
    WHERE a.batch_id = %(batch)s AND a.n BETWEEN %(first)s AND %(last)s
"""
LARGE = 500

NEW = gettext_noop("A new contact; a lead was opened for it.")
KNOWN = {
    "external_id": gettext_noop("Known by its external number."),
    "email": gettext_noop("Known by its email address."),
    "phone": gettext_noop("Known by its phone number and name."),
    "name": gettext_noop("Known by its name and organisation."),
}
FILLED = gettext_noop("Values that were missing were added.")
ENQUIRED = gettext_noop("The enquiry was added to its open lead.")
OPENED = gettext_noop("The enquiry opened a lead.")
CONSENTED = gettext_noop("What it says about consent was recorded.")
NOTHING = gettext_noop("There was nothing to add.")
SUPPRESSED = gettext_noop("Every address and number in this row is on the do-not-contact list.")
FOLDED = gettext_noop("The same person as line %(line)s, and folded into it.")


def prepare(part: Slice) -> None:
    """Have the table of this slice's verdicts there, and empty."""
    with connection.cursor() as cursor:
        cursor.execute(JUDGED)


def match(part: Slice) -> None:
    """Enter every row of the slice, with the family it belongs to where one is known."""
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, part.values)
        if cursor.rowcount > LARGE:
            cursor.execute("ANALYZE judged")


_CHANNELS = """
    SELECT a.n, a.email_key, a.phone_e164, a.mobile_e164 FROM judged j
    JOIN leads_arrival a ON a.batch_id = %(batch)s AND a.n = j.n
    WHERE j.verdict IS NULL AND j.folded_into IS NULL AND (a.email_key <> '' OR a.phone_e164 <> '' OR a.mobile_e164 <> '')
"""
_MARK = """
    UPDATE judged j SET
        is_mail_suppressed = a.email_key = ANY(%(emails)s),
        is_phone_suppressed = a.phone_e164 = ANY(%(phones)s) OR a.mobile_e164 = ANY(%(phones)s),
        verdict = CASE WHEN (a.email_key = '' OR a.email_key = ANY(%(emails)s))
            AND (a.phone_e164 = '' OR a.phone_e164 = ANY(%(phones)s))
            AND (a.mobile_e164 = '' OR a.mobile_e164 = ANY(%(phones)s)) THEN 'skipped' END,
        reason = CASE WHEN (a.email_key = '' OR a.email_key = ANY(%(emails)s))
            AND (a.phone_e164 = '' OR a.phone_e164 = ANY(%(phones)s))
            AND (a.mobile_e164 = '' OR a.mobile_e164 = ANY(%(phones)s)) THEN %(suppressed)s ELSE '' END
    FROM leads_arrival a
    WHERE a.batch_id = %(batch)s AND a.n = j.n AND j.verdict IS NULL AND j.folded_into IS NULL AND (
        a.email_key = ANY(%(emails)s) OR a.phone_e164 = ANY(%(phones)s) OR a.mobile_e164 = ANY(%(phones)s))
"""


def skip_suppressed(part: Slice) -> None:
    """Mark what may not be used, and end the rows that give nothing else to reach the person by."""
    if not consent.is_anything_suppressed():
        return
    with connection.cursor() as cursor:
        cursor.execute(_CHANNELS, part.values)
        given = cursor.fetchall()
        emails = consent.suppressed(consent.EMAIL, {row[1] for row in given} - {""})
        phones = consent.suppressed(consent.PHONE, {number for row in given for number in row[2:]} - {""})
        if emails or phones:
            told = {"emails": sorted(emails), "phones": sorted(phones), "suppressed": SUPPRESSED}
            cursor.execute(_MARK, part.values | told)


_FOLLOW_IN_SLICE = """
    UPDATE judged j SET round = 0,
        contact_id = CASE WHEN f.verdict IS NULL THEN f.contact_id END, family_id = CASE WHEN f.verdict IS NULL THEN f.family_id END,
        first_verdict = CASE WHEN f.is_new THEN 'created' WHEN f.verdict = 'skipped' THEN 'suppressed'
            WHEN f.is_engaged OR f.is_consented OR f.before IS NOT NULL THEN 'updated' ELSE 'skipped' END
    FROM judged f WHERE f.n = j.folded_into
"""
_FOLLOW_EARLIER = """
    UPDATE judged j SET contact_id = e.contact_id, family_id = e.contact_id, round = 0,
        first_verdict = CASE WHEN e.reason = %(suppressed)s THEN 'suppressed' ELSE e.verdict END
    FROM unnest(%(n)s::bigint[], %(verdict)s::text[], %(reason)s::text[], %(contact)s::bigint[]) AS e (n, verdict, reason, contact_id)
    WHERE e.n = j.folded_into
"""


def follow_first_rows(part: Slice, ends: Mapping[int, End]) -> None:
    """Give the rows that were folded into another the contact of that one."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW_IN_SLICE)
        if ends:
            told = {
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
            CASE WHEN j.before IS NOT NULL THEN %(filled)s END,
            CASE WHEN j.is_engaged AND j.is_opened AND NOT j.is_new THEN %(opened)s
                WHEN j.is_engaged AND NOT j.is_new THEN %(enquired)s END,
            CASE WHEN j.is_consented AND NOT j.is_new THEN %(consented)s END,
            nullif(a.notes, ''))
    FROM leads_arrival a
    LEFT JOIN leads_arrival f ON f.batch_id = a.batch_id AND f.n = a.folded_into,
    LATERAL (SELECT judged.n, CASE
        WHEN judged.is_new THEN 'created'
        WHEN judged.folded_into IS NOT NULL THEN CASE WHEN judged.is_engaged OR judged.is_consented
            OR judged.first_verdict NOT IN ('skipped', 'suppressed') THEN 'merged' ELSE 'skipped' END
        WHEN judged.is_engaged OR judged.is_consented OR judged.before IS NOT NULL THEN 'updated'
        ELSE 'skipped' END AS verdict FROM judged WHERE judged.n = a.n) s
    WHERE a.batch_id = %(batch)s AND a.n = j.n AND j.verdict IS NULL
"""


def settle(part: Slice) -> dict[str, int]:
    """Give every row its verdict and its reason; return how many ended in each."""
    sentences = {
        "new": NEW, "filled": FILLED, "enquired": ENQUIRED, "opened": OPENED, "consented": CONSENTED, "nothing": NOTHING,
        "folded": FOLDED, "suppressed": SUPPRESSED,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, part.values | sentences | KNOWN)
        cursor.execute("SELECT verdict, count(*) FROM judged GROUP BY verdict")
        return dict(cursor.fetchall())
