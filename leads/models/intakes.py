"""What arrived, before anyone judged it?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import Token
from leads.models.campaigns import TrackingLink
from leads.models.lifecycle import Lead


class Intake(models.Model):
    """A raw arrival, stored durably first and judged in sets afterwards."""

    class Source(models.TextChoices):
        API = "api", _("API")
        FORM = "form", _("Form")
        HOOK = "hook", _("Webhook")
        HAND = "hand", _("By hand")

    class Verdict(models.TextChoices):
        CREATED = "created", _("Created")
        UPDATED = "updated", _("Updated")
        SKIPPED = "skipped", _("Skipped")
        ERROR = "error", _("Error")

    source = models.CharField(max_length=10, choices=Source)
    token = models.ForeignKey(Token, models.PROTECT, null=True, blank=True, related_name="intakes")
    payload = models.JSONField()
    received_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="intakes")
    tracking_link = models.ForeignKey(
        TrackingLink, models.PROTECT, null=True, blank=True, related_name="intakes", db_index=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(judged_at__isnull=True), name="intake_unjudged"),
            models.Index(
                fields=["id"], condition=models.Q(verdict__in=("skipped", "error")), name="intake_passed_over"
            ),
            models.Index(
                fields=["tracking_link", "lead"],
                condition=models.Q(tracking_link__isnull=False),
                name="intake_by_tracking_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class IdempotencyKey(models.Model):
    """A caller's own key for a request: the same key gives the same receipts."""

    token = models.ForeignKey(Token, models.PROTECT, related_name="idempotency_keys")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    intakes = ArrayField(models.BigIntegerField())
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
