"""What does the database alone need for the rows of an import: hand-made set statements, without our code?

They write into the tables themselves, with all their rows, indexes, CHECKs and foreign keys, and are taken back. Normal
forms are what SQL can do by itself (small letters, digits), which is less than ours; our triggers, scoring and routing
are left out.
"""

from __future__ import annotations

import time
from pathlib import Path

from django.db import connection, transaction

TABLES = (
    "leads_organisation", "leads_contact", "leads_lead", "leads_leadmove", "leads_leadtouch", "leads_engagement", "leads_importrow",
)  # fmt: skip
_STAGE = """
    CREATE UNLOGGED TABLE bench_stage (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, first_name text, last_name text,
        email text, phone text, company text, job_title text, country text, source text, created_at timestamptz, notes text)
"""
_COPY = """
    COPY bench_stage (first_name, last_name, email, phone, company, job_title, country, source, created_at, notes)
    FROM STDIN WITH (FORMAT csv, HEADER, FORCE_NOT_NULL (email, phone, company, job_title, country, source, notes))
"""
# Each is one step: normal forms and the check, doubles folded, people known, organisations, contacts made and filled,
# leads, moves, touches, engagements, and how each row ended.
_STEPS = (
    "ANALYZE bench_stage",
    r"""
    CREATE UNLOGGED TABLE bench_ready AS
    SELECT r.n, r.email_key, r.is_bad, r.name_key, r.phone_e164, r.organisation_key,
        min(r.n) OVER (PARTITION BY CASE WHEN r.is_bad THEN r.n::text ELSE r.email_key END) AS first_n, NULL::bigint AS organisation_id,
        c.id AS contact_id, NULL::bigint AS lead_id, c.id IS NULL AND NOT r.is_bad AS is_new,
        CASE WHEN r.is_bad THEN 'error' END AS verdict
    FROM (SELECT n, lower(btrim(email)) AS email_key, email !~* '^[^@\s]+@[^@\s]+\.[a-z]+$' AS is_bad,
            lower(btrim(first_name || ' ' || last_name)) AS name_key, regexp_replace(phone, '[^0-9+]', '', 'g') AS phone_e164,
            regexp_replace(lower(company), '\s+(b\.?v\.?|n\.?v\.?|gmbh)$', '') AS organisation_key FROM bench_stage) r
    LEFT JOIN LATERAL (SELECT id FROM leads_contact c WHERE c.email_key = r.email_key AND c.email_key <> '' AND NOT r.is_bad
        ORDER BY id LIMIT 1) c ON true
    """,
    "CREATE UNIQUE INDEX ON bench_ready (n)",
    "ANALYZE bench_ready",
    """
    INSERT INTO leads_organisation (name, name_key, domain, website, industry, employees, revenue, kvk_number, country, is_customer, created_at)
    SELECT company, organisation_key, domain, '', '', NULL, NULL, '',
        country, false, now()
    FROM (SELECT DISTINCT ON (r.organisation_key) s.company, r.organisation_key, split_part(r.email_key, '@', 2) AS domain, s.country
        FROM bench_ready r JOIN bench_stage s USING (n)
        WHERE r.verdict IS NULL AND r.organisation_key <> ''
            AND NOT EXISTS (SELECT 1 FROM leads_organisation o WHERE o.name_key = r.organisation_key)
        ORDER BY r.organisation_key, r.n) o
    """,
    """
    UPDATE bench_ready r SET organisation_id = o.id,
        contact_id = CASE WHEN r.is_new AND r.first_n = r.n THEN nextval((SELECT pg_get_serial_sequence('leads_contact', 'id'))) ELSE r.contact_id END
    FROM (SELECT DISTINCT ON (r.n) r.n, o.id FROM bench_ready r LEFT JOIN leads_organisation o ON o.name_key = r.organisation_key
        ORDER BY r.n, o.id) o
    WHERE o.n = r.n
    """,
    """
    INSERT INTO leads_contact (id, family_id, salutation, initials, first_name, infix, last_name, name_key, email, email_key, phone,
        phone_e164, mobile, mobile_e164, job_title, department, organisation_id, street, house_number, postcode, city, region, country,
        language, linkedin_url, birth_date, external_id, tags, attributes, is_mail_suppressed, is_phone_suppressed, created_at)
    SELECT r.contact_id, r.contact_id, '', '', s.first_name, '', s.last_name, r.name_key, s.email, r.email_key, s.phone, r.phone_e164,
        '', '', s.job_title, '', r.organisation_id, '', '', '', '', '', s.country, '', '', NULL, '', '{}', '{}', false, false, now()
    FROM bench_ready r JOIN bench_stage s USING (n) WHERE r.is_new AND r.first_n = r.n ORDER BY r.n
    """,
    """
    UPDATE leads_contact c SET job_title = s.job_title FROM bench_ready r JOIN bench_stage s USING (n)
    WHERE c.id = r.contact_id AND NOT r.is_new AND r.first_n = r.n AND c.job_title = '' AND s.job_title <> ''
    """,
    "UPDATE bench_ready r SET contact_id = f.contact_id FROM bench_ready f WHERE f.n = r.first_n AND r.first_n < r.n",
    """
    WITH opened AS (
        INSERT INTO leads_lead (contact_id, family_id, origin, channel, campaign_id, is_routable, stage, stage_entered_at, queue_id,
            next_step_at, next_step_set_at, opened_at, recorded_at, promotion_n)
        SELECT contact_id, contact_id, 'marketing', channel, campaign_id, true, 'inquiry', now(), queue_id,
            now() + interval '2 days', now(), now(), now(), 0
        FROM (SELECT r.contact_id, s.source AS channel, (SELECT max(id) FROM leads_campaign) AS campaign_id,
                (SELECT min(id) FROM leads_queue) AS queue_id
            FROM bench_ready r JOIN bench_stage s USING (n)
            WHERE r.verdict IS NULL AND r.first_n = r.n AND NOT EXISTS (
                SELECT 1 FROM leads_lead l WHERE l.family_id = r.contact_id AND l.closed_at IS NULL) ORDER BY r.n) w
        RETURNING id, contact_id, stage, queue_id, next_step_at
    ), told AS (
        INSERT INTO leads_leadmove (lead_id, stage, queue_id, next_step_at, promotion_n, reason, note, is_imported, occurred_at, recorded_at)
        SELECT id, stage, queue_id, next_step_at, 0, 'captured', '',
            false, now(), now() FROM opened ORDER BY id
    ), touched AS (
        INSERT INTO leads_leadtouch (lead_id, touched_at) SELECT id, now() FROM opened
    )
    UPDATE bench_ready r SET lead_id = o.id FROM opened o WHERE o.contact_id = r.contact_id
    """,
    """
    UPDATE bench_ready r SET lead_id = (SELECT l.id FROM leads_lead l WHERE l.family_id = r.contact_id AND l.closed_at IS NULL)
    WHERE r.lead_id IS NULL AND r.contact_id IS NOT NULL
    """,
    """
    INSERT INTO leads_leadtouch (lead_id, touched_at) SELECT DISTINCT lead_id, now() FROM bench_ready WHERE lead_id IS NOT NULL
    ON CONFLICT (lead_id) DO UPDATE SET touched_at = excluded.touched_at
    """,
    """
    INSERT INTO leads_engagement (contact_id, lead_id, campaign_id, batch_id, kind, channel, detail, interest, occurred_at, recorded_at)
    SELECT r.contact_id, r.lead_id,
        (SELECT max(id) FROM leads_campaign), 1, 'enquiry', s.source, s.notes, '', s.created_at, now()
    FROM bench_ready r JOIN bench_stage s USING (n) WHERE r.verdict IS NULL AND r.first_n = r.n ORDER BY r.n
    """,
    """
    INSERT INTO leads_importrow (batch_id, n, line, raw, verdict, reason, contact_id, lead_id)
    SELECT 0, r.n, r.n + 1, ARRAY[s.first_name, s.last_name, s.email, s.phone, s.company, s.job_title, s.country, s.source,
            s.created_at::text, s.notes],
        coalesce(r.verdict, CASE WHEN r.first_n < r.n THEN 'merged' WHEN r.is_new THEN 'created' ELSE 'updated' END),
        CASE WHEN r.is_bad THEN 'This is not a mail address.' WHEN r.first_n < r.n THEN 'The same person as an earlier line.'
            WHEN r.is_new THEN 'A new contact; a lead was opened for it.' ELSE 'Known by its email address.' END, r.contact_id, r.lead_id
    FROM bench_ready r JOIN bench_stage s USING (n) ORDER BY r.n
    """,
)  # fmt: skip


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def import_file(path: Path) -> float:
    """Bring the rows of a file in, and take them back; return the seconds. Both start from a checkpoint."""
    run("CHECKPOINT")
    seconds = written(path)
    tidy()
    return seconds


@transaction.atomic
def written(path: Path) -> float:
    """Write the rows as one transaction that is taken back; return the seconds."""
    run(*(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES))
    began = time.perf_counter()
    run(_STAGE)
    with connection.cursor() as cursor, path.open("rb") as file:
        cursor.copy_expert(_COPY, file, 1 << 18)
    run(*_STEPS, "SET CONSTRAINTS ALL IMMEDIATE")
    took = time.perf_counter() - began
    transaction.set_rollback(True)
    return took


def tidy() -> None:
    """Reclaim what the rows that were taken back left behind, so that what follows starts as before."""
    run(*(f"VACUUM ANALYZE {table}" for table in TABLES), "CHECKPOINT")
