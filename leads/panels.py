"""What do the apps above add to the page of a lead?

An app registers its panels in a module of this name, and the page loads each by its own address: a lower app names
no upper one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a lead's page with an address of its own, which takes the lead's key; the main ones stand in the middle."""

    url_name: str
    title: str | Promise
    is_main: bool = False


_registered: dict[str, Panel] = {}


def register(*panels: Panel) -> None:
    """Add panels to the page of a lead, in this order; registering twice changes nothing."""
    _registered.update({panel.url_name: panel for panel in panels})


def registered(*, is_main: bool) -> list[Panel]:
    return [panel for panel in _registered.values() if panel.is_main == is_main]
