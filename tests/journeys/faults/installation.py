"""An installation to be hurt: servers, worker, beat and web of its own, each killed by its process id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import psycopg2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from leadops import embedded, environment, supervision
from leadops.embedded import locks, postgres, programs
from leadops.embedded.places import places

Found = TypeVar("Found")
AS_SHIPPED = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


def wait_for(what: str, look: Callable[[], Found], seconds: float = 120) -> Found:
    """Look until there is something, and return it; a database that is away meanwhile is waited for too."""
    deadline = time.monotonic() + seconds
    while True:
        with suppress(psycopg2.OperationalError):
            if found := look():
                return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(0.2)


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def offspring(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def program(name: str) -> str:
    """One of PostgreSQL's programs that stand beside the server's."""
    return str(programs.postgres_folder(places(environment.home()))[0] / name)


def dumped(name: str, file: Path) -> Path | None:
    """Write down a database of the tests' own server; None where that is not ours to read."""
    used = connections["default"].settings_dict
    if environment.text("DATABASE_URL") or not Path(program("pg_dump")).exists():
        return None
    options = [f"--host={used['HOST']}", f"--username={used['USER']}", f"--file={file}"]
    subprocess.run([program("pg_dump"), *options, name], check=True)
    return file


class Installation:
    """LeadOps in a folder of its own, with its database as it is after migrating."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.where = places(home)
        self.servers = ExitStack()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.family = {
            child.name: child
            for child in supervision.children("127.0.0.1", self.port, home / "log", home / "beat-schedule")
        }
        self.hurry()

    def hurry(self) -> None:
        """Let beat send every message each second, and the worker take files in small parts."""
        # Killed processes of a worker are its own: here it works alone, with room for an import and the sweeps.
        worker = self.family["worker"].command
        worker[worker.index("--concurrency=1")] = "--concurrency=2"
        worker[worker.index("leadops.celery")] = "tests.journeys.faults.small"
        beat = self.family["beat"].command
        beat[beat.index("leadops.celery")] = "tests.journeys.faults.hasty"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let this process, and what it starts, be of this installation; `default` is its database."""
        used = connections["default"].settings_dict
        usual = {name: used[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")}
        own = usual | {"NAME": "leadops", "HOST": str(self.where.run), "PORT": "", "USER": "leadops"}
        environment = {"LEADOPS_HOME": str(self.home), "LEADOPS_DEBUG": "1"}
        kept = override_settings(**AS_SHIPPED, LEADOPS_HOME=self.home, MEDIA_ROOT=self.home / "uploads")
        with pytest.MonkeyPatch.context() as patch, kept:
            for name in ("DATABASE_URL", "REDIS_URL"):
                patch.delenv(name, raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            self.forget(used, own)
            try:
                yield
            finally:
                self.forget(used, usual)

    @staticmethod
    def forget(used: dict[str, Any], values: dict[str, Any]) -> None:
        """Take another database, and forget what was read from the one before."""
        connections.close_all()
        used.update(values)
        ContentType.objects.clear_cache()

    def begin(self, schema: Path | None) -> None:
        """Have the servers, and keep a migrated database to copy: made from a dump where there is one."""
        self.servers.enter_context(embedded.hold("postgres", "redis"))
        if schema is None:
            call_command("migrate", verbosity=0, interactive=False)
        else:
            options = ["--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", f"--host={self.where.run}"]
            subprocess.run([program("psql"), *options, f"--file={schema}", "leadops", "leadops"], check=True)
        connections.close_all()
        self.sql("ALTER DATABASE leadops RENAME TO blank", database="postgres")

    def end(self) -> None:
        self.servers.close()
        embedded.wait_until_stopped("redis", "postgres")

    def renew(self) -> None:
        """Begin with an empty base and an empty broker."""
        connections.close_all()
        self.sql("DROP DATABASE IF EXISTS leadops WITH (FORCE)", database="postgres")
        self.sql("CREATE DATABASE leadops TEMPLATE blank", database="postgres")
        self.flush_redis()
        for left in (*self.home.glob("beat-schedule*"), *(self.home / "log").glob("*.log")):
            if left.name not in ("keepers.log", "postgres.log", "valkey-server.log", "redis-server.log"):
                left.unlink()

    def connect(self, database: str = "leadops") -> Any:
        """A connection beside Django's, each statement for itself."""
        connection = psycopg2.connect(dbname=database, host=str(self.where.run), user="leadops")
        connection.autocommit = True
        return connection

    def sql(self, statement: str, *values: Any, database: str = "leadops") -> list[tuple[Any, ...]]:
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def start(self, *names: str) -> None:
        for name in names:
            self.family[name].start()

    def kill(self, name: str) -> None:
        """Kill a process and all that it started, at once."""
        child = self.family[name]
        if child.process:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
            child.process = None

    def kill_all(self) -> None:
        for name in self.family:
            self.kill(name)

    def kill_children(self, name: str) -> None:
        """Kill what a process started; it lives itself, and starts others."""
        process = self.family[name].process
        assert process is not None
        for child in offspring(process.pid):
            kill(child)

    def stop(self) -> None:
        """Stop whatever runs, last first."""
        for child in reversed(self.family.values()):
            child.stop()

    def log(self, name: str) -> str:
        path = self.family[name].log
        return path.read_text(errors="replace") if path.exists() else ""

    def redis(self, command: str) -> str:
        """Send the Redis-compatible server one command; return the beginning of what it answers."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self.where.redis_socket))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(4096).decode()

    def flush_redis(self) -> None:
        assert self.redis("FLUSHALL") == "+OK\r\n"

    def redis_url(self) -> str:
        return embedded.redis_url(self.home)

    def redis_pid(self) -> int:
        found = self.redis("INFO server").partition("process_id:")[2]
        return int(found.split("\r\n")[0])

    def keeper_of(self, server: str) -> int:
        """The process that keeps a server: it has the lock for that."""
        inode = self.where.lock(server, "keeper").stat().st_ino
        held = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
        return next(int(line[4]) for line in held if line[5].rpartition(":")[2] == str(inode))

    def kill_redis(self) -> None:
        """Kill the server, and its keeper first, so that it stays dead."""
        server = self.redis_pid()
        kill(self.keeper_of("redis"))
        kill(server)
        wait_for("Redis to be dead", lambda: not is_alive(server))

    def revive_redis(self) -> None:
        self.servers.enter_context(embedded.hold("redis"))
        assert locks.is_held(self.where.lock("redis", "keeper"))

    def kill_postgres(self) -> None:
        """Kill the head of the database; its keeper starts it again."""
        head = postgres.running_pid(self.where.data)
        assert head is not None
        connections.close_all()
        kill(head)
        wait_for(
            "PostgreSQL to be back", lambda: self.sql("SELECT 1") and postgres.running_pid(self.where.data) != head
        )
