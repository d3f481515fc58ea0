"""Where does a lead stand, who has it, what happens next, and how did it come there?

`leads/lifecycle.py` is the only writer of these tables; the laws below are held by PostgreSQL itself.
"""

from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.campaigns import Campaign
from leads.models.contacts import Contact
from leads.models.holders import Queue
from leads.querysets import LeadQuerySet, PromotionQuerySet
from leads.stages import CLOSED, HELD_BY_QUEUE, HELD_BY_REP, OPEN, Answer, Channel, Origin, Reason, Stage

_WRITTEN = "SELECT id, stage, owner_id, queue_id, next_step_at, promotion_n FROM {rows}"
_HELD = "SELECT id, owner_id, queue_id, closed_at FROM {rows}"
_INSERTED, _HELD_ANEW = (columns.format(rows="new_rows") for columns in (_WRITTEN, _HELD))
_MOVED, _REHELD = (
    f"{columns.format(rows='new_rows')} EXCEPT {columns.format(rows='old_rows')}" for columns in (_WRITTEN, _HELD)
)

_HOLDER_CAN_ACT = """
    PERFORM 1 FROM accounts_user u
    WHERE u.id IN (SELECT DISTINCT h.owner_id FROM ({held}) h WHERE h.closed_at IS NULL) ORDER BY u.id FOR KEY SHARE;
    PERFORM 1 FROM leads_queue q
    WHERE q.id IN (SELECT DISTINCT h.queue_id FROM ({held}) h WHERE h.closed_at IS NULL) ORDER BY q.id FOR KEY SHARE;
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT h.owner_id FROM ({held}) h WHERE h.owner_id IS NOT NULL AND h.closed_at IS NULL) h
        LEFT JOIN accounts_user u ON u.id = h.owner_id WHERE u.is_active IS NOT TRUE
    ) THEN
        RAISE EXCEPTION 'a lead cannot be held by a user who is not active' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT h.queue_id FROM ({held}) h WHERE h.queue_id IS NOT NULL AND h.closed_at IS NULL) h
        LEFT JOIN leads_queue q ON q.id = h.queue_id
        WHERE q.is_active IS NOT TRUE OR NOT EXISTS (
            SELECT 1 FROM leads_queuemember m JOIN accounts_user u ON u.id = m.user_id
            WHERE m.queue_id = q.id AND u.is_active)
    ) THEN
        RAISE EXCEPTION 'a lead cannot be held by a queue without an active member' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""

_EVERY_MOVE_IS_TOLD = """
    IF EXISTS (
        SELECT 1 FROM ({written}) n
        LEFT JOIN LATERAL (SELECT * FROM leads_leadmove m WHERE m.lead_id = n.id ORDER BY m.id DESC LIMIT 1) m ON true
        WHERE m.id IS NULL OR ROW(m.stage, m.owner_id, m.queue_id, m.next_step_at)
            IS DISTINCT FROM ROW(n.stage, n.owner_id, n.queue_id, n.next_step_at)
           OR n.promotion_n > 0 AND (
                SELECT p.n FROM leads_promotion p WHERE p.lead_id = n.id AND p.n = n.promotion_n) IS NULL
    ) THEN
        RAISE EXCEPTION 'stage, holder and next step are written with a move that tells it (leads.lifecycle)'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""

_MOVE_TELLS_WHAT_IS = """
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT ON (r.lead_id) r.* FROM new_rows r ORDER BY r.lead_id, r.id DESC) m
        LEFT JOIN LATERAL (SELECT * FROM leads_lead l WHERE l.id = m.lead_id OFFSET 0) n ON true
        WHERE n.id IS NULL OR ROW(m.stage, m.owner_id, m.queue_id, m.next_step_at)
            IS DISTINCT FROM ROW(n.stage, n.owner_id, n.queue_id, n.next_step_at)
    ) THEN
        RAISE EXCEPTION 'a move tells where its lead now stands (leads.lifecycle)'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""


DERIVED = ("owner_id", "first_follow_up_at", "answered_at", "answered_as", "voided_at")


class Lead(models.Model):
    """One passage of a contact towards buying.

    Foreign keys without a constraint of their own are checked by a trigger once a statement: owner and queue
    with their ability to act, (family, contact) by a composite key that cascades a merge.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="leads", db_constraint=False, db_index=False)
    family_id = models.BigIntegerField()
    origin = models.CharField(max_length=10, choices=Origin)
    channel = models.CharField(max_length=20, choices=Channel)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="leads", db_constraint=False, db_index=False
    )
    requested_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_routable = models.BooleanField(default=True)
    stage = models.CharField(max_length=12, choices=Stage)
    stage_entered_at = models.DateTimeField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="leads", db_constraint=False, db_index=False
    )
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, related_name="leads", db_constraint=False, db_index=False
    )
    next_step_at = models.DateTimeField(null=True)
    next_step_set_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    promotion_n = models.PositiveSmallIntegerField(default=0)
    mql_at = models.DateTimeField(null=True)
    promised_by = models.DateTimeField(null=True)
    first_follow_up_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["family_id"], condition=Q(closed_at__isnull=True), name="one_open_lead_a_family"
            ),
            models.CheckConstraint(
                name="open_lead_has_holder_and_next_step",
                condition=Q(stage__in=CLOSED, closed_at__isnull=False, next_step_at__isnull=True, queue__isnull=True)
                | Q(stage__in=OPEN, closed_at__isnull=True, next_step_at__isnull=False, next_step_set_at__isnull=False)
                & (Q(owner__isnull=True, queue__isnull=False) | Q(owner__isnull=False, queue__isnull=True)),
            ),
            models.CheckConstraint(
                name="stage_has_its_kind_of_holder",
                condition=(~Q(stage__in=HELD_BY_QUEUE) | Q(queue__isnull=False))
                & (~Q(stage__in=HELD_BY_REP) | Q(owner__isnull=False)),
            ),
            models.CheckConstraint(
                name="next_step_within_promise",
                condition=Q(promised_by__isnull=True)
                | Q(answered_at__isnull=False)
                | Q(next_step_at__lte=F("promised_by"))
                | Q(next_step_set_at__gte=F("promised_by")),
            ),
            models.CheckConstraint(
                name="next_step_within_a_year",
                condition=Q(next_step_at__isnull=True)
                | Q(next_step_at__lte=F("next_step_set_at") + timedelta(days=366)),
            ),
            models.CheckConstraint(
                name="promoted_with_moment",
                condition=Q(promotion_n=0, mql_at__isnull=True, promised_by__isnull=True)
                | Q(promotion_n__gt=0, mql_at__isnull=False),
            ),
            models.CheckConstraint(name="mql_is_promoted", condition=~Q(stage=Stage.MQL) | Q(promotion_n__gt=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["family_id", "contact"], name="lead_of_family"),
            models.Index(
                fields=["owner", "next_step_at", "id"],
                include=["stage"],
                condition=Q(closed_at__isnull=True, owner__isnull=False),
                name="lead_of_owner",
            ),
            models.Index(
                fields=["queue", "next_step_at", "id"],
                condition=Q(closed_at__isnull=True, queue__isnull=False),
                name="lead_of_queue",
            ),
            models.Index(fields=["campaign", "id"], name="lead_of_campaign"),
            models.Index(fields=["stage", "channel", "id"], name="lead_of_stage"),
            models.Index(
                fields=["owner", "id"],
                condition=Q(closed_at__isnull=False, owner__isnull=False),
                name="lead_closed_by_owner",
            ),
            models.Index(fields=["campaign"], condition=Q(stage="void"), name="lead_void"),
        ]
        triggers: ClassVar = [
            laws.never_deleted("Leads"),
            laws.refers("lead_campaign", "campaign_id", "leads_campaign"),
            laws.still_refers("lead_campaign_changed", "campaign_id", "leads_campaign"),
            laws.after("holder_can_act_on_insert", pgtrigger.Insert, _HOLDER_CAN_ACT.format(held=_HELD_ANEW)),
            laws.after("holder_can_act_on_update", pgtrigger.Update, _HOLDER_CAN_ACT.format(held=_REHELD)),
            laws.after("every_move_is_told_on_insert", pgtrigger.Insert, _EVERY_MOVE_IS_TOLD.format(written=_INSERTED)),
            laws.after("every_move_is_told_on_update", pgtrigger.Update, _EVERY_MOVE_IS_TOLD.format(written=_MOVED)),
        ]

    def __str__(self) -> str:
        return f"{self.contact} ({self.get_stage_display()})"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def get_stage_display(self) -> str:  # type: ignore[no-redef] # in place of Django's, which is made for the field
        """What the stage is called: one name looked up, not all names for one."""
        return str(Stage(self.stage).label)

    def get_channel_display(self) -> str:  # type: ignore[no-redef] # likewise
        """What the channel is called."""
        return str(Channel(self.channel).label)


class LeadMove(models.Model):
    """One write of stage, holder or next step: the lead's whole history, append-only."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="moves", db_constraint=False, db_index=False)
    stage = models.CharField(max_length=12, choices=Stage)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    next_step_at = models.DateTimeField(null=True)
    promotion_n = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=20, choices=Reason)
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    is_imported = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["lead", "id"], name="move_of_lead")]
        triggers: ClassVar = [
            *laws.append_only("Moves"),
            laws.after("move_tells_what_is", pgtrigger.Insert, _MOVE_TELLS_WHAT_IS),
            laws.refers("move_by", "by_id", "accounts_user"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.stage} {self.reason}"


class Promotion(models.Model):
    """One passage of a lead to MQL: what was promised, by when, and (derived, kept by lifecycle) what came of it.

    Origin, channel and campaign are the lead's at that moment. `owner` is the last person who held the lead in it.
    One that was moved in from another system was promised to nobody.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="promotions", db_constraint=False, db_index=False)
    n = models.PositiveSmallIntegerField()
    mql_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    definition_version = models.PositiveIntegerField(null=True)
    promised_by = models.DateTimeField(null=True)
    is_exploration = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=Origin)
    channel = models.CharField(max_length=20, choices=Channel)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="promotions", db_constraint=False, db_index=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="promotions",
        db_constraint=False,
        db_index=False,
    )
    first_follow_up_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_as = models.CharField(max_length=12, choices=Answer, blank=True)
    voided_at = models.DateTimeField(null=True)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "n"], name="promotion_once"),
            models.CheckConstraint(
                condition=Q(definition_version__isnull=True, is_imported=True) | Q(definition_version__isnull=False),
                name="version_unless_imported",
            ),
            models.CheckConstraint(
                condition=Q(promised_by__isnull=False) | Q(is_imported=True), name="promise_unless_imported"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_as="")
                | Q(answered_at__isnull=False) & ~Q(answered_as=""),
                name="answer_has_moment_and_word",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["mql_at"],
                include=[
                    "promised_by",
                    "first_follow_up_at",
                    "answered_at",
                    "answered_as",
                    "channel",
                    "campaign",
                    "owner",
                    "is_imported",
                    "voided_at",
                ],
                condition=Q(origin=Origin.MARKETING),
                name="promotion_by_moment",
            ),  # all that the figures count by, so that they are read from the index alone
            models.Index(fields=["promised_by"], condition=Q(answered_at__isnull=True), name="promotion_unanswered"),
        ]
        triggers: ClassVar = [
            *laws.append_only("Promotions", except_columns=DERIVED),
            laws.refers("promotion_lead", "lead_id", "leads_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}#{self.n}"


class LeadScore(models.Model):
    """What a lead scored under a definition version; narrow, so that a million can be written anew. Written by qualification.scoring alone."""

    lead = models.OneToOneField(Lead, models.PROTECT, primary_key=True, related_name="score", db_constraint=False)
    definition_version = models.PositiveIntegerField()
    score = models.SmallIntegerField(_("score"))
    fit = models.SmallIntegerField(_("fit"))
    engagement = models.SmallIntegerField(_("engagement"))
    grade = models.CharField(_("grade"), max_length=2)
    meets = models.BooleanField(_("meets the definition"))
    addends = ArrayField(models.SmallIntegerField())
    scored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.score} {self.grade}"


class LeadTouch(models.Model):
    """A lead about which something changed and that nobody has looked at since: what the sweeps above claim."""

    lead = models.OneToOneField(Lead, models.PROTECT, primary_key=True, related_name="touch", db_constraint=False)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.lead_id)
