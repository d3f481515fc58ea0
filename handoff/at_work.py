"""Which lead does a rep have before them, with all that its panel shows, and who else is at its organisation?"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import JSONField

from leadops.accounts.models import User
from leads.models import Campaign, Contact, Lead, LeadScore, Organisation
from leads.models.contacts import called
from leads.prepared import Prepared
from leads.seeing import seen
from leads.stages import Stage

# A lead and what hangs on it, each under its letter: columns that hold JSON are left for who asks for them.
_PARTS: dict[str, type[models.Model]] = {"l": Lead, "k": Contact, "o": Organisation, "c": Campaign, "s": LeadScore}
_FIELDS = {
    letter: [field for field in model._meta.concrete_fields if not isinstance(field, JSONField)]
    for letter, model in _PARTS.items()
}
_LINKS = (("l", "contact", "k"), ("k", "organisation", "o"), ("l", "campaign", "c"), ("l", "score", "s"))
# Making this statement anew from querysets takes ten times as long as running it. Rides the keys.
_WORKED = f"""
    SELECT (SELECT h.id FROM handoff_handoff h WHERE h.lead_id = l.id AND h.ended_at IS NULL LIMIT 1),
        {", ".join(f"{letter}.{field.column}" for letter, fields in _FIELDS.items() for field in fields)}
    FROM leads_lead l JOIN leads_contact k ON k.id = l.contact_id
    LEFT JOIN leads_organisation o ON o.id = k.organisation_id
    LEFT JOIN leads_campaign c ON c.id = l.campaign_id
    LEFT JOIN leads_leadscore s ON s.lead_id = l.id
    WHERE l.owner_id = %(user)s AND l.closed_at IS NULL AND l.id = [key]
"""
_OF_HANDOFF = "(SELECT lead_id FROM handoff_handoff WHERE id = %(key)s AND rep_id = %(user)s)"
_BY_KEY, _BY_HANDOFF = (
    Prepared(_WORKED.replace("[key]", which), user="bigint", key="bigint") for which in ("%(key)s", _OF_HANDOFF)
)


def worked(user: User, key: int) -> Lead | None:
    """A lead of the reader's own queue, with all that its panel shows; None where they do not hold it."""
    return _read(_BY_KEY, user, key)


def worked_in(user: User, handoff: int) -> Lead | None:
    """The same for the lead of a handoff to the reader."""
    return _read(_BY_HANDOFF, user, handoff)


def _read(which: Prepared, user: User, key: int) -> Lead | None:
    if key > models.BigIntegerField.MAX_BIGINT:
        return None
    with connection.cursor() as cursor:
        which.run(cursor, {"user": user.pk, "key": key})
        row = cursor.fetchone()
    return _lead(*row) if row else None


def _lead(handoff: int | None, *columns: Any) -> Lead:
    left, made = iter(columns), {}
    for letter, fields in _FIELDS.items():
        made[letter] = _made(_PARTS[letter], {field.attname: next(left) for field in fields})
    for letter, name, other in _LINKS:
        if made[letter] is not None:
            link: Any = _PARTS[letter]._meta.get_field(name)
            link.set_cached_value(made[letter], made[other])
    made["l"].handoff = handoff
    return made["l"]


def _made(model: type[models.Model], values: dict[str, Any]) -> Any:
    is_there = values[model._meta.pk.attname] is not None
    return model.from_db(connection.alias, values.keys(), values.values()) if is_there else None


class Kin(NamedTuple):
    """Another lead at the same organisation: whose it is, where it stands, and who has it."""

    lead: int
    contact: str
    job_title: str
    stage: str
    owner: str


# Rides contact_in_organisation and lead_of_family, then each row's keys.
_KIN = """
    SELECT l.id, k.job_title, l.stage, coalesce(nullif(u.name, ''), u.email, ''),
        k.first_name, k.initials, k.infix, k.last_name, k.email, k.phone, k.external_id
    FROM leads_lead l JOIN leads_contact k ON k.id = l.contact_id LEFT JOIN accounts_user u ON u.id = l.owner_id
    WHERE l.family_id IN (SELECT family_id FROM leads_contact WHERE organisation_id = %(organisation)s)
      AND l.stage <> 'void' AND l.id <> %(lead)s AND [seen]
    ORDER BY l.closed_at NULLS FIRST, l.opened_at DESC, l.id LIMIT %(shown)s
"""


@cache
def _kin(seen: str) -> Prepared:
    return Prepared(_KIN.replace("[seen]", seen), organisation="bigint", lead="bigint", reader="bigint", shown="bigint")


def others_at(lead: Lead, reader: User, *, shown: int = 10) -> list[Kin]:
    """Other leads at the same organisation that the reader may see, open ones first."""
    organisation = lead.contact.organisation_id
    if organisation is None:
        return []
    values = {"organisation": organisation, "lead": lead.pk, "reader": reader.pk, "shown": shown}
    with connection.cursor() as cursor:
        _kin(seen(reader)).run(cursor, values)
        rows = cursor.fetchall()
    return [
        Kin(key, called(*person), job_title, str(Stage(stage).label), owner)
        for key, job_title, stage, owner, *person in rows
    ]
