"""Which jobs bring leads in? Each looks for what there is to do, so that a lost message costs nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Thread

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from leads import duplicates, intake, search
from leads.bulk import running as acting
from leads.calling import keeping_out, lists
from leads.importing import errors_file, running, undoing
from leads.listing import exporting
from leads.models import BulkAct, CallList, ImportBatch, LeadExport
from leads.public import consenting
from leads.stand import entries

logger = structlog.get_logger(__name__)

# Seconds: what arrives within them is judged together; after a ring that failed the sweep alone looks, for so long.
BETWEEN_RINGS, LEFT_ALONE = 1, 30
# Where so many arrive between two rings, the next one waits for so many seconds: a large set costs far less a row.
MANY, WHILE_MANY = 100, 5
NIGHT = timedelta(hours=12)
# PostgreSQL's codes: a deadlock, a clash of transactions, a lock that was not to be had; and a server that stops or starts.
IN_THE_WAY = frozenset({"40P01", "40001", "55P03"})
STOPPING = frozenset({"57P01", "57P02", "57P03"})
_silent_until = 0.0
_since_ring = 0


@shared_task
def judge_intake() -> None:
    """Judge what forms, the API and webhooks have brought, slice after slice; what comes meanwhile has a ring of its own."""
    last = intake.last_waiting()
    while intake.waits(last) and (judged := intake.judge_next(at=timezone.now())):
        logger.info("intake judged", count=len(judged))


@shared_task
def settle_forms() -> None:
    """Ask by mail who has to confirm what a form said, and write down the consent that counts, at a stand too."""
    while recorded := consenting.record(at=timezone.now()):
        logger.info("consent recorded", count=recorded)
    consenting.mail(at=timezone.now())
    while settled := entries.settle(at=timezone.now()):
        logger.info("visitors settled", count=settled)


@shared_task
def import_files() -> None:
    """Check and run the files that wait or lost their worker; call done those whose leads have been looked at since."""
    for batch in running.interrupted():
        with _surviving("file not taken in", partial(running.give_up, batch), batch=batch.pk):
            _take_in(batch)
    running.finish(at=timezone.now())
    running.clear_cancelled(at=timezone.now())


@shared_task
def finish_imports() -> None:
    """Call done the files whose leads have been looked at since, while another file may be coming in."""
    running.finish(at=timezone.now())


@shared_task
def fill_search() -> None:
    """Put the texts together by which people are found, slice after slice until none is due."""
    while search.fill():
        pass


@shared_task
def scan_duplicates() -> None:
    """Have the whole base looked through for records of one person, once a night however often beat asks."""
    at = timezone.now()
    if not duplicates.was_asked(since=at - NIGHT):
        duplicates.ask(at=at, by=None)
    find_duplicates()


@shared_task
def find_duplicates() -> None:
    """Go on with the scan that was asked for, or was stopped, step after step."""
    while duplicates.go_on(timezone.now()):
        pass


@shared_task
def run_errands() -> None:
    """Do what readers asked for: call lists and acts on many leads, then files, one after the other."""
    for call_list in CallList.objects.to_do():
        with _surviving(
            "call list not filled", partial(lists.give_up, call_list, at=timezone.now()), list=call_list.pk
        ):
            lists.fill(call_list, at=timezone.now())
    for bulk in BulkAct.objects.to_do():
        with _surviving("act on many not done", partial(acting.give_up, bulk, at=timezone.now()), act=bulk.pk):
            (acting.undo if bulk.state == BulkAct.State.UNDOING else acting.run)(bulk, at=timezone.now())
    for export in LeadExport.objects.to_do():
        with _surviving("export not written", partial(exporting.give_up, export, at=timezone.now()), export=export.pk):
            exporting.run(export, at=timezone.now())
    exporting.forget(at=timezone.now())


@shared_task
def look_at_call_lists() -> None:
    """Keep out of the lists under way whoever may not be called any more, and let in again who may."""
    logger.info("call lists looked at", kept_out=keeping_out.judge_all())


@contextmanager
def _surviving(event: str, give_up: Callable[[], None], **which: int) -> Iterator[None]:
    """Let a fault of our own end one piece of work, and go on with the next.

    What another process was in the way of is left as it stands: the next sweep takes it up. Where the database is away
    that goes for all of it.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if is_away(error):
            raise
        if sqlstate(error) not in IN_THE_WAY:
            logger.exception(event, **which)
            give_up()
        else:
            logger.warning(event, error=str(error), **which)
    except Exception:
        logger.exception(event, **which)
        give_up()


def is_away(error: Exception) -> bool:
    """Whether a fault is that the connection is gone, or that the database stops or starts."""
    state = sqlstate(error)
    return not state or state.startswith("08") or state in STOPPING


def sqlstate(error: Exception) -> str:
    """The code that PostgreSQL gives a fault; empty where it could not say so any more."""
    return getattr(error.__cause__, "pgcode", None) or ""


def _take_in(batch: ImportBatch) -> None:
    works = {ImportBatch.State.CHECKING: running.check, ImportBatch.State.UNDOING: undoing.undo}
    if works.get(ImportBatch.State(batch.state), running.run)(batch, at=timezone.now()):
        errors_file.keep(batch)
        logger.info("file taken in", batch=batch.pk, state=batch.state, rows=batch.rows)


def ring_for_intake() -> None:
    """Have judged what arrived, a second from now and at most once a second, or in a while where many arrive.

    Nobody waits for the bell to answer.
    """
    global _silent_until, _since_ring
    now, _since_ring = time.monotonic(), _since_ring + 1
    if now >= _silent_until:
        _silent_until, wait, _since_ring = now + LEFT_ALONE, between_rings(_since_ring), 0
        Thread(target=_ring_for_intake, args=(wait,), daemon=True).start()


def between_rings(arrived: int) -> int:
    """How many seconds the next ring waits, and all that arrives in them with it, by how many arrived since the last."""
    return WHILE_MANY if arrived >= MANY else BETWEEN_RINGS


def _ring_for_intake(wait: int) -> None:
    """Ring; a bell that is dead is left alone for a while."""
    global _silent_until  # noqa: PLW0603 - a process's own
    if judge_intake.apply_async(retry=False, countdown=wait) is not None:
        _silent_until = time.monotonic() + wait


def ring() -> None:
    """Have waiting files taken in as soon as this transaction is over; a ring that fails is dropped."""
    transaction.on_commit(import_files.delay)


def ring_for_duplicates() -> None:
    """Have a scan that was asked for begun as soon as this transaction is over; a ring that fails is dropped."""
    transaction.on_commit(find_duplicates.delay)


def ring_for_errands() -> None:
    """Have what readers asked for done as soon as this transaction is over; a ring that fails is dropped."""
    transaction.on_commit(run_errands.delay)
