"""The first administrator: made once, through a link of ours, of today."""

import threading

import pytest
from django.core import signing
from django.db import connection
from django.test import Client

from leadops import welcome
from leadops.accounts.models import User

PERSON = {"name": "Anna de Boer", "email": "anna@haven.example", "password": "een lang wachtwoord 7"}


@pytest.fixture
def address(db: None) -> str:
    return welcome.link("")


def test_link_shows_the_form(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_form_makes_the_administrator_and_logs_in(client: Client, address: str) -> None:
    answer = client.post(address, PERSON)
    user = User.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert (user.email, user.name, user.is_superuser, user.is_staff) == (PERSON["email"], PERSON["name"], True, True)
    assert user.check_password(PERSON["password"])
    assert client.session["_auth_user_id"] == str(user.pk)


def test_link_is_spent_once_there_is_an_administrator(client: Client, address: str) -> None:
    User.objects.create_superuser("first@haven.example", "x", name="First")
    assert client.get(address).status_code == 410
    assert client.post(address, PERSON).status_code == 410
    assert User.objects.count() == 1


def test_deactivated_administrator_does_not_count(client: Client, address: str) -> None:
    User.objects.create_superuser("first@haven.example", "x", name="First", is_active=False)
    assert client.get(address).status_code == 200


def test_made_up_and_old_links_are_refused(client: Client, db: None, time_machine) -> None:
    assert client.get("/welcome/made-up/").status_code == 410
    other = signing.dumps("first administrator", salt="another")
    assert client.get(f"/welcome/{other}/").status_code == 410
    time_machine.move_to("2026-03-02 09:00+00:00", tick=False)
    old = welcome.link("")
    time_machine.move_to("2026-03-03 09:00:01+00:00", tick=False)
    assert client.get(old).status_code == 410


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"password": "1234"}, {"name": ""}])
def test_wrong_form_is_shown_again(client: Client, address: str, wrong: dict[str, str]) -> None:
    answer = client.post(address, PERSON | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))
    assert User.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one() -> None:
    made: list[User | None] = []

    def make(n: int) -> None:
        made.append(welcome.make_first(f"N {n}", f"n{n}@haven.example", "x"))
        connection.close()

    threads = [threading.Thread(target=make, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(user is not None for user in made) == 1
    assert User.objects.count() == 1
