"""What leads do reps find themselves? Theirs from the start, without marketing and without a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from handoff import passing
from leadops.demo.almanac import DAY_MINUTES
from leadops.demo.cast import REPS
from leadops.demo.chance import dice
from leadops.demo.efforts import OWN_LEADS
from leadops.demo.people import Firm, Person
from leadops.demo.plans import chain, slot
from leadops.demo.scene import Case, Scene
from leads import emails, lifecycle, names, phones
from leads.models import Contact, Organisation
from leads.stages import Channel, Origin, Reason, Stage

EVERY = 10
# How many of those whom reps find were known, out of so many who came last.
TWICE, KNOWN = 0.06, 400
FINDERS = sum(manner.own for manner in REPS.values())


def find_own(scene: Scene, day: int) -> None:
    """Every tenth day the reps write down whom they have found."""
    if day % EVERY:
        return
    found = [case for rep in REPS for case in _open(scene, rep, day)]
    if found:
        passing.straighten(scene.almanac.at(day * DAY_MINUTES + 478))
    for case in found:
        first = slot(case.rep, day * DAY_MINUTES + 500)
        scene.plan(case, chain(dice("plan", case.n), case.rep, first, decides=True))


def _open(scene: Scene, rep: str, day: int) -> list[Case]:
    """Open a lead for each whom a rep has found."""
    random, minute = dice("own", rep, day), day * DAY_MINUTES + 475
    wanted = OWN_LEADS * scene.scale * EVERY / scene.almanac.days * REPS[rep].own / FINDERS
    people = [_whom(scene, random) for _ in range(int(wanted + random.random()))]
    if not people:
        return []
    by, at = scene.staff[rep], scene.almanac.at(minute)
    contacts = _contacts(people, at)
    hold = lifecycle.Hold(scene.almanac.at(minute + 3 * DAY_MINUTES), owner=by.pk)
    openings = [
        lifecycle.Opening(contact, contact, Origin.SALES, Channel.SALES, hold, stage=Stage.SAL) for contact in contacts
    ]
    leads = lifecycle.open_(openings, at=at, reason=Reason.OWN_LEAD, by=by)
    scene.ledger.leads[""] += len(leads)
    return [scene.case(person, rep=rep, lead=leads[contact]) for person, contact in zip(people, contacts, strict=True)]


def _whom(scene: Scene, random: Random) -> Person:
    """Whom a rep finds: somebody new; now and then somebody who is known by another address, which nobody sees."""
    person = scene.country.meet(random, meets=True, customers=0.1)
    known = [case.person for case in scene.cases[-KNOWN:] if case.person.phone]
    return replace(random.choice(known), n=person.n) if known and random.random() < TWICE else person


def _contacts(people: Sequence[Person], at: datetime) -> list[int]:
    """Make the contacts that a rep enters; return their keys."""
    keys = Contact.objects.new_ids(len(people))
    Contact.objects.bulk_create(
        Contact(
            id=key, family_id=key, first_name=person.first, last_name=person.last,
            name_key=names.key(person.first, "", person.last), email=person.email,
            email_key=emails.normal(person.email).key or "", phone=person.phone,
            phone_e164=phones.normal(person.phone).e164 or "", job_title=person.title, city=person.firm.city,
            country="NL", organisation=_organisation(person.firm, at), created_at=at,
        )
        for key, person in zip(keys, people, strict=True)
    )  # fmt: skip
    return keys


def _organisation(firm: Firm, at: datetime) -> Organisation:
    facts = firm.facts | {"created_at": at}
    return Organisation.objects.get_or_create(name_key=facts["name_key"], defaults=facts)[0]
