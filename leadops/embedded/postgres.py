"""The embedded PostgreSQL: its data folder, its configuration, and the command that runs it."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from leadops.embedded import account, programs
from leadops.embedded.places import Places
from leadops.embedded.problems import Unavailable

STOP_SIGNAL = signal.SIGINT  # a fast shutdown: sessions are ended, everything is written
ROOM_NEEDED = 300 * 2**20
MEMORY_MOST = 2**30


def prepare(places: Places) -> list[str]:
    """Make the data folder if there is none, write the configuration, and return the command to run."""
    folder, version = programs.postgres_folder(places)
    account.own(places.run)
    if not (places.data / "PG_VERSION").exists():
        make_cluster(places, folder, version)
    end_leftover(places.data)
    (places.data / "leadops.conf").write_text(configuration(places))
    return [str(folder / "postgres"), "-D", str(places.data)]


def make_cluster(places: Places, folder: Path, version: int) -> None:
    """Make a new data folder; one that was left half done is made again."""
    if shutil.disk_usage(places.state if places.state.exists() else places.home).free < ROOM_NEEDED:
        raise Unavailable(
            f"there is no room in {places.state}: the database needs {ROOM_NEEDED // 2**20} MB to begin with"
        )
    draft = places.data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    account.own(draft)
    command = [
        str(folder / "initdb"),
        "-D",
        str(draft),
        "--username=leadops",
        "--auth=trust",
        "--encoding=UTF8",
        *locale(version),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=environment(), **account.drop())
    if done.returncode != 0:
        raise Unavailable(f"the database could not be made: {last_line(done.stderr)}")
    with open(draft / "postgresql.conf", "a") as file:
        file.write("\ninclude_if_exists = 'leadops.conf'\n")
    draft.rename(places.data)


def locale(version: int) -> list[str]:
    """Return the same plain Unicode rules for every machine: built in from 17, the C library's before."""
    if version >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: ours without what would redirect them."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def configuration(places: Places) -> str:
    """Return the settings for one small machine; commits stay durable."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": quoted_folder(places.run),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{max(128, min(MEMORY_MOST, memory // 4) // 2**20)}MB",
        "effective_cache_size": f"{memory // 2 // 2**20}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "wal_compression": "off",  # pglz, the one way built in, takes ten times the CPU of writing pages as they are
        "max_wal_size": "4GB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "fsync": "on",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
    }
    return "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items())


def quoted_folder(folder: Path) -> str:
    """Return `folder` as one entry of a list setting, whatever is in its name."""
    return '"' + str(folder).replace('"', '""') + '"'


def end_leftover(data: Path, patience: float = 60) -> None:
    """Stop a PostgreSQL on `data` whose keeper is gone, by its own pid file."""
    pid = running_pid(data)
    if pid is None:
        (data / "postmaster.pid").unlink(missing_ok=True)
        return
    os.kill(pid, STOP_SIGNAL)
    deadline = time.monotonic() + patience
    while running_pid(data) is not None:
        if time.monotonic() > deadline:
            raise Unavailable(f"a PostgreSQL from before (process {pid}) does not stop; end it and start again")
        time.sleep(0.05)


def running_pid(data: Path) -> int | None:
    """Return the process that serves `data` according to its pid file, if it is alive and a PostgreSQL."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return pid if "postgres" in asked.stdout else None


def last_line(text: str) -> str:
    """Return the last line of `text` that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no reason given")
