"""Which browser do the journeys walk in: Debian's chromium, else Playwright's own, else loudly none.

Run as `python -m tests.browser` before the tests: it installs Debian's chromium where it may.
"""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "NO BROWSER: the journeys in a browser are skipped. "
    "Install one with `apt-get install chromium` or `.venv/bin/python -m playwright install chromium`."
)


def find() -> str | None:
    """Return the path of a browser on this machine."""
    return next((path for path in map(shutil.which, NAMES) if path), None) or playwrights_own()


def playwrights_own() -> str | None:
    """Return the path of the browser that Playwright downloaded, if it did."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install Debian's chromium if we are root on a Debian."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing chromium for the journeys in a browser", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        print(f"\n{'=' * 100}\n{MISSING}\n{'=' * 100}\n")
