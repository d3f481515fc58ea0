"""A mapping in words: as a file or a template says it, found again by headers, refused where it says what cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from leadops.accounts.roles import Role
from leads.importing import running, templates
from leads.models import Contact, ImportBatch, MappingTemplate, Queue
from tests.factories import make_user, queue_of
from tests.qualification.factories import make_definition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_its_moment")]
AT = timezone.now()
FILE = "Naam,E-mail,Land\nPiet Smit,piet@wit.example,Lage Landen\n"
SAID = {
    "columns": {"naam": "full_name", "E-mail": {"field": "email", "on_conflict": "keep"}, "Land": {"field": "country", "words": {"lage landen": "NL"}}},
    "constants": {"tags": "beurs"}, "known_by": ["email"], "is_routable": False,
}  # fmt: skip


def batch_of(text: str = FILE) -> ImportBatch:
    return running.create(ContentFile(text.encode()), "people.csv", by=None, at=AT)


def test_what_is_chosen_comes_back_the_same_for_the_same_columns() -> None:
    batch = batch_of()
    mapping, options = templates.chosen(batch, templates.read(SAID), keeps_others=False)
    assert mapping == ["full_name", "email", "country"]
    running.choose(batch, mapping, at=AT, options=options)
    assert templates.chosen(batch, templates.content_of(batch), keeps_others=True) == (mapping, options)
    assert (options["on_conflict"], options["words"]) == ({"1": "keep"}, {"2": {"lage landen": "NL"}})


def test_columns_without_a_header_are_found_by_their_letter() -> None:
    batch = running.create(ContentFile(b"Piet Smit,x\nAnna de Wit,y\n"), "p.csv", by=None, at=AT, header_row=0)
    assert templates.chosen(batch, templates.read({"A": "full_name"}), keeps_others=False)[0] == ["full_name", None]


def test_a_template_of_the_same_name_is_made_anew_and_fitting_ones_come_first() -> None:
    mine, other = make_user(Role.MARKETER), make_user(Role.MARKETER)
    batch = batch_of()
    for by, is_shared in ((mine, False), (mine, True), (other, False)):
        templates.keep(batch, "Beurs" if is_shared else "beurs", by=by, is_shared=is_shared, at=AT)
    templates.keep(batch_of("Code,Mail\n1,a@wit.example\n"), "Aardig", by=mine, is_shared=False, at=AT)
    assert [(one.name, one.by) for one in templates.offered(batch, mine)] == [("Beurs", mine), ("Aardig", mine)]
    assert MappingTemplate.objects.count() == 3


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([], "The mapping is not a JSON object of headers and fields."),
        ({"columns": [{"field": "email"}]}, "The mapping is not a JSON object of headers and fields."),
        ({"Naam": "nickname"}, "The mapping names fields that do not exist: nickname"),
        ({"columns": {}, "constants": {"shoe": "42"}}, "The mapping names fields that do not exist: shoe"),
        ({"columns": {"A": {"on_conflict": "burn"}}}, "“on_conflict” cannot be “burn”."),
        ({"columns": {}, "known_by": ["face"]}, "“known_by” cannot be “['face']”."),
        ({"A": {"to": "email"}}, "“to” cannot be “email”."),
        ({"A": ["email"]}, "“field” cannot be “['email']”."),
        ({"columns": {"A": {"words": {"ja": "\0"}}}}, "“words” cannot be “{'ja': '\\x00'}”."),
    ],
)
def test_what_cannot_be_is_refused(said: Any, why: str) -> None:
    with pytest.raises(templates.UnfitError) as refusal:
        templates.read(said)
    assert str(refusal.value) == why


def test_the_command_takes_a_mapping_with_more_said_and_a_header_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_definition()
    for kind in (Queue.Kind.TO_QUALIFY, Queue.Kind.HUNTERS):
        queue_of(kind)
    (tmp_path / "people.csv").write_text("Titel van de lijst,,\n" + FILE)
    (tmp_path / "mapping.json").write_text(json.dumps(SAID))
    given = [str(tmp_path / "people.csv"), "--campaign", "Beurs", "--header-row", "2", "--json"]
    call_command("import_leads", *given, "--mapping", str(tmp_path / "mapping.json"))
    assert json.loads(capsys.readouterr().out)["created"] == 1
    assert list(Contact.objects.values_list("country", "tags")) == [("NL", ["beurs"])]
    (tmp_path / "mapping.json").write_text("{")
    with pytest.raises(CommandError, match="The mapping cannot be read"):
        call_command("import_leads", *given, "--mapping", str(tmp_path / "mapping.json"))
    call_command("suggest_mapping", str(tmp_path / "people.csv"), "--header-row", "none", "--json")
    assert json.loads(capsys.readouterr().out)["rows"] == 3
