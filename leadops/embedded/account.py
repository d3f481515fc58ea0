"""Who the servers run as: whoever starts them, or as root a system user made for it."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from leadops.embedded.problems import Unavailable

NAME = "leadops"
MAKERS = (
    ("useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME),
    ("adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", NAME),
)


def drop() -> dict[str, Any]:
    """Return the arguments that make `subprocess` run a server as its own user; none unless we are root."""
    if os.geteuid() != 0:
        return {}
    entry = server_user()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def server_user() -> pwd.struct_passwd:
    """Return the system user for the servers, made on first use."""
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        make()
    return pwd.getpwnam(NAME)


def make() -> None:
    """Make the system user with whichever tool this machine has."""
    for command in MAKERS:
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode in (0, 9):  # 9: another process was first
                return
            raise Unavailable(f"the system user {NAME} cannot be made: {done.stderr.strip()}")
    raise Unavailable(
        f"PostgreSQL refuses to run as root; make a system user named {NAME} or start as an ordinary user"
    )


def own(folder: Path) -> None:
    """Make `folder` if it is missing, and make it the servers' alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink():
        raise Unavailable(f"{folder} is a link that LeadOps did not make; remove it")
    if os.geteuid() == 0:
        entry = server_user()
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise Unavailable(f"{folder} belongs to another user; remove it, or set LEADOPS_HOME to a folder of yours")
    folder.chmod(0o700)
