"""Does every hostile file end in rows or in a sentence, within ten seconds and half a gigabyte, and never in a traceback?

Each is looked at by the command that suggests a mapping, which reads it to its end, in a process of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.hostile_files import MB, Hostile, every

BASE_DIR = Path(__file__).parent.parent
SECONDS, MEMORY = 10.0, 512
PATIENCE = 60.0
PEAK = re.compile(r"VmHWM:\s+(\d+)")


@dataclass(frozen=True, slots=True)
class End:
    """How looking at a file ended: seconds, megabytes that one process took at most, and what was said."""

    seconds: float
    memory: float
    said: str
    complained: str

    @property
    def told(self) -> dict[str, Any]:
        """What was said in JSON; nothing where it is none."""
        return json.loads(self.said) if self.said.startswith("{") else {}

    @property
    def became(self) -> str:
        """Its rows, or the sentence that a person reads."""
        return f"{self.told['rows']} rows" if "rows" in self.told else str(self.told.get("error", ""))

    @property
    def wrong(self) -> list[str]:
        """What is not as it should be."""
        faults = {
            "a traceback": "Traceback" in self.complained,
            "neither rows nor a sentence": not re.search(r"^\d+ rows$|[.?!]$", self.became),
            f"over {SECONDS:.0f} s": self.seconds > SECONDS,
            f"over {MEMORY} MB": self.memory > MEMORY,
        }
        return [name for name, is_so in faults.items() if is_so]


def looked_at(path: Path) -> End:
    """Let the command read a file; it is ended after a minute."""
    command = [sys.executable, "manage.py", "suggest_mapping", str(path), "--json"]
    out, err = path.parent / "out", path.parent / "err"
    began, memory = time.monotonic(), 0
    with out.open("wb") as said, err.open("wb") as complained:
        process = subprocess.Popen(command, cwd=BASE_DIR, stdout=said, stderr=complained, stdin=subprocess.DEVNULL)
        while process.poll() is None:
            memory = max(memory, *map(peak, family(process.pid)))
            if time.monotonic() > began + PATIENCE:
                process.kill()
            time.sleep(0.01)
    seconds = time.monotonic() - began
    return End(seconds, memory / 1024, out.read_text(errors="replace"), err.read_text(errors="replace"))


def family(pid: int) -> list[int]:
    """A process and those it started."""
    with contextlib.suppress(OSError):
        return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return [pid]


def peak(pid: int) -> int:
    """The most memory that a process has taken, in KiB; nothing where it has ended."""
    with contextlib.suppress(OSError, AttributeError):
        return int(PEAK.search(Path(f"/proc/{pid}/status").read_text()).group(1))
    return 0


def tried(hostile: Hostile, folder: Path) -> bool:
    """Make a file, look at it, print what became of it and tell whether that was well."""
    path = folder / f"hostile.{hostile.ending}"
    with path.open("wb") as written:
        written.writelines(hostile.parts())
    size, end = path.stat().st_size / MB, looked_at(path)
    path.unlink()
    mark = "; ".join(end.wrong) or "well"
    print(
        f"{hostile.ending:5}{hostile.does:36}{size:7.1f} MB {end.seconds:6.1f} s {end.memory:5.0f} MB  {mark:6}  {end.became[:110]}",
        flush=True,
    )
    return not end.wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of what a file does")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        wells = [tried(one, Path(folder)) for one in every() if given.only in one.does]
    print(f"{len(wells)} files, {wells.count(False)} not as they should be")
    return 0 if all(wells) else 1


if __name__ == "__main__":
    sys.exit(main())
