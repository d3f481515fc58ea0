"""Which effort brought the lead, and what did it cost?"""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.consents import Consent
from leads.querysets import CampaignCostQuerySet, CampaignQuerySet, TrackingLinkQuerySet
from leads.stages import Channel

_OF_LEADS = "old_rows c WHERE (SELECT l.id FROM leads_lead l WHERE l.campaign_id = c.id LIMIT 1) IS NOT NULL"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Campaign(models.Model):
    """One effort in a channel. `exchange_rate` is company currency for one unit of the campaign's currency.

    What was `planned` and `spent` and the leads `opened` come by with_figures().
    """

    planned: Decimal | None
    spent: Decimal | None
    opened: int

    name = models.CharField(_("name"), max_length=200)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("owner"),
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    exchange_rate = models.DecimalField(_("exchange rate"), max_digits=14, decimal_places=6, default=1)
    goal = models.TextField(_("goal"), blank=True)
    stand_purpose = models.CharField(
        _("visitors of the stand say yes to"),
        max_length=10,
        choices=Consent.Purpose,
        default=Consent.Purpose.SALES,
        db_default="sales",
    )
    stand_language = models.CharField(
        _("visitors of the stand are asked in"),
        max_length=7,
        choices=settings.LANGUAGES,
        blank=True,
        default="",
        db_default="",
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreed with sales by"),
    )
    agreed_at = models.DateTimeField(_("agreed with sales on"), null=True, blank=True)
    created_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(models.functions.Lower("name"), name="campaign_name"),
            models.CheckConstraint(condition=models.Q(exchange_rate__gt=0), name="exchange_rate_above_zero"),
        ]
        triggers: ClassVar = [
            laws.refused("campaign_of_leads_stays", pgtrigger.Delete, _OF_LEADS, "a campaign with leads is not deleted")
        ]

    def __str__(self) -> str:
        return self.name


class CampaignCost(models.Model):
    """A cost line: dated, never changed; a mistake is voided by a line of its own."""

    class Kind(models.TextChoices):
        BUDGET = "budget", _("Budget")
        ACTUAL = "actual", _("Actual")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=10, choices=Kind)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    label = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    objects = CampaignCostQuerySet.as_manager()

    class Meta:
        triggers: ClassVar = laws.append_only("Cost lines")

    def __str__(self) -> str:
        return f"{self.campaign}: {self.amount}"


class CampaignMove(models.Model):
    """A lead was put under another campaign than the one it was counted with, or under none. Append-only."""

    lead = models.ForeignKey("leads.Lead", models.PROTECT, related_name="campaign_moves")
    was = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(was__isnull=True)
                | models.Q(campaign__isnull=True)
                | ~models.Q(was=models.F("campaign")),
                name="campaign_move_leads_elsewhere",
            ),
        ]
        triggers: ClassVar = laws.append_only("Moves between campaigns")

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.was_id} -> {self.campaign_id}"


class TrackingLink(models.Model):
    """An address that leads to us with the marks of a campaign; what arrives with these marks is counted by it.

    One that is not used any more is archived: who comes by it still is counted. What came comes by with_figures().
    """

    enquiries: int
    leads: int
    last_at: datetime | None

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="links", db_index=False)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=1_000)
    source = models.CharField(max_length=100)
    medium = models.CharField(max_length=100)
    content = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = TrackingLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "campaign",
                *(models.functions.Lower(name) for name in ("source", "medium", "content")),
                name="one_link_of_these_marks",
            )
        ]
        triggers: ClassVar = [laws.never_deleted("Tracking links")]

    def __str__(self) -> str:
        return self.name
