"""What had a lead behind it when it was moved in from another system?"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from leads.models.imports import ImportBatch
from leads.models.lifecycle import Lead
from leads.querysets import ImportedPastQuerySet


class ImportedPast(models.Model):
    """What a file told of a lead besides where it stands: who worked it, when, what came of it, and for how much.

    Kept here until the app above takes it up; `is_due` says that it has to look, because the lead came in or was
    taken back (`voided_at`). A note goes with the follow-up that it is about, as do what kind it was and what came of it, in
    the words of the app above.
    """

    class Outcome(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"

    lead = models.OneToOneField(Lead, models.PROTECT, primary_key=True, related_name="past", db_constraint=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="pasts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    first_follow_up_at = models.DateTimeField(null=True)
    last_follow_up_at = models.DateTimeField(null=True)
    last_kind = models.CharField(max_length=10, blank=True, default="", db_default="")
    last_disposition = models.CharField(max_length=20, blank=True, default="", db_default="")
    note = models.TextField(blank=True)
    outcome = models.CharField(max_length=4, choices=Outcome, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    closed_at = models.DateTimeField(null=True)
    moved_in_at = models.DateTimeField()
    is_due = models.BooleanField(default=True)
    taken_up_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = ImportedPastQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["lead"], condition=Q(is_due=True), name="past_due")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.outcome}"
