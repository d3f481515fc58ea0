"""Does work on a file that is killed at every one of its statements, twice, end as if nothing had happened?

An import of people, one of history, its being taken back, and a check are each done once undisturbed and once with a
process that is killed at each place, with PostgreSQL itself at some. The installation is one of its own.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - Django first

from bench.faults import installed  # noqa: E402
from leadops.accounts.models import User  # noqa: E402
from leadops.environment import BASE_DIR  # noqa: E402
from leads import conservation  # noqa: E402
from leads.importing import running, undoing  # noqa: E402
from leads.importing.running.holding import RUN_LOCK  # noqa: E402
from leads.models import ImportBatch  # noqa: E402
from tests.journeys.faults.brakes import Brakes  # noqa: E402
from tests.journeys.faults.installation import Installation, wait_for  # noqa: E402
from tests.journeys.faults.scene import MAPPING, bring_in, lay_scene, rows  # noqa: E402
from tests.journeys.faults.state import difference, state  # noqa: E402

ROWS, TIMES = 300, 2
PATIENCE = 60
WORK = """
import sys
import django
django.setup()
from django.utils import timezone
from leadops import sweeps
from leads.importing import running, staging, undoing
from leads.models import ImportBatch
running.slices.SLICE = undoing.SLICE = 100
staging.CHUNK = 50
batch = ImportBatch.objects.order_by("-pk")[0]
{work}
"""
RUN = """
done = running.run(batch, at=timezone.now()) or batch.state in ("finishing", "done")
if done:
    sweeps.catch_up(at=timezone.now())
    running.finish(at=timezone.now())
sys.exit(not done)
"""
UNDO = """
done = undoing.undo(batch, at=timezone.now()) or batch.state == "undone"
if done:
    sweeps.catch_up(at=timezone.now())
sys.exit(not done)
"""
CHECK = """sys.exit(not running.check(batch, at=timezone.now()))"""

_WORKING = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"

Place = tuple[str, str, str]
"""What is done there, by which event on which table, and at which row; at the statement where that is not said."""
STAGED: tuple[Place, ...] = (
    ("reading", "INSERT leads_arrival", "NEW.n = 120"),
    ("folding doubles", "UPDATE leads_arrival", ""),
)
JUDGED: tuple[Place, ...] = (
    *((f"{event.lower()} of {table}", f"{event} {table}", "") for event, table in (
        ("INSERT", "leads_organisation"), ("INSERT", "leads_contact"), ("UPDATE", "leads_contact"), ("INSERT", "leads_lead"),
        ("INSERT", "leads_leadmove"), ("INSERT", "leads_engagement"), ("INSERT", "leads_consent"), ("INSERT", "leads_suppression"),
    )),
)  # fmt: skip
KEPT: tuple[Place, ...] = (
    ("ends of rows, slice 1", "INSERT leads_importrow", "NEW.n = 50"),
    ("ends of rows, slice 2", "INSERT leads_importrow", "NEW.n = 150"),
    ("count of slice 2", "UPDATE leads_importbatch", "NEW.committed = 200"),
    ("count of slice 3", "UPDATE leads_importbatch", "NEW.committed = 300"),
    ("clearing the stage", "DELETE leads_arrival", "OLD.n = 120"),
)
SCORED: tuple[Place, ...] = (
    ("scoring", "INSERT leads_leadscore", ""), ("promoting", "INSERT leads_promotion", ""), ("routing", "INSERT handoff_handoff", ""),
)  # fmt: skip
PAST: tuple[Place, ...] = (
    ("history of leads", "INSERT leads_importedpast", ""), ("follow-ups", "INSERT handoff_followup", ""),
    ("business", "INSERT handoff_opportunity", ""), ("taken up", "UPDATE leads_importedpast", ""),
)  # fmt: skip
UNDONE: tuple[Place, ...] = (
    *((f"{event.lower()} of {table}", f"{event} {table}", "") for event, table in (
        ("UPDATE", "leads_lead"), ("INSERT", "leads_leadmove"), ("INSERT", "leads_engagement"), ("INSERT", "leads_consent"),
        ("UPDATE", "leads_contact"), ("UPDATE", "leads_organisation"), ("UPDATE", "leads_importrow"),
    )),
    ("count of rows taken back", "UPDATE leads_importbatch", "NEW.undone > 0"),
)  # fmt: skip
LOOKED_AT = re.compile(r"[^\"]*\.[0-9]{3,}\+00:00")
"""A moment that tells when somebody looked: no file has such a fine one."""
ONCE = frozenset({"clearing the stage"})
"""A statement for itself, outside of any transaction: the server ends it though who asked for it is dead."""
WON = {"lead_status": "won", "first_follow_up_at": "2025-03-04", "closed_at": "2025-03-05"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done with a file, where it is killed, and at which of these places PostgreSQL is killed too."""

    name: str
    work: str
    places: Sequence[Place]
    servers: frozenset[str]
    prepare: Callable[[ImportBatch], None]


def as_history(batch: ImportBatch) -> None:
    mapping = [None if field == "occurred_at" else field for field in MAPPING]
    running.choose(batch, mapping, at=timezone.now(), options={"is_history": True, "constants": WON})


def as_it_is(batch: ImportBatch) -> None:
    """A file as any other."""


def brought_in(batch: ImportBatch, *, is_history: bool) -> None:
    """A file that is in, and that is to be taken back."""
    if is_history:
        as_history(batch)
    work(RUN)
    undoing.request(batch, by=User.objects.get(name="Marja"))


SCENARIOS = (
    Scenario(
        "an import",
        RUN,
        (*STAGED, *JUDGED, *KEPT, *SCORED),
        frozenset({"reading", "insert of leads_lead", "ends of rows, slice 2", "scoring", "routing"}),
        as_it_is,
    ),
    Scenario(
        "history",
        RUN,
        (STAGED[0], *JUDGED[:6], PAST[0], *KEPT, *PAST[1:]),
        frozenset({"history of leads", "follow-ups"}),
        as_history,
    ),
    Scenario(
        "taking back", UNDO, UNDONE, frozenset({"insert of leads_engagement"}), partial(brought_in, is_history=False)
    ),
    Scenario(
        "taking history back",
        UNDO,
        (*UNDONE, PAST[1]),
        frozenset({"update of leads_contact"}),
        partial(brought_in, is_history=True),
    ),
    Scenario("a check", CHECK, (*STAGED, *JUDGED), frozenset({"insert of leads_lead"}), as_it_is),
)


def begun(work: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORK.format(work=work)],
        cwd=BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def work(work: str) -> None:
    """Do the work to its end; a process that finds the one before not dead yet is followed by another."""
    wait_for("the work to end", lambda: begun(work).wait() == 0, PATIENCE)


def prepared(installation: Installation, scenario: Scenario) -> ImportBatch:
    """A new base with the file in it, and the same people in a file before it that knows some of them."""
    installation.renew()
    lay_scene(timezone.now())
    known = [[*cells[:3], "", "", "", *cells[6:]] for cells in rows(ROWS // 3)]
    bring_in(known, "Before", is_asked=False)
    work(RUN)
    batch = bring_in(rows(ROWS), is_asked=False)
    scenario.prepare(batch)
    return batch


def kill_at(installation: Installation, brakes: Brakes, scenario: Scenario, name: str, *, is_server: bool) -> bool:
    """Kill the process that works where it stands, or the server; False where the work never comes there."""
    brakes.put_on(name)
    process = begun(scenario.work)
    came = wait_for(name, lambda: brakes.is_waited_at(name) or (process.poll() is not None and "past"), PATIENCE)
    if came == "past":
        brakes.let_off(name)
        return False
    if is_server:
        installation.kill_postgres()
        brakes.on.clear()
    process.kill()
    process.wait()
    if not is_server:
        brakes.let_off(name)
    wait_for("what was killed to be gone", lambda: not installation.sql(_WORKING, RUN_LOCK), PATIENCE)
    return True


def killed(installation: Installation, scenario: Scenario) -> tuple[int, int, list[str]]:
    """Kill a scenario at all its places and let it end; how often it and the server were killed, and where it never came."""
    brakes = Brakes(installation)
    kills, servers, missed = 0, 0, []
    for name, statement, when in scenario.places:
        event, table = statement.split()
        brakes.fit(name, event, table, when)
        times = 1 if name in ONCE else TIMES
        came = [kill_at(installation, brakes, scenario, name, is_server=False) for _ in range(times)]
        kills += sum(came)
        if name in scenario.servers:
            servers += kill_at(installation, brakes, scenario, name, is_server=True)
        missed += [] if all(came) else [name]
        print(f"  {name}: {'killed' if all(came) else 'never came there'}", flush=True)
    return kills, servers, missed


def said(batch: ImportBatch) -> dict[str, list[str]]:
    """The base, and of a check what it says."""
    batch.refresh_from_db()
    found = state()
    del found["batches"], found["left over"]
    shown = [f"{row['n']} {row['verdict']} {row['reason']}" for row in batch.preview.get("shown", ())]
    for name in ("contacts", "engagements"):
        found[name] = sorted(LOOKED_AT.sub("then", one) for one in found[name])
    return found | {"batch": [batch.state, f"{batch.committed} {batch.undone}"], "check": shown}


def compare(installation: Installation, scenario: Scenario) -> bool:
    """Do a scenario undisturbed, then killed everywhere; print what came of it, and tell whether both ended alike."""
    batch = prepared(installation, scenario)
    work(scenario.work)
    expected = said(batch)
    batch = prepared(installation, scenario)
    kills, servers, missed = killed(installation, scenario)
    work(scenario.work)
    differing, leaks = difference(said(batch), expected), conservation.run(timezone.now()).leaks
    print(
        f"{scenario.name}: {len(scenario.places)} places, killed {kills} times, PostgreSQL {servers} times; {leaks} leaks; "
        f"{f'never came to {missed}' if missed else 'came everywhere'}; differs in {sorted(differing) or 'nothing'}",
        flush=True,
    )
    for name, (ours, others) in differing.items():
        print(f"  {name}: {ours} / {others}")
    return not (differing or leaks or missed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[scenario.name for scenario in SCENARIOS])
    given = parser.parse_args()
    with installed() as installation:
        found = [compare(installation, one) for one in SCENARIOS if given.only in (None, one.name)]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
