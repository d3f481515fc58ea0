"""Who can hold a lead? A user who is active, or a queue with a member who can act.

The lead's side of the law locks new holders `FOR KEY SHARE`; this side locks the row it takes out of action
`FOR UPDATE` before it looks, so that of two at once one waits and then sees the other.
"""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadops.accounts.models import Team, User
from leads import laws
from leads.querysets import QueueQuerySet

_HOLDS_LEADS = """
    IF EXISTS (
        SELECT 1 FROM leads_lead l
        WHERE l.closed_at IS NULL AND l.owner_id IN (SELECT n.id FROM {gone} n)
    ) THEN
        RAISE EXCEPTION 'a user who holds open leads cannot be deactivated: reassign them first'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
"""

_QUEUE_LEFT_ALONE = """
    PERFORM 1 FROM leads_queue q WHERE q.id IN ({queues}) ORDER BY q.id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM leads_queue q
        WHERE q.id IN ({queues})
          AND EXISTS (SELECT 1 FROM leads_lead l WHERE l.closed_at IS NULL AND l.queue_id = q.id)
          AND NOT (q.is_active AND EXISTS (
              SELECT 1 FROM leads_queuemember m JOIN accounts_user u ON u.id = m.user_id
              WHERE m.queue_id = q.id AND u.is_active))
    ) THEN
        RAISE EXCEPTION 'a queue that holds open leads needs an active member: move its leads or add a member first'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
"""

_DEACTIVATED = "(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE o.is_active AND NOT n.is_active)"

_USER_LEAVES = f"""
    IF NOT EXISTS (SELECT 1 FROM {_DEACTIVATED} g) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM accounts_user u WHERE u.id IN {_DEACTIVATED} ORDER BY u.id FOR UPDATE;
    {_HOLDS_LEADS.format(gone=_DEACTIVATED)}
    {_QUEUE_LEFT_ALONE.format(queues=f"SELECT m.queue_id FROM leads_queuemember m WHERE m.user_id IN {_DEACTIVATED}")}
    RETURN NULL;
"""


def _queue_trigger(name: str, operation: pgtrigger.Operation, queues: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(old="old_rows"),
        func=_QUEUE_LEFT_ALONE.format(queues=queues) + "RETURN NULL;",
    )


class ActingUser(User):
    """A user as a holder of leads: kept as long as anything refers to them, active as long as they hold open leads."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            laws.refused(
                "never_deleted", pgtrigger.Delete, "old_rows", "Users are deactivated, never deleted", excuse="false"
            ),
            pgtrigger.Trigger(
                name="leaves_no_lead_behind",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
                func=_USER_LEAVES,
            ),
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Queue(models.Model):
    """A place that is not a person. `kind` says which of the company's queues it is; pools belong to sales."""

    class Kind(models.TextChoices):
        TO_QUALIFY = "to_qualify", _("To qualify")
        NURTURE = "nurture", _("Nurture")
        RETURNED = "returned", _("Returned by sales")
        HUNTERS = "hunters", _("Hunters' pool")
        FARMERS = "farmers", _("Farmers' pool")
        POOL = "pool", _("Pool")

    POOLS: ClassVar = (Kind.HUNTERS, Kind.FARMERS, Kind.POOL)

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="queues", verbose_name=_("team"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_queues",
        verbose_name=_("manager"),
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = QueueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=~models.Q(kind="pool"), name="one_queue_of_each_kind"),
        ]
        triggers: ClassVar = [
            laws.refused(
                "never_deleted", pgtrigger.Delete, "old_rows", "Queues are deactivated, never deleted", excuse="false"
            ),
            _queue_trigger("leaves_no_lead_behind", pgtrigger.Update, "SELECT o.id FROM old_rows o WHERE o.is_active"),
        ]

    def __str__(self) -> str:
        """The name; of the queues that every company has, in the reader's language."""
        return gettext(self.name) if self.name else ""


class QueueMember(models.Model):
    """A user who works a queue."""

    queue = models.ForeignKey(Queue, models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_memberships")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["queue", "user"], name="member_once")]
        triggers: ClassVar = [
            _queue_trigger("leaves_no_lead_behind_on_update", pgtrigger.Update, "SELECT o.queue_id FROM old_rows o"),
            _queue_trigger("leaves_no_lead_behind_on_delete", pgtrigger.Delete, "SELECT o.queue_id FROM old_rows o"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.queue}"
