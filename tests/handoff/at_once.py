"""Operations that run at the same time, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from leads import lifecycle


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls in threads; return what each gave, or the exception it raised."""
    found: list[Any] = [None] * len(calls)

    def run(n: int, call: Callable[[], Any]) -> None:
        try:
            with lifecycle.history():
                found[n] = call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            found[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
