"""What do the apps above add to the page of a lead or of a campaign?

An app registers its panels in a module of this name, and the page loads each by its own address: a lower app names
no upper one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

LEAD, CAMPAIGN = "lead", "campaign"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page with an address of its own, which takes the key of what the page is `of`; the main ones stand in the middle.

    It is shown to who has the right that it `needs`.
    """

    url_name: str
    title: str | Promise
    is_main: bool = False
    of: str = LEAD
    needs: str = ""


_registered: dict[str, Panel] = {}


def register(*panels: Panel) -> None:
    """Add panels to a page, in this order; registering twice changes nothing."""
    _registered.update({panel.url_name: panel for panel in panels})


def registered(*, of: str = LEAD, is_main: bool = False) -> list[Panel]:
    return [panel for panel in _registered.values() if (panel.of, panel.is_main) == (of, is_main)]
