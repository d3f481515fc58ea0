"""Which fields of a lead, its contact, organisation and campaign can a condition ask about?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import User
from leadops.accounts.roles import REPS, Role
from leads.conditions import Field, Kind, register
from leads.models import Call, Campaign, Organisation, Queue, StandEntry
from leads.stages import Channel, Origin, Stage


def campaign_names(keys: Iterable[int]) -> Mapping[int, str]:
    """The names of these campaigns by key."""
    return dict(Campaign.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def campaigns_offered() -> Mapping[int, str]:
    """The newest campaigns by name."""
    return dict(Campaign.objects.offered().values_list("pk", "name"))


def people_named(keys: Iterable[int]) -> Mapping[int, str]:
    """What these users are called."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=list(keys))}


def reps_offered() -> Mapping[int, str]:
    """Who can hold leads."""
    return {user.pk: str(user) for user in User.objects.with_role(*REPS, Role.SALES_MANAGER).order_by("name")}


def queue_names(keys: Iterable[int]) -> Mapping[int, str]:
    """What these queues are called."""
    return {queue.pk: str(queue) for queue in Queue.objects.filter(pk__in=list(keys))}


def queues_offered() -> Mapping[int, str]:
    """The queues by name."""
    return {queue.pk: str(queue) for queue in Queue.objects.order_by("name")}


HAS_NUMBER = ~Q(contact__phone_e164="") | ~Q(contact__mobile_e164="")
HAS_ADDRESS = ~Q(contact__email_key="")
EMAIL_DOMAIN = Func(F("contact__email_key"), Value("@"), Value(2), function="split_part", output_field=CharField())
BY_PHONE = HAS_NUMBER & Q(contact__is_phone_suppressed=False)
BY_EMAIL = HAS_ADDRESS & Q(contact__is_mail_suppressed=False)

# The last time that somebody at a stand said how warm they seemed. Rides the index of an intake's lead, and of an entry's intake.
AT_STAND = (
    StandEntry.objects.filter(intake__lead=OuterRef("pk")).exclude(temperature="").order_by("-occurred_at", "-pk")
)
TEMPERATURE = Coalesce(Subquery(AT_STAND.values("temperature")[:1]), Value(""))

# Calls of call lists that stand, and the last of them; who was ever called are found as a set. All ride call_of_lead.
CALLS = Call.objects.standing().filter(lead=OuterRef("pk"))
LAST_CALL = CALLS.order_by("-occurred_at", "-pk")
ATTEMPTS = CALLS.order_by().values("lead").annotate(number=Count("pk")).values("number")


def called(**narrowed: Any) -> Q:
    """Leads that were called at all, taken back or not."""
    return Q(Exists(Call.objects.filter(lead=OuterRef("pk"), **narrowed)))


def called_at_all(leaf: Mapping[str, Any], at: datetime) -> Q:
    """Leads that a comparison of calls can hold of: whom we called."""
    return called()


def called_with(leaf: Mapping[str, Any], at: datetime) -> Q:
    """The same of how the last call ended: those of which any did."""
    value = leaf["value"]
    return called(disposition__in=[value] if isinstance(value, str) else value)


def called_then(leaf: Mapping[str, Any], at: datetime) -> Q:
    """The same of when the last call was: of the last so many days, those called in them."""
    is_late = leaf["operator"] == "within_days"
    return called(occurred_at__gt=at - timedelta(days=leaf["value"])) if is_late else called()


UNSAID = "unknown"
LEGAL_FORM = Coalesce(NullIf(F("contact__organisation__legal_form"), Value("")), Value(UNSAID))

register(
    Field("lead.channel", _("Channel"), Kind.CHOICE, F("channel"), choices=lambda: dict(Channel.choices)),
    Field("lead.origin", _("Origin"), Kind.CHOICE, F("origin"), choices=lambda: dict(Origin.choices)),
    Field("lead.stage", _("Stage"), Kind.CHOICE, F("stage"), choices=lambda: dict(Stage.choices)),
    Field("lead.opened_at", _("Opened"), Kind.MOMENT, F("opened_at")),
    Field("lead.stage_entered_at", _("In this stage since"), Kind.MOMENT, F("stage_entered_at")),
    Field("lead.closed_at", _("Closed"), Kind.MOMENT, F("closed_at")),
    Field("lead.score", _("Score"), Kind.NUMBER, F("score__score")),
    Field("lead.grade", _("Grade"), Kind.TEXT, F("score__grade")),
    Field("lead.owner", _("Held by"), Kind.REFERENCE, F("owner_id"), names=people_named, offers=reps_offered),
    Field("lead.queue", _("In the queue"), Kind.REFERENCE, F("queue_id"), names=queue_names, offers=queues_offered),
    Field(
        "lead.requested_owner",
        _("Meant for"),
        Kind.REFERENCE,
        F("requested_owner_id"),
        names=people_named,
        offers=reps_offered,
    ),
    Field("lead.is_routable", _("Handed over by the rules"), Kind.YES_NO, Q(is_routable=True)),
    Field("campaign", _("Campaign"), Kind.REFERENCE, F("campaign_id"), names=campaign_names, offers=campaigns_offered),
    Field(
        "stand.temperature",
        _("Temperature at the stand"),
        Kind.CHOICE,
        TEMPERATURE,
        choices=lambda: dict(StandEntry.Temperature.choices),
    ),
    Field("calls.is_called", _("Ever called"), Kind.YES_NO, Q(Exists(CALLS))),
    Field(
        "calls.last_at", _("Last call"), Kind.MOMENT, Subquery(LAST_CALL.values("occurred_at")[:1]), among=called_then
    ),
    Field(
        "calls.last_disposition",
        _("Outcome of the last call"),
        Kind.CHOICE,
        Subquery(LAST_CALL.values("disposition")[:1]),
        choices=lambda: dict(Call.Disposition.choices),
        among=called_with,
    ),
    Field("calls.attempts", _("Number of calls"), Kind.NUMBER, Coalesce(Subquery(ATTEMPTS), 0), among=called_at_all),
    Field("campaign.name", _("Name of the campaign"), Kind.TEXT, F("campaign__name")),
    Field("campaign.starts_on", _("Start of the campaign"), Kind.DAY, F("campaign__starts_on")),
    Field("contact.by_phone", _("May and can be called"), Kind.YES_NO, BY_PHONE),
    Field("contact.by_email", _("May and can be mailed"), Kind.YES_NO, BY_EMAIL),
    Field("contact.last_name", _("Last name"), Kind.TEXT, F("contact__last_name")),
    Field("contact.email", _("Email"), Kind.TEXT, F("contact__email_key")),
    Field("contact.email_domain", _("Domain of the email address"), Kind.TEXT, EMAIL_DOMAIN),
    Field("contact.phone", _("Phone"), Kind.TEXT, F("contact__phone_e164")),
    Field("contact.mobile", _("Mobile phone"), Kind.TEXT, F("contact__mobile_e164")),
    Field("contact.job_title", _("Job title"), Kind.TEXT, F("contact__job_title")),
    Field("contact.department", _("Department"), Kind.TEXT, F("contact__department")),
    Field("contact.city", _("City"), Kind.TEXT, F("contact__city")),
    Field("contact.postcode", _("Postcode"), Kind.TEXT, F("contact__postcode")),
    Field("contact.region", _("State or province"), Kind.TEXT, F("contact__region")),
    Field("contact.country", _("Country"), Kind.TEXT, F("contact__country")),
    Field("contact.language", _("Language"), Kind.TEXT, F("contact__language")),
    Field("contact.tags", _("Tags"), Kind.TAGS, F("contact__tags")),
    Field("contact.created_at", _("Known since"), Kind.MOMENT, F("contact__created_at")),
    Field("organisation.name", _("Organisation"), Kind.TEXT, F("contact__organisation__name")),
    Field("organisation.industry", _("Industry"), Kind.TEXT, F("contact__organisation__industry")),
    Field("organisation.employees", _("Number of employees"), Kind.NUMBER, F("contact__organisation__employees")),
    Field("organisation.revenue", _("Annual revenue"), Kind.NUMBER, F("contact__organisation__revenue")),
    Field(
        "organisation.legal_form",
        _("Legal form"),
        Kind.CHOICE,
        LEGAL_FORM,
        choices=lambda: {key or UNSAID: label for key, label in Organisation.LegalForm.choices},
    ),
    Field("organisation.country", _("Country of the organisation"), Kind.TEXT, F("contact__organisation__country")),
    Field("organisation.domain", _("Domain of the organisation"), Kind.TEXT, F("contact__organisation__domain")),
    Field(
        "organisation.is_customer",
        _("Is a customer"),
        Kind.YES_NO,
        Q(contact__organisation__isnull=False, contact__organisation__is_customer=True),
    ),
)
