"""The embedded servers: there for as long as a command needs them, whatever happens to the command."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from leadops.embedded import locks, postgres
from leadops.embedded.places import Places, database_url, places
from leadops.environment import BASE_DIR
from leadops.management.prepared import migrate

CHANGES_NO_TABLE = ("admin", "0003_logentry_add_action_flag_choices")
HOLD = """
import sys
from leadops import embedded
with embedded.hold("postgres", "redis"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("with a space") / "var"
    yield folder
    for server in ("redis", "postgres"):
        wait_for(lambda server=server: not locks.is_held(places(folder).lock(server, "keeper")))
    for left in (places(folder).state, places(folder).run):
        shutil.rmtree(left, ignore_errors=True)


class Command:
    """A command that needs the servers until it is told to end."""

    def __init__(self, home: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD],
            env=kept | {"LEADOPS_HOME": str(home)},
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_until_held(self) -> None:
        assert self.process.stdout.readline() == "held\n"

    def end(self) -> None:
        self.process.communicate("")

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def wait_for(condition, patience: float = 30) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def server(home: Path) -> int | None:
    return postgres.running_pid(places(home).data)


def version(home: Path) -> str:
    connection = psycopg2.connect(database_url(home))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')")
        said = cursor.fetchone()[0]
    connection.close()
    return said


def test_server_stays_until_the_last_command_ends(home: Path) -> None:
    first, second = Command(home), Command(home)
    first.wait_until_held()
    second.wait_until_held()
    pid = server(home)
    first.end()
    time.sleep(0.5)
    assert (server(home), version(home)) == (pid, "on on")
    second.end()
    wait_for(lambda: server(home) is None)


def test_commands_in_close_succession_and_at_once_all_find_it(home: Path) -> None:
    for _ in range(3):
        commands = [Command(home) for _ in range(3)]
        for command in commands:
            command.wait_until_held()
        for command in commands:
            command.end()
    assert [command.process.returncode for command in commands] == [0, 0, 0]


def test_killed_command_does_not_keep_the_server(home: Path) -> None:
    command = Command(home)
    command.wait_until_held()
    command.kill()
    wait_for(lambda: server(home) is None)


def test_killed_server_comes_back(home: Path) -> None:
    command = Command(home)
    command.wait_until_held()
    pid = server(home)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: server(home) not in (None, pid))
    again = Command(home)
    again.wait_until_held()
    assert version(home) == "on on"
    command.end()
    again.end()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_killed_keeper_leaves_no_server(home: Path) -> None:
    command = Command(home)
    command.wait_until_held()
    keeper = parent(server(home))
    os.kill(keeper, signal.SIGKILL)
    wait_for(lambda: server(home) is None)
    command.end()
    again = Command(home)
    again.wait_until_held()
    assert version(home) == "on on"
    again.end()


@pytest.mark.django_db
def test_command_brings_the_base_that_comes_along_up_to_date(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.IS_EMBEDDED = True
    forgotten = MigrationRecorder(connection).migration_qs.filter(app=CHANGES_NO_TABLE[0], name=CHANGES_NO_TABLE[1])
    forgotten.delete()
    call_command("check_conservation", stdout=StringIO())
    assert (capsys.readouterr().err, forgotten.count()) == ("Migrating the database ...\n", 1)


@pytest.mark.django_db(transaction=True)
def test_two_first_commands_at_once_migrate_the_base_once() -> None:
    forgotten = MigrationRecorder(connection).migration_qs.filter(app=CHANGES_NO_TABLE[0], name=CHANGES_NO_TABLE[1])
    forgotten.delete()
    start, said = threading.Barrier(3), list[str]()

    def first() -> None:
        try:
            start.wait()
            migrate(said.append)
        finally:
            connection.close()

    commands = [threading.Thread(target=first) for _ in range(3)]
    for command in commands:
        command.start()
    for command in commands:
        command.join()
    assert (said, forgotten.count()) == (["Migrating the database ..."], 1)


@pytest.mark.django_db
def test_server_of_somebodys_own_is_not_migrated_unasked(settings: Any) -> None:
    settings.IS_EMBEDDED = False
    MigrationRecorder(connection).record_unapplied(*CHANGES_NO_TABLE)
    with pytest.raises(
        CommandError, match=r"^The database lacks tables of this version: run manage.py migrate first.$"
    ):
        call_command("check_conservation")


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_socket_of_a_deep_folder_is_short() -> None:
    deep = BASE_DIR / ("x" * 120)
    assert len(str(places(deep).run)) < 60
    assert places(deep).run == places(deep).run


def test_configuration_quotes_a_folder_with_quotes() -> None:
    where = Places(Path("/h"), Path("/h"), Path("""/it's "here"/run"""))
    assert """unix_socket_directories = '"/it''s ""here""/run"'\n""" in postgres.configuration(where)


@pytest.mark.parametrize("note", ["", "not a number\n", "1\n", "999999999\n"])
def test_stale_pid_file_names_no_server(tmp_path: Path, note: str) -> None:
    (tmp_path / "postmaster.pid").write_text(note)
    assert postgres.running_pid(tmp_path) is None
    postgres.end_leftover(tmp_path)
    assert list(tmp_path.iterdir()) == []
