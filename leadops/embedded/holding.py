"""Holding the embedded servers: what a command does to have them there, and to let go of them."""

import atexit
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg2

from leadops import environment
from leadops.embedded import locks
from leadops.embedded.places import Places, places
from leadops.embedded.problems import Unavailable

GIVEN_BY = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
PATIENCE = 60
KEEPERS: list[subprocess.Popen[bytes]] = []


@atexit.register
def leave_keepers() -> None:
    """Let the keepers that this process started go on without it: nobody waits for them."""
    for keeper in KEEPERS:
        keeper.returncode = keeper.poll() or 0


@contextmanager
def hold(*servers: str) -> Iterator[None]:
    """Have the embedded `servers` ("postgres", "redis") running inside the block, starting what does not run.

    A server whose address is given in the environment is left to whoever runs it. Raises Unavailable.
    """
    where = places(environment.home())
    with ExitStack() as stack:
        for server in servers:
            if not environment.text(GIVEN_BY[server]):
                make_home(where)
                stack.enter_context(locks.locked(where.lock(server, "needed"), shared=True))
                ensure(server, where)
        yield


def make_home(where: Places) -> None:
    """Make the folder for state, or say in one line why that cannot be."""
    try:
        (where.home / "lock").mkdir(parents=True, exist_ok=True)
        where.log.mkdir(exist_ok=True)
        with open(where.log / "keepers.log", "ab"):
            pass
    except OSError as error:
        raise Unavailable(
            f"{where.home} cannot be written: {error.strerror}; set LEADOPS_HOME to another folder"
        ) from error


def ensure(server: str, where: Places) -> None:
    """Wait until `server` answers, starting its keeper where there is none.

    A keeper may be on its way out while we look: then there is none a moment later, or ours finds the place taken
    and ends with code 0. Raises Unavailable when ours gives up or the time is over.
    """
    keeper: subprocess.Popen[bytes] | None = None
    deadline = time.monotonic() + PATIENCE
    with locks.locked(where.lock(server, "start")):
        while not ((is_kept := locks.is_held(where.lock(server, "keeper"))) and ANSWERS[server](where)):
            if not is_kept and (keeper is None or keeper.poll() == 0):
                keeper = start_keeper(server, where)
            elif keeper is not None and keeper.poll():
                raise Unavailable(last_words(where.log / "keepers.log"))
            if time.monotonic() > deadline:
                raise Unavailable(f"{server} does not answer after {PATIENCE} s; see {where.log}")
            time.sleep(0.03)


def start_keeper(server: str, where: Places) -> subprocess.Popen[bytes]:
    """Start the keeper of `server`, out of reach of this terminal's Ctrl-C."""
    if server == "postgres" and not where.data.exists():
        print("Preparing the database, once ...", file=sys.stderr, flush=True)
    with open(where.log / "keepers.log", "ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "leadops.embedded.keeper", server, str(where.home)],
            cwd=environment.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    KEEPERS.append(keeper)
    return keeper


def last_words(log: Path) -> str:
    """Return the last line of the keepers' log."""
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"the keeper ended without a word; see {log}"


def postgres_answers(where: Places) -> bool:
    """Tell whether the database answers, making it on the first occasion."""
    address = {"host": str(where.run), "user": "leadops", "connect_timeout": 5}
    try:
        psycopg2.connect(dbname="leadops", **address).close()
    except psycopg2.OperationalError as error:
        if 'database "leadops" does not exist' in str(error):
            make_database(address)
        return False
    return True


def make_database(address: dict[str, object]) -> None:
    """Make the empty database."""
    connection = psycopg2.connect(dbname="postgres", **address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE leadops")
    connection.close()


def redis_answers(where: Places) -> bool:
    """Tell whether the Redis-compatible server answers."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        try:
            line.connect(str(where.redis_socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


ANSWERS: dict[str, Callable[[Places], bool]] = {"postgres": postgres_answers, "redis": redis_answers}


def wait_until_stopped(*servers: str) -> None:
    """Wait until the keepers of `servers` are gone, unless another command still needs them."""
    where = places(environment.home())
    for server in servers:
        path = where.lock(server, "needed")
        if path.exists() and not environment.text(GIVEN_BY[server]):
            while locks.is_held(where.lock(server, "keeper")) and not needed_by_others(path):
                time.sleep(0.03)


def needed_by_others(path: Path) -> bool:
    """Tell whether a command (a shared lock), and not a keeper on its way out, has the lock at `path`."""
    descriptor = locks.open_lock(path)
    try:
        return not locks.try_alone(descriptor) and locks.try_shared(descriptor)
    finally:
        os.close(descriptor)
