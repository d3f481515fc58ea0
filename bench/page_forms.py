"""What would a browser send of a form that stands on a page, as it stands?"""

from __future__ import annotations

from html.parser import HTMLParser

Pairs = list[tuple[str, str]]
NOT_SENT = frozenset({"submit", "button", "file", "image"})
TICKED = frozenset({"checkbox", "radio"})


class Form(HTMLParser):
    """Reads the fields of the form with this id."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.pairs: Pairs = []
        self.is_inside = False
        self.select = ""
        self.option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.is_inside = told.get("id") == self.key
        elif self.is_inside and tag == "input":
            self.enter(told)
        elif self.is_inside and tag == "select":
            self.select, self.option = told.get("name") or "", None
        elif self.select and tag == "option" and (self.option is None or "selected" in told):
            self.option = told.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            self.pairs.append((self.select, self.option or ""))
            self.select = ""
        elif tag == "form":
            self.is_inside = False

    def enter(self, told: dict[str, str | None]) -> None:
        """An input, unless it is a button, or not ticked."""
        kind, name = told.get("type") or "text", told.get("name")
        if name and kind not in NOT_SENT and (kind not in TICKED or "checked" in told):
            self.pairs.append((name, told.get("value") or ""))


def fields(page: str, key: str) -> Pairs:
    """The fields of the form with this id, in their order."""
    form = Form(key)
    form.feed(page)
    return form.pairs
