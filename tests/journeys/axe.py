"""What does axe find on a page that is open? It is served beside the page's own files, so that a browser compiles it once."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

FILE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
ADDRESS = "/static/axe.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, object] = {"runOnly": STANDARD}
COLOURS: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
FIND = f"""rules => import("{ADDRESS}")
    .then(() => axe.run({{resultTypes: ["violations"], ...rules}}))
    .then(found => found.violations.flatMap(fault => fault.nodes.map(node => [fault.id, String(node.target)])))"""


def faults(page: Page, rules: dict[str, object]) -> list[list[str]]:
    """Each fault as its rule and its place."""
    found: list[list[str]] = page.evaluate(FIND, rules)
    return found
