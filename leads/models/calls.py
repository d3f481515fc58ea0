"""Whom do we call, what do callers ask, and what came of each call?"""

from datetime import time
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.campaigns import Campaign
from leads.models.consents import Consent
from leads.models.engagements import Engagement
from leads.models.lists import Errand
from leads.querysets import CallListQuerySet, CallQuerySet

WORKING_DAYS = (0, 1, 2, 3, 4)


def working_days() -> list[int]:
    """Monday to Friday."""
    return list(WORKING_DAYS)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pgtrigger.Statement)
class CallingRule(models.Model):
    """Of which natural persons we need a yes, or an order, before we call them: the company's one answer."""

    class Needs(models.TextChoices):
        NOTHING = "nothing", _("None: their numbers are called like any other")
        NAMED = (
            "named",
            _("People without an organisation, and those of one that is named as a sole trader or a partnership"),
        )
        UNPROVEN = (
            "unproven",
            _("These, and people of organisations with neither a Chamber of Commerce number nor a legal form"),
        )

    natural_persons = models.CharField(
        _("natural persons whom we only call with consent, or as customers"),
        max_length=10,
        choices=Needs,
        default=Needs.UNPROVEN,
    )

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_calling_rule")]

    def __str__(self) -> str:
        return str(self.get_natural_persons_display())


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pgtrigger.Statement)
class CallList(Errand):
    """Leads that callers work through by telephone, found once and again when somebody asks, and the script they follow.

    `questions` is a list of {"key", "label", "kind", "choices", "fills"}; keys are never given twice.
    """

    name = models.CharField(_("name"), max_length=120)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="call_lists", verbose_name=_("campaign"), db_index=True
    )
    callers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="call_lists", verbose_name=_("callers"))
    purpose = models.CharField(
        _("what they are called about"),
        max_length=10,
        choices=Consent.Purpose,
        default=Consent.Purpose.SALES,
        db_default="sales",
    )
    calls_sales = models.BooleanField(_("also leads that are with sales"), default=False)
    opens_at = models.TimeField(_("from"), default=time(9))
    closes_at = models.TimeField(_("until"), default=time(17, 30))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days"), default=working_days)
    most_attempts = models.PositiveSmallIntegerField(
        _("attempts at most"), default=6, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    minutes_between = models.PositiveIntegerField(
        _("minutes until the next attempt"), default=240, validators=[MinValueValidator(1), MaxValueValidator(43_200)]
    )
    opening = models.TextField(_("opening words"), max_length=2_000, blank=True)
    questions = models.JSONField(default=list)
    questions_made = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CallListQuerySet.as_manager()  # type: ignore[misc] # in place of the errands'

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state__in=("waiting", "running")), name="call_list_to_fill")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="calling_hours_run_forward"),
            models.CheckConstraint(condition=Q(most_attempts__gte=1), name="at_least_one_attempt"),
        ]
        triggers: ClassVar = [laws.never_deleted("Call lists")]

    def __str__(self) -> str:
        return self.name


class CallTarget(models.Model):
    """One lead on a call list: to be called from `due_at`, kept out for a reason, or done with.

    Attempts, moment and end follow from its calls. Who is calling now holds it until `claimed_until`, and no longer.
    """

    class State(models.TextChoices):
        TO_CALL = "to_call", _("To call")
        KEPT_OUT = "kept_out", _("Kept out")
        ENDED = "ended", _("Done")

    class KeptOut(models.TextChoices):
        NOBODY = "", _("Not kept out")
        CLOSED = "closed", _("The lead is closed")
        OBJECTED = "objected", _("Asked not to be called")
        LISTED = "listed", _("On the list of whom not to contact")
        NO_PHONE = "no_phone", _("No number that can be dialled")
        WITH_SALES = "with_sales", _("With sales")
        NO_BASIS = "no_basis", _("A natural person, who neither agreed to calls nor is a customer")

    call_list = models.ForeignKey(CallList, models.PROTECT, related_name="targets", db_index=False)
    lead = models.ForeignKey("leads.Lead", models.PROTECT, related_name="+", db_constraint=False)
    state = models.CharField(max_length=8, choices=State, default=State.TO_CALL)
    kept_out = models.CharField(max_length=10, choices=KeptOut, blank=True)
    added_at = models.DateTimeField()
    due_at = models.DateTimeField()
    put_off_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    disposition = models.CharField(max_length=14, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call_list", "lead"], name="on_a_call_list_once"),
            models.CheckConstraint(
                condition=Q(state="kept_out") & ~Q(kept_out="") | ~Q(state="kept_out") & Q(kept_out=""),
                name="kept_out_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_until__isnull=True)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
                name="claimed_until_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["call_list", "due_at", "id"], condition=Q(state="to_call"), name="target_to_call"),
            models.Index(
                fields=["call_list", "due_at", "id"],
                condition=Q(state="to_call", disposition="call_back"),
                name="target_to_call_back",
            ),
            models.Index(fields=["claimed_by"], condition=Q(claimed_by__isnull=False), name="target_claimed"),
            models.Index(fields=["call_list", "state", "kept_out", "id"], name="target_by_state"),
        ]
        triggers: ClassVar = [
            laws.never_deleted("Those on call lists"),
            laws.refers("call_target_lead", "lead_id", "leads_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.call_list_id}:{self.lead_id} {self.state}"


class Call(models.Model):
    """One attempt to reach a lead of a call list by telephone, and what came of it; no follow-up by sales. Append-only; `voids` takes one back.

    `next_at` is when they are called again; without it the list is done with them. `answers` holds what was said to each
    question, `before` what the call changed as it was before.
    """

    class Disposition(models.TextChoices):
        NO_ANSWER = "no_answer", _("No answer")
        VOICEMAIL = "voicemail", _("Voicemail")
        BUSY = "busy", _("Busy")
        CALL_BACK = "call_back", _("Call back")
        INTERESTED = "interested", _("Interested")
        NOT_INTERESTED = "not_interested", _("Not interested")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        DO_NOT_CALL = "do_not_call", _("Do not call again")

    class Why(models.TextChoices):
        NO_NEED = "no_need", _("No need")
        NO_BUDGET = "no_budget", _("No budget")
        CONTRACT = "contract", _("Contract elsewhere")
        PRIORITIES = "priorities", _("Other priorities")
        NO_FIT = "no_fit", _("Does not fit us")

    UNREACHED: ClassVar = frozenset({Disposition.NO_ANSWER, Disposition.VOICEMAIL, Disposition.BUSY})
    REACHED: ClassVar = frozenset(
        {Disposition.CALL_BACK, Disposition.INTERESTED, Disposition.NOT_INTERESTED, Disposition.DO_NOT_CALL}
    )

    call_list = models.ForeignKey(CallList, models.PROTECT, related_name="calls", db_index=False)
    target = models.ForeignKey(CallTarget, models.PROTECT, related_name="calls", db_index=False)
    lead = models.ForeignKey("leads.Lead", models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    disposition = models.CharField(max_length=14, choices=Disposition)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    is_reached = models.BooleanField()
    note = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    next_at = models.DateTimeField(null=True)
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, related_name="call", db_constraint=False)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=True) | Q(next_at__gte=F("occurred_at")), name="called_again_later"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["call_list", "by"], name="call_of_list"),
            models.Index(fields=["target", "id"], name="call_of_target"),
            models.Index(fields=["lead", "occurred_at"], name="call_of_lead"),
        ]
        triggers: ClassVar = [*laws.append_only("Calls"), laws.refers("call_lead", "lead_id", "leads_lead")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.disposition}"
