"""How do we measure on a machine that others use too? Wait for quiet, repeat, take medians, print ratios."""

from __future__ import annotations

import statistics
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

QUIET_SHARE = 0.25


def _busy_and_all() -> tuple[int, int]:
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return sum(fields) - fields[3] - fields[4], sum(fields)


def wait_for_quiet(seconds: float = 60) -> float:
    """Wait, at most `seconds`, until the processors are mostly idle; return the share that was busy last."""
    until = time.monotonic() + seconds
    while True:
        busy, everything = _busy_and_all()
        time.sleep(1)
        busy_now, everything_now = _busy_and_all()
        share = (busy_now - busy) / max(1, everything_now - everything)
        if share < QUIET_SHARE or time.monotonic() > until:
            return share


def timed(work: Callable[[], object], runs: int, *, quiet: bool = True) -> list[float]:
    """Return the seconds of each run of `work`."""
    took = []
    for _ in range(runs):
        if quiet:
            wait_for_quiet()
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return took


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def say(name: str, seconds: list[float], *, of: list[float] | None = None, work: int | None = None) -> None:
    """Print one measurement in seconds, its rate, and its ratio to the reference."""
    median = statistics.median(seconds)
    rate = f"  {work / median:12,.0f}/s" if work else ""
    ratio = f"  {median / statistics.median(of):6.2f} x the reference" if of else ""
    sys.stdout.write(
        f"{name:58} median {median:9.3f} s  min {min(seconds):9.3f}  max {max(seconds):9.3f}{rate}{ratio}\n"
    )
    sys.stdout.flush()


def say_latency(name: str, seconds: list[float], *, of: list[float] | None = None) -> None:
    """Print p50 and p95 in milliseconds, and the ratio of p95 to the reference's median."""
    p50, p95 = percentile(seconds, 0.5) * 1000, percentile(seconds, 0.95) * 1000
    ratio = f"  p95 {p95 / 1000 / statistics.median(of):6.2f} x the reference" if of else ""
    sys.stdout.write(f"{name:58} p50 {p50:8.1f} ms  p95 {p95:8.1f} ms  n={len(seconds)}{ratio}\n")
    sys.stdout.flush()


def is_served(port: int) -> bool:
    """Return whether LeadOps answers on loopback."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
