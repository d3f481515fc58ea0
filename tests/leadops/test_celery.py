"""A ring: sent when there is a broker, dropped at once when there is none."""

import time

import pytest
from celery import Celery
from django.conf import settings

from leadops.celery import Ring


@pytest.fixture
def bells() -> Celery:
    app = Celery("bells", task_cls=Ring, set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    return app


def nothing(*, n: int = 0) -> None:
    pass


def test_ring_without_broker_is_dropped_at_once(bells: Celery) -> None:
    bells.conf.broker_url = "redis://127.0.0.1:1/0"
    look = bells.task(name="look")(nothing)
    started = time.monotonic()
    assert [look.delay() for _ in range(5)] == [None] * 5
    assert time.monotonic() - started < 2


def test_ring_reaches_the_broker(bells: Celery, redis_server: None) -> None:
    bells.conf.broker_url = settings.REDIS_URL
    look = bells.task(name="look")(nothing)
    with bells.connection_for_write() as line:
        queue = line.SimpleQueue("bells")
        queue.clear()
        look.apply_async(kwargs={"n": 7}, queue="bells")
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
    assert (message.headers["task"], message.payload[1]) == ("look", {"n": 7})


def test_messages_are_claimed_late_and_one_at_a_time(bells: Celery) -> None:
    names = ("task_acks_late", "worker_prefetch_multiplier", "task_publish_retry", "accept_content", "result_backend")
    assert [bells.conf[name] for name in names] == [True, 1, False, ["json"], None]


def test_who_asks_for_a_line_that_was_closed_is_told_as_of_a_broker_that_is_gone(
    bells: Celery, redis_server: None
) -> None:
    bells.conf.broker_url = settings.REDIS_URL
    line = bells.connection_for_write()
    channel, gone = line.channel(), line.connection_errors
    line.close()
    with pytest.raises(gone, match="closed"):
        channel._connparams()
