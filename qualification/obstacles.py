"""What keeps touched leads from being judged?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from leads.importing.obstacles import obstacle
from qualification import promotion


@obstacle
def nothing_to_judge_by(at: datetime) -> str:
    """No signed definition, or nobody in sales who could take a lead."""
    kind = promotion.obstacle(at)
    return gettext(promotion.WHY[kind]) if kind else ""
