"""Which processes serve LeadOps on one machine, and what happens when one of them ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from leadops.embedded import locks
from leadops.embedded.keeper import open_log
from leadops.embedded.postgres import last_line
from leadops.embedded.problems import Unavailable
from leadops.embedded.processes import spawn
from leadops.environment import BASE_DIR

FIRST_PAUSE, LONGEST_PAUSE, STEADY = 1, 30, 60
GLANCE = 0.1
PATIENCE = 25


@dataclass
class Child:
    """One process that must be there, and how it has fared."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    pause: float = FIRST_PAUSE
    due: float = field(default=0)

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only the supervisor."""
        with open_log(self.log) as log:
            self.process = spawn(
                self.command,
                stdout=log,
                stderr=log,
                cwd=BASE_DIR,
                env=os.environ | {"LEADOPS_SUPERVISED": "1"},
                start_new_session=True,
            )
        self.started = time.monotonic()

    def stop(self) -> None:
        """End the process in its own orderly way, then whatever it left behind."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        end_group(self.process.pid)
        self.process = None

    def ended(self) -> int | None:
        """Return the exit code of a process that has just ended, and plan its return with growing patience."""
        code = self.process.poll() if self.process else None
        if code is None or self.process is None:
            return None
        end_group(self.process.pid)
        self.process = None
        self.pause = FIRST_PAUSE if time.monotonic() - self.started > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        self.due = time.monotonic() + self.pause
        return code


class NewLines:
    """The lines that come to stand in a log from now on."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.position = log.stat().st_size if log.exists() else 0

    def read(self) -> list[str]:
        """Return the lines written since the last reading."""
        if not self.log.exists() or self.log.stat().st_size <= self.position:
            return []
        with self.log.open("rb") as file:
            file.seek(self.position)
            new = file.read()
        self.position += len(new)
        return new.decode(errors="replace").splitlines()


def children(host: str, port: int, logs: Path, schedule: Path) -> list[Child]:
    """Return the processes to run, in the order of their start; however long an import takes, the sweeper has room."""
    celery = [sys.executable, "-m", "celery", "-A", "leadops.celery"]
    worker = ["worker", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
    commands = {
        "web": web_command(host, port),
        "worker": [*celery, *worker, "--queues=celery,imports", "--concurrency=1", "--hostname=worker@%h"],
        "sweeper": [*celery, *worker, "--queues=celery", "--pool=solo", "--hostname=sweeper@%h"],
        "beat": [*celery, "beat", "--loglevel=WARNING", "--pidfile=", f"--schedule={schedule}"],
    }
    return [Child(name, command, logs / f"{name}.log") for name, command in commands.items()]


def web_command(host: str, port: int, application: str = "leadops.wsgi:application") -> list[str]:
    """Return the command of the web server: two processes, each answering several requests at once."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--no-access-log"]
    sizes = ["--workers", "2", "--blocking-threads", "4", "--backlog", "1024", "--workers-kill-timeout", "10"]
    return [
        *granian, *sizes, "--respawn-failed-workers", "--log-level", "warning",
        "--host", host, "--port", str(port), application,
    ]  # fmt: skip


@contextmanager
def ending(family: list[Child]) -> Iterator[None]:
    """Stop every process of `family`, last first, however the block is left."""
    try:
        yield
    finally:
        for child in reversed(family):
            child.stop()


def tend(family: list[Child], *, until: Callable[[], bool], say: Callable[[str], None], keepers: NewLines) -> None:
    """Keep every process of `family` running until `until()`, saying when one ends and what the keepers say."""
    while not until():
        for child in family:
            look_after(child, say)
        for line in keepers.read():
            say(line)
        time.sleep(GLANCE)


def look_after(child: Child, say: Callable[[str], None]) -> None:
    """Start `child` when it is due, and notice when it has ended."""
    code = child.ended()
    if code is not None:
        say(f"{child.name} ended ({reason(code, child.log)}); it starts again in {child.pause:g} s")
    elif child.process is None and time.monotonic() >= child.due:
        child.start()


def reason(code: int, log: Path) -> str:
    """Return why a process ended: the signal that killed it, or the last line of its log."""
    if code < 0:
        return f"killed by signal {-code}"
    return f"code {code}: {last_line(log.read_text(errors='replace')[-2000:])}"


def end_group(pid: int) -> None:
    """End what is left of the process group that `pid` led."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@contextmanager
def only_one(lock: Path, address: str) -> Iterator[str | None]:
    """Claim to be the supervisor at `address`; yield None, or the address of the one that runs already."""
    descriptor = locks.open_lock(lock)
    note = lock.with_suffix(".json")
    try:
        if locks.try_alone(descriptor):
            note.write_text(json.dumps({"address": address, "process": os.getpid()}))
            yield None
        else:
            yield noted(note)
    finally:
        os.close(descriptor)


def noted(note: Path) -> str:
    """Return the address in `note`, or words for it while the other has not written it yet."""
    try:
        return str(json.loads(note.read_text())["address"])
    except (OSError, ValueError, KeyError):
        return "an address that it is about to print"


def check_port(host: str, port: int) -> None:
    """Raise Unavailable when the port cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
            raise Unavailable(
                f"port {port} on {host} cannot be used ({reason}); take another: PORT={port + 1}"
            ) from error


def answers(address: str) -> bool:
    """Tell whether the web server at `address` answers without an error of its own."""
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
