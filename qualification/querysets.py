"""Questions about definitions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from qualification.models import Definition


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def in_force(self, at: datetime) -> Definition | None:
        """The version that promotions at this moment go by: the one that came into force last."""
        return self.filter(in_force_at__lte=at).order_by("-in_force_at", "-version").first()

    def drafts(self) -> DefinitionQuerySet:
        return self.filter(in_force_at__isnull=True)
