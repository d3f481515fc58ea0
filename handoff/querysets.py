"""Questions about reps, handoffs and follow-ups."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from leadops.accounts.roles import REPS, Role, has_role

if TYPE_CHECKING:
    from handoff.models import FollowUp, Handoff, Opportunity, Rep  # noqa: F401 - named in the generics below
    from leadops.accounts.models import User


class RepQuerySet(models.QuerySet["Rep"]):
    def present(self, at: datetime) -> RepQuerySet:
        """Active, and not on leave at this moment."""
        away = apps.get_model("handoff", "Absence").objects.filter(
            rep=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at
        )
        return self.filter(~Exists(away), user__is_active=True)

    def managed_by(self, user: User) -> RepQuerySet:
        return self.filter(user__memberships__team__manager=user, user__memberships__until__isnull=True)


class HandoffQuerySet(models.QuerySet["Handoff"]):
    def still_open(self) -> HandoffQuerySet:
        return self.filter(ended_at__isnull=True)

    def with_explanation(self) -> HandoffQuerySet:
        """With all that explanation.explain() reads of a handoff."""
        return self.select_related("rep", "pool", "rule", "run", "assigned_by")

    def visible_to(self, user: User) -> HandoffQuerySet:
        if user.has_perm("leads.see_all_leads"):
            return self
        if has_role(user, Role.SALES_MANAGER):
            return self.filter(
                Q(rep=user) | Q(rep__memberships__team__manager=user, rep__memberships__until__isnull=True)
            ).distinct()
        return self.filter(rep=user) if has_role(user, *REPS) else self.none()


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def standing(self, as_of: datetime | None = None) -> FollowUpQuerySet:
        """Neither voids nor what they voided; with `as_of`, as was known then."""
        rows = self if as_of is None else self.filter(recorded_at__lte=as_of)
        voids = self.model.objects.filter(voids=OuterRef("pk"))
        if as_of is not None:
            voids = voids.filter(recorded_at__lte=as_of)
        return rows.filter(~Exists(voids), voids__isnull=True)


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def standing(self) -> OpportunityQuerySet:
        """All but those of a file that was taken back."""
        return self.filter(voided_at__isnull=True)

    def still_open(self) -> OpportunityQuerySet:
        return self.standing().filter(won_at__isnull=True, lost_at__isnull=True)
