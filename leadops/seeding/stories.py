"""What is told of one synthetic lead? The rows that the operations would have written, from coming in to where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from leadops.seeding.company import Cast
from leads.stages import Reason, Stage

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

Row = tuple[Any, ...]


@dataclass(slots=True)
class Story:
    """The rows of one lead, and where it stands; keys of a promotion and a handoff are set aside for one that is promoted."""

    lead: int
    contact: int
    customer: bool
    channel: str
    campaign: int
    opened_at: datetime
    promotion: int | None = None
    handoff: int | None = None
    mql_at: datetime | None = None
    promised_by: datetime | None = None
    first_follow_up_at: datetime | None = None
    answered_at: datetime | None = None
    answered_as: str = ""
    rep: int | None = None
    stage: str = ""
    stage_entered_at: datetime | None = None
    owner: int | None = None
    queue: int | None = None
    next_step_at: datetime | None = None
    next_step_set_at: datetime | None = None
    closed_at: datetime | None = None
    moves: list[Row] = field(default_factory=list)
    engagements: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    opportunity: Row | None = None
    handed_at: datetime | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""

    def stand(
        self,
        stage: Stage,
        at: datetime,
        reason: Reason,
        *,
        step: datetime | None,
        owner: int | None = None,
        queue: int | None = None,
    ) -> None:
        """Move to `stage`; without a step the lead closes, and its last owner stays named."""
        self.owner = owner if step is not None else self.owner
        self.queue, self.next_step_at, self.next_step_set_at = queue, step, at if step is not None else None
        self.closed_at = None if step is not None else at
        if stage.value != self.stage:
            self.stage, self.stage_entered_at = stage.value, at
        n = 1 if self.mql_at is not None else 0
        self.moves.append((self.lead, stage.value, self.owner, queue, step, n, reason.value, at, at))

    @property
    def due(self) -> datetime:
        """The promise, once it was made."""
        if self.promised_by is None:
            raise LookupError(self.lead)
        return self.promised_by

    def answer(self, at: datetime, word: str) -> None:
        """Answer the promotion, if nothing has yet."""
        if self.answered_at is None:
            self.answered_at, self.answered_as = at, word

    def leave_rep(self, at: datetime, outcome: str) -> None:
        self.ended_at, self.outcome = at, outcome

    def close(self, stage: Stage, at: datetime) -> None:
        """Close as `stage`, by the rep where one has it."""
        if self.owner is not None:
            self.answer(at, "disqualified" if stage is Stage.DISQUALIFIED else "closed")
            self.leave_rep(at, stage.value)
        self.stand(stage, at, Reason(stage.value), step=None)


def promoted_anew(story: Story, mql_at: datetime, due: datetime, cast: Cast) -> None:
    """Promote with the promise `due`, into the pool of the lead's kind."""
    story.mql_at, story.promised_by = mql_at, due
    pool = cast.queues["farmers" if story.customer else "hunters"]
    story.stand(Stage.MQL, mql_at, Reason.MEETS_DEFINITION, step=min(mql_at + 8 * HOUR, due), queue=pool)
