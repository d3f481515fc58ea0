"""Which file came in, what was made of its columns, and how did each row end?"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leads.models.campaigns import Campaign, TrackingLink
from leads.stages import Channel


class ImportBatch(models.Model):
    """One run of one file. The counts are those of the committed slices; together they are the rows of the file.

    `undone` rows, counted from the end, have been taken back. `corrections` are cells that were put right by hand, by
    the number of their record and their place; the file itself stays as it came. `draft` is what is being chosen for its
    columns and for the file, as `mapping` and `options`, as long as nobody said that it is right so. A `new_campaign` is
    one that was named and is not there yet: it is made when the run begins.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("Choosing fields")
        CHECKING = "checking", _("Checking")
        CHECKED = "checked", _("Checked")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        CANCELLED = "cancelled", _("Cancelled")
        FINISHING = "finishing", _("Scoring and routing")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")

    name = models.CharField(max_length=300)
    file = models.FileField(upload_to="imports/%Y/%m/", max_length=500)
    sheet = models.CharField(max_length=200, blank=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="batches")
    channel = models.CharField(max_length=20, choices=Channel, blank=True)
    new_campaign = models.CharField(max_length=200, blank=True, db_default="")
    headers = models.JSONField(default=list)
    header_digest = models.CharField(max_length=64, blank=True)
    reading = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    draft = models.JSONField(default=dict, db_default={})
    state = models.CharField(max_length=10, choices=State, default=State.MAPPING)
    problem = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    staged = models.PositiveIntegerField(default=0)
    committed = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="import_batches")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    committed=models.F("created")
                    + models.F("updated")
                    + models.F("merged")
                    + models.F("skipped")
                    + models.F("errors")
                ),
                name="every_row_ends_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(committed=models.F("rows")),
                name="done_when_every_row_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """How one record of a file ended, with what it said and what was there before; `kept` is what stays of it once undone."""

    class Verdict(models.TextChoices):
        CREATED = "created", _("Created")
        UPDATED = "updated", _("Updated")
        MERGED = "merged", _("Merged")
        SKIPPED = "skipped", _("Skipped")
        ERROR = "error", _("Error")

    pk = models.CompositePrimaryKey("batch_id", "n")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="records", db_index=False, db_constraint=False)
    n = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    raw = ArrayField(models.TextField())
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    contact_id = models.BigIntegerField(null=True)
    lead_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    kept = models.TextField(blank=True, db_default="")
    tracking_link = models.ForeignKey(TrackingLink, models.PROTECT, null=True, related_name="rows", db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["batch", "n"], condition=models.Q(verdict="error"), name="import_row_errors"),
            models.Index(
                fields=["tracking_link", "lead_id"],
                condition=models.Q(tracking_link__isnull=False),
                name="import_row_by_tracking_link",
            ),
            models.Index(fields=["batch", "n"], condition=~models.Q(kept=""), name="import_row_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.n} {self.verdict}"


class MappingMemory(models.Model):
    """What a team made of a set of headers the last time."""

    header_digest = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.header_digest


class MappingTemplate(models.Model):
    """What somebody made of the columns of a file, under a name, to be used again; a shared one is for everybody.

    `content` holds the columns by header and what is chosen for the whole file (leads.importing.templates).
    """

    name = models.CharField(_("name"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mapping_templates")
    is_shared = models.BooleanField(_("shared with everybody"), default=False)
    header_digest = models.CharField(max_length=64, db_index=True)
    content = models.JSONField()
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), "by", name="one_template_of_a_name_each"),
        ]

    def __str__(self) -> str:
        return self.name
