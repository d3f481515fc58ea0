"""Who are the reps, and in which pools do they take turns?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import connection, transaction

from handoff.models import PoolTurn, Rep, RepSetting
from leadops.accounts.models import User
from leadops.accounts.roles import Role

AT_QUOTA = 100

_ENLIST = """
    INSERT INTO handoff_rep (user_id, is_hunter, is_farmer, prefers, languages, regions)
    SELECT u.id, bool_or(g.name = %(hunter)s), bool_or(g.name = %(farmer)s), '', '{}', '{}'
    FROM accounts_user u
    JOIN accounts_user_groups ug ON ug.user_id = u.id
    JOIN auth_group g ON g.id = ug.group_id AND g.name IN (%(hunter)s, %(farmer)s)
    WHERE u.is_active AND NOT EXISTS (SELECT 1 FROM handoff_rep r WHERE r.user_id = u.id)
    GROUP BY u.id ORDER BY u.id
    ON CONFLICT DO NOTHING
"""

# A newcomer starts at the lowest pointer of the pool, so that nobody who comes is given everything.
_SEAT = """
    INSERT INTO handoff_poolturn (queue_id, rep_id, weight, pointer)
    SELECT m.queue_id, r.user_id, 1,
        coalesce((SELECT min(t.pointer) FROM handoff_poolturn t JOIN accounts_user tu ON tu.id = t.rep_id
                  WHERE t.queue_id = m.queue_id AND t.weight > 0 AND tu.is_active), 0)
    FROM leads_queuemember m
    JOIN leads_queue q ON q.id = m.queue_id AND q.kind IN ('hunters', 'farmers', 'pool')
    JOIN handoff_rep r ON r.user_id = m.user_id
    JOIN accounts_user u ON u.id = r.user_id AND u.is_active
    WHERE CASE q.kind WHEN 'hunters' THEN r.is_hunter WHEN 'farmers' THEN r.is_farmer ELSE true END
      AND NOT EXISTS (SELECT 1 FROM handoff_poolturn t WHERE t.queue_id = m.queue_id AND t.rep_id = r.user_id)
    ORDER BY m.queue_id, r.user_id
    ON CONFLICT DO NOTHING
"""


# Who left a pool, or is not the rep for it any more, takes no turns there.
_UNSEAT = """
    DELETE FROM handoff_poolturn t USING leads_queue q, handoff_rep r
    WHERE q.id = t.queue_id AND r.user_id = t.rep_id
      AND (NOT EXISTS (SELECT 1 FROM leads_queuemember m WHERE m.queue_id = t.queue_id AND m.user_id = t.rep_id)
           OR NOT CASE q.kind WHEN 'hunters' THEN r.is_hunter WHEN 'farmers' THEN r.is_farmer ELSE true END)
"""


@transaction.atomic
def reseat() -> int:
    """Take the turns of those who left a pool, and give turns to those who came; return the new turns."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSEAT)
    return seat()


@transaction.atomic
def weigh(rep: Rep, weights: Mapping[int, int]) -> int:
    """Set a rep's weight in pools, by queue; nought takes no turns. Return how many turns changed."""
    turns = list(PoolTurn.objects.select_for_update().filter(rep=rep, queue__in=weights).order_by("pk"))
    changed = [turn for turn in turns if turn.weight != weights[turn.queue_id]]
    for turn in changed:
        turn.weight = weights[turn.queue_id]
    PoolTurn.objects.bulk_update(changed, ["weight"])
    return len(changed)


def setting(rep: Rep, at: datetime) -> RepSetting | None:
    """What holds for a rep at a moment; None where nothing was ever set."""
    return RepSetting.objects.filter(rep=rep, since__lte=at).order_by("-since", "-pk").first()


@transaction.atomic
def seat() -> int:
    """Make a rep of every hunter and farmer, and give every rep a turn in the pools they are a member of; return the new turns."""
    with connection.cursor() as cursor:
        cursor.execute(_ENLIST, {"hunter": Role.HUNTER.value, "farmer": Role.FARMER.value})
        cursor.execute(_SEAT)
        return int(cursor.rowcount)


def usual_tracking(hired_on: date | None, quota_attainment: int | None, today: date) -> Rep.Tracking:
    """How closely a rep is usually tracked: results from two years on and at quota, else coach."""
    is_seasoned = hired_on is not None and (today.year - 2, today.month, today.day) >= hired_on.timetuple()[:3]
    return Rep.Tracking.RESULTS if is_seasoned and (quota_attainment or 0) >= AT_QUOTA else Rep.Tracking.COACH


@transaction.atomic
def settle(
    reps: Iterable[User],
    *,
    by: User | None,
    at: datetime,
    open_cap: int,
    weekly_cap: int,
    tracking: str = Rep.Tracking.COACH,
    quota_attainment: int | None = None,
) -> int:
    """Set caps, tracking and quota of reps from `at` on; what held before stays on record. Return how many."""
    seat()
    said = {"open_cap": open_cap, "weekly_cap": weekly_cap, "tracking": tracking, "quota_attainment": quota_attainment}
    rows = [RepSetting(rep_id=rep.pk, since=at, by=by, **said) for rep in reps]
    return len(RepSetting.objects.bulk_create(rows))


_STAY = "SELECT id FROM accounts_user WHERE id = ANY(%s) AND is_active ORDER BY id FOR KEY SHARE"


def who_stay(users: Iterable[int]) -> set[int]:
    """Those of the users who are active, and stay so until this transaction ends: who lets one leave waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(_STAY, [sorted(set(users))])
        return {row[0] for row in cursor.fetchall()}
