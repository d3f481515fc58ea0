"""Where does a new inquiry wait, and by when does marketing look at it?"""

from __future__ import annotations

from datetime import datetime

from leads import calendars
from leads.lifecycle import Hold
from leads.models import Queue

# By when marketing looks at a new inquiry: two working days of the company.
QUALIFY_MINUTES = 960


class NobodyQualifiesError(Exception):
    """The queue for new inquiries has nobody who can work it, so that a lead there would be lost."""


def to_qualify(at: datetime) -> Hold:
    """Where a new inquiry waits, and by when marketing looks at it."""
    queue = Queue.objects.able_to_act().filter(kind=Queue.Kind.TO_QUALIFY).first()
    if queue is None:
        raise NobodyQualifiesError
    return Hold(calendars.due(at, QUALIFY_MINUTES), queue=queue.pk)
