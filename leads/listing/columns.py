"""Which columns can a list of leads show, and what stands in them?

A column says the same on the page and in a file: `of` gives its plain value, `drawn` how the page shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leadops.accounts import meters, writing
from leadops.accounts.models import User
from leads.conditions import ATTRIBUTES, standing_engagements
from leads.models import AttributeKey, Campaign, Lead, Queue
from leads.querysets import LeadQuerySet
from leads.reach import reach
from leads.stages import Origin, Stage

DASH = "\N{EN DASH}"
PERSON = ("first_name", "initials", "infix", "last_name", "email", "phone", "external_id")
REACH = ("phone", "phone_e164", "mobile", "mobile_e164", "email_key", "is_phone_suppressed", "is_mail_suppressed")

Of = Callable[[Lead], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `reads` are the fields of the lead that it needs, `adds` what is read beside them."""

    key: str
    label: str | Promise
    of: Of
    reads: tuple[str, ...] = ()
    adds: Mapping[str, Combinable] | None = None
    drawn: Callable[[Lead, datetime], Any] | None = None
    is_number: bool = False
    is_wide: bool = False

    def cell(self, lead: Lead, at: datetime) -> Any:
        """What the page shows."""
        if self.drawn:
            return self.drawn(lead, at)
        value = self.of(lead)
        if isinstance(value, datetime):
            return writing.moment(value, at)
        return DASH if value in (None, "") else value

    @property
    def classes(self) -> str:
        """How its cells are set: the score before who it is, numbers to the right, and what a phone has no room for."""
        set_as = (("score", self.key == "score"), ("n", self.is_number), ("opt", self.is_wide))
        return " ".join(name for name, holds in set_as if holds)


# As a user is named everywhere: by address where there is no name.
_NAME = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())


def _user(key: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef(key)).values_list(_NAME))


CAMPAIGN = {"campaign_name": Subquery(Campaign.objects.filter(pk=OuterRef("campaign")).values("name"))}
HOLDER = {
    "owner_name": _user("owner"),
    "queue_name": Subquery(Queue.objects.filter(pk=OuterRef("queue")).values("name")),
}


def _last_engagement() -> dict[str, Combinable]:
    """The moment of the last thing that the person did. Rides engagement_of_contact."""
    theirs = standing_engagements().filter(contact__family_id=OuterRef("family_id"))
    return {"last_engaged_at": Subquery(theirs.order_by("-occurred_at").values("occurred_at")[:1])}


def _score(lead: Lead) -> Any:
    return getattr(lead, "score", None)


def _holder(lead: Lead) -> str:
    return getattr(lead, "owner_name", "") or (_(queue) if (queue := getattr(lead, "queue_name", "")) else "")


def _next_step(lead: Lead, at: datetime) -> Any:
    if lead.next_step_at is None or lead.next_step_at >= at:
        return writing.moment(lead.next_step_at, at)
    drawn = writing.moment(lead.next_step_at, at)
    return format_html('<span class="state late">{}<span class="sr"> {}</span></span>', drawn, _("overdue"))


@lru_cache(maxsize=256)
def _tag(stage: str, language: str | None) -> SafeString:
    """A stage in the language in force; each is drawn once."""
    return format_html('<span class="tag">{}</span>', Stage(stage).label)


def _of_contact(name: str) -> Of:
    return lambda lead: getattr(lead.contact, name)


def _contact(*names: str) -> tuple[str, ...]:
    return tuple(f"contact__{name}" for name in names)


COLUMNS = (
    Column(
        "score", gettext_lazy("Score"), lambda lead: getattr(_score(lead), "score", None), ("score__score",),
        drawn=lambda lead, at: meters.ring(getattr(_score(lead), "score", None)),
    ),
    Column("grade", gettext_lazy("Grade"), lambda lead: getattr(_score(lead), "grade", ""), ("score__grade",), is_wide=True),
    Column(
        "stage", gettext_lazy("Stage"), lambda lead: lead.get_stage_display(), ("stage",),
        drawn=lambda lead, at: _tag(lead.stage, get_language()),
    ),
    Column("person", gettext_lazy("Person"), lambda lead: str(lead.contact), _contact(*PERSON), is_wide=True),
    Column("job_title", gettext_lazy("Job title"), _of_contact("job_title"), _contact("job_title"), is_wide=True),
    Column(
        "organisation", gettext_lazy("Organisation"), lambda lead: str(lead.contact.organisation or ""),
        ("contact__organisation__name",), is_wide=True,
    ),
    Column("email", gettext_lazy("Email"), lambda lead: reach(lead.contact).email, _contact(*REACH), is_wide=True),
    Column("phone", gettext_lazy("Phone"), lambda lead: reach(lead.contact).phone_shown, _contact(*REACH), is_wide=True),
    Column("city", gettext_lazy("City"), _of_contact("city"), _contact("city"), is_wide=True),
    Column("country", gettext_lazy("Country"), _of_contact("country"), _contact("country"), is_wide=True),
    Column("tags", gettext_lazy("Tags"), lambda lead: ", ".join(lead.contact.tags), _contact("tags"), is_wide=True),
    Column(
        "campaign", gettext_lazy("Campaign"), lambda lead: getattr(lead, "campaign_name", None) or "", ("channel",), CAMPAIGN,
        drawn=lambda lead, at: getattr(lead, "campaign_name", None) or lead.get_channel_display(), is_wide=True,
    ),
    Column("channel", gettext_lazy("Channel"), lambda lead: lead.get_channel_display(), ("channel",), is_wide=True),
    Column("origin", gettext_lazy("Origin"), lambda lead: str(Origin(lead.origin).label), ("origin",), is_wide=True),
    Column("holder", gettext_lazy("Holder"), _holder, adds=HOLDER, is_wide=True),
    Column(
        "meant_for", gettext_lazy("Meant for"), lambda lead: getattr(lead, "meant_for", None) or "",
        adds={"meant_for": _user("requested_owner")}, is_wide=True,
    ),
    Column("next_step", gettext_lazy("Next step"), lambda lead: lead.next_step_at, ("next_step_at",), drawn=_next_step, is_number=True),
    Column("opened", gettext_lazy("Came in"), lambda lead: lead.opened_at, ("opened_at",), is_number=True, is_wide=True),
    Column("closed", gettext_lazy("Closed"), lambda lead: lead.closed_at, ("closed_at",), is_number=True, is_wide=True),
    Column(
        "last_engagement", gettext_lazy("Last engagement"), lambda lead: getattr(lead, "last_engaged_at", None),
        adds=_last_engagement(), is_number=True, is_wide=True,
    ),
    Column("number", gettext_lazy("Number"), lambda lead: lead.pk, is_number=True, is_wide=True),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
USUAL = ("score", "stage", "campaign", "holder", "next_step", "opened")
MOST = 30


def offered() -> list[Column]:
    """Every column that can be chosen: ours, then those that files, forms and webhooks brought."""
    return [*COLUMNS, *map(_attribute, AttributeKey.in_order())]


def chosen(keys: Sequence[str]) -> list[Column]:
    """The columns of these keys, in this order; the usual ones where none of them is there."""
    wanted = list(dict.fromkeys(keys[:MOST]))
    attributes = [key.removeprefix(ATTRIBUTES) for key in wanted if key.startswith(ATTRIBUTES)]
    theirs = AttributeKey.objects.filter(key__in=attributes) if attributes else ()
    known = BY_KEY | {column.key: column for column in map(_attribute, theirs)}
    return [known[key] for key in wanted if key in known] or [BY_KEY[key] for key in USUAL]


def _attribute(attribute: AttributeKey) -> Column:
    def of(lead: Lead) -> str:
        value = lead.contact.attributes.get(attribute.key)
        return "" if value is None else str(value)

    return Column(ATTRIBUTES + attribute.key, _distinct(attribute.shown), of, ("contact__attributes",), is_wide=True)


def _distinct(label: str) -> str:
    """What an attribute is called beside our own columns, where one of these is called so too."""
    is_taken = label.strip().casefold() in {str(column.label).casefold() for column in COLUMNS}
    return _("%(label)s (came along)") % {"label": label} if is_taken else label


def with_columns(leads: LeadQuerySet, columns: Sequence[Column]) -> LeadQuerySet:
    """With all that these columns show, and who each lead is, in one query; what is only named stands apart, so that few tables are joined."""
    reads = {name for column in columns for name in column.reads}
    adds = {name: added for column in columns for name, added in (column.adds or {}).items()}
    joined = ["contact__organisation", *(["score"] if any(name.startswith("score__") for name in reads) else [])]
    always = ("family_id", *_contact(*PERSON, "job_title"), "contact__organisation__name")
    return leads.select_related(*joined).only(*always, *sorted(reads)).annotate(**adds)


class Row(NamedTuple):
    """A lead as it is drawn: who it is, and its cells before and behind that."""

    key: str
    address: str
    title: str
    beside: str
    before: SafeString
    after: SafeString


@dataclass(frozen=True, slots=True)
class Table:
    """A page of leads as it is drawn: the score stands before who it is, all else behind."""

    before: list[Column]
    after: list[Column]
    rows: list[Row]


def table(leads: Iterable[Lead], columns: Sequence[Column], at: datetime) -> Table:
    """Draw leads that were read with these columns."""
    before = [column for column in columns if column.key == "score"]
    after = [column for column in columns if column.key != "score"]
    drawn = [[(column.classes, column) for column in some] for some in (before, after)]
    begin, end = reverse("leads:detail", args=[0]).rsplit("0", 1)  # looked up once, not for each row
    rows = [
        Row(str(lead.pk), f"{begin}{lead.pk}{end}", *_who(lead), *(_cells(lead, some, at) for some in drawn))
        for lead in leads
    ]
    return Table(before, after, rows)


def _who(lead: Lead) -> tuple[str, str]:
    """Whose lead it is: the organisation and beside it the person, or the person alone; with what they do."""
    contact = lead.contact
    if contact.organisation is None:
        return str(contact), contact.job_title
    return str(contact.organisation), ", ".join(filter(None, (str(contact), contact.job_title)))


def _cells(lead: Lead, columns: Iterable[tuple[str, Column]], at: datetime) -> SafeString:
    """The cells of a row; drawn here, for a page has hundreds."""
    drawn = ((classes, column.cell(lead, at)) for classes, column in columns)
    return SafeString("".join(f'<td class="{classes}">{_escaped(cell)}</td>' for classes, cell in drawn))


def _escaped(cell: Any) -> str:
    return cell if isinstance(cell, SafeString) else escape(str(cell))
