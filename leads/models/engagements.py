"""What did the contact do?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.campaigns import Campaign
from leads.models.contacts import Contact
from leads.stages import Channel


class Engagement(models.Model):
    """Something a contact did: an enquiry, a badge scanned, an event attended, a call answered, a click.

    Append-only; `voids` takes one back. References are checked a statement at a time (see laws.refers).
    """

    class Kind(models.TextChoices):
        ENQUIRY = "enquiry", _("Enquired")
        FORM = "form", _("Filled in a form")
        SCAN = "scan", _("Badge scanned")
        ATTENDED = "attended", _("Attended")
        CALL = "call", _("Answered a call")
        CLICK = "click", _("Clicked")
        OPENED = "opened", _("Opened a mail")
        NOTE = "note", _("Note")

    contact = models.ForeignKey(
        Contact, models.PROTECT, related_name="engagements", db_constraint=False, db_index=False
    )
    lead = models.ForeignKey(
        "leads.Lead", models.PROTECT, null=True, related_name="engagements", db_constraint=False, db_index=False
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="engagements", db_constraint=False, db_index=False
    )
    batch = models.ForeignKey(
        "leads.ImportBatch", models.PROTECT, null=True, related_name="engagements", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=20, choices=Channel, blank=True)
    detail = models.TextField(blank=True)
    interest = models.TextField(blank=True)
    attended_minutes = models.PositiveIntegerField(null=True, blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", db_constraint=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["contact", "occurred_at"], name="engagement_of_contact"),
        ]
        triggers: ClassVar = [
            *laws.append_only("Engagements"),
            laws.refers("engagement_contact", "contact_id", "leads_contact"),
            laws.refers("engagement_lead", "lead_id", "leads_lead"),
            laws.refers("engagement_campaign", "campaign_id", "leads_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.kind}"
