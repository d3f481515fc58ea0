"""May we contact this person, through which channel, and how do we know?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.contacts import Contact


class Consent(models.Model):
    """One statement about a purpose and a channel: given, or withdrawn. Append-only; the proof."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        PHONE = "phone", _("Phone")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        CUSTOMER = "customer", _("Existing customer")
        INTEREST = "interest", _("Legitimate interest")
        OBJECTION = "objection", _("Objection")

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60, default="sales")
    channel = models.CharField(max_length=10, choices=Channel)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.CONSENT)
    wording = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(given_at__isnull=False, withdrawn_at__isnull=True)
                | models.Q(given_at__isnull=True, withdrawn_at__isnull=False),
                name="consent_given_or_withdrawn",
            )
        ]
        triggers: ClassVar = laws.append_only("Consents")

    def __str__(self) -> str:
        return f"{self.contact_id} {self.purpose} {self.channel}"


class Suppression(models.Model):
    """An address or number that may not be used. Only a keyed digest is kept, so that it survives erasure."""

    channel = models.CharField(max_length=10, choices=Consent.Channel)
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "digest"], condition=models.Q(lifted_at__isnull=True), name="suppressed_once"
            )
        ]
        triggers: ClassVar = [laws.never_deleted("Suppressions")]

    def __str__(self) -> str:
        return f"{self.channel} {self.digest[:8]}"
