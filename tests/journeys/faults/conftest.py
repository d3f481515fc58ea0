"""What every test of faults counts on: an installation of its own, new for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import database
from tests.journeys.faults.installation import Installation, dumped


@pytest.fixture(scope="session")
def ground(django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """The servers of the installation, in a folder with a short path that anyone may pass through."""
    home = Path(tempfile.mkdtemp(prefix="leadops-", dir="/tmp"))
    home.chmod(0o755)
    installation = Installation(home)
    with django_db_blocker.unblock():
        schema = dumped(database.template(), home / "schema.sql")
        with installation.inside():
            installation.begin(schema)
    yield installation
    with installation.inside():
        installation.end()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def installation(ground: Installation, django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """An installation with an empty base, in which this process is; what was started is killed."""
    with django_db_blocker.unblock(), ground.inside():
        ground.renew()
        yield ground
        ground.kill_all()
        print("\n".join(f"{name}: {ground.log(name)[-3000:]}" for name in ground.family))  # shown when a test fails
