"""How is it shown how far an import is, and how its rows end or would end?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import reasons
from leads.capture.history import spread
from leads.importing import choices, files, obstacles
from leads.models import ImportBatch, ImportRow
from leads.stages import Stage

State = ImportBatch.State
Verdict = ImportRow.Verdict
PAGE = 25
SOON = timedelta(minutes=1)
COUNTED = {
    Verdict.CREATED: "created",
    Verdict.UPDATED: "updated",
    Verdict.MERGED: "merged",
    Verdict.SKIPPED: "skipped",
    Verdict.ERROR: "errors",
}
MEANINGS = {
    Verdict.CREATED: gettext_lazy("new people, each with a lead"),
    Verdict.UPDATED: gettext_lazy("known people who got a value or an enquiry"),
    Verdict.MERGED: gettext_lazy("the same person as another row of this file"),
    Verdict.SKIPPED: gettext_lazy("nothing to add, or not to be contacted"),
    Verdict.ERROR: gettext_lazy("to be corrected; nothing of them comes in"),
}
WORKED_ON = (State.CHECKING, State.WAITING, State.RUNNING, State.UNDOING)
TRIED = (State.CHECKING, State.CHECKED)
KEPT = "kept"
NAMED_BY = ("full_name", "first_name", "initials", "infix", "last_name")
KNOWN_BY = ("organisation", "email", "phone", "mobile", "external_id")


def progress(batch: ImportBatch, at: datetime) -> dict[str, Any]:
    """How far a batch is: what is done now, so many of so many, and how long the rest will take."""
    total = batch.rows
    if batch.state == State.UNDOING:
        return {"is_under_way": True, "done": batch.undone, "total": batch.committed, "rest": None}
    judged = judged_of(batch)
    is_at_it = batch.state in (State.CHECKING, State.RUNNING)
    is_reading = is_at_it and not judged and (not total or batch.staged < total)
    done = batch.staged if is_reading else judged
    is_under_way = batch.state in WORKED_ON
    return {
        "is_under_way": is_under_way,
        "is_reading": is_reading,
        "done": done,
        "total": total,
        "rest": rest(batch, at) if is_under_way else None,
        "pace": round(pace(batch, at)),
        "tallies": tallies(batch) if batch.state == State.CHECKING and judged else [],
        "look": look(batch),
    }


def judged_of(batch: ImportBatch) -> int:
    """How many rows are judged: by a check so far, or for good."""
    judged: int = batch.preview.get("judged", 0) if batch.state == State.CHECKING else batch.committed
    return judged


def look(batch: ImportBatch) -> str:
    """What a page of a batch shows: when that is another, the page is read anew. A check shows its first rows once it has some."""
    return f"{batch.state}-rows" if batch.state == State.CHECKING and shows_rows(batch) else batch.state


def shows_rows(batch: ImportBatch) -> bool:
    """Whether there are rows to be shown: ended, or judged by a check."""
    is_judged = batch.state == State.CHECKED or (batch.state == State.CHECKING and "shown" in batch.preview)
    return is_judged or bool(batch.committed)


def pace(batch: ImportBatch, at: datetime) -> float:
    """Rows a second since a check or a run began, or a run was taken up again; nought as long as that cannot be told."""
    kept = batch.reading.get("pace") if batch.state == State.RUNNING else None
    before, since = (kept["committed"], kept["at"]) if kept else (0, None)
    if batch.state == State.CHECKING:
        since = batch.preview.get("since")
    done = judged_of(batch) - before
    seconds = (at - datetime.fromisoformat(since)).total_seconds() if since else 0
    return done / seconds if done > 0 and seconds > 0 else 0.0


def rest(batch: ImportBatch, at: datetime) -> timedelta | None:
    """How long the rows that are left will take at the pace so far; None when that is short or cannot be told."""
    each = pace(batch, at)
    left = timedelta(seconds=(batch.rows - judged_of(batch)) / each) if each else timedelta()
    return left if left > SOON else None


def remarks(batch: ImportBatch, at: datetime) -> list[str]:
    """What is to be said of how the file was read, and of what its leads wait for."""
    said = files.of_lines(batch) + choices.remarks(batch)
    if batch.state in (State.FINISHING, State.DONE):
        return said + files.remarks(batch) + obstacles.of_batch(batch, at)
    if batch.state == State.CHECKED:
        return said + files.date_orders(batch) + chosen_since(batch)
    return files.of_lines(batch) if batch.committed else []


def chosen_since(batch: ImportBatch) -> list[str]:
    """What is to be said of choices that were made after the check, and that it knows nothing of."""
    if not batch.draft:
        return []
    return [
        _(
            "Something else was chosen for the columns since this check. The import goes by what was checked; "
            "go back to the columns to have the other choices checked."
        )
    ]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows end in one verdict."""

    verdict: str
    label: str
    meaning: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the file: its number, the line that it stands on, who it is about, how it ends and why."""

    n: int
    line: int
    who: str
    known_by: str
    verdict: str
    label: str
    reason: str
    lead_id: int | None = None
    contact_id: int | None = None


def rows(batch: ImportBatch, asked: Mapping[str, str]) -> dict[str, Any]:
    """The counts of the whole file, and a page of its rows; those of one verdict where that is asked for."""
    wanted = asked.get("verdict", "")
    wanted = wanted if wanted in (*Verdict.values, KEPT) else ""
    found = previewed(batch, wanted) if batch.state in TRIED else ended(batch, wanted)
    page = Paginator(found, PAGE).get_page(asked.get("page"))
    counted = tallies(batch, wanted)
    total = next((tally.count for tally in counted if tally.is_current), sum(tally.count for tally in counted))
    total = page.paginator.count if wanted == KEPT else total
    return {
        "tallies": counted,
        **stands(batch),
        "kept": kept(batch).count() if batch.state == State.UNDONE else 0,
        "counted": sum(tally.count for tally in counted),
        "wanted": wanted,
        "page": page,
        "unshown": total - page.paginator.count,
        "rows": [shown(batch, row) for row in page],
    }


def tallies(batch: ImportBatch, wanted: str = "") -> list[Tally]:
    """How many rows end in each verdict, or are known to so far."""
    counts = batch.preview if batch.state in TRIED else vars(batch)
    return [
        Tally(
            verdict.value,
            str(verdict.label),
            str(MEANINGS[verdict]),
            counts.get(COUNTED[verdict], 0),
            verdict == wanted,
        )
        for verdict in Verdict
    ]


def previewed(batch: ImportBatch, wanted: str) -> list[Mapping[str, Any]]:
    """The rows that a check kept to be shown."""
    kept = batch.preview.get("shown", [])
    return [row for row in kept if not wanted or row["verdict"] == wanted]


def ended(batch: ImportBatch, wanted: str) -> Sequence[Mapping[str, Any]]:
    """The rows of a run; counted by the batch's own counts, not by reading them all."""
    columns = ("n", "line", "raw", "verdict", "lead_id", "contact_id")
    if wanted == KEPT:
        return kept(batch).values(*columns, "kept")
    found = ImportRow.objects.filter(batch=batch).order_by("n")
    found = found.filter(verdict=wanted) if wanted else found
    return Ended(found.values(*columns, "reason"), batch, wanted)


def kept(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows of which something stays though the import was taken back. Rides import_row_kept."""
    return ImportRow.objects.filter(batch=batch).exclude(kept="").order_by("n")


class Ended(Sequence[Mapping[str, Any]]):
    """Rows of a run, as a paginator wants them: a length that is known, and slices that are read."""

    def __init__(self, found: Any, batch: ImportBatch, wanted: str) -> None:
        self.found = found
        self.length = getattr(batch, COUNTED[Verdict(wanted)]) if wanted else batch.committed

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, wanted: Any) -> Any:
        return list(self.found[wanted])


def shown(batch: ImportBatch, row: Mapping[str, Any]) -> RowShown:
    cells = dict(zip(batch.mapping, row["raw"], strict=False))
    who = " ".join(filter(None, (cells.get(key, "").strip() for key in NAMED_BY)))
    known_by = [cells[key].strip() for key in KNOWN_BY if cells.get(key, "").strip()]
    first, *others = [who, *known_by] if who else known_by or [_("Nobody is named")]
    return RowShown(
        row["n"],
        row["line"],
        first[:120],
        " · ".join(others[:2])[:160],
        row["verdict"],
        str(Verdict(row["verdict"]).label),
        reasons.said(row["kept"] if "kept" in row else row["reason"]),
        row.get("lead_id"),
        row.get("contact_id"),
    )


def stands(batch: ImportBatch) -> dict[str, Any]:
    """Where the leads of a checked file of history would stand, and over which days their next steps are spread."""
    counts = batch.preview.get("stages") if batch.state == State.CHECKED else None
    if not counts:
        return {}
    moments = spread(timezone.now())
    found = [(stage.label, counts[stage]) for stage in Stage if counts.get(stage)]
    return {"stands": found, "spread": (moments[0], moments[-1])}
