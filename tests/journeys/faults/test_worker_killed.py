"""A worker and the database are killed wherever an import can stand: the end is that of an undisturbed run."""

from __future__ import annotations

import threading

from django.core.management import call_command
from django.utils import timezone

from leads.capture import CAPTURE_LOCK
from leads.models import LeadTouch
from tests.journeys.faults.brakes import Brakes
from tests.journeys.faults.installation import Installation, wait_for
from tests.journeys.faults.scene import bring_in, is_at_rest, lay_scene, rows
from tests.journeys.faults.small import SLICE
from tests.journeys.faults.state import difference, state

ROWS = 1_200  # three chunks read, two slices written
WAITING_TO_JUDGE = f"""
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = {CAPTURE_LOCK} AND NOT granted
"""


def undisturbed(installation: Installation) -> dict[str, list[str]]:
    lay_scene(timezone.now())
    batch = bring_in(rows(ROWS))
    installation.start("worker", "beat")
    wait_for("the undisturbed import", lambda: is_at_rest(batch))
    installation.kill_all()
    return state()


def fitted(installation: Installation) -> Brakes:
    brakes = Brakes(installation)
    brakes.fit("reading", "INSERT", "leads_arrival", "NEW.n = 1100")
    brakes.fit("folding doubles", "UPDATE", "leads_arrival")
    brakes.fit("writing slice 1", "INSERT", "leads_importrow", "NEW.n = 250")
    brakes.fit("writing slice 2", "INSERT", "leads_importrow", "NEW.n = 1100")
    brakes.fit("clearing the stage", "DELETE", "leads_arrival", "OLD.n = 1100")
    brakes.fit("scoring", "INSERT", "leads_leadscore")
    brakes.fit("promoting", "INSERT", "leads_promotion")
    brakes.fit("handing over", "INSERT", "handoff_handoff")
    return brakes


def kill_at(installation: Installation, brakes: Brakes, place: str) -> None:
    """Kill the processes that run tasks at a place, and let it go; the worker starts others."""
    brakes.wait(place)
    installation.kill_children("worker")
    brakes.let_off(place)


def kill_worker_at(installation: Installation, brakes: Brakes, place: str) -> None:
    """Kill the whole worker at a place, let the place go, and start another worker."""
    brakes.wait(place)
    installation.kill("worker")
    brakes.let_off(place)
    installation.start("worker")


def kill_between_slices(installation: Installation, brakes: Brakes) -> None:
    """Kill the worker when the first slice is written and the second has not begun: it waits for its turn to judge."""
    brakes.wait("writing slice 1")
    turn = installation.connect()
    ask = threading.Thread(target=lambda: turn.cursor().execute("SELECT pg_advisory_lock(%s)", [CAPTURE_LOCK]))
    ask.start()
    ours = (turn.info.backend_pid,)
    wait_for("us to stand in the line", lambda: ours in installation.sql(WAITING_TO_JUDGE))
    brakes.let_off("writing slice 1")
    ask.join(60)
    wait_for("the worker to stand in the line", lambda: installation.sql(WAITING_TO_JUDGE))
    assert installation.sql("SELECT committed FROM leads_importbatch") == [(SLICE,)]
    installation.kill_children("worker")
    turn.close()


def kill_database_at(installation: Installation, brakes: Brakes, place: str) -> None:
    """Kill PostgreSQL at a place; the worker finds its way back by itself, and the stage, which is not logged, is empty."""
    brakes.wait(place)
    installation.kill_postgres()
    brakes.on.clear()
    assert installation.sql("SELECT count(*) FROM leads_arrival") == [(0,)]


def test_an_import_killed_everywhere_ends_as_if_nothing_had_happened(installation: Installation) -> None:
    expected = undisturbed(installation)
    installation.renew()
    lay_scene(timezone.now())
    brakes = fitted(installation)
    for place in ("reading", "folding doubles", "writing slice 1"):
        brakes.put_on(place)
    batch = bring_in(rows(ROWS))
    installation.start("worker", "beat")
    kill_worker_at(installation, brakes, "reading")
    kill_at(installation, brakes, "folding doubles")
    brakes.put_on("writing slice 2")
    kill_between_slices(installation, brakes)
    kill_database_at(installation, brakes, "writing slice 2")
    brakes.put_on("writing slice 2")
    brakes.wait("writing slice 2")
    wait_for("what is written to be scored", lambda: not LeadTouch.objects.exists())
    for place in ("clearing the stage", "scoring", "promoting"):
        brakes.put_on(place)
    for place in ("writing slice 2", "clearing the stage", "scoring"):
        kill_at(installation, brakes, place)
    brakes.wait("promoting")
    # Only now: who hands the first slice over would stand here else, with every process of the worker, and nobody would judge.
    brakes.put_on("handing over")
    kill_at(installation, brakes, "promoting")
    kill_worker_at(installation, brakes, "handing over")
    wait_for("the import to end", lambda: is_at_rest(batch))
    call_command("check_conservation")
    assert difference(state(), expected) == {}
