"""Run a batch: stage its rows, judge them slice by slice, and end in exactly one verdict a row.

Each slice is one transaction that writes contacts, leads and the rows' verdicts together and moves the batch's count
along, so that a run that was killed goes on from the first row that has no verdict.
"""

from leads.capture.holds import NobodyQualifiesError
from leads.importing.running.arriving import is_large, stage
from leads.importing.running.batches import (
    COUNTED_AT_ONCE,
    OnProgress,
    TakenError,
    change,
    choose,
    create,
    describe,
    enter_campaign,
    finish,
    give_up,
    interrupted,
    quietly,
    request,
)
from leads.importing.running.holding import cancel, clear_cancelled, pause, resume
from leads.importing.running.runs import check, run
from leads.importing.running.slices import commit, next_slice

__all__ = [
    "COUNTED_AT_ONCE",
    "NobodyQualifiesError",
    "OnProgress",
    "TakenError",
    "cancel",
    "change",
    "check",
    "choose",
    "clear_cancelled",
    "commit",
    "create",
    "describe",
    "enter_campaign",
    "finish",
    "give_up",
    "interrupted",
    "is_large",
    "next_slice",
    "pause",
    "quietly",
    "request",
    "resume",
    "run",
    "stage",
]
