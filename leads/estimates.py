"""How many rows does PostgreSQL expect of a question, from its statistics alone?"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import QuerySet


def expected(rows: QuerySet[Any]) -> int:
    """What its planner expects; nothing is read for it."""
    plan = rows.order_by().values("pk").explain(format="json")
    return int(json.loads(plan)[0]["Plan"]["Plan Rows"])
