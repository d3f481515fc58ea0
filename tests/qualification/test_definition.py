from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from leadops.accounts.roles import Role
from leads.conditions import field_of, validate
from qualification.default import LINES, TERMS, default_definition
from qualification.definition import (
    DefinitionRefused,
    Difference,
    Line,
    canonical,
    compare,
    digest,
    draft,
    put_in_force,
    sign,
)
from qualification.models import Definition, Signature
from tests.factories import TUESDAY, make_user

pytestmark = pytest.mark.django_db
MARKETING, SALES = Signature.Side.MARKETING, Signature.Side.SALES
KNOWN = {"field": "contact.country", "operator": "is_known"}


def test_two_people_sign_and_it_comes_into_force():
    marketer, manager = make_user(Role.MARKETER), make_user(Role.SALES_MANAGER)
    definition = default_definition(by=marketer, at=TUESDAY)
    assert (definition.version, definition.criteria.count()) == (1, len(LINES))
    assert Definition.objects.in_force(TUESDAY) is None
    first = sign(definition, by=marketer, side=MARKETING, at=TUESDAY)
    assert sign(definition, by=marketer, side=MARKETING, at=TUESDAY) == first
    with pytest.raises(DefinitionRefused, match="both sign"):
        put_in_force(definition, at=TUESDAY)
    second = sign(definition, by=manager, side=SALES, at=TUESDAY)
    text = Definition.objects.get().canonical
    assert first.digest == second.digest == digest(text)
    assert json.loads(text)["texts"]["en"][1] == [
        "Organisation or job title is known",
        "Organisation is known or Job title is known",
    ]
    assert put_in_force(definition, at=TUESDAY).in_force_at == TUESDAY
    assert put_in_force(definition, at=TUESDAY).in_force_at == TUESDAY
    assert Definition.objects.in_force(TUESDAY) == definition


@pytest.mark.parametrize("role", [Role.HUNTER, Role.FARMER, Role.ADMIN, Role.SALES_MANAGER])
def test_only_a_marketer_signs_for_marketing(role):
    definition = default_definition(by=None, at=TUESDAY)
    with pytest.raises(DefinitionRefused, match="may not sign"):
        sign(definition, by=make_user(role), side=MARKETING, at=TUESDAY)
    assert Signature.objects.count() == 0


def test_one_person_in_both_roles_cannot_sign_for_both():
    both, other = make_user(Role.MARKETER, Role.SALES_MANAGER), make_user(Role.MARKETER)
    definition = default_definition(by=None, at=TUESDAY)
    sign(definition, by=both, side=MARKETING, at=TUESDAY)
    with pytest.raises(DefinitionRefused, match="Two different people"):
        sign(definition, by=both, side=SALES, at=TUESDAY)
    with pytest.raises(DefinitionRefused, match="has signed for this side already"):
        sign(definition, by=other, side=MARKETING, at=TUESDAY)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE qualification_definition SET threshold = 0",
        "UPDATE qualification_definition SET canonical = '{}'",
        "UPDATE qualification_definition SET in_force_at = now()",
        "UPDATE qualification_criterion SET points = 99",
        "DELETE FROM qualification_criterion",
        "UPDATE qualification_signature SET digest = ''",
        "DELETE FROM qualification_definition",
    ],
)
def test_a_signed_text_stays(change):
    sign(default_definition(by=None, at=TUESDAY), by=make_user(Role.MARKETER), side=MARKETING, at=TUESDAY)
    before = canonical(Definition.objects.get())
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert canonical(Definition.objects.get()) == before


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line("fit", "a", "a", {"field": "nothing"}), "Criterion 1: field: There is no field"),
        (Line("fit", "a", "a", KNOWN, 101), "at most 100 points"),
        (Line("engagement", "a", "a", KNOWN, 5, half_life_days=3), "only a count of engagements can fade"),
        (Line("fit", "a", "a", KNOWN, 5, cap=0), "a cap lies between"),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(line, words):
    with pytest.raises(DefinitionRefused, match=words):
        draft(TERMS, [line], by=None, at=TUESDAY)
    assert Definition.objects.count() == 0


def test_versions_are_compared():
    before = draft(TERMS, [Line("fit", "Country", "Land", KNOWN, 5)], by=None, at=TUESDAY)
    after = draft(replace(TERMS, threshold=60), [Line("fit", "Country", "Land", KNOWN, 5)], by=None, at=TUESDAY)
    assert compare(before, after) == [Difference("threshold", "50", "60")]
    assert (before.version, after.version) == (1, 2)


CIRCLES = {
    "lead.score": ("at_least", 40),
    "lead.grade": ("is", "A1"),
    "lead.stage": ("is", "mql"),
    "lead.stage_entered_at": ("is_known",),
    "lead.closed_at": ("is_known",),
    "lead.owner": ("is_known",),
    "lead.queue": ("is_known",),
}


CALLS = {
    "calls.is_called": ("is", True),
    "calls.last_at": ("within_days", 7),
    "calls.last_disposition": ("is", "interested"),
    "calls.attempts": ("at_least", 3),
}


@pytest.mark.parametrize("key", CALLS)
def test_a_criterion_cannot_ask_how_we_called(key):
    leaf = dict(zip(("field", "operator", "value"), (key, *CALLS[key]), strict=True))
    assert validate(leaf) == []
    with pytest.raises(DefinitionRefused) as refused:
        draft(TERMS, [Line("fit", "a", "a", leaf)], by=None, at=TUESDAY)
    label = field_of(key).label
    assert str(refused.value) == (
        f"Criterion 1: “{label}” is what we did: ask for engagements, of which an answered call is one"
    )


@pytest.mark.parametrize("key", CIRCLES)
def test_a_criterion_cannot_ask_what_follows_from_the_definition(key):
    leaf = dict(zip(("field", "operator", "value"), (key, *CIRCLES[key]), strict=False))
    assert validate(leaf) == []
    words = f"Criterion 2: “{field_of(key).label}” follows from this very definition: ask for what is known before it"
    nested = {"any": [KNOWN, {"not": leaf}]}
    for condition in (leaf, nested):
        with pytest.raises(DefinitionRefused) as refused:
            draft(TERMS, [Line("fit", "a", "a", KNOWN), Line("fit", "b", "b", condition)], by=None, at=TUESDAY)
        assert str(refused.value) == words
    assert Definition.objects.count() == 0
