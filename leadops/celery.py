"""The Celery app: messages only say "look", so one that cannot be sent is dropped at once."""

import os

import structlog
from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.result import AsyncResult
from celery.signals import worker_process_init
from kombu.exceptions import OperationalError
from kombu.transport import redis

from leadops.embedded.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")

log = structlog.get_logger(__name__)


class Line(redis.Channel):
    """A line to the broker. Whoever still asks for one that was closed is told as of a broker that is gone.

    Else a worker that has messages in its hand when the broker goes ends itself, instead of waiting for it.
    """

    def _connparams(self, asynchronous: bool = False) -> dict[str, object]:
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("the line to the broker is closed")
        found: dict[str, object] = super()._connparams(asynchronous)
        return found


redis.Transport.Channel = Line


class Ring(DjangoTask):
    """A task whose message may be lost: what there is to do stands in the database, and a sweep finds it."""

    def apply_async(self, *args: object, **kwargs: object) -> AsyncResult | None:
        """Send the message; without a broker log it and return None, so that no request waits or fails."""
        try:
            return super().apply_async(*args, **kwargs)
        except OperationalError as error:
            log.warning("ring_dropped", task=self.name, error=str(error))
            return None


app = Celery("leadops", task_cls=Ring)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_worker(**_: object) -> None:
    """Let a worker's processes end with it, even when it is killed."""
    die_with_parent()
