"""Work shared among processes comes back whole, and what stops one of them is told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from leads.importing import running, sharing, staging
from leads.importing.reading import Unreadable
from leads.models import Arrival, ImportBatch
from tests.factories import TUESDAY

PARTS = 40

pytestmark = pytest.mark.skipif(sharing.PROCESSES < 2, reason="there is one processor, or no safe fork, here")


def numbers(n: int, of: int) -> Iterator[bytes]:
    """Every part as its number, large enough not to fit into a pipe."""
    for place in range(n, PARTS, of):
        yield b"%d" % place * 100_000


def offspring() -> list[str]:
    return Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()


def test_every_part_comes_once_and_those_of_a_process_in_order():
    found = [int(part[: len(part) // 100_000]) for part in sharing.shared(numbers)]
    assert sorted(found) == list(range(PARTS))
    assert [place for place in found if place % 2] == list(range(1, PARTS, 2))


def test_a_file_that_cannot_be_read_is_told_as_such():
    def broken(n: int, of: int) -> Iterator[bytes]:
        yield b"first"
        raise Unreadable("Line 3 cannot be read.")

    with pytest.raises(Unreadable, match=r"^Line 3 cannot be read\.$"):
        list(sharing.shared(broken))


def test_a_fault_in_a_process_is_told():
    def broken(n: int, of: int) -> Iterator[bytes]:
        yield b"%d" % (1 // n)

    with pytest.raises(sharing.SharedWorkError, match=r"^ZeroDivisionError: "):
        list(sharing.shared(broken))


def test_a_fault_before_the_first_part_is_told_too():
    def broken(n: int, of: int) -> list[bytes]:
        return [b"%d" % (1 // n)]

    with pytest.raises(sharing.SharedWorkError, match=r"^ZeroDivisionError: "):
        list(sharing.shared(broken))


def test_a_process_that_is_killed_is_missed():
    def killed(n: int, of: int) -> Iterator[bytes]:
        yield b"first"
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(sharing.SharedWorkError, match="ended before"):
        list(sharing.shared(killed))


def test_nobody_is_left_behind():
    before = offspring()
    parts = sharing.shared(numbers)
    next(parts)
    assert len(offspring()) == len(before) + sharing.PROCESSES
    parts.close()
    assert offspring() == before


@pytest.mark.django_db
def test_a_file_shared_stands_on_the_stage_as_one_read_alone(monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", 7)
    rows = [f'Anna van den Berg{n % 50},a.berg{n}@firm{n % 5}.example,06 1234 56{n:02},"vip, {n}"' for n in range(99)]
    content = "\n".join(["Name,Email,Phone,Tags", *rows, "Nobody,nothing,,"]).encode()
    stood = []
    for large in (10, 1_000):
        monkeypatch.setattr(running.arriving, "LARGE", large)
        batch = running.create(ContentFile(content), "people.csv", by=None, at=TUESDAY)
        running.stage(batch, at=TUESDAY)
        stood.append(list(Arrival.objects.filter(batch_id=batch.pk).order_by("n").values()))
        assert ImportBatch.objects.get(pk=batch.pk).staged == 100
    for row in stood[0] + stood[1]:
        del row["batch_id"]
    assert stood[0] == stood[1]
