"""How is work on a large file shared among the processors? A process for each does every so-maniest part of it.

A part comes back as bytes through a pipe; only this process talks to the database. The others are forks, since a worker's
process may have no children of another kind; they end with this one, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import selectors
import signal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NoReturn

from leadops.embedded.processes import die_with_parent
from leads.importing.reading import Unreadable

PROCESSES = min(2, os.cpu_count() or 1) if sys.platform == "linux" else 1
"""So many share a file; where forks are not safe, there is one."""
ROOM = 1 << 20
HEAD = struct.Struct("!BQ")
PART, END, UNREADABLE, FAULT = range(4)


class SharedWorkError(Exception):
    """A process that shared the work failed, or was killed."""


def shared(parts: Callable[[int, int], Iterable[bytes]]) -> Iterator[bytes]:
    """What `parts(n, of)` makes for each n below `of`, in the order in which it comes; the first fault ends all."""
    with forked(parts) as pipes, selectors.DefaultSelector() as ready:
        for pipe in pipes:
            ready.register(pipe, selectors.EVENT_READ)
        while ready.get_map():
            for key, _events in ready.select():
                kind, content = received(key.fd)
                if kind == PART:
                    yield content
                elif kind == END:
                    ready.unregister(key.fd)
                else:
                    raise told(kind, content)


@contextmanager
def forked(parts: Callable[[int, int], Iterable[bytes]]) -> Iterator[list[int]]:
    """The pipes from processes that work as long as the block lasts."""
    workers: list[int] = []
    pipes: list[int] = []
    try:
        for n in range(PROCESSES):
            out, into = os.pipe()
            worker = os.fork()
            if not worker:
                work(into, [*pipes, out], partial(parts, n, PROCESSES))
            workers.append(worker)
            pipes.append(out)
            os.close(into)
            make_room(out)
        yield pipes
    finally:
        for pipe in pipes:
            os.close(pipe)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)


def work(pipe: int, others: list[int], parts: Callable[[], Iterable[bytes]]) -> NoReturn:
    """Send every part, then how it ended; a fork never returns, nor cleans up what belongs to its parent."""
    try:
        die_with_parent(signal.SIGKILL)
        for other in others:
            os.close(other)
        for part in parts():
            send(pipe, PART, part)
        send(pipe, END, b"")
    except BrokenPipeError:
        pass
    except Unreadable as problem:
        send(pipe, UNREADABLE, str(problem).encode())
    except BaseException as fault:  # noqa: BLE001 - whatever it is, the parent is to hear of it
        send(pipe, FAULT, f"{type(fault).__name__}: {fault}".encode())
    finally:
        os._exit(0)


def send(pipe: int, kind: int, content: bytes) -> None:
    message = memoryview(HEAD.pack(kind, len(content)) + content)
    while message:
        message = message[os.write(pipe, message) :]


def received(pipe: int) -> tuple[int, bytes]:
    """The next message of a process; raises SharedWorkError where it ended without a last one."""
    kind, length = HEAD.unpack(exactly(pipe, HEAD.size))
    return kind, exactly(pipe, length)


def exactly(pipe: int, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        more = os.read(pipe, length - len(content))
        if not more:
            raise SharedWorkError("a process that shared the work ended before its part was done")
        content += more
    return bytes(content)


def told(kind: int, content: bytes) -> Exception:
    """The error that a process sent, as if it had happened here."""
    if kind == UNREADABLE:
        return Unreadable(content.decode())
    return SharedWorkError(content.decode())


def make_room(pipe: int) -> None:
    """Let a process finish its part while this one is busy with that of another."""
    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)
