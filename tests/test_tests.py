"""What holds for tests themselves?"""

import re
from pathlib import Path

READS_THE_CLOCK = re.compile(r"^[A-Z_]+ = timezone\.now\(\)", re.MULTILINE)


def test_who_reads_the_clock_once_has_time_held_there() -> None:
    """A module is imported minutes before its last test runs, and nothing is written that is minutes old."""
    sources = {path: path.read_text() for path in Path(__file__).parent.rglob("test_*.py")}
    found = [
        path.name for path, text in sources.items() if READS_THE_CLOCK.search(text) and "at_its_moment" not in text
    ]
    assert (found, len(sources) > 100) == ([], True)
