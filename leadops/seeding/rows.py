"""Which rows does a story come to, table by table? Columns, and a row in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadops.seeding.people import Company
from leadops.seeding.stories import Row, Story
from leads import organisation_names
from leads.stages import Origin


@dataclass(frozen=True, slots=True)
class Table:
    """Where rows are copied to; in the columns of `texts` an empty text is a text, elsewhere it is null."""

    name: str
    columns: Sequence[str]
    texts: Sequence[str] = ()


def _table(name: str, columns: str, texts: str = "") -> Table:
    return Table(name, columns.split(), texts.split())


_WRITTEN = "first_name infix last_name name_key email email_key phone phone_e164 job_title"
_BLANK = (
    "salutation initials mobile mobile_e164 department street house_number postcode region linkedin_url external_id"
)
ORGANISATION = _table(
    "leads_organisation",
    "id name name_key domain website industry kvk_number country employees is_customer created_at",
    "name name_key domain website industry kvk_number country",
)
CONTACT = _table(
    "leads_contact",
    f"{_WRITTEN} organisation_id city id family_id created_at {_BLANK} country language tags attributes "
    "is_mail_suppressed is_phone_suppressed",
    f"{_WRITTEN} city {_BLANK} country language",
)
LEAD = _table(
    "seed_lead",
    "id contact_id family_id origin channel campaign_id is_routable stage stage_entered_at owner_id queue_id next_step_at "
    "next_step_set_at opened_at closed_at recorded_at promotion_n mql_at promised_by first_follow_up_at answered_at",
)
PROMOTION = _table(
    "seed_promotion",
    "id lead_id n mql_at recorded_at definition_version promised_by is_exploration is_imported origin channel campaign_id "
    "owner_id first_follow_up_at answered_at answered_as",
    "answered_as",
)
MOVE = _table(
    "seed_move", "lead_id stage owner_id queue_id next_step_at promotion_n reason occurred_at recorded_at", "reason"
)
ENGAGEMENT = _table(
    "leads_engagement",
    "contact_id lead_id campaign_id kind channel detail interest occurred_at recorded_at",
    "detail interest",
)
HANDOFF = _table(
    "handoff_handoff",
    "id lead_id promotion_id rep_id pool_id explanation assigned_at accept_due_at follow_up_due_at accepted_at ended_at "
    "outcome outcome_reason note",
    "outcome outcome_reason note",
)
FOLLOW_UP = _table(
    "handoff_followup",
    "lead_id handoff_id by_id kind disposition occurred_at next_step_at recorded_at is_reached note",
    "note",
)
OPPORTUNITY = _table(
    "handoff_opportunity",
    "lead_id name amount currency opened_at won_at lost_at lost_reason",
    "name lost_reason",
)
_REST = ("",) * 11 + ("NL", "nl", "{}", "{}", False, False)


def organisations(companies: Sequence[Company], at: datetime) -> Iterator[Row]:
    for c in companies:
        name_key = organisation_names.key(c.name)
        yield c.id, c.name, name_key, c.domain, "", c.industry, "", "NL", c.employees, c.is_customer, at


def contact(written: Row, key: int, at: datetime) -> Row:
    return (*written, key, key, at, *_REST)


def lead(s: Story) -> Row:
    return (
        *(s.lead, s.contact, s.contact, Origin.MARKETING.value, s.channel, s.campaign, True, s.stage, s.stage_entered_at),
        *(s.owner, s.queue, s.next_step_at, s.next_step_set_at, s.opened_at, s.closed_at, s.moves[-1][-1]),
        *(1 if s.mql_at else 0, s.mql_at, s.promised_by, s.first_follow_up_at, s.answered_at),
    )  # fmt: skip


def promotion(s: Story, version: int) -> Row:
    return (
        *(s.promotion, s.lead, 1, s.mql_at, s.mql_at, version, s.promised_by, False, False, Origin.MARKETING.value),
        *(s.channel, s.campaign, s.rep, s.first_follow_up_at, s.answered_at, s.answered_as),
    )


def handoff(s: Story, pools: Mapping[bool, int]) -> Row:
    return (
        *(s.handoff, s.lead, s.promotion, s.rep, pools[s.customer], "{}", s.handed_at, s.promised_by, s.promised_by),
        *(s.accepted_at, s.ended_at, s.outcome, "", ""),
    )
