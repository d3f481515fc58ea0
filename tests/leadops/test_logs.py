"""The log: one line an event, whoever writes it."""

from __future__ import annotations

import logging
import re
import sys

import pytest
import structlog


def written(record: logging.LogRecord) -> str:
    handlers = [
        one for one in logging.getLogger().handlers if one.formatter.__class__ is structlog.stdlib.ProcessorFormatter
    ]
    return handlers[0].format(record)


@pytest.mark.django_db
def test_a_fault_that_django_meets_is_told_with_its_moment_and_its_trace() -> None:
    try:
        raise ZeroDivisionError("here")
    except ZeroDivisionError:
        said = ("django.request", logging.ERROR, __file__, 1, "Server error: %s", ("/x/",), sys.exc_info())
        line = written(logging.LogRecord(*said))
    told = r"timestamp='[-\dT:.]+Z' level='error' event='Server error: /x/' logger='django.request' exception='Traceback .+ZeroDivisionError: here'"
    assert re.fullmatch(told, line)
