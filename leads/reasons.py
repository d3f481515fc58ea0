"""How is a reason kept with a row, and said to each reader in their own language?

Kept are lines of text: a sentence as it stands in the source, or one with gaps as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.utils.translation import gettext

from leads.problems import Problem

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


def kept(problems: Iterable[Problem]) -> str:
    """Problems as the lines that a row keeps."""
    return "\n".join(map(line, problems))


def line(problem: Problem) -> str:
    return _encode(problem.stored()) if problem.gaps else problem.sentence


def nested(sentence: str) -> str:
    """A sentence without gaps, as it fills a gap of another."""
    return _encode({"sentence": sentence, "gaps": {}})


def said(lines: str) -> str:
    """Kept lines as sentences in the language of the moment."""
    return " ".join(map(_sentence, lines.splitlines()))


def _sentence(text: str) -> str:
    if not text.startswith('{"sentence"'):
        return gettext(text)
    stored = json.loads(text)
    gaps = {name: _gap(value) for name, value in stored["gaps"].items()}
    return gettext(stored["sentence"]) % gaps


def _gap(value: object) -> object:
    """What fills a gap: itself, or, where it is a reason of its own, that reason said."""
    return _sentence(value) if isinstance(value, str) and value.startswith('{"sentence"') else value
