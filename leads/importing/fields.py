"""Which fields can a column of a file become?"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(Enum):
    """What the values of a field are, so that they can be checked and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"
    MOMENT = "moment"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its fixed key, what people call it, the kind of its values, and an example of one."""

    key: str
    label: Promise
    kind: Kind
    example: str
    is_history: bool = False


FIELDS: tuple[Field, ...] = (
    Field("full_name", _("Full name"), Kind.TEXT, "Marieke van den Broek"),
    Field("salutation", _("Salutation"), Kind.TEXT, "Mevr."),
    Field("initials", _("Initials"), Kind.TEXT, "M.J."),
    Field("first_name", _("First name"), Kind.TEXT, "Marieke"),
    Field("infix", _("Name infix"), Kind.TEXT, "van den"),
    Field("last_name", _("Last name"), Kind.TEXT, "Broek"),
    Field("email", _("Email"), Kind.EMAIL, "m.vandenbroek@bouwgroep.example"),
    Field("phone", _("Phone"), Kind.PHONE, "020 555 01 24"),
    Field("mobile", _("Mobile phone"), Kind.PHONE, "06 2481 9033"),
    Field("job_title", _("Job title"), Kind.TEXT, "Hoofd inkoop"),
    Field("department", _("Department"), Kind.TEXT, "Inkoop"),
    Field("organisation", _("Organisation"), Kind.TEXT, "Bouwgroep Noord B.V."),
    Field("website", _("Website"), Kind.URL, "https://bouwgroep.example"),
    Field("street", _("Street"), Kind.TEXT, "Kerkstraat 12"),
    Field("house_number", _("House number"), Kind.TEXT, "12-A"),
    Field("postcode", _("Postcode"), Kind.TEXT, "1012 AB"),
    Field("city", _("City"), Kind.TEXT, "Amsterdam"),
    Field("region", _("State or province"), Kind.TEXT, "Noord-Holland"),
    Field("country", _("Country"), Kind.CHOICE, "Nederland"),
    Field("language", _("Language"), Kind.CHOICE, "nl"),
    Field("industry", _("Industry"), Kind.TEXT, "Bouw"),
    Field("employees", _("Number of employees"), Kind.NUMBER, "50-100"),
    Field("revenue", _("Annual revenue"), Kind.NUMBER, "1.250.000"),
    Field("legal_form", _("Legal form"), Kind.CHOICE, "B.V."),
    Field("channel", _("Channel"), Kind.CHOICE, "event"),
    Field("campaign", _("Campaign"), Kind.TEXT, "Vakbeurs Bouw 2026"),
    Field("source_detail", _("Source detail"), Kind.TEXT, "Google Ads"),
    Field("occurred_at", _("Moment of the enquiry"), Kind.MOMENT, "2026-03-14 10:30"),
    Field("consent_email", _("May be mailed"), Kind.YES_NO, "yes"),
    Field("consent_phone", _("May be called"), Kind.YES_NO, "yes"),
    Field("opt_out_email", _("Do not mail"), Kind.YES_NO, "no"),
    Field("opt_out_phone", _("Do not call"), Kind.YES_NO, "no"),
    Field("notes", _("Notes"), Kind.LONG_TEXT, "Wants a quotation before the summer."),
    Field("interest", _("Interest"), Kind.TEXT, "Planning software"),
    Field("lead_status", _("Status of the lead"), Kind.TEXT, "Contacted"),
    Field("score", _("Score"), Kind.NUMBER, "72"),
    Field("owner", _("Owner"), Kind.TEXT, "Sanne de Wit"),
    Field("external_id", _("Number in the other system"), Kind.TEXT, "00Q5e000001"),
    Field("tags", _("Tags"), Kind.TEXT, "fair; hot"),
    Field("linkedin_url", _("LinkedIn page"), Kind.URL, "https://www.linkedin.com/in/example"),
    Field("birth_date", _("Date of birth"), Kind.DAY, "1984-05-17"),
    Field("is_customer", _("Is a customer"), Kind.YES_NO, "no"),
    Field("attended_minutes", _("Minutes attended"), Kind.NUMBER, "42"),
    Field("outcome", _("Outcome"), Kind.CHOICE, "won", is_history=True),
    Field("closed_at", _("Closed at"), Kind.MOMENT, "2025-11-03", is_history=True),
    Field("amount", _("Amount"), Kind.NUMBER, "18500", is_history=True),
    Field("mql_at", _("Became MQL at"), Kind.MOMENT, "2025-10-01", is_history=True),
    Field("first_follow_up_at", _("First follow-up at"), Kind.MOMENT, "2025-10-02", is_history=True),
    Field("last_follow_up_at", _("Last follow-up at"), Kind.MOMENT, "2025-10-28", is_history=True),
    Field("last_follow_up_kind", _("Kind of the last follow-up"), Kind.CHOICE, "call", is_history=True),
    Field("last_follow_up_result", _("Result of the last follow-up"), Kind.CHOICE, "spoke", is_history=True),
    Field("follow_up_notes", _("Notes of the last follow-up"), Kind.LONG_TEXT, "Wants a demo in May.", is_history=True),
    Field("next_step_at", _("Next step at"), Kind.MOMENT, "2026-05-04", is_history=True),
)

BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
SUGGESTED: tuple[str, ...] = tuple(field.key for field in FIELDS if not field.is_history)
IDENTIFYING = frozenset({"full_name", "first_name", "last_name", "email", "phone", "mobile", "external_id"})
"""A row needs a value for one of these to become a lead."""
LEFT_OUT = "-"
"""What stands in a mapping for a column that is not read at all."""
