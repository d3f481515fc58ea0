"""On which devices do we write down who visits us at a fair, and whom did we write down there?"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.campaigns import Campaign
from leads.models.consents import Consent
from leads.models.intakes import Intake


class StandDevice(models.Model):
    """A phone or tablet on which the stand of a campaign was opened by somebody who was logged in.

    It sends with a token of its own, of which only a keyed digest is kept, until that is revoked.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="stand_devices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stand_devices")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers: ClassVar = [laws.never_deleted("Devices")]

    def __str__(self) -> str:
        return self.name


class StandEntry(models.Model):
    """A visitor as a device told of them, once for the key that the device made.

    `said` is what came, as it came; `intake` is how it was handed in last, null where it cannot be taken until it is
    put right. `wordings` are the questions about consent that the visitor said yes to, and `purpose` is what they were about.
    """

    class Temperature(models.TextChoices):
        HOT = "hot", _("Hot")
        WARM = "warm", _("Warm")
        COLD = "cold", _("Cold")

    key = models.UUIDField(unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="stand_entries")
    device = models.ForeignKey(StandDevice, models.PROTECT, null=True, blank=True, related_name="entries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    said = models.JSONField()
    wordings = models.JSONField(default=dict)
    purpose = models.CharField(
        max_length=10, choices=Consent.Purpose, default=Consent.Purpose.SALES, db_default="sales"
    )
    temperature = models.CharField(max_length=4, choices=Temperature, blank=True)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, blank=True, related_name="stand_entry")
    is_due = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_due=False) | Q(intake__isnull=False), name="stand_entry_due_once_in")
        ]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(is_due=True), name="stand_entry_due")]
        triggers: ClassVar = [laws.never_deleted("Visitors of a stand")]

    def __str__(self) -> str:
        return str(self.key)
