"""How is it shown what the words of a file of history become, and what is said of it as a whole?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadops.accounts.models import Company, User
from leadops.accounts.roles import REPS
from leads.arrivals import Row
from leads.arrivals.past import QUALIFIED
from leads.forms.import_choices import NOTHING
from leads.importing import choices, files, history
from leads.importing.checks import Trial
from leads.importing.fields import BY_KEY
from leads.models import ImportBatch
from leads.stages import Stage

STATUSES = (
    (Stage.INQUIRY.value, gettext_lazy("Inquiry: marketing looks at it")),
    (Stage.NURTURE.value, gettext_lazy("Nurture: kept warm by marketing")),
    (QUALIFIED, gettext_lazy("Qualified (MQL): its owner takes it up, else marketing")),
    (Stage.SAL.value, gettext_lazy("Accepted: sales works it")),
    (Stage.SQL.value, gettext_lazy("Opportunity: qualified by sales")),
    (Stage.WON.value, Stage.WON.label),
    (Stage.LOST.value, Stage.LOST.label),
    (Stage.DISQUALIFIED.value, Stage.DISQUALIFIED.label),
)
SAYS_NOTHING = (NOTHING, gettext_lazy("Says nothing"))
OUTCOMES = (
    ("open", gettext_lazy("Still open")),
    *((stage.value, stage.label) for stage in (Stage.WON, Stage.LOST, Stage.DISQUALIFIED)),
    SAYS_NOTHING,
)
FOLLOW_UPS = (
    ("call", gettext_lazy("Call")),
    ("mail", gettext_lazy("Mail")),
    ("meeting", gettext_lazy("Meeting")),
    SAYS_NOTHING,
)
RESULTS = (
    ("spoke", gettext_lazy("Spoke")),
    ("appointment", gettext_lazy("Appointment")),
    ("call_back", gettext_lazy("Call back")),
    ("no_answer", gettext_lazy("No answer")),
    ("voicemail", gettext_lazy("Voicemail")),
    ("no_interest", gettext_lazy("No interest")),
    ("wrong_number", gettext_lazy("Wrong number")),
    SAYS_NOTHING,
)
OFFERED: Mapping[str, Any] = {
    "lead_status": STATUSES,
    "outcome": OUTCOMES,
    "last_follow_up_kind": FOLLOW_UPS,
    "last_follow_up_result": RESULTS,
}
TITLES = {
    "lead_status": gettext_lazy("Where did they stand?"),
    "owner": gettext_lazy("Whose leads were they?"),
    "outcome": gettext_lazy("How did they end?"),
    "last_follow_up_kind": gettext_lazy("What was the last follow-up?"),
    "last_follow_up_result": gettext_lazy("What came of it?"),
}
BECOMES = {
    "lead_status": gettext_lazy("Stands as"),
    "owner": gettext_lazy("Is here"),
    "outcome": gettext_lazy("Ended as"),
    "last_follow_up_kind": gettext_lazy("Was a"),
    "last_follow_up_result": gettext_lazy("Ended as"),
}
SHOWN, MOST_OPTIONS = 40, 20_000
"""So many values stand on the page at once, and so many options to choose from."""
CURRENCIES = (
    (choices.OF_COMPANY, gettext_lazy("the company's")),
    (choices.OF_CAMPAIGN, gettext_lazy("the campaign's")),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a column, how many rows have it, and what it can become."""

    said: str
    count: int
    options: SafeString
    now: str

    @property
    def is_open(self) -> bool:
        """Whether nobody said yet what it becomes, and nothing is suggested."""
        return not self.now


@dataclass(frozen=True, slots=True)
class Values:
    """A column whose values are given a meaning, one by one.

    Of many those that are understood are folded away; of many people one is typed, and found in one list.
    """

    place: int
    header: str
    title: str
    becomes: str
    rows: list[Value]
    is_cut: bool
    of_the_rest: SafeString
    people: SafeString | None = None

    @property
    def shown(self) -> list[Value]:
        """Those that stand there at once: all of a few, else those that are still to choose."""
        return [row for row in self.rows if row.is_open] if len(self.rows) > SHOWN else self.rows

    @property
    def is_long(self) -> bool:
        """Whether what stands there is looked through in a part of the page of its own."""
        return len(self.shown) > SHOWN

    @property
    def folded(self) -> list[Value]:
        """Those of many that are understood."""
        return [row for row in self.rows if not row.is_open] if len(self.rows) > SHOWN else []

    @property
    def left(self) -> int:
        return sum(row.is_open for row in self.rows)


def of_batch(batch: ImportBatch, trial: Trial) -> dict[str, Any]:
    """What the page of columns shows of history."""
    if not files.is_history(batch.options):
        return {"is_history": False}
    people = People.here()
    tables = [of_column(batch, place, counts, people) for place, counts in trial.values.items()]
    return {
        "is_history": True,
        "value_tables": tables,
        "closed_on": batch.options.get("closed_on") or timezone.localdate(batch.created_at).isoformat(),
        "has_amounts": "amount" in batch.mapping,
        "currencies": [(key, label, key == batch.options.get("currency")) for key, label in CURRENCIES],
        "company_currency": (Company.objects.first() or Company()).currency,
        "is_all_worked": bool(batch.options.get("is_all_worked")),
    }


def of_column(batch: ImportBatch, place: int, counts: history.Counts, people: People) -> Values:
    field = batch.mapping[place] or ""
    chosen = batch.options.get("words", {}).get(str(place), {})
    is_typed = field == "owner" and people.count * min(len(counts), history.MOST_VALUES) > MOST_OPTIONS
    rows = [of_value(field, said, count, chosen, people, is_typed) for said, count in counts[: history.MOST_VALUES]]
    title, becomes, header = str(TITLES[field]), str(BECOMES[field]), files.called(batch.headers, place)
    named = people.named() if is_typed else None
    return Values(place, header, title, becomes, rows, len(counts) > len(rows), offered(field, "", people), named)


def of_value(
    field: str, said: str, count: int, chosen: Mapping[str, str], people: People, is_typed: bool = False
) -> Value:
    """A value with its choices: what was chosen before, else what it probably means."""
    key = said.casefold()
    now = (chosen[key] or NOTHING) if key in chosen else suggested(field, said, people)
    return Value(said, count, SafeString() if is_typed else offered(field, now, people), now)


def offered(field: str, now: str, people: People) -> SafeString:
    """What a value of a field can become."""
    return people.options(now) if field == "owner" else options(OFFERED[field], now)


def suggested(field: str, said: str, people: People) -> str:
    return history.meaning(field, said, people.by_name)


def options(offered: Any, now: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == now else "", label) for value, label in offered),
    )


@dataclass(frozen=True)
class People:
    """Whose a lead can be: those in sales, the others, and who left; by address."""

    groups: tuple[tuple[Any, tuple[tuple[str, str], ...]], ...]
    by_name: Mapping[str, str]

    @classmethod
    def here(cls) -> People:
        """Everybody who is or was here."""
        users = list(User.objects.order_by("name", "pk"))
        reps = set(User.objects.with_role(*REPS).values_list("pk", flat=True))
        kinds = (
            (_("Sales"), lambda user: user.pk in reps),
            (_("Others"), lambda user: user.is_active),
            (_("No longer here"), bool),
        )
        groups, rest = [], users
        for label, belongs in kinds:
            groups.append((label, tuple((user.email, str(user)) for user in rest if belongs(user))))
            rest = [user for user in rest if not belongs(user)]
        return cls(tuple(groups), history.by_name(users))

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(people) for _label, people in self.groups)

    def named(self) -> SafeString:
        """Everybody once, in one list to find them in."""
        return options([(NOTHING, _("Nobody")), *(one for _label, people in self.groups for one in people)], "")

    def options(self, now: str) -> SafeString:
        first = options(((NOTHING, _("Nobody")),), now)
        groups = (
            format_html('<optgroup label="{}">{}</optgroup>', label, options(people, now))
            for label, people in self.groups
            if people
        )
        return format_html("{}{}", first, format_html_join("", "{}", ((group,) for group in groups)))


def past(row: Row) -> list[tuple[str, Any]]:
    """What a row tells of its lead: labels and values, moments as moments."""
    told = row.get("past", {})
    if not told:
        return []
    owner = User.objects.filter(pk=told["owner_id"]).first() if "owner_id" in told else None
    stage = dict(STATUSES).get(told["stage"], told["stage"])
    found: list[tuple[str, Any]] = [(_("Stands as"), str(stage))] + ([(_("Owner"), str(owner))] if owner else [])
    moments = [key for key in files.DATED_IN_HISTORY if key in told]
    found += [(str(BY_KEY[key].label), datetime.fromisoformat(told[key])) for key in moments]
    said: dict[str, Any] = {
        "amount": Decimal,
        "last_follow_up_kind": lambda key: str(dict(FOLLOW_UPS)[key]),
        "last_follow_up_result": lambda key: str(dict(RESULTS)[key]),
        "follow_up_notes": str,
    }
    return found + [(str(BY_KEY[key].label), kind(told[key])) for key, kind in said.items() if key in told]
