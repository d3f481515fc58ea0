"""What the environment says, and what it must not leave out."""

import stat
from pathlib import Path

import pytest

from leadops import environment


def test_database_address_with_everything() -> None:
    assert environment.database("postgres://bo%20ss:p%40ss@db.example:5544/lead%20ops?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "lead ops",
        "USER": "bo ss",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5544",
        "OPTIONS": {"sslmode": "require", "options": "-c plan_cache_mode=force_generic_plan"},
    }


def test_database_address_of_a_socket() -> None:
    described = environment.database("postgresql://leadops@/leadops?host=%2Fa%20b%2Frun&options=-c%20jit%3Doff")
    assert (described["HOST"], described["PORT"]) == ("/a b/run", "")
    assert described["OPTIONS"] == {"options": "-c plan_cache_mode=force_generic_plan -c jit=off"}


def test_database_of_another_make_is_refused() -> None:
    with pytest.raises(environment.Unset, match=r"^DATABASE_URL must begin with postgres:// or postgresql://$"):
        environment.database("mysql://x/y")


def test_secret_key_is_made_once_for_its_owner(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("LEADOPS_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert environment.secret_key(tmp_path) == key
    assert len(key) > 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_is_required_with_a_database_of_ones_own(monkeypatch) -> None:
    monkeypatch.delenv("LEADOPS_SECRET_KEY", raising=False)
    with pytest.raises(environment.Unset):
        environment.secret_key(None)
    monkeypatch.setenv("LEADOPS_SECRET_KEY", " given ")
    assert environment.secret_key(None) == "given"


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)])
def test_switch(monkeypatch, said: str, meant: bool) -> None:
    monkeypatch.setenv("LEADOPS_DEMO", said)
    assert environment.switch("LEADOPS_DEMO") is meant
