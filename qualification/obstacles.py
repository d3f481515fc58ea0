"""What keeps touched leads from being judged?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from leads.importing.obstacles import obstacle
from qualification import promotion


@obstacle
def nothing_to_judge_by(at: datetime) -> str:
    """No signed definition, or nobody in sales who could take a lead."""
    return {
        "": "",
        "no-definition": _(
            "The leads wait with marketing unscored: no definition of a lead is in force. "
            "They are scored and handed over once marketing and sales have signed one."
        ),
        "no-pool": _(
            "The leads wait with marketing unscored: nobody can act in a pool of sales. "
            "They are scored and handed over once a pool has an active member."
        ),
    }[promotion.obstacle(at)]
