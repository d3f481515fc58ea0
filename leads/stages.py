"""Where can a lead stand, from where may it come there, and why does it move? The stage table as code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    INQUIRY = "inquiry", _("Inquiry")
    NURTURE = "nurture", _("Nurture")
    MQL = "mql", _("Marketing qualified")
    ASSIGNED = "assigned", _("Assigned")
    SAL = "sal", _("Accepted by sales")
    SQL = "sql", _("Sales qualified")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    DISQUALIFIED = "disqualified", _("Disqualified")
    MERGED = "merged", _("Merged")
    VOID = "void", _("Void")


OPEN = frozenset({Stage.INQUIRY, Stage.NURTURE, Stage.MQL, Stage.ASSIGNED, Stage.SAL, Stage.SQL})
CLOSED = frozenset(Stage) - OPEN
HELD_BY_REP = frozenset({Stage.ASSIGNED, Stage.SAL, Stage.SQL})
HELD_BY_QUEUE = frozenset({Stage.NURTURE, Stage.MQL})

ENTERED_FROM: dict[Stage, frozenset[Stage]] = {
    Stage.INQUIRY: frozenset({Stage.NURTURE, Stage.MQL, Stage.ASSIGNED, Stage.SAL}),
    Stage.NURTURE: OPEN,
    Stage.MQL: OPEN,
    Stage.ASSIGNED: frozenset({Stage.MQL, Stage.ASSIGNED, Stage.SAL, Stage.SQL}),
    Stage.SAL: frozenset({Stage.INQUIRY, Stage.ASSIGNED}),
    Stage.SQL: frozenset({Stage.SAL}),
} | dict.fromkeys(CLOSED, OPEN)

# Stages in which a lead may be opened: an enquiry, a rep's own lead, and what comes in from another system.
OPENED_IN = frozenset({Stage.INQUIRY, Stage.SAL, Stage.SQL}) | CLOSED

# Where a lead may stand that is moved in with its history; it is marked as qualified by a promotion of its own kind.
MOVED_IN_TO = frozenset({Stage.INQUIRY, Stage.NURTURE, Stage.SAL, Stage.SQL, Stage.WON, Stage.LOST, Stage.DISQUALIFIED})

# The longest next step that a stage allows, in days; the database caps all of them at 366.
LONGEST_STEP_DAYS: dict[Stage, int] = dict.fromkeys(OPEN, 90) | {Stage.NURTURE: 365}


class Origin(models.TextChoices):
    MARKETING = "marketing", _("Marketing")
    SALES = "sales", _("Sales")


class Channel(models.TextChoices):
    EVENT = "event", _("Event")
    WEB = "web", _("Web")
    TELEMARKETING = "telemarketing", _("Telemarketing")
    SOCIAL = "social", _("Social media")
    EMAIL = "email", _("Email")
    REFERRAL = "referral", _("Referral")
    PARTNER = "partner", _("Partner")
    SALES = "sales", _("Sales")


class Reason(models.TextChoices):
    """Why a lead was written: each move, and each new hold, names one."""

    CAPTURED = "captured", _("Came in")
    IMPORTED = "imported", _("Came from another system")
    ENQUIRED_AGAIN = "enquired_again", _("Enquired again")
    OWN_LEAD = "own_lead", _("Found by sales")
    MEETS_DEFINITION = "meets_definition", _("Meets the definition")
    EXPLORED = "explored", _("Taken along to learn")
    QUALIFY_LATER = "qualify_later", _("Not yet qualified")
    NOBODY_FREE = "nobody_free", _("Nobody free")
    ROUTED = "routed", _("Assigned by the rules")
    CLAIMED = "claimed", _("Taken from the pool")
    TRANSFERRED = "transferred", _("Handed over to a colleague")
    REASSIGNED = "reassigned", _("Reassigned")
    RELEASED = "released", _("Given back to the pool")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    FOLLOWED_UP = "followed_up", _("Followed up")
    SNOOZED = "snoozed", _("Put off")
    QUALIFIED = "qualified", _("Qualified by sales")
    RECYCLED = "recycled", _("Returned to marketing")
    NURTURED = "nurtured", _("Being nurtured")
    WOKEN = "woken", _("Woken up")
    DISQUALIFIED = "disqualified", _("Disqualified")
    SUPPRESSED = "suppressed", _("May not be contacted")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    MERGED = "merged", _("Merged with another lead")
    UNDONE = "undone", _("Import undone")
    REOPENED = "reopened", _("Reopened")


class Answer(models.TextChoices):
    """What a promotion was answered with."""

    FOLLOWED_UP = "followed_up", _("Followed up")
    REJECTED = "rejected", _("Rejected")
    RECYCLED = "recycled", _("Returned to marketing")
    SUPPRESSED = "suppressed", _("May not be contacted")
    MERGED = "merged", _("Merged")
    DISQUALIFIED = "disqualified", _("Disqualified")
    CLOSED = "closed", _("Closed")


# The answer that lies in a move itself; a move that is not here answers nothing.
ANSWERED_BY_STAGE: dict[Stage, Answer] = {
    Stage.INQUIRY: Answer.REJECTED,
    Stage.NURTURE: Answer.RECYCLED,
    Stage.DISQUALIFIED: Answer.DISQUALIFIED,
    Stage.MERGED: Answer.MERGED,
    Stage.WON: Answer.CLOSED,
    Stage.LOST: Answer.CLOSED,
}

# The answers that only a closing gives, and that go when it is taken back.
ANSWERED_BY_CLOSING = frozenset({Answer.SUPPRESSED, Answer.MERGED, Answer.DISQUALIFIED, Answer.CLOSED})
