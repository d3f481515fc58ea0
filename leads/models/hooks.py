"""Which other programs tell us of enquiries in words of their own, and what did they say?"""

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.campaigns import Campaign
from leads.models.forms import new_key
from leads.models.intakes import Intake


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pgtrigger.Statement)
class Hook(models.Model):
    """An address that takes any JSON; `mapping` says which of its keys become which field, and is null until chosen.

    `consent` says what a yes of it is to, as a file's does: its purpose, its legal basis and its words.
    `secret_number` counts the secrets that were handed out for signing; nought is none. The secret itself is kept nowhere.
    """

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="hooks", verbose_name=_("campaign")
    )
    mapping = models.JSONField(null=True, blank=True, editable=False)
    consent = models.JSONField(default=dict, db_default={}, editable=False)
    secret_number = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("switched on"), default=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        triggers: ClassVar = [laws.never_deleted("Webhooks")]

    def __str__(self) -> str:
        return self.name


class HookPayload(models.Model):
    """One thing that a program told, as it came; `intake` is how it was judged last, null while it waits for a mapping."""

    hook = models.ForeignKey(Hook, models.PROTECT, related_name="payloads")
    delivery = models.CharField(max_length=250, blank=True)
    body = models.JSONField()
    received_at = models.DateTimeField()
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, blank=True, related_name="hook_payload")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hook", "delivery"], condition=~models.Q(delivery=""), name="hook_delivery_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["hook"], condition=models.Q(intake__isnull=True), name="hook_payload_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.pk}"
