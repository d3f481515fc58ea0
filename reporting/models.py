"""What did we know at the end of each day, and what need not be counted again?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leads.models import Campaign


class FollowUpDay(models.Model):
    """One night's figures for the promotions of one week, as then known; the trend shows them beside the live line."""

    class Cut(models.TextChoices):
        ALL = "all", _("All")
        CHANNEL = "channel", _("Channel")

    day = models.DateField()
    week_starts_on = models.DateField()
    cut = models.CharField(max_length=10, choices=Cut)
    key = models.CharField(max_length=60, blank=True)
    delivered = models.PositiveIntegerField()
    followed_up = models.PositiveIntegerField()
    followed_up_in_time = models.PositiveIntegerField()
    answered_otherwise = models.PositiveIntegerField()
    not_yet_due = models.PositiveIntegerField()
    never_followed_up = models.PositiveIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "week_starts_on", "cut", "key"], name="one_figure_a_night"),
            models.CheckConstraint(
                condition=models.Q(
                    delivered=models.F("followed_up")
                    + models.F("answered_otherwise")
                    + models.F("not_yet_due")
                    + models.F("never_followed_up")
                ),
                name="figures_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.week_starts_on} {self.key}"


class CampaignTally(models.Model):
    """How many leads a campaign had opened, up to and with a lead; those after it are counted when somebody asks."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True, related_name="+")
    up_to = models.BigIntegerField()
    leads = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.campaign}: {self.leads}"
