"""What was received for an integration, under which key of its own, and what became of it?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg2.errors import LockNotAvailable

from leadops.accounts.models import Token
from leads import intake
from leads.capture.holds import NobodyQualifiesError
from leads.models import IdempotencyKey, Intake
from leads.prepared import Prepared

# How long a request that waits for its verdict lets another judge go first.
PATIENCE = "2s"

_TYPES = {"source": "text", "token": "bigint", "payloads": "text[]", "at": "timestamptz"}
_STORE = Prepared(
    """
    INSERT INTO leads_intake (source, token_id, payload, received_at, verdict, reason)
    SELECT %(source)s, %(token)s, payload, %(at)s, '', '' FROM unnest(%(payloads)s::jsonb[]) payload
    RETURNING id
""",
    **_TYPES,
)
# The key first: whoever holds it stores, and whoever comes second with it stores nothing. Rides idempotency_key_once.
_STORE_ONCE = Prepared(
    """
    WITH numbers AS (
        SELECT array_agg(nextval(pg_get_serial_sequence('leads_intake', 'id'))) AS ids
        FROM generate_series(1, cardinality(%(payloads)s::jsonb[]))
    ), keyed AS (
        INSERT INTO leads_idempotencykey (token_id, key, digest, intakes, created_at)
        SELECT %(token)s, %(key)s, %(digest)s, ids, %(at)s FROM numbers
        ON CONFLICT (token_id, key) DO NOTHING RETURNING intakes
    )
    INSERT INTO leads_intake (id, source, token_id, payload, received_at, verdict, reason)
    SELECT arrived.id, %(source)s, %(token)s, arrived.payload, %(at)s, '', ''
    FROM keyed, unnest(keyed.intakes, %(payloads)s::jsonb[]) AS arrived (id, payload)
    RETURNING id
""",
    **_TYPES,
    key="text",
    digest="text",
)


class KeyTakenError(Exception):
    """The caller has used this key before, for another request."""


@dataclass(frozen=True, slots=True)
class Received:
    """The keys of the receipts, in the order of what was sent; `is_repeat` where they were given before."""

    receipts: list[int]
    is_repeat: bool = False


def receive(
    payloads: Sequence[Mapping[str, Any]], *, token: Token, at: datetime, key: str = "", digest: str = ""
) -> Received:
    """Keep what arrived, durably, in one statement; nothing is judged yet.

    The same `key` of a token with the same `digest` of the request gives the same receipts and keeps nothing twice,
    however many come at once; with another digest it raises KeyTakenError.
    """
    values: dict[str, Any] = {
        "source": Intake.Source.API.value,
        "token": token.pk,
        "payloads": [as_json(payload) for payload in payloads],
        "at": at,
        "key": key,
        "digest": digest,
    }
    with connection.cursor() as cursor:
        (_STORE_ONCE if key else _STORE).run(cursor, values)
        stored = sorted(row[0] for row in cursor.fetchall())
    return Received(stored) if stored else _given_before(token, key, digest)


def as_json(payload: Mapping[str, Any]) -> str:
    """A payload as text that PostgreSQL can keep; looked through only where it holds what may be a nought or half a character."""
    text = json.dumps(payload)
    return json.dumps(intake.storable(payload)) if "\\u0000" in text or "\\ud" in text else text


def _given_before(token: Token, key: str, digest: str) -> Received:
    known = IdempotencyKey.objects.get(token=token, key=key)
    if known.digest != digest:
        raise KeyTakenError
    return Received(known.intakes, is_repeat=True)


def digest_of(path: str, body: bytes) -> str:
    """By what a request is the same as another: where it was sent, and every byte of its body."""
    return hashlib.sha256(path.encode() + b"\n" + body).hexdigest()


def judge(receipts: Sequence[int], *, at: datetime) -> bool:
    """Judge these now; False where that cannot be yet, so that they wait for the next sweep.

    Another judge was at work for too long, nobody qualifies, or the sweep has to look at each apart.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            intake.judge_waiting(at=at, only=receipts)
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            return False
        raise
    except (NobodyQualifiesError, *intake.UNFIT):
        return False
    return True
