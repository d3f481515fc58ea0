"""How do two records look side by side, and what would the kept one be after a merge?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.merging import GROUPS, Unfolded, is_blank, outcome
from leads.models import Contact

LABELS: Mapping[str, str | Promise] = {"name": gettext_lazy("name"), "address": gettext_lazy("address")}
OBJECTIONS: Mapping[str, str | Promise] = {
    "is_mail_suppressed": gettext_lazy("May not be mailed"),
    "is_phone_suppressed": gettext_lazy("May not be called"),
}


class Row(NamedTuple):
    """One group of fields of both, which side it is kept of (both for what is joined), and whether it may be chosen."""

    group: str
    label: str
    left: str
    right: str
    wins: str
    is_different: bool
    is_open: bool


def label_of(group: str) -> str:
    """What a group, or a field, is called."""
    if group in LABELS or group in OBJECTIONS:
        return str(LABELS.get(group) or OBJECTIONS[group])
    return str(Contact._meta.get_field(group.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]


def shown(contact: Contact, group: str) -> str:
    """A group's value as people read it."""
    if group == "name":
        parts = (contact.salutation, contact.first_name or contact.initials, contact.infix, contact.last_name)
        return " ".join(filter(None, parts))
    if group == "address":
        lines = (f"{contact.street} {contact.house_number}", f"{contact.postcode} {contact.city}")
        return ", ".join(filter(None, (*(line.strip() for line in lines), contact.region, contact.country)))
    if group == "organisation_id":
        return str(contact.organisation or "")
    value = getattr(contact, group)
    return str(localize(value)) if value else ""


def rows(left: Contact, right: Contact, *, keeps_right: bool = False, taken: Iterable[str] = ()) -> list[Row]:
    """The groups of which either says something, as a merge would leave them."""
    winner, loser = (right, left) if keeps_right else (left, right)
    mine, yours = ("right", "left") if keeps_right else ("left", "right")
    changed = outcome(winner, loser, taken)
    found = []
    for group, names in GROUPS.items():
        texts = shown(left, group), shown(right, group)
        if any(texts):
            is_open = not is_blank(left, group) and not is_blank(right, group) and texts[0] != texts[1]
            wins = yours if any(name in changed for name in names) else mine
            found.append(Row(group, label_of(group), *texts, wins, texts[0] != texts[1], is_open))
    return found + _joined(left, right)


def _joined(left: Contact, right: Contact) -> list[Row]:
    """What nothing is lost of."""
    told = [("tags", _("tags"), ", ".join(left.tags), ", ".join(right.tags))]
    for name, label in OBJECTIONS.items():
        mine, yours = (_("yes") if getattr(contact, name) else "" for contact in (left, right))
        told.append((name, str(label), mine, yours))
    return [
        Row(name, label, mine, yours, "both", mine != yours, is_open=False)
        for name, label, mine, yours in told
        if mine or yours
    ]


def left_behind(done: Unfolded) -> list[str]:
    """What taking a merge back could not put back, in the reader's language."""
    groups = {name: group for group, names in GROUPS.items() for name in names}
    kept = dict.fromkeys(label_of(groups.get(name, name)) for name in done.kept)
    told = []
    if kept:
        told.append(_("Changed since, and left as it is: %(fields)s.") % {"fields": ", ".join(kept)})
    if done.closed_lead:
        told.append(
            _("Lead %(number)s stays closed: another one is open, or nobody can hold it.")
            % {"number": done.closed_lead}
        )
    told += [
        _("Lead %(number)s went to sales meanwhile, by what both had together: it stays there.") % {"number": lead}
        for lead in done.promised
    ]
    return told
