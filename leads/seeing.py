"""Which leads may a reader see, said of one lead `l` in a statement?

The same as LeadQuerySet.visible_to, for statements that find a few leads by other means: there a rep's whole set would
be gone through for each of them.
"""

from __future__ import annotations

from leadops.accounts.models import User
from leadops.accounts.roles import REPS, Role, has_role

ALL = "%(reader)s::bigint IS NOT NULL"
_OF_TEAMS = """(l.owner_id = %(reader)s
    OR l.owner_id IN (SELECT m.user_id FROM accounts_teammembership m JOIN accounts_team t ON t.id = m.team_id
        WHERE t.manager_id = %(reader)s AND m.until IS NULL)
    OR l.queue_id IN (SELECT q.id FROM leads_queue q LEFT JOIN accounts_team t ON t.id = q.team_id
        WHERE t.manager_id = %(reader)s OR q.manager_id = %(reader)s))"""
_OF_REP = """(l.owner_id = %(reader)s OR l.closed_at IS NULL
    AND l.queue_id IN (SELECT queue_id FROM leads_queuemember WHERE user_id = %(reader)s))"""


def seen(reader: User) -> str:
    """What holds of a lead `l` that they may see; `reader` is the value of their key in it."""
    if reader.has_perm("leads.see_all_leads"):
        return ALL
    if has_role(reader, Role.SALES_MANAGER):
        return _OF_TEAMS
    return _OF_REP if has_role(reader, *REPS) else f"NOT ({ALL})"
