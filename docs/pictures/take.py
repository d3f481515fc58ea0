"""Take the README's pictures from a demo that runs: python docs/pictures/take.py [ADDRESS]."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PASSWORD = "leadops-demo"  # noqa: S105 - the demo's, printed by it
SHOTS = (
    ("black-hole", "sanne", "/reports/black-hole/", {"width": 1280, "height": 860}),
    ("queue", "daan", "/queue/", {"width": 1280, "height": 800}),
)


def enter(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("#id_login", f"{who}@leadops.example")
    page.fill("#id_password", PASSWORD)
    page.click("button.btn.main")
    page.wait_for_load_state("networkidle")


def main(address: str = "http://127.0.0.1:8000") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, who, path, size in SHOTS:
            page = browser.new_context(viewport=size, reduced_motion="reduce").new_page()
            enter(page, address, who)
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=Path(__file__).parent / f"{name}.png")


if __name__ == "__main__":
    main(*sys.argv[1:2])
