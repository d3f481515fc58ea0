"""What set-up makes is made again where it is missing or old."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadops import static_files


def test_what_is_not_there_or_older_than_its_source_is_missing(tmp_path: Path) -> None:
    made, source = tmp_path / "made", tmp_path / "source"
    source.write_text("")
    assert static_files.is_missing(made, source)
    made.write_text("")
    os.utime(source, (1, 1))
    assert not static_files.is_missing(made, source)
    os.utime(made, (0, 0))
    assert static_files.is_missing(made, source)


def test_the_typeface_and_every_catalogue_are_products() -> None:
    assert sorted(made.name for made, _source in static_files.products()) == ["django.mo", "inter.css"]


def test_nothing_is_made_where_all_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made, source = tmp_path / "made", tmp_path / "source"
    source.write_text("")
    made.write_text("")
    monkeypatch.setattr(static_files, "products", lambda: [(made, source)])
    assert static_files.make_missing() is False


def test_what_is_missing_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "leadops").mkdir()
    (tmp_path / "leadops" / "assets.py").write_text("open('made', 'w').close()")
    (tmp_path / "leadops" / "__init__.py").write_text("")
    monkeypatch.setattr(static_files, "BASE_DIR", tmp_path)
    monkeypatch.setattr(static_files, "products", lambda: [(tmp_path / "made", tmp_path / "leadops" / "assets.py")])
    assert (static_files.make_missing(), static_files.make_missing()) == (True, False)


@pytest.mark.parametrize("kind", [static_files.Hashed, static_files.Compressed])
def test_an_address_is_the_one_of_the_manifest_each_time(kind: type[static_files.Hashed], tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").write_text('{"paths": {"a.css": "a.1.css"}, "version": "1.1", "hash": ""}')
    storage = kind(location=tmp_path, base_url="/static/")
    assert [storage.url("a.css") for _ in range(2)] == ["/static/a.1.css"] * 2
