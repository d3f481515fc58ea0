"""The keeper of one embedded server: starts it, restarts it, and stops it when no command needs it any more.

Run as `python -m leadops.embedded.keeper SERVER HOME`, detached from the command that first needed the server.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from leadops.embedded import account, locks, postgres, redis
from leadops.embedded.places import Places, places
from leadops.embedded.problems import Unavailable
from leadops.embedded.processes import spawn

SERVERS: dict[str, ModuleType] = {"postgres": postgres, "redis": redis}
GLANCE = 0.05
STEADY = 10
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10


def main(server: str, home: Path) -> int:
    """Keep `server` for the installation in `home` until nobody needs it; return an exit code, 0 if it is kept already."""
    where = places(home)
    keeping = locks.open_lock(where.lock(server, "keeper"))
    if not locks.try_alone(keeping):
        return 0
    needed = locks.open_lock(where.lock(server, "needed"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        keep(SERVERS[server], where, needed)
    except (OSError, Unavailable) as problem:
        say(str(problem))
        return 1
    finally:
        os.close(keeping)  # before the kernel lets go of `needed`, for which a command may be waiting
    return 0


def keep(server: ModuleType, where: Places, needed: int) -> None:
    """Run `server`, again whenever it ends by itself, until the lock `needed` can be had alone."""
    process, pause = start(server, where), SHORTEST_PAUSE
    while True:
        started = time.monotonic()
        try:
            if watch(process, needed):
                return
        finally:
            stop(process, server.STOP_SIGNAL)
        is_steady = time.monotonic() - started > STEADY
        pause = SHORTEST_PAUSE if is_steady else min(pause * 2, LONGEST_PAUSE)
        say(f"{server.__name__.rpartition('.')[2]} ended with code {process.returncode}; it starts again")
        time.sleep(pause)
        process = start_again(server, where)


def start_again(server: ModuleType, where: Places) -> subprocess.Popen[bytes]:
    """Start `server`, as often as it takes: what stood in its way may pass, a full disk for one."""
    while True:
        try:
            return start(server, where)
        except (OSError, Unavailable) as problem:
            say(str(problem))
            time.sleep(LONGEST_PAUSE)


def start(server: ModuleType, where: Places) -> subprocess.Popen[bytes]:
    """Start `server`, which ends at once should this keeper be killed."""
    command = server.prepare(where)
    log = open_log(where.log / f"{Path(command[0]).name}.log")
    with log:
        return spawn(command, dies_by=server.STOP_SIGNAL, stdout=log, stderr=log, cwd="/", **account.drop())


def open_log(path: Path) -> BinaryIO:
    """Open a server's log to add to it; one that grew past 10 MB begins anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    too_long = path.exists() and path.stat().st_size > 10 * 2**20
    return open(path, "wb" if too_long else "ab")


def watch(process: subprocess.Popen[bytes], needed: int) -> bool:
    """Wait until nobody needs the server (true) or until it ends by itself (false)."""
    while process.poll() is None:
        if locks.try_alone(needed):
            return True
        time.sleep(GLANCE)
    return False


def stop(process: subprocess.Popen[bytes], by: int) -> None:
    """Stop the server in its own orderly way; after a minute without ceremony."""
    if process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def say(line: str) -> None:
    """Write `line` to the keepers' log, where a waiting command finds it."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
