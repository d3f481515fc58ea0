"""Which forms may a visitor fill in, and what was sent with them?"""

import secrets
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models.campaigns import Campaign
from leads.models.consents import Consent
from leads.models.intakes import Intake


def new_key() -> str:
    """A name for an address that nobody guesses."""
    return secrets.token_urlsafe(9)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pgtrigger.Statement)
class CaptureForm(models.Model):
    """A form for the public: which fields in which order, what is asked about consent, and what follows.

    `fields` is a list of {"field", "label", "is_required"}; `origins` are the sites that may frame it or send to it.
    """

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="forms", verbose_name=_("campaign")
    )
    title = models.CharField(_("heading"), max_length=200, blank=True)
    introduction = models.TextField(_("text above the form"), max_length=2_000, blank=True)
    fields = models.JSONField(default=list)
    email_wording = models.TextField(_("question: may we mail you?"), max_length=1_000, blank=True)
    phone_wording = models.TextField(_("question: may we call you?"), max_length=1_000, blank=True)
    purpose = models.CharField(
        _("what they say yes to"),
        max_length=10,
        choices=Consent.Purpose,
        default=Consent.Purpose.SALES,
        db_default="sales",
    )
    is_double_opt_in = models.BooleanField(_("consent counts once confirmed by mail"), default=False)
    thanks = models.TextField(_("thank-you text"), max_length=2_000, blank=True)
    redirect_url = models.URLField(_("or go on to this page"), max_length=500, blank=True)
    origins = ArrayField(models.CharField(max_length=255), verbose_name=_("allowed sites"), default=list, blank=True)
    is_active = models.BooleanField(_("switched on"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        triggers: ClassVar = [laws.never_deleted("Forms")]

    def __str__(self) -> str:
        return self.name

    @property
    def heading(self) -> str:
        return self.title or self.name

    @property
    def wordings(self) -> dict[str, str]:
        """What is asked about consent, by channel."""
        asked = {Consent.Channel.EMAIL.value: self.email_wording, Consent.Channel.PHONE.value: self.phone_wording}
        return {channel: wording for channel, wording in asked.items() if wording}


class FormEntry(models.Model):
    """One form that was sent: written with its intake, once for its nonce; then its consent and its mail.

    `wordings` are the questions about consent that were answered with yes, and `purpose` is what they were about then;
    `sender` is a keyed digest of the address that it came from. What was withdrawn counts no more; who objected as well is
    not to be contacted at all.
    """

    form = models.ForeignKey(CaptureForm, models.PROTECT, related_name="entries")
    version = models.PositiveIntegerField()
    intake = models.OneToOneField(Intake, models.PROTECT, related_name="entry")
    nonce = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64)
    email_key = models.CharField(max_length=320, blank=True)
    wordings = models.JSONField(default=dict)
    purpose = models.CharField(
        max_length=10, choices=Consent.Purpose, default=Consent.Purpose.SALES, db_default="sales"
    )
    received_at = models.DateTimeField()
    is_mail_due = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True, blank=True)
    is_consent_due = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sender", "received_at"], name="form_entry_of_sender"),
            models.Index(fields=["id"], condition=models.Q(is_mail_due=True), name="form_entry_to_mail"),
            models.Index(fields=["id"], condition=models.Q(is_consent_due=True), name="form_entry_consenting"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.pk}"
