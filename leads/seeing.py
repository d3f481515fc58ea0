"""Which leads may a reader see who does not see all? Those of some owners, and those that wait in some queues.

Said here as statements, for the sets that LeadQuerySet.visible_to gives and for those that find a few leads by other
means. A lead that is closed stands in no queue.
"""

from __future__ import annotations

from typing import NamedTuple

from leadops.accounts.models import User
from leadops.accounts.roles import REPS, Role, has_role


class Seen(NamedTuple):
    """Whose leads, and those of which queues: statements in which {reader} stands for the key of who reads."""

    owners: str
    queues: str


_OF_REP = Seen("SELECT {reader}::bigint", "SELECT queue_id FROM leads_queuemember WHERE user_id = {reader}")
_OF_MANAGER = Seen(
    """SELECT {reader}::bigint UNION ALL SELECT m.user_id FROM accounts_teammembership m
        JOIN accounts_team t ON t.id = m.team_id WHERE t.manager_id = {reader} AND m.until IS NULL""",
    """SELECT q.id FROM leads_queue q LEFT JOIN accounts_team t ON t.id = q.team_id
        WHERE t.manager_id = {reader} OR q.manager_id = {reader}""",
)

# Each part from its own index: lead_of_owner, lead_closed_by_owner and lead_of_queue.
_TOGETHER = """
    SELECT id FROM leads_lead WHERE owner_id = ANY(ARRAY({owners})) AND closed_at IS NULL
    UNION ALL SELECT id FROM leads_lead WHERE owner_id = ANY(ARRAY({owners})) AND closed_at IS NOT NULL
    UNION ALL SELECT id FROM leads_lead WHERE closed_at IS NULL AND queue_id = ANY(ARRAY({queues}))
"""


def seen_by(reader: User) -> Seen | None:
    """Whose leads a reader sees; None where they see none, or all."""
    if has_role(reader, Role.SALES_MANAGER):
        return _OF_MANAGER
    return _OF_REP if has_role(reader, *REPS) else None


def together(seen: Seen) -> str:
    """All the leads that are seen, as one set."""
    return _TOGETHER.format(owners=seen.owners, queues=seen.queues)


def seen(reader: User) -> str:
    """What holds of a lead `l` that they may see; `reader` is the value of their key in it."""
    if reader.has_perm("leads.see_all_leads"):
        return "%(reader)s::bigint IS NOT NULL"
    if (theirs := seen_by(reader)) is None:
        return "%(reader)s::bigint IS NULL"
    owners, queues = (part.format(reader="%(reader)s") for part in theirs)
    return f"(l.owner_id IN ({owners}) OR l.queue_id IN ({queues}))"
