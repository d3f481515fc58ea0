"""Which lists of leads do readers keep, take along as a file, and act on?"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leads.querysets import ErrandQuerySet, SavedViewQuerySet


class SavedView(models.Model):
    """A list that somebody asks for again and again, by a name: its fixed filters, its condition and its columns."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    filters = models.JSONField(default=dict)
    condition = models.JSONField(null=True, blank=True)
    columns = models.JSONField(default=list)
    is_shared = models.BooleanField(_("shared with everybody"), default=False)
    changed_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")]
        indexes: ClassVar = [models.Index(fields=["name"], condition=Q(is_shared=True), name="saved_view_shared")]

    def __str__(self) -> str:
        return self.name


class ListColumns(models.Model):
    """The columns that a reader wants to see wherever no view says otherwise."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="list_columns")
    columns = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.columns)


class Errand(models.Model):
    """Something done for a reader in the background, over all leads that they asked for. `done` of `total` were looked at."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    asked = models.JSONField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    problem = models.TextField(blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.by_id} {self.asked_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING, self.State.UNDOING)


class LeadExport(Errand):
    """A list of leads as a file, or only how many there are. Its file is there for a week."""

    class Format(models.TextChoices):
        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel")
        COUNT = "count", _("Only the number")

    format = models.CharField(_("format"), max_length=5, choices=Format, default=Format.XLSX)
    columns = models.JSONField(default=list)
    file = models.FileField(upload_to="exports/%Y/%m/", max_length=500, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state__in=("waiting", "running")), name="export_to_do"),
            models.Index(fields=["by", "-id"], name="export_of_user"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False, total__isnull=False),
                name="export_done_at_a_moment",
            ),
        ]


class BulkAct(Errand):
    """One thing done to many leads at once. `act` names it, `options` say how; the leads are written down before the first is touched."""

    act = models.CharField(max_length=30)
    options = models.JSONField(default=dict)
    changed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(state__in=("waiting", "running", "undoing")), name="bulk_act_to_do"
            ),
            models.Index(fields=["by", "-id"], name="bulk_act_of_user"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done=models.F("changed") + models.F("refused")), name="every_lead_of_an_act_ends_once"
            ),
        ]


class BulkActLead(models.Model):
    """What became of one lead of an act: to do, changed (with what was `before`) or refused (with the reason); then taken back, or not."""

    class Outcome(models.TextChoices):
        TO_DO = "", _("To do")
        CHANGED = "changed", _("Changed")
        REFUSED = "refused", _("Left alone")
        UNDONE = "undone", _("Taken back")
        KEPT = "kept", _("Stays")

    pk = models.CompositePrimaryKey("act_id", "lead_id")
    act = models.ForeignKey(BulkAct, models.PROTECT, related_name="leads", db_index=False, db_constraint=False)
    lead = models.ForeignKey("leads.Lead", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["act", "lead"], condition=Q(outcome=""), name="bulk_lead_to_do"),
            models.Index(
                fields=["act", "lead"], condition=Q(outcome__in=("refused", "kept")), name="bulk_lead_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_id}:{self.lead_id} {self.outcome}"
