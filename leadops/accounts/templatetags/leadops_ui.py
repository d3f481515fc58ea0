"""Which tags and filters do templates use for icons, fields, figures and the reader's own way of writing?"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, FileInput
from lucide.templatetags.lucide import lucide

from leadops.accounts import meters, writing

register = template.Library()

for written in (
    writing.initials,
    writing.number,
    writing.day,
    writing.full_day,
    writing.told_briefly,
    writing.percent,
    writing.money,
    writing.cents,
    writing.points,
    writing.short_duration,
    writing.long_duration,
):
    register.filter(written.__name__, written)

for drawn in (writing.moment, meters.ring, meters.bar, meters.addend, meters.mix):
    register.simple_tag(drawn)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> str:
    """Draw a Lucide icon, hidden from screen readers: the words stand beside it."""
    return lucide(name, size=16, **{"class": f"icon {classes}".strip(), "aria-hidden": "true"})


@register.inclusion_tag("_field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Draw a labelled row for one field of a form: label, widget, help and errors."""
    is_checkbox = isinstance(bound.field.widget, CheckboxInput)
    is_plain = is_checkbox or isinstance(bound.field.widget, FileInput)
    widget = bound if is_plain else bound.as_widget(attrs={"class": "field"})
    return {"field": bound, "widget": widget, "is_checkbox": is_checkbox}
