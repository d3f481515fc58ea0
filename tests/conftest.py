"""What every test may count on: a real PostgreSQL, and a real Redis for the tests that ask for it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import time_machine
from django.db import connections
from django.test import TransactionTestCase, override_settings
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from leadops import assets, embedded
from tests import database

FOR_TESTS = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "WHITENOISE_AUTOREFRESH": True,
    "WHITENOISE_USE_FINDERS": True,
}
# The same examples each time, however slow the machine; LEADOPS_RANDOM=1 draws new ones.
settings.register_profile("leadops", deadline=None, derandomize="LEADOPS_RANDOM" not in os.environ)
settings.load_profile("leadops")
HELD = ExitStack()
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def pytest_configure(config: pytest.Config) -> None:
    """Have the database there, emptied fast, static files under their own names, and passwords that hash fast."""
    HELD.enter_context(embedded.hold("postgres"))
    HELD.enter_context(pytest.MonkeyPatch.context()).setattr(TransactionTestCase, "_fixture_teardown", database.empty)
    HELD.enter_context(override_settings(**FOR_TESTS))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the database."""
    HELD.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let two processes begin with what takes longest: one with the faults, which wait much, one with the browser.

    Each begins with its share of the list, and takes from the end of another's when it is through with its own.
    """
    kinds: dict[str, list[pytest.Item]] = {"faults": [], "journeys": [], "": []}
    for item in items:
        kinds[next(kind for kind in kinds if kind in item.path.parts or not kind)].append(item)
    faults, journeys, rest = kinds.values()
    share = len(items) // max(2, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "2")))
    middle = max(0, share - len(faults))
    items[:] = [*faults, *rest[:middle], *journeys, *rest[middle:]]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Make each process's database as a copy of the migrated one."""
    with django_db_blocker.unblock():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = database.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Before each process's database goes, end what threads of a live server may have left open in it."""
    yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute(END_OTHERS)


@pytest.fixture
def at_its_moment(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have it be the AT of the test's module, however long ago that was read: what is written must be recent."""
    with time_machine.travel(request.module.AT, tick=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """Compile the translations as they stand."""
    for catalogue in assets.catalogues():
        assets.compile_catalogue(catalogue)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[None]:
    """Have a real Redis-compatible server answering at settings.REDIS_URL."""
    with embedded.hold("redis"):
        yield
