"""How much may one token ask? A bucket for each token and kind of request, kept in each process."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

MOST_BUCKETS = 10_000
_buckets: dict[tuple[int, str], tuple[float, float]] = {}
_lock = Lock()


class TokenThrottle(BaseThrottle):
    """Lets through what fits the rate of the endpoint's kind; a bucket that was left alone fills up in a minute."""

    wanting = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Take one from the bucket; False where it is empty."""
        if request.auth is None:
            return True
        kind = view.throttled_as(request.method)
        self.wanting = take((view.bearer.token.pk, kind), settings.API_REQUESTS_A_MINUTE[kind])
        return not self.wanting

    def wait(self) -> float:
        """Seconds until there is one again."""
        return self.wanting


def take(key: tuple[int, str], most: int) -> float:
    """Take one from a bucket that fills at `most` a minute; return the seconds until there is one where it is empty."""
    now = time.monotonic()
    with _lock:
        if len(_buckets) >= MOST_BUCKETS:
            _buckets.clear()
        left, since = _buckets.get(key, (float(most), now))
        left = min(float(most), left + (now - since) * most / 60)
        _buckets[key] = (left - 1 if left >= 1 else left, now)
    return 0.0 if left >= 1 else (1 - left) * 60 / most
