"""How many requests a second does a server answer? Keep-alive connections in one loop, each sending as soon as it was answered."""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

END = b"\r\n\r\n"


@dataclass
class Loaded:
    """What came of a run: answers by status, and the seconds that each took."""

    seconds: float = 0
    statuses: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return sum(self.statuses.values()) / self.seconds


class Line:
    """One connection: the request that is under way, and what has come back of its answer."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.begun = 0.0
        self.came = b""

    def send(self) -> None:
        """Send the next request."""
        self.came = b""
        self.begun = time.perf_counter()
        self.socket.sendall(next(self.requests))

    def read(self) -> int | None:
        """Read what has come; the status where the answer is whole."""
        part = self.socket.recv(65_536)
        if not part:
            raise ConnectionError
        self.came += part
        head, end, body = self.came.partition(END)
        if not end or len(body) < length(head):
            return None
        return int(head[9:12])


def length(head: bytes) -> int:
    """The length of the body that a head tells of."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def load(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Loaded:
    """Keep so many connections busy for so long."""
    loaded, selector = Loaded(), selectors.DefaultSelector()
    lines = [Line(port, requests) for _ in range(connections)]
    for line in lines:
        selector.register(line.socket, selectors.EVENT_READ, line)
    began = time.perf_counter()
    for line in lines:
        line.send()
    while (now := time.perf_counter()) < began + seconds:
        for key, _events in selector.select(timeout=1):
            line = key.data
            status = line.read()
            if status is not None:
                loaded.statuses[status] += 1
                loaded.took.append(time.perf_counter() - line.begun)
                line.send()
    loaded.seconds = now - began
    for line in lines:
        line.socket.close()
    return loaded
