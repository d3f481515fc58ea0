"""The embedded Redis-compatible server: a doorbell that keeps nothing."""

import signal

from leadops.embedded import account, programs
from leadops.embedded.places import Places

STOP_SIGNAL = signal.SIGTERM


def prepare(places: Places) -> list[str]:
    """Make the socket's folder and return the command to run."""
    program = programs.redis_program(places)
    account.own(places.run)
    settings = {
        "port": "0",
        "unixsocket": str(places.redis_socket),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "dir": str(places.run),
        "maxmemory": "128mb",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    return [str(program), *(part for name, value in settings.items() for part in (f"--{name}", value))]
