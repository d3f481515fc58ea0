"""Does an import that is killed at random moments, round after round, end as one that nobody disturbed?

Beside it: how long a worker needs for the messages that piled up while it was away. Both take too long for the tests;
the installation that is hurt is one of its own, in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from leadops.celery import app  # noqa: E402
from leads import conservation  # noqa: E402
from tests.journeys.faults.installation import Installation, wait_for  # noqa: E402
from tests.journeys.faults.scene import bring_in, is_at_rest, lay_scene, rows  # noqa: E402
from tests.journeys.faults.state import difference, state  # noqa: E402

LONGEST = 900
# Seconds after which every message that is sent again and again is past its time.
OLD = 61
FAULTS = ("its processes", "its processes", "the worker", "the broker's messages", "PostgreSQL")


@contextmanager
def installed() -> Iterator[Installation]:
    """An installation in a folder with a short path, taken down in the end."""
    home = Path(tempfile.mkdtemp(prefix="leadops-", dir="/tmp"))
    home.chmod(0o755)
    installation = Installation(home)
    with installation.inside():
        try:
            installation.begin(None)
            yield installation
        finally:
            installation.stop()
            installation.end()
            shutil.rmtree(home, ignore_errors=True)


def hurt(installation: Installation, fault: str) -> None:
    """Do one thing that must not matter."""
    if fault == "the worker":
        installation.kill("worker")
        installation.start("worker")
    elif fault == "PostgreSQL":
        installation.kill_postgres()
    elif fault == "its processes":
        installation.kill_children("worker")
    else:
        installation.flush_redis()


def run(installation: Installation, count: int, random: Random | None) -> tuple[dict[str, list[str]], Counter[str]]:
    """Import a file to its end, with a fault each few seconds where there is `random`; return the state and the faults."""
    installation.renew()
    lay_scene(timezone.now())
    batch = bring_in(rows(count))
    installation.start("worker", "beat")
    done: Counter[str] = Counter()
    until = time.monotonic() + LONGEST
    while not wait_for("the base to answer", lambda: [is_at_rest(batch)])[0]:
        if time.monotonic() > until:
            raise SystemExit(f"waited {LONGEST} s in vain for the import of {count} rows")
        # Work that is killed more often than it takes never ends: patience grows with each fault.
        time.sleep(random.uniform(1, 3 + done.total()) if random else 1)
        if random and not is_at_rest(batch):
            done[fault := random.choice(FAULTS)] += 1
            hurt(installation, fault)
    installation.stop()
    return state(), done


def kill_at_random(installation: Installation, count: int, rounds: int, seed: int) -> bool:
    """Compare each round with a run that nobody disturbed; tell whether all ended alike."""
    expected, _none = run(installation, count, None)
    is_alike = True
    for n in range(rounds):
        began = time.monotonic()
        found, faults = run(installation, count, Random(seed + n))
        differing, leaks = sorted(difference(found, expected)), conservation.run(timezone.now()).leaks
        is_alike &= not differing and not leaks
        said = ", ".join(f"{name} {times}x" for name, times in sorted(faults.items())) or "nothing"
        print(
            f"round {n + 1}: {count:,} rows, {time.monotonic() - began:5.0f} s; killed {said}; {leaks} leaks; differs in {differing or 'nothing'}",
            flush=True,
        )
    return is_alike


def pile_up(installation: Installation, messages: int) -> None:
    """Let messages pile up while no worker is there; print how long one worker needs for them."""
    installation.renew()
    lay_scene(timezone.now())
    entries = [entry for entry in app.conf.beat_schedule.values() if "options" in entry]
    app.conf.broker_url = installation.redis_url()
    for n in range(messages):
        entry = entries[n % len(entries)]
        app.send_task(entry["task"], **entry["options"])
    time.sleep(OLD)
    memory = installation.redis("INFO memory").partition("used_memory_human:")[2].split()[0]
    began = time.monotonic()
    installation.start("worker")
    wait_for("the messages to be worked off", lambda: installation.redis("LLEN celery") == ":0\r\n", LONGEST)
    print(f"{messages:,} messages ({memory} in the broker) worked off in {time.monotonic() - began:.0f} s", flush=True)
    installation.stop()
    call_command("check_conservation")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--messages", type=int, default=10_000)
    given = parser.parse_args()
    with installed() as installation:
        is_alike = kill_at_random(installation, given.rows, given.rounds, given.seed)
        pile_up(installation, given.messages)
    return 0 if is_alike else 1


if __name__ == "__main__":
    sys.exit(main())
