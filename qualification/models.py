"""What makes a lead worth a salesperson's time, and who signed that?"""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leads import laws
from leads.models import Lead, Promotion
from qualification.querysets import DefinitionQuerySet

SIGNED_BY_BOTH = """
    (SELECT count(DISTINCT s.side) = 2 AND count(DISTINCT s.by_id) >= 2
     FROM qualification_signature s WHERE s.definition_id = d.id)
"""

_SIGNED_TEXT_CHANGED = """old_rows o JOIN new_rows d ON d.id = o.id
    WHERE (to_jsonb(o) - 'in_force_at') IS DISTINCT FROM (to_jsonb(d) - 'in_force_at')
      AND EXISTS (SELECT 1 FROM qualification_signature s WHERE s.definition_id = o.id)"""

_FORCED_UNSIGNED = f"""old_rows o JOIN new_rows d ON d.id = o.id
    WHERE o.in_force_at IS DISTINCT FROM d.in_force_at AND (o.in_force_at IS NOT NULL OR NOT {SIGNED_BY_BOTH})"""

_SIGNED_CRITERION = (
    "{rows} c WHERE EXISTS (SELECT 1 FROM qualification_signature s WHERE s.definition_id = c.definition_id)"
)

_UNSIGNED_PROMOTION = f"""(SELECT DISTINCT definition_version, is_imported FROM new_rows) n WHERE NOT n.is_imported AND NOT EXISTS (
    SELECT 1 FROM qualification_definition d WHERE d.version = n.definition_version
      AND d.in_force_at IS NOT NULL AND {SIGNED_BY_BOTH})"""


class Definition(models.Model):
    """One version of the shared lead definition: a draft until two people signed it, one for marketing, one for sales.

    `promise_minutes` (first follow-up) and `accept_minutes` are working minutes; `canonical` is the text that was
    signed, in both languages, with the version of its language. A signed version never changes.
    """

    version = models.PositiveIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    threshold = models.SmallIntegerField(_("threshold"))
    fit_cap = models.SmallIntegerField(_("most points for fit"), default=60)
    engagement_cap = models.SmallIntegerField(_("most points for engagement"), default=40)
    promise_minutes = models.PositiveIntegerField(_("first follow-up within (working minutes)"))
    accept_minutes = models.PositiveIntegerField(_("accepted within (working minutes)"))
    qualify_minutes = models.PositiveIntegerField(_("qualified within (working minutes)"))
    exploration_percent = models.PositiveSmallIntegerField(_("taken along to learn, in percent"), default=0)
    reject_reasons = models.JSONField(_("reasons to reject"), default=list)
    canonical = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(promise_minutes__gt=0, accept_minutes__gt=0, qualify_minutes__gt=0),
                name="promises_take_time",
            ),
            models.CheckConstraint(condition=Q(exploration_percent__lte=50), name="exploration_at_most_half"),
        ]
        triggers: ClassVar = [
            laws.refused(
                "signed_text_stays",
                pgtrigger.Update,
                _SIGNED_TEXT_CHANGED,
                "a signed definition is never changed: make a new version",
                excuse="false",
            ),
            laws.refused(
                "in_force_once_signed",
                pgtrigger.Update,
                _FORCED_UNSIGNED,
                "a definition comes into force once, signed by marketing and by sales",
                excuse="false",
            ),
            laws.refused(
                "born_a_draft",
                pgtrigger.Insert,
                "new_rows WHERE in_force_at IS NOT NULL",
                "a definition comes into force after both have signed",
                excuse="false",
            ),
            laws.never_deleted("Definitions"),
        ]

    def __str__(self) -> str:
        return _("Definition {version}").format(version=self.version)


class Criterion(models.Model):
    """One line of a definition: a must-have, or points for fit or engagement. Points may be negative.

    `condition` is a tree of the condition language. With `half_life_days` an engagement criterion counts each
    engagement that fits the condition, halved for every half-life of its age, at most `cap` points in all.
    """

    class Kind(models.TextChoices):
        MUST = "must", _("Must-have")
        FIT = "fit", _("Fit")
        ENGAGEMENT = "engagement", _("Engagement")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    label_en = models.CharField(max_length=200)
    label_nl = models.CharField(max_length=200)
    condition = models.JSONField()
    points = models.SmallIntegerField(default=0)
    cap = models.SmallIntegerField(null=True, blank=True)
    half_life_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "position"], name="criterion_position"),
            models.CheckConstraint(
                condition=Q(half_life_days__isnull=True) | Q(kind="engagement", half_life_days__gt=0),
                name="only_engagement_decays",
            ),
        ]
        triggers: ClassVar = [
            laws.refused(
                "signed_on_insert",
                pgtrigger.Insert,
                _SIGNED_CRITERION.format(rows="new_rows"),
                "a signed definition is never changed: make a new version",
                excuse="false",
            ),
            laws.refused(
                "signed_on_update",
                pgtrigger.Update,
                _SIGNED_CRITERION.format(rows="old_rows"),
                "a signed definition is never changed: make a new version",
                excuse="false",
            ),
            laws.refused(
                "signed_on_delete",
                pgtrigger.Delete,
                _SIGNED_CRITERION.format(rows="old_rows"),
                "a signed definition is never changed: make a new version",
                excuse="false",
            ),
        ]

    def __str__(self) -> str:
        return self.label_en


class Signature(models.Model):
    """One side's word for a definition, over the digest of its canonical text."""

    class Side(models.TextChoices):
        MARKETING = "marketing", _("Marketing")
        SALES = "sales", _("Sales")

    definition = models.ForeignKey(Definition, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "side"], name="one_signature_a_side"),
            models.UniqueConstraint(fields=["definition", "by"], name="two_different_people_sign"),
        ]
        triggers: ClassVar = laws.append_only("Signatures")

    def __str__(self) -> str:
        return f"{self.definition}: {self.side}"


class SignedPromotion(Promotion):
    """Promotions as qualification sees them: none without a definition in force that both sides signed."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            laws.refused(
                "under_signed_definition",
                pgtrigger.Insert,
                _UNSIGNED_PROMOTION,
                "no promotion under a definition that marketing and sales have not both signed",
                excuse="false",
            )
        ]


class ScoreCard(models.Model):
    """A score as it was when its grade, or its side of the threshold, changed: addends and the inputs seen."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="score_cards", db_constraint=False, db_index=False)
    definition_version = models.PositiveIntegerField()
    score = models.SmallIntegerField()
    grade = models.CharField(max_length=2)
    meets = models.BooleanField()
    addends = ArrayField(models.SmallIntegerField())
    inputs = models.JSONField(default=dict)
    scored_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["lead", "-scored_at"], name="score_card_of_lead")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.score}"
