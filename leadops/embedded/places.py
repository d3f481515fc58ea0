"""Where the embedded servers keep their data and sockets: computed, without starting or writing anything."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

LONGEST_SOCKET = 90
"""Bytes that a socket's path may take; systems allow 103 to 107."""


@dataclass(frozen=True)
class Places:
    """The folders of one installation's servers."""

    home: Path
    state: Path
    run: Path

    @property
    def log(self) -> Path:
        """Where the servers write what they have to say."""
        return self.home / "log"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.state / "postgres"

    @property
    def redis_socket(self) -> Path:
        """The socket that the Redis-compatible server listens on."""
        return self.run / "redis.sock"

    def lock(self, server: str, purpose: str) -> Path:
        """Return the lock file of `server` that is held for `purpose`."""
        return self.home / "lock" / f"{server}.{purpose}"


def places(home: Path) -> Places:
    """Return the folders for the installation whose state lives in `home`.

    As root the servers run as a user of their own. Where that user cannot come (a checkout below /root, say),
    their data moves to /var/lib rather than that anyone's folders are opened up. A socket whose path would be
    too long moves to a short folder.
    """
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
    is_root = os.geteuid() == 0
    state = Path("/var/lib/leadops") / digest if is_root and not open_to_all(home) else home
    run = state / "run"
    if len(os.fsencode(run / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        run = Path("/var/run/leadops") / digest if is_root else Path(f"/tmp/leadops-{os.geteuid()}-{digest}")  # noqa: S108
    return Places(home, state, run)


def open_to_all(path: Path) -> bool:
    """Tell whether any user may pass through `path` and the folders above it, as far as they exist."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def database_url(home: Path) -> str:
    """Return the address of the embedded database."""
    return f"postgresql://leadops@/leadops?host={quote(str(places(home).run), safe='')}"


def redis_url(home: Path) -> str:
    """Return the address of the embedded Redis-compatible server."""
    return f"redis+socket://{quote(str(places(home).redis_socket))}?virtual_host=0"
