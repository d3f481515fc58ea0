"""May we contact this person, through which channel, and how do we know?"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leads import laws, sources
from leads.models.contacts import Contact
from leads.querysets import ConsentQuerySet


class Consent(models.Model):
    """One statement about a purpose and a channel: given, or withdrawn. Append-only; the proof.

    What was given, and the withdrawal of what was given, count for their own purpose; an objection, for every purpose. `wording` holds the words that were
    agreed to, or why no consent was needed. `by` is who wrote down what a person said; what a person sent in themselves
    has none. A statement that voids another says why in its `source`, unless an import was taken back.
    """

    class Purpose(models.TextChoices):
        SALES = "sales", _("Follow-up by sales")
        NEWSLETTER = "newsletter", _("Newsletter")
        EVENTS = "events", _("Invitations to events")

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        PHONE = "phone", _("Phone")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        CUSTOMER = "customer", _("Existing customer")
        INTEREST = "interest", _("Legitimate interest")
        OBJECTION = "objection", _("Objection")

    BASES_OF_FILES: ClassVar = (Basis.CONSENT, Basis.CUSTOMER, Basis.INTEREST)

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60, choices=Purpose, default=Purpose.SALES)
    channel = models.CharField(max_length=10, choices=Channel)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.CONSENT)
    wording = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(given_at__isnull=False, withdrawn_at__isnull=True)
                | models.Q(given_at__isnull=True, withdrawn_at__isnull=False),
                name="consent_given_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=("sales", "newsletter", "events")), name="consent_for_a_known_purpose"
            ),
        ]
        triggers: ClassVar = laws.append_only("Consents")

    def __str__(self) -> str:
        return f"{self.contact_id} {self.purpose} {self.channel}"

    @property
    def came_from(self) -> str:
        """Where it came from, in the reader's language."""
        return sources.said(self.source)


class Suppression(models.Model):
    """An address, a number or all addresses of a domain that may not be used. Only a keyed digest is kept, so that it
    survives erasure. `by` is who put it on the list by hand; what a person asked for themselves has none. `is_own` is what
    nobody asked for but the very person, by a link of ours.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("Mail address")
        PHONE = "phone", _("Phone number")
        DOMAIN = "domain", _("Domain")

    channel = models.CharField(max_length=10, choices=Kind)
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    is_own = models.BooleanField(default=False, db_default=False)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    lifted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "digest"], condition=models.Q(lifted_at__isnull=True), name="suppressed_once"
            )
        ]
        triggers: ClassVar = [laws.never_deleted("Suppressions")]

    def __str__(self) -> str:
        return f"{self.channel} {self.digest[:8]}"

    @property
    def came_from(self) -> str:
        """Why it stands on the list, in the reader's language."""
        return sources.said(self.reason)

    @property
    def lifted_by_word(self) -> str:
        """Why it was lifted, in the reader's language."""
        return sources.said(self.lifted_because)
