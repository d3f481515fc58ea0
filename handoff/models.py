"""Who takes a lead, by when, and what came of it?"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handoff.querysets import FollowUpQuerySet, HandoffQuerySet, OpportunityQuerySet, RepQuerySet
from leadops.accounts.models import User
from leads import laws
from leads.models import BusinessCalendar, Lead, Promotion, Queue


class Rep(models.Model):
    """A salesperson: hunter (new business), farmer (existing customers), or both."""

    class Tracking(models.TextChoices):
        COACH = "coach", _("Coach")
        RESULTS = "results", _("Results")

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="rep")
    is_hunter = models.BooleanField(_("hunter"), default=True)
    is_farmer = models.BooleanField(_("farmer"), default=False)
    prefers = models.CharField(
        _("own preference"), max_length=10, blank=True, choices=[("hunter", _("Hunter")), ("farmer", _("Farmer"))]
    )
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True, verbose_name=_("languages"))
    regions = ArrayField(models.CharField(max_length=100), default=list, blank=True, verbose_name=_("regions"))
    calendar = models.ForeignKey(
        BusinessCalendar, models.PROTECT, null=True, blank=True, related_name="reps", verbose_name=_("working hours")
    )
    hired_on = models.DateField(_("hired on"), null=True, blank=True)

    objects = RepQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_hunter=True) | Q(is_farmer=True), name="rep_hunts_or_farms")
        ]

    def __str__(self) -> str:
        return str(self.user)


class RepSetting(models.Model):
    """A rep's settings from a moment on; the latest counts, the earlier ones let the past be replayed."""

    rep = models.ForeignKey(Rep, models.PROTECT, related_name="settings")
    since = models.DateTimeField()
    open_cap = models.PositiveIntegerField(_("open leads at most"), default=60)
    weekly_cap = models.PositiveIntegerField(_("new leads a week at most"), default=40)
    quota_attainment = models.PositiveSmallIntegerField(_("quota attained, in percent"), null=True, blank=True)
    tracking = models.CharField(_("tracking"), max_length=10, choices=Rep.Tracking, default=Rep.Tracking.COACH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rep", "since"], name="rep_setting_once")]
        triggers: ClassVar = laws.append_only("Rep settings")

    def __str__(self) -> str:
        return f"{self.rep} {self.since:%Y-%m-%d}"


class PoolTurn(models.Model):
    """A rep's weight in a pool, and the pointer that says whose turn it is: the lowest goes first.

    The pointer is a whole number of steps of `rotation.STEP`; a lead taken adds STEP / weight.
    """

    queue = models.ForeignKey(Queue, models.PROTECT, related_name="turns")
    rep = models.ForeignKey(Rep, models.PROTECT, related_name="turns")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    pointer = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["queue", "rep"], name="one_turn_in_a_pool")]

    def __str__(self) -> str:
        return f"{self.rep} in {self.queue}"


class Absence(models.Model):
    """Leave, illness, or just away."""

    rep = models.ForeignKey(Rep, models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start")
        ]
        indexes: ClassVar = [models.Index(fields=["rep", "ends_at"], name="absence_of_rep")]

    def __str__(self) -> str:
        return f"{self.rep} {self.starts_at:%Y-%m-%d}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoutingRule(models.Model):
    """Which leads go to which pool; the first rule that fits, by position."""

    position = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    condition = models.JSONField(default=dict)
    pool = models.ForeignKey(Queue, models.PROTECT, related_name="rules")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class RoutingRun(models.Model):
    """One run over a pool: the candidates, their room, presence and pointers, from which each choice follows."""

    pool = models.ForeignKey(Queue, models.PROTECT, related_name="runs")
    ran_at = models.DateTimeField()
    snapshot = models.JSONField()

    class Meta:
        triggers: ClassVar = laws.append_only("Routing runs")

    def __str__(self) -> str:
        return f"{self.pool} {self.ran_at:%Y-%m-%d %H:%M}"


class SlaPolicy(models.Model):
    """When a lead that lies is reminded of, escalated, taken back: working minutes after the deadline; null is never."""

    position = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    condition = models.JSONField(default=dict)
    accept_minutes = models.PositiveIntegerField(null=True, blank=True)
    remind_after = models.PositiveIntegerField(default=0)
    escalate_after = models.PositiveIntegerField(default=240)
    reassign_after = models.PositiveIntegerField(null=True, blank=True)
    return_after = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class Handoff(models.Model):
    """One passing of a lead to a rep. `explanation` is its delta to the snapshot of its run.

    `outcome_reason` is the key of why it was rejected, recycled or disqualified.
    """

    class Outcome(models.TextChoices):
        REJECTED = "rejected", _("Rejected")
        TRANSFERRED = "transferred", _("Handed over")
        RETURNED = "returned", _("Returned to marketing")
        RELEASED = "released", _("Given back")
        QUALIFIED_OUT = "disqualified", _("Disqualified")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        CLOSED = "closed", _("Closed")

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="handoffs", db_constraint=False, db_index=False)
    promotion = models.ForeignKey(
        Promotion, models.PROTECT, null=True, related_name="handoffs", db_constraint=False, db_index=False
    )
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handoffs", db_constraint=False, db_index=False
    )
    pool = models.ForeignKey(
        Queue, models.PROTECT, null=True, related_name="handoffs", db_constraint=False, db_index=False
    )
    rule = models.ForeignKey(
        RoutingRule, models.PROTECT, null=True, related_name="handoffs", db_constraint=False, db_index=False
    )
    run = models.ForeignKey(
        RoutingRun, models.PROTECT, null=True, related_name="handoffs", db_constraint=False, db_index=False
    )
    explanation = models.JSONField(default=dict)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    assigned_at = models.DateTimeField()
    accept_due_at = models.DateTimeField(null=True)
    follow_up_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    objects = HandoffQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead"], condition=Q(ended_at__isnull=True), name="one_open_handoff_a_lead"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(outcome=""), name="ended_handoff_has_outcome"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lead", "assigned_at"], name="handoff_of_lead"),
            models.Index(fields=["rep", "-assigned_at"], name="handoff_of_rep"),
            models.Index(fields=["run"], condition=Q(run__isnull=False), name="handoff_of_run"),
        ]
        triggers: ClassVar = [
            laws.never_deleted("Handoffs"),
            laws.refers("handoff_lead", "lead_id", "leads_lead"),
            laws.refers("handoff_rep", "rep_id", "accounts_user"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} > {self.rep_id}"


class FollowUp(models.Model):
    """An attempt or a conversation by a person for the lead. Append-only; `voids` takes one back.

    Of one that was moved in from another system kind and disposition may be unknown.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        MAIL = "mail", _("Mail")
        MEETING = "meeting", _("Meeting")

    class Disposition(models.TextChoices):
        SPOKE = "spoke", _("Spoke")
        APPOINTMENT = "appointment", _("Appointment")
        CALL_BACK = "call_back", _("Call back")
        NO_ANSWER = "no_answer", _("No answer")
        VOICEMAIL = "voicemail", _("Voicemail")
        NO_INTEREST = "no_interest", _("No interest")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    REACHED: ClassVar = frozenset(
        {Disposition.SPOKE, Disposition.APPOINTMENT, Disposition.CALL_BACK, Disposition.NO_INTEREST}
    )

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="follow_ups", db_constraint=False, db_index=False)
    handoff = models.ForeignKey(
        Handoff, models.PROTECT, null=True, related_name="follow_ups", db_constraint=False, db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="follow_ups",
        db_constraint=False,
        db_index=False,
    )
    kind = models.CharField(max_length=10, choices=Kind)
    disposition = models.CharField(max_length=20, choices=Disposition)
    is_reached = models.BooleanField()
    note = models.TextField(blank=True)
    next_step_at = models.DateTimeField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    is_imported = models.BooleanField(default=False, db_default=False)
    voids = models.OneToOneField("self", models.PROTECT, null=True, related_name="voided_by", db_constraint=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lead", "occurred_at"], name="follow_up_of_lead"),
            models.Index(fields=["by", "-occurred_at"], name="follow_up_of_rep"),
        ]
        triggers: ClassVar = [*laws.append_only("Follow-ups"), laws.refers("follow_up_lead", "lead_id", "leads_lead")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.kind} {self.disposition}"


class Escalation(models.Model):
    """A step of the ladder taken for an overdue lead: once for a handoff (or a lead in a queue), a deadline and a step."""

    class Step(models.TextChoices):
        REMIND = "remind", _("Reminded")
        ESCALATE = "escalate", _("Escalated")
        REASSIGN = "reassign", _("Reassigned")
        RETURN = "return", _("Returned")

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="escalations", db_constraint=False, db_index=False)
    handoff = models.ForeignKey(
        Handoff, models.PROTECT, null=True, related_name="escalations", db_constraint=False, db_index=False
    )
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, related_name="escalations", db_constraint=False, db_index=False
    )
    due_at = models.DateTimeField()
    step = models.CharField(max_length=10, choices=Step)
    policy = models.ForeignKey(SlaPolicy, models.PROTECT, null=True, related_name="escalations")
    flagged_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead", "due_at", "step", "handoff", "queue"], name="flagged_once", nulls_distinct=False
            )
        ]
        triggers: ClassVar = [*laws.append_only("Escalations"), laws.refers("escalation_lead", "lead_id", "leads_lead")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.step}"


class Sweep(models.Model):
    """Up to which moment a sweep has looked at everything; without its row it looks at everything again."""

    name = models.CharField(max_length=40, primary_key=True)
    reached_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.reached_at:%Y-%m-%d %H:%M}"


class BrokenPromise(models.Model):
    """Why a promise broke: one cause with its evidence, stored once. Reports join it to the derived set and never count by it."""

    class Cause(models.TextChoices):
        NEVER_ROUTED = "never_routed", _("Never routed")
        POOL_FULL = "pool_full", _("Nobody free")
        NOT_ACCEPTED = "not_accepted", _("Assigned, never accepted")
        NOT_FOLLOWED_UP = "not_followed_up", _("Accepted, not followed up")
        PASSED_ON = "passed_on", _("Passed on too late")
        REP_ABSENT = "rep_absent", _("Rep was absent")

    promotion = models.OneToOneField(Promotion, models.PROTECT, related_name="broken", db_constraint=False)
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    cause = models.CharField(max_length=20, choices=Cause)
    evidence = models.JSONField(default=dict)
    broke_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = laws.append_only("Broken promises")

    def __str__(self) -> str:
        return f"{self.promotion_id} {self.cause}"


class Opportunity(models.Model):
    """A piece of business that a lead may become; a lead is won at its first won opportunity.

    One that came with a file that was taken back is void.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="opportunities")
    name = models.CharField(_("name"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    expected_close_on = models.DateField(_("expected close"), null=True, blank=True)
    opened_at = models.DateTimeField()
    won_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)
    lost_reason = models.CharField(max_length=200, blank=True)
    is_imported = models.BooleanField(default=False, db_default=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(won_at__isnull=True) | Q(lost_at__isnull=True), name="won_or_lost")
        ]
        triggers: ClassVar = [laws.never_deleted("Opportunities")]

    def __str__(self) -> str:
        return self.name
