"""A small company with something of everything on its pages. What is data is written in Greek, so that it shows which words are the product's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from handoff import broken, escalation, followup, outcomes, roster
from handoff.models import Handoff, Opportunity
from leadops.accounts.models import Team, User
from leadops.accounts.roles import Role
from leadops.foundation import lay
from leads import duplicates, hooks, lifecycle, merging
from leads.bulk import running as acting
from leads.bulk.acts import act_of
from leads.calling import handing_out, recording, scripts
from leads.calling import lists as call_lists
from leads.importing import errors_file, running, undoing
from leads.listing import exporting
from leads.listing.asking import Asked
from leads.listing.columns import COLUMNS
from leads.models import (
    AttributeKey,
    BulkAct,
    CallList,
    Campaign,
    CampaignCost,
    CaptureForm,
    DuplicatePair,
    Hook,
    ImportBatch,
    Lead,
    LeadExport,
    SavedView,
    TrackingLink,
)
from leads.stages import Channel
from leads.stand import devices
from qualification import default, definition
from qualification.default import TERMS
from qualification.definition import Line
from qualification.models import Definition, Signature
from qualification.scoring import rescore
from reporting import snapshots
from tests.factories import TUESDAY, make_campaign, make_contact, make_lead, make_organisation, make_team, make_user
from tests.handoff.factories import make_accepted, make_assigned, make_mql, make_own, only
from tests.qualification.factories import engage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = TUESDAY + 8 * DAY
LONG = "Παπαδόπουλος" * 16
HISTORY = (
    ["Contactpersoon", "Fase", "Accountmanager", "Resultaat", "Sluitdatum", "Orderbedrag"],
    ["Ελένη Μακρή", "Δίκτυο", "Διευθύντρια", "", "", ""],
    ["Νίκος Ράλλης", "Θήτα", "", "Ζήτα", "2026-01-02", "500"],
    ["Ελένη Σάββα", "Σύμβουλος", "", "", "", ""],
)
FILE = (
    ["Bedrijfsnaam", "Contactpersoon", "Mailadres", "Tel.", "Functie", "Interesse"],
    ["Ζήτα", "Ελένη Μακρή", "eleni@zita.example", "020-5550101", "Διευθύντρια", "Δίκτυο"],
    ["Ζήτα", "Ελένη Μακρή", "eleni@zita.example", "020-5550101", "Διευθύντρια", "Δίκτυο"],
    ["Θήτα", "Νίκος Ράλλης", "nikos at thita", "", "", ""],
)


@dataclass(frozen=True, slots=True)
class Company:
    """The people, and one of each thing that has a page."""

    people: dict[str, User]
    team: Team
    campaign: Campaign
    late: Lead
    fresh: Lead
    business: Opportunity
    waiting: Lead
    handoff: Handoff
    definition: Definition
    batches: dict[str, ImportBatch]
    pair: DuplicatePair
    form: CaptureForm
    hook: Hook
    view: SavedView
    export: LeadExport
    bulk: BulkAct
    calls: CallList
    link: TrackingLink


def make_company() -> Company:
    """Make it, some eight days before NOW."""
    lay()
    with lifecycle.history():
        people, team = _people()
        agreed = _agreement(people)
        campaign = _campaign(people["marketer"])
        devices.admit(campaign, user=people["marketer"], name="Κινητό", at=NOW)
        leads = _leads(people, campaign)
        batches = _batches(people["marketer"], campaign)
        rescore(Lead.objects.all(), TUESDAY + HOUR, agreed)
        escalation.flag(NOW)
        broken.record_broken(NOW)
        for days in range(9):
            snapshots.keep(TUESDAY + days * DAY)
    return Company(
        people,
        team,
        campaign,
        leads["late"],
        leads["fresh"],
        Opportunity.objects.get(lead=leads["business"]),
        leads["waiting"],
        Handoff.objects.get(lead=leads["fresh"], ended_at=None),
        agreed,
        batches,
        _pair(people["marketer"]),
        _form(campaign),
        _hook(campaign),
        *_lists(people["marketer"], people["hunter"]),
        _calls(people),
        _link(campaign, people["marketer"]),
    )


def _link(campaign: Campaign, by: User) -> TrackingLink:
    marks = {"source": "ενημέρωση", "medium": "email", "content": "πάνω"}
    return TrackingLink.objects.create(
        campaign=campaign, name="Μάιος", address="https://x.example/", by=by, created_at=NOW, **marks
    )


def _people() -> tuple[dict[str, User], Team]:
    people = {
        "marketer": make_user(Role.MARKETER, name="Άννα Βλάχου"),
        "manager": make_user(Role.SALES_MANAGER, name="Σοφία Δήμου"),
        "hunter": make_user(Role.HUNTER, name="Γιώργος Νάκος"),
        "farmer": make_user(Role.FARMER, name="Κώστας Ζώης"),
        "admin": make_user(Role.ADMIN, name="Ίρις Μελά"),
    }
    reps = [people["hunter"], people["farmer"]]
    team = make_team(people["manager"], *reps, name="Ομάδα")
    roster.settle(reps, by=people["manager"], at=TUESDAY - 30 * DAY, open_cap=60, weekly_cap=60)
    return people, team


def _agreement(people: dict[str, User]) -> Definition:
    """One in force, and a draft that follows it."""
    agreed = default.default_definition(by=people["marketer"], at=TUESDAY - 9 * DAY)
    definition.sign(agreed, by=people["marketer"], side=Signature.Side.MARKETING, at=TUESDAY - 9 * DAY)
    definition.sign(agreed, by=people["manager"], side=Signature.Side.SALES, at=TUESDAY - 9 * DAY)
    definition.put_in_force(agreed, at=TUESDAY - 9 * DAY)
    lines: tuple[Line, ...] = default.LINES
    definition.draft(TERMS, lines, by=people["marketer"], at=TUESDAY)
    return agreed


def _campaign(by: User) -> Campaign:
    campaign = make_campaign("Έκθεση", Channel.EVENT, owner=by, starts_on=(TUESDAY - 20 * DAY).date())
    for kind, amount in (("budget", 9_000), ("actual", 8_400)):
        CampaignCost.objects.create(
            campaign=campaign, kind=kind, amount=amount, label="Περίπτερο", occurred_at=TUESDAY, recorded_at=TUESDAY
        )
    return campaign


def _leads(people: dict[str, User], campaign: Campaign) -> dict[str, Lead]:
    hunter = people["hunter"]
    omega = make_organisation("Ωμέγα", industry="Λογισμικό", employees=120)
    known = {"campaign": campaign, "organisation": omega, "phone_e164": "+31205550101", "email": "o@omega.example"}
    leads = {
        "late": make_accepted(hunter, last_name="Λάμδας", job_title="Διευθυντής", **known),
        "fresh": make_assigned(hunter, at=NOW - HOUR, last_name="Νίκας", attributes={"Σταντ": "Αίθουσα 12"}),
        "business": make_accepted(hunter, last_name="Μωραΐτη", campaign=campaign),
        "called": make_accepted(hunter, last_name=LONG, campaign=campaign),
        "waiting": make_mql(last_name="Ξένος", campaign=campaign),
        "own": make_own(hunter, at=NOW - DAY, last_name="Όμηρος"),
        "won": make_accepted(people["farmer"], last_name="Πέτρου", campaign=campaign),
        "asleep": make_accepted(people["farmer"], last_name="Ρήγας", campaign=campaign),
    }
    engage(leads["late"], interest="Δίκτυο", detail="Θέλει προσφορά")
    _work(leads, people)
    return leads


def _work(leads: dict[str, Lead], people: dict[str, User]) -> None:
    """What reps did with some of them."""
    at, hunter, farmer = TUESDAY + HOUR, people["hunter"], people["farmer"]
    for name, disposition in (("called", "voicemail"), ("business", "spoke")):
        step = at + 3 * DAY
        followup.record(
            only(leads[name]),
            by=hunter,
            kind="call",
            disposition=disposition,
            at=at,
            note="Θα δούμε",
            next_step_at=step,
        )
    _won(leads["business"], hunter, at)
    _won(leads["won"], farmer, at)
    outcomes.win(Opportunity.objects.filter(lead=leads["won"]), by=farmer, at=at + HOUR)
    outcomes.recycle(
        only(leads["asleep"]), by=farmer, reason="no_budget", wake_at=NOW + 30 * DAY, at=at, note="Φθινόπωρο"
    )


def _won(lead: Lead, rep: User, at: datetime) -> None:
    outcomes.qualify(only(lead), by=rep, at=at, business=outcomes.Business("Δίκτυο", 12_500))


def _pair(by: User) -> DuplicatePair:
    """Two records that may be one person, beside a third that was folded into the first."""
    known = {"first_name": "Ελένη", "last_name": "Σάββα", "name_key": "ελένη σάββα", "email": "s@savva.example"}
    one, _other, folded = (make_contact(job_title=title, **known) for title in ("Διευθύντρια", "Σύμβουλος", ""))
    merging.merge([merging.Fold(one.pk, folded.pk)], at=TUESDAY, by=by)
    return duplicates.keep_around([one.pk], at=TUESDAY).get()


def _batches(by: User, campaign: Campaign) -> dict[str, ImportBatch]:
    """A file at each step: its columns, its preview, its result, and one that could not be read."""
    made = {name: _file(by, campaign) for name in ("mapping", "checked", "paused", "undone", "done")}
    running.request(made["paused"])
    running.pause(made["paused"])
    running.run(made["undone"], at=TUESDAY)
    ImportBatch.objects.filter(pk=made["undone"].pk).update(state=ImportBatch.State.DONE)
    undoing.request(made["undone"], by=by)
    undoing.undo(made["undone"], at=TUESDAY)
    running.check(made["checked"], at=TUESDAY)
    running.check(made["done"], at=TUESDAY)
    running.run(made["done"], at=TUESDAY)
    errors_file.keep(made["done"])
    made |= {name: _history(by, campaign) for name in ("history", "moving")}
    running.check(made["moving"], at=TUESDAY)
    return {name: ImportBatch.objects.get(pk=batch.pk) for name, batch in made.items()}


def _history(by: User, campaign: Campaign) -> ImportBatch:
    """A file of another system, of which one word has no meaning yet and an owner is nobody here."""
    batch = _file(by, campaign, HISTORY)
    fields = ["full_name", "lead_status", "owner", "outcome", "closed_at", "amount"]
    words = {"1": {"δίκτυο": "inquiry", "θήτα": "won"}, "3": {"ζήτα": "won"}}
    running.choose(batch, fields, at=TUESDAY, options={"is_history": True, "is_all_worked": True, "words": words})
    return batch


def _file(by: User, campaign: Campaign, rows: Sequence[list[str]] = FILE) -> ImportBatch:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return running.create(ContentFile(text.getvalue().encode()), "έκθεση.csv", by=by, at=TUESDAY, campaign=campaign)


def _form(campaign: Campaign) -> CaptureForm:
    fields = [{"field": name, "label": "Πεδίο", "is_required": True} for name in ("full_name", "email")]
    said = {"name": "Φόρμα", "email_wording": "Θέλω ειδήσεις", "is_double_opt_in": True, "thanks": "Ευχαριστούμε"}
    return CaptureForm.objects.create(campaign=campaign, fields=fields, created_at=TUESDAY, **said)


def _lists(by: User, rep: User) -> tuple[SavedView, LeadExport, BulkAct]:
    """A view with a condition, a file of it, and an act that left some leads alone."""
    tree = {
        "any": [
            {"field": "lead.score", "operator": "at_least", "value": 0},
            {"field": "contact.tags", "operator": "is_unknown"},
        ]
    }
    view = SavedView.objects.create(
        owner=by,
        name="Όψη",
        filters={"stage": "all"},
        condition=tree,
        columns=[one.key for one in COLUMNS],
        is_shared=True,
        changed_at=NOW,
    )
    everybody = Asked(by, {"stage": "all"}, tree)
    export = exporting.request(everybody, format="csv", shown=["stage"], at=NOW)
    exporting.run(export, at=NOW)
    meant = act_of("meant_for")
    assert meant
    bulk = acting.request(meant, everybody, options={"rep": str(rep.pk)}, at=NOW)
    acting.run(bulk, at=NOW)
    return view, export, bulk


def _calls(people: dict[str, User]) -> CallList:
    """A list of two who may be called and some who may not, one of them called before."""
    sigma = make_organisation("Σίγμα B.V.", employees=40, industry="Λογισμικό")
    for name in ("Άλκης", "Βάσω"):
        known = {"job_title": "Διευθυντής", "attributes": {"need": "Δίκτυο"}, "phone_e164": "+31205550109"}
        make_lead(last_name=name, organisation=sigma, **known)
    questions = [one | {"label": f"Ερώτηση {one['key']}", "choices": ["Πάντα", "Ποτέ"]} for one in scripts.first()]
    scripts.register(questions, at=TUESDAY)
    AttributeKey.objects.update(label="Πεδίο")
    said = {"name": "Λίστα", "opening": "Καλημέρα", "questions": questions, "questions_made": 5, "asked_at": NOW}
    made = CallList.objects.create(
        by=people["marketer"], campaign=make_campaign("Κλήσεις", Channel.TELEMARKETING), asked={"filters": {}}, **said
    )
    made.callers.add(people["marketer"], people["hunter"])
    call_lists.fill(made, at=NOW)
    target = handing_out.next_for(made, by=people["marketer"], at=NOW)
    assert target
    said_then = recording.Said("interested", note="Θα δούμε", answers={"q2": True, "q4": "Πάντα"})
    recording.record(target.pk, said=said_then, by=people["marketer"], at=NOW)
    return made


def _hook(campaign: Campaign) -> Hook:
    hook = Hook.objects.create(name="Άγκιστρο", campaign=campaign, created_at=TUESDAY)
    hooks.receive(hook, [{"Όνομα": "Ιωάννα", "Πόλη": "Δελφοί"}], at=TUESDAY)
    return hook
