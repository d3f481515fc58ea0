"""Import a file of leads from the command line, to the end: judged, scored and handed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leadops import sweeps
from leadops.foundation import lay
from leadops.management.commands.suggest_mapping import header_row
from leadops.management.prepared import PreparedCommand
from leads import reasons
from leads.importing import errors_file, files, obstacles, orders, running, templates
from leads.models import Campaign, ImportBatch
from leads.stages import Channel


class Command(PreparedCommand):
    help = "Import a file of leads (CSV, XLSX, XLS, ODS or vCard)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--campaign", required=True, help="the campaign of the leads; it is made if there is none")
        parser.add_argument("--channel", choices=Channel.values, help="the channel of a new campaign; web if not said")
        parser.add_argument("--sheet", default="", help="the sheet of a workbook")
        parser.add_argument("--header-row", type=header_row, help="the line that names the columns, or “none”")
        parser.add_argument(
            "--date-order",
            choices=sorted(orders.LABELS),
            help="how dates are written in columns where day and month cannot be told apart; dmy if not said",
        )
        parser.add_argument(
            "--mapping",
            help="a JSON file of {header: field}, or with more said (docs/importing.md); others are kept as they are",
        )
        parser.add_argument(
            "--history",
            action="store_true",
            help="the file is the history of another system: what its words mean, the mapping says (docs/moving-in.md)",
        )
        parser.add_argument(
            "--all-worked", action="store_true", help="with --history: sales worked every lead of the file"
        )
        parser.add_argument("--preview", action="store_true", help="say what would become of each row, and do nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        batch = self.previewed(options, at) if options["preview"] else self.imported(options, at)
        result = summary(batch, (timezone.now() - at).total_seconds())
        self.stdout.write(json.dumps(result, ensure_ascii=False) if options["json"] else in_words(batch, result))

    def imported(self, options: dict[str, Any], at: datetime) -> ImportBatch:
        """The batch of the file, run to its end; one that was killed goes on where it stopped."""
        lay()
        batch = unfinished(options) or self.created(options, at)
        require_readable(batch)
        with sweeps.beside() if running.is_large(batch) else nullcontext():
            self.worked(running.run, batch, options, at)
        sweeps.catch_up(at=timezone.now())
        running.finish(at=timezone.now())
        batch.refresh_from_db()
        return batch

    def previewed(self, options: dict[str, Any], at: datetime) -> ImportBatch:
        """The batch of the file as it was checked, in one transaction that is taken back: nothing of it stays, nor its file."""
        with transaction.atomic():
            lay()
            batch = self.created(options, at)
            try:
                require_readable(batch)
                self.worked(running.check, batch, options, at)
            finally:
                batch.file.delete(save=False)
            transaction.set_rollback(True)
        return batch

    def worked(self, work: Callable[..., bool], batch: ImportBatch, options: dict[str, Any], at: datetime) -> None:
        """Do the work on a batch; raises CommandError where it does not come to its end."""
        if not work(batch, at=at, on_progress=self.told(options)):
            raise CommandError(batch.problem or why_not(batch))

    def created(self, options: dict[str, Any], at: datetime) -> ImportBatch:
        """Keep the file as a new batch, with the campaign and the mapping that were asked for."""
        path = Path(options["file"])
        mapping = read_mapping(options["mapping"]) if options["mapping"] else None
        try:
            with path.open("rb") as opened:
                batch = running.create(
                    File(opened, name=path.name), path.name, by=None, at=at, sheet=options["sheet"], header_row=options["header_row"],
                    campaign=campaign_named(options["campaign"], options["channel"], at), channel=options["channel"] or "",
                    is_run_next=True,
                )  # fmt: skip
        except FileNotFoundError:
            raise CommandError(_("There is no such file: %(path)s") % {"path": path}) from None
        except IsADirectoryError:
            raise CommandError(_("%(path)s is a folder; name a file in it.") % {"path": path}) from None
        except OSError as problem:
            raise CommandError(_("The file cannot be opened: %(reason)s") % {"reason": problem.strerror}) from None
        if options["date_order"]:
            running.change(batch, options=batch.options | {"date_order": options["date_order"]})
        if mapping is not None and batch.headers:
            fields, chosen = templates.chosen(batch, mapping, keeps_others=False)
            running.choose(batch, fields, at=at, options=chosen)
        if options["history"]:
            running.change(batch, options=batch.options | {"is_history": True, "is_all_worked": options["all_worked"]})
        return batch

    def told(self, options: dict[str, Any]) -> running.OnProgress:
        """How progress is shown: on the terminal's error line, and only to a person."""
        if options["json"] or not self.stderr.isatty():
            return running.quietly

        def show(batch: ImportBatch) -> None:
            self.stderr.write(f"\r{batch.committed or batch.staged} / {batch.rows or '?'} ", ending="")

        return show


def require_readable(batch: ImportBatch) -> None:
    """Raise CommandError where no table was found in the file of a batch."""
    if batch.state == ImportBatch.State.FAILED:
        raise CommandError(batch.problem)


def why_not(batch: ImportBatch) -> str:
    """Why a batch did not come to its end though nothing is wrong with it."""
    batch.refresh_from_db(fields=["state"])
    if batch.state in (ImportBatch.State.PAUSED, ImportBatch.State.CANCELLED):
        return _("The import was paused or ended by somebody: /imports/%(batch)d/") % {"batch": batch.pk}
    return _("This file is being imported by another process.")


def unfinished(options: dict[str, Any]) -> ImportBatch | None:
    """The batch that an import of this same file, into this same campaign, left behind when it was killed."""
    path = Path(options["file"])
    if not path.is_file():
        return None
    with path.open("rb") as opened:
        digest = files.digest_of(File(opened))
    left = ImportBatch.objects.filter(
        state=ImportBatch.State.RUNNING, reading__digest=digest, campaign__name__iexact=options["campaign"].strip()
    )
    return left.order_by("-pk").first()


def campaign_named(name: str, channel: str | None, at: datetime) -> Campaign:
    """The campaign of that name, made if there is none."""
    found = Campaign.objects.named(name).first()
    return found or Campaign.objects.create(name=name.strip(), channel=channel or Channel.WEB, created_at=at)


def read_mapping(path: str) -> templates.Content:
    """The mapping in a JSON file; raises CommandError saying what is wrong with it."""
    try:
        return templates.read(json.loads(Path(path).read_text(encoding="utf-8-sig")))
    except templates.UnfitError as problem:
        raise CommandError(str(problem)) from None
    except (OSError, ValueError) as problem:
        raise CommandError(_("The mapping cannot be read: %(reason)s") % {"reason": problem}) from None


def summary(batch: ImportBatch, seconds: float) -> dict[str, Any]:
    """How the rows ended, or would end."""
    is_preview = batch.state == ImportBatch.State.CHECKED
    counts = batch.preview if is_preview else vars(batch)
    name = None if is_preview else errors_file.keep(batch)
    return {
        "batch": None if is_preview else batch.pk,
        **{key: counts[key] for key in ("rows", "created", "updated", "merged", "skipped", "errors")},
        "seconds": round(seconds, 2),
        "error_file": name and default_storage.path(name),
        "remarks": files.of_lines(batch) + files.remarks(batch) + obstacles.of_batch(batch, timezone.now()),
    }


def in_words(batch: ImportBatch, result: dict[str, Any]) -> str:
    """The same for a person to read."""
    lines = [f"{key}: {value}" for key, value in result.items() if value is not None and key != "remarks"]
    lines += result["remarks"]
    shown = batch.preview.get("shown", []) if batch.state == ImportBatch.State.CHECKED else []
    return "\n".join(lines + [f"{row['line']}: {row['verdict']}: {reasons.said(row['reason'])}" for row in shown])
