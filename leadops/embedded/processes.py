"""Processes that do not outlive the one that started them."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1
PROCESS_CONTROL = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def die_with_parent(by: int = signal.SIGTERM) -> None:
    """Have the kernel send us signal `by` when our parent ends; does nothing where the kernel cannot."""
    if PROCESS_CONTROL is not None:
        PROCESS_CONTROL(PR_SET_PDEATHSIG, int(by), 0, 0, 0)


def spawn(command: Sequence[str], *, dies_by: int = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """Start `command` so that it ends when this process does, however this process ends."""
    options |= {"preexec_fn": deathbed(dies_by), "stdin": subprocess.DEVNULL}
    return subprocess.Popen(command, **options)


def deathbed(by: int) -> Callable[[], None]:
    """Return what a new process does before it becomes its program."""
    return lambda: die_with_parent(by)
