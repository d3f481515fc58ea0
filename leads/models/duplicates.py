"""Which two contacts may be one person, and what did somebody say of it?"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leads.models.contacts import Contact, Merge
from leads.querysets import DuplicatePairQuerySet


class DuplicatePair(models.Model):
    """Two contacts that look alike; each pair stands here once, the contact that was there first on the left.

    Without a score it was found and not compared yet. `different` is remembered for ever; `later` comes back.
    """

    class Decision(models.TextChoices):
        MERGED = "merged", _("Merged")
        DIFFERENT = "different", _("Different people")
        LATER = "later", _("Later")

    left = models.ForeignKey(Contact, models.PROTECT, related_name="pairs_as_left", db_index=False)
    right = models.ForeignKey(Contact, models.PROTECT, related_name="pairs_as_right")
    score = models.PositiveSmallIntegerField(null=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    merge = models.OneToOneField(Merge, models.PROTECT, null=True, related_name="pair")

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="pair_of_two_in_order"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True)
                | ~models.Q(decision="") & models.Q(decided_at__isnull=False),
                name="pair_decided_at_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                models.F("score").desc(),
                "id",
                condition=models.Q(decision__in=("", "later"), score__isnull=False),
                name="pair_to_decide",
            ),
            models.Index(fields=["id"], condition=models.Q(score__isnull=True), name="pair_to_compare"),
            models.Index(fields=["-decided_at"], condition=models.Q(decision="merged"), name="pair_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} = {self.right_id}"


class DuplicateScan(models.Model):
    """One walk over the whole base: which block is next, and what was found so far."""

    asked_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    blocks_done = models.PositiveSmallIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(finished_at__isnull=True), name="one_scan_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.asked_at)
