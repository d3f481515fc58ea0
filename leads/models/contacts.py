"""Who is this person, and for which organisation do they work?"""

from functools import cache
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leadops.accounts.writing import TOLD_BY_A_PAGE
from leads import laws
from leads.models import texts
from leads.querysets import ContactQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pgtrigger.Statement)
class Organisation(models.Model):
    """A company or institution; of a customer the account manager is the farmer who gets its leads."""

    class LegalForm(models.TextChoices):
        UNKNOWN = "", _("Unknown")
        SOLE_TRADER = "sole_trader", _("Sole trader")
        PARTNERSHIP = "partnership", _("Partnership (vof, maatschap, cv)")
        COMPANY = "company", _("Company (bv, nv, gmbh, ltd)")
        ASSOCIATION = "association", _("Foundation or association")
        PUBLIC_BODY = "public_body", _("Public body")

    OF_PERSONS: ClassVar = (LegalForm.SOLE_TRADER, LegalForm.PARTNERSHIP)

    name = models.CharField(_("name"), max_length=300)
    name_key = models.CharField(max_length=300)
    domain = models.CharField(_("domain"), max_length=255, blank=True)
    website = models.CharField(_("website"), max_length=500, blank=True)
    industry = models.CharField(_("industry"), max_length=200, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    revenue = models.DecimalField(_("annual revenue"), max_digits=18, decimal_places=2, null=True, blank=True)
    kvk_number = models.CharField(_("Chamber of Commerce number"), max_length=20, blank=True)
    legal_form = models.CharField(
        _("legal form"), max_length=12, choices=LegalForm, blank=True, default="", db_default=""
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    is_customer = models.BooleanField(_("customer"), default=False)
    account_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        db_index=False,
        verbose_name=_("account manager"),
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_key"], name="organisation_name_key"),
            models.Index(fields=["domain"], condition=~models.Q(domain=""), name="organisation_domain"),
            models.Index(
                fields=["account_manager"],
                condition=models.Q(account_manager__isnull=False),
                name="organisation_account_manager",
            ),
        ]
        triggers: ClassVar = [laws.never_deleted("Organisations"), *texts.ORGANISATION_TRIGGERS]

    def __str__(self) -> str:
        return self.name


def called(first_name: str, initials: str, infix: str, last_name: str, *otherwise: str) -> str:
    """What a person is called: their name as one, initials where no first name is known; else the first of what else is known."""
    name = " ".join(part for part in (first_name or initials, infix, last_name) if part)
    return name or next(filter(None, otherwise), "")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pgtrigger.Statement)
class Contact(models.Model):
    """A person, one row however often they enquire.

    `family_id` is the root of the chain of merges (its own id for a root), kept flat, so that reads over a
    person take one look. The organisation is checked a statement at a time (see laws.refers). Keys in normal form (`email_key`, E.164) are indexed and never unique: addresses are shared.
    `voided_at`: nothing is known of them but what an import brought that was taken back.
    """

    salutation = models.CharField(_("salutation"), max_length=60, blank=True)
    initials = models.CharField(_("initials"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=200, blank=True)
    infix = models.CharField(_("infix"), max_length=60, blank=True)
    last_name = models.CharField(_("last name"), max_length=200, blank=True)
    name_key = models.CharField(max_length=400, blank=True)
    email = models.CharField(_("email"), max_length=320, blank=True)
    email_key = models.CharField(max_length=320, blank=True)
    phone = models.CharField(_("phone"), max_length=100, blank=True)
    phone_e164 = models.CharField(max_length=20, blank=True)
    mobile = models.CharField(_("mobile"), max_length=100, blank=True)
    mobile_e164 = models.CharField(max_length=20, blank=True)
    job_title = models.CharField(_("job title"), max_length=300, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        db_constraint=False,
        db_index=False,
        verbose_name=_("organisation"),
    )
    street = models.CharField(_("street"), max_length=300, blank=True)
    house_number = models.CharField(_("house number"), max_length=40, blank=True)
    postcode = models.CharField(_("postcode"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    linkedin_url = models.CharField(_("LinkedIn"), max_length=500, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    external_id = models.CharField(_("external number"), max_length=200, blank=True)
    tags = ArrayField(models.CharField(max_length=100), default=list, blank=True, verbose_name=_("tags"))
    attributes = models.JSONField(default=dict, blank=True)
    is_mail_suppressed = models.BooleanField(default=False)
    is_phone_suppressed = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="folded", db_index=False
    )
    family_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family_id", "id"], name="contact_family"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True, family_id=models.F("id"))
                | models.Q(merged_into__isnull=False) & ~models.Q(family_id=models.F("id")),
                name="contact_is_root_unless_merged",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["email_key"], condition=~models.Q(email_key=""), name="contact_email_key"),
            models.Index(fields=["phone_e164"], condition=~models.Q(phone_e164=""), name="contact_phone"),
            models.Index(fields=["mobile_e164"], condition=~models.Q(mobile_e164=""), name="contact_mobile"),
            models.Index(fields=["external_id"], condition=~models.Q(external_id=""), name="contact_external_id"),
            models.Index(
                fields=["birth_date"], condition=models.Q(birth_date__isnull=False), name="contact_birth_date"
            ),
            models.Index(
                fields=["name_key"],
                condition=models.Q(external_id="", email_key="", phone_e164="", mobile_e164="")
                & ~models.Q(name_key=""),
                name="contact_by_name_alone",
            ),
            models.Index(
                fields=["organisation", "name_key"],
                condition=models.Q(organisation__isnull=False),
                name="contact_in_organisation",
            ),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="contact_merged_into"
            ),
        ]
        triggers: ClassVar = [
            laws.never_deleted("Contacts"),
            laws.refers("contact_organisation", "organisation_id", "leads_organisation"),
            laws.still_refers("contact_organisation_changed", "organisation_id", "leads_organisation"),
            *texts.CONTACT_TRIGGERS,
        ]

    def __str__(self) -> str:
        named = (self.first_name, self.initials, self.infix, self.last_name)
        return called(*named, self.email, self.phone, self.external_id)

    @property
    def full_name(self) -> str:
        return called(self.first_name, self.initials, self.infix, self.last_name)


class AttributeKey(models.Model):
    """A column that no field takes, kept on contacts under this key, so that conditions can offer it."""

    # What a seller asks of everybody, by the keys under which it is always kept.
    USUAL: ClassVar[dict[str, Promise]] = {
        "need": _("Need"),
        "budget": _("Budget"),
        "authority": _("Decides"),
        "timing": _("Timing"),
        "contract_ends_on": _("Contract ends on"),
    }

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        BOOLEAN = "boolean", _("Yes or no")

    key = models.CharField(max_length=100, unique=True)
    label = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """Its label; of a usual one, or of what a page told of a visit, in the language of the moment, unless it was named otherwise."""
        if self.label == self.key in TOLD_BY_A_PAGE:
            return str(TOLD_BY_A_PAGE[self.key])
        return str(self.USUAL[self.key]) if self.label in _usual_labels(self.key) else self.label

    @classmethod
    def in_order(cls) -> list["AttributeKey"]:
        """All of them, by what their reader calls them."""
        return sorted(cls.objects.all(), key=lambda one: (one.shown, one.key))


@cache
def _usual_labels(key: str) -> frozenset[str]:
    """What a usual attribute is called in each of our languages; nothing for another one."""
    called: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            called |= {str(label) for label in [AttributeKey.USUAL.get(key)] if label}
    return frozenset(called)


class Merge(models.Model):
    """Two contacts found to be one person; the journal holds what the winner's fields were before."""

    winner = models.ForeignKey(Contact, models.PROTECT, related_name="merges_won")
    loser = models.ForeignKey(Contact, models.PROTECT, related_name="merges_lost")
    journal = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    merged_at = models.DateTimeField()
    unmerged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["loser"], condition=models.Q(unmerged_at__isnull=True), name="merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(winner=models.F("loser")), name="merge_of_two"),
        ]
        triggers: ClassVar = [laws.never_deleted("Merges")]

    def __str__(self) -> str:
        return f"{self.loser_id} > {self.winner_id}"
