"""How do leads come in at the demo company: lists of fairs and calls, enquiries on the site, and what reps find themselves?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

from django.core.files.base import ContentFile

from leadops.demo import doors, notes
from leadops.demo.chance import dice
from leadops.demo.efforts import EFFORTS, Effort, enquiries
from leadops.demo.files import Visit, written
from leadops.demo.people import Person
from leadops.demo.scene import Case, Scene
from leads import intake, names
from leads.importing import errors_file, running
from leads.models import ImportBatch, Intake, Lead
from leads.stages import Channel

FORM = "%Y-%m-%d %H:%M"


def bring_list(scene: Scene, effort: Effort, day: int, size: int, minute: int) -> None:
    """A list comes in: its rows become leads, save those of people who are known, came twice, or cannot be read."""
    random = dice("list", effort.name, day)
    newcomers = [_newcomer(scene, effort, random) for _ in range(size)]
    visits = _rows(scene, effort, newcomers, random, day)
    batch = import_file(scene, effort, day, visits, scene.almanac.at(minute))
    _admit(scene, newcomers, day)
    if batch.errors:
        errors_file.keep(batch)


def import_file(scene: Scene, effort: Effort, day: int, visits: Sequence[Visit], at: datetime) -> ImportBatch:
    """Upload and run a list of an effort."""
    ending, content = written(effort.style, visits)
    part = f"-{effort.files.index(day) + 1}" if len(effort.files) > 1 else ""
    name = f"{names.folded(effort.name).replace(' ', '-')}{part}.{ending}"
    by, campaign = scene.staff[effort.marketer], scene.staff.campaigns[effort.name]
    batch = running.create(ContentFile(content), name, by=by, at=at, campaign=campaign)
    running.run(batch, at=at + timedelta(minutes=2))
    return batch


def _newcomer(scene: Scene, effort: Effort, random: Random) -> Case:
    person = scene.country.meet(random, meets=random.random() < effort.meets, customers=effort.customers)
    return scene.case(person, campaign=effort.name, channel=effort.channel.value, odds=effort.odds)


def _rows(scene: Scene, effort: Effort, newcomers: Sequence[Case], random: Random, day: int) -> list[Visit]:
    """The rows of a list: newcomers, and between them whoever comes twice, is known, has opted out, or cannot be read."""
    rows = [_visit(scene, effort, case.person, random, day) for case in newcomers]
    if len(rows) > 10:
        some = 1 + len(rows) // 60
        known = scene.busy()
        others = [case.person for case in random.sample(known, min(len(known), random.randint(1, 3 * some)))]
        others += random.sample(scene.silent, min(len(scene.silent), random.randrange(some + 1)))
        rows += random.sample(rows, random.randrange(2 * some))
        rows += [_visit(scene, effort, person, random, day) for person in others]
        spoilt = [scene.country.meet(random, meets=False, customers=0) for _ in range(random.randrange(2 * some))]
        rows += [Visit(person, rows[0].at, is_spoilt=True) for person in spoilt]
    scene.silent += [row.person for row in rows[: len(newcomers)] if row.is_opting_out]
    random.shuffle(rows)
    return rows


def _visit(scene: Scene, effort: Effort, person: Person, random: Random, day: int) -> Visit:
    first = max(effort.first, day - 4) if effort.last - effort.first > 10 else effort.first
    last = min(effort.last, day - 1)
    hours = timedelta(minutes=random.randrange(0, 420, 3))
    met = scene.almanac.on(random.randint(first, max(first, last)), time(9, 40)) + hours
    return Visit(
        person,
        met.astimezone(scene.almanac.zone),
        interest=random.choice(notes.INTERESTS) if person.meets and random.random() < 0.6 else "",
        remark=_remark(effort, person, random),
        minutes=random.randrange(8, 58) if effort.style == "webinar" else 0,
        is_opting_out=effort.style == "scan" and not person.meets and random.random() < 0.02,
    )


def _remark(effort: Effort, person: Person, random: Random) -> str:
    if effort.style == "calls":
        return random.choice(notes.CALLERS) if person.meets else "Geen beslisser gesproken"
    return random.choice(notes.REMARKS) if person.meets else ""


def _admit(scene: Scene, newcomers: Sequence[Case], day: int) -> None:
    """Find the leads that were opened; those that fit will be judged, the rest wait for marketing."""
    keys = Lead.objects.still_open().filter(contact__email_key__in=[case.person.email for case in newcomers])
    leads = dict(keys.values_list("contact__email_key", "pk"))
    for case in newcomers:
        case.lead = leads[case.person.email]
        scene.ledger.leads[case.campaign] += 1
    scene.pending += [case for case in newcomers if case.person.meets]
    scene.inbox[day] += [case for case in newcomers if not case.person.meets]


def bring_enquiries(scene: Scene, day: int, at: datetime, until: float, longest: int) -> None:
    """The site: everybody who asked something since the last time, each at a minute of their own."""
    random = dice("site", until)
    since, scene.told_until = scene.told_until, until
    cases = [
        _newcomer(scene, effort, random)
        for effort in EFFORTS
        for _ in range(enquiries(effort, since, until, scene.scale))
    ]
    cases += _returning(scene, random)
    again = random.sample(found, 1) if (found := scene.busy()) and random.random() < 0.4 else []
    came = [(case, at - timedelta(minutes=random.randrange(longest))) for case in cases]
    came += [(case, at - timedelta(minutes=1)) for case in again]
    if came:
        _enter(scene, [(case, _form(scene, case, random, asked_at), asked_at) for case, asked_at in came], at)
        _admit(scene, cases, day)


def _enter(scene: Scene, came: Sequence[tuple[Case, dict[str, str], datetime]], at: datetime) -> None:
    """Have each come in by the door of its campaign, the others together, and judge them."""
    rest = [said for case, said, asked_at in came if not doors.enter(scene.staff, case, said, asked_at)]
    intake.store(rest, source=Intake.Source.FORM, at=at - timedelta(seconds=20))
    while intake.judge_waiting(at=at):
        pass


def _returning(scene: Scene, random: Random) -> list[Case]:
    """Now and then somebody whose lead was closed asks anew: a lead of its own."""
    closed = [case for case in scene.cases if case.is_closed and case.person.meets]
    if not closed or random.random() < 0.75:
        return []
    old = random.choice(closed)
    old.is_closed = False
    return [scene.case(old.person, campaign="Contactformulier", channel=Channel.WEB.value, odds=0.3)]


def _form(scene: Scene, case: Case, random: Random, at: datetime) -> dict[str, str]:
    """What somebody fills in."""
    person, is_question = case.person, case.campaign == "Contactformulier"
    return {
        "first_name": person.first,
        "last_name": person.last,
        "email": person.email,
        "phone": person.phone,
        "organisation": person.firm.name,
        "job_title": person.title,
        "employees": str(person.firm.employees),
        "industry": person.firm.industry,
        "country": "Nederland" if person.meets else "",
        "campaign": case.campaign,
        "interest": random.choice(notes.INTERESTS) if person.meets and random.random() < 0.6 else "",
        "notes": random.choice(notes.QUESTIONS) if person.meets and is_question else "",
        "occurred_at": at.astimezone(scene.almanac.zone).strftime(FORM),
    }
