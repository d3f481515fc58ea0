"""What does a condition say in words, and what can the builder offer?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, override

from leads.conditions.fields import ENGAGEMENTS, Field, Kind, all_fields, field_of
from leads.conditions.operators import OPERATORS, operator_of
from leads.conditions.validating import FILTERS, require
from leads.models import Campaign, Engagement
from leads.stages import Channel

Leaf = Mapping[str, Any]


def in_words(tree: object, language: str) -> str:
    """Say a condition as one sentence in `language`; InvalidCondition when it is none."""
    with override(language):
        sentence = _node(require(tree), False)
        return sentence[:1].upper() + sentence[1:]


def _node(tree: Leaf, is_inner: bool) -> str:
    if "not" in tree:
        return gettext("not (%(condition)s)") % {"condition": _node(tree["not"], False)}
    if "all" in tree:
        return _group(tree["all"], gettext(" and "), is_inner)
    if "any" in tree:
        return _group(tree["any"], gettext(" or "), is_inner)
    return _engagements(tree) if tree["field"] == ENGAGEMENTS else _leaf(tree)


def _group(parts: Sequence[Leaf], word: str, is_inner: bool) -> str:
    said = word.join(_node(part, len(parts) > 1) for part in parts)
    return f"({said})" if is_inner and len(parts) > 1 else said


def _leaf(leaf: Leaf) -> str:
    field = field_of(leaf["field"])
    operator = operator_of(field, leaf["operator"]) if field else None
    if field is None or operator is None:
        raise LookupError(leaf["field"])
    said = {"field": str(field.label), "value": _value(field, leaf.get("value"))}
    return str(operator.words) % said


def _value(field: Field, value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return listed([_one(field, one) for one in values])


def _one(field: Field, value: object) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field.kind is Kind.REFERENCE and field.names and isinstance(value, int):
        return field.names([value]).get(value, str(value))
    if field.choices:
        return str(field.choices().get(str(value), value))
    if isinstance(value, int | float):
        return number_format(value, use_l10n=True)
    return str(value)


def listed(words: Sequence[str]) -> str:
    """Write words as “a, b or c”."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(these)s or %(last)s") % {"these": ", ".join(words[:-1]), "last": words[-1]}


def _engagements(leaf: Leaf) -> str:
    count = leaf["value"]
    counted = {
        "at_least": ngettext("at least %(n)s engagement", "at least %(n)s engagements", count),
        "at_most": ngettext("at most %(n)s engagement", "at most %(n)s engagements", count),
        "is": ngettext("exactly %(n)s engagement", "exactly %(n)s engagements", count),
    }[leaf["operator"]] % {"n": count}
    narrowed = [said for name in FILTERS if name in leaf and (said := _narrowed(name, leaf[name]))]
    return f"{counted} ({', '.join(narrowed)})" if narrowed else counted


def _narrowed(name: str, value: Any) -> str:
    if name == "kind":
        return _chosen(Engagement.Kind, value)
    if name == "channel":
        return _chosen(Channel, value)
    if name == "campaign":
        return Campaign.objects.filter(pk=value).values_list("name", flat=True).first() or str(value)
    if name == "within_days":
        return ngettext("in the last %(n)s day", "in the last %(n)s days", value) % {"n": value}
    if name == "minutes_at_least":
        return ngettext("for %(n)s minute or longer", "for %(n)s minutes or longer", value) % {"n": value}
    return gettext("with an interest named") if value else ""


def _chosen(choices: Any, value: str | list[str]) -> str:
    wanted = [value] if isinstance(value, str) else value
    return listed([str(choices(one).label).lower() for one in wanted])


def describe() -> list[dict[str, Any]]:
    """List every field with its operators and choices, in the language of the moment: what a builder offers."""
    return [_described(field) for field in all_fields()] + [_counting()]


def _described(field: Field) -> dict[str, Any]:
    return {
        "field": field.key,
        "label": str(field.label),
        "kind": field.kind.value,
        "operators": [
            {
                "operator": one.key,
                "takes": one.takes.value,
                "words": str(one.words) % {"field": str(field.label), "value": "…"},
            }
            for one in OPERATORS[field.kind]
        ],
        "choices": [{"value": key, "label": str(label)} for key, label in field.choices().items()]
        if field.choices
        else [],
    }


def _counting() -> dict[str, Any]:
    return {
        "field": ENGAGEMENTS,
        "label": gettext("Engagements"),
        "kind": "count",
        "operators": [{"operator": key, "takes": "one", "words": key} for key in ("at_least", "at_most", "is")],
        "filters": list(FILTERS),
        "choices": [],
    }
