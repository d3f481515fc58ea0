"""What is wrong with a value, as a sentence that each reader gets in their own language?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence (an English msgid, marked by gettext_noop where it is written) and what fills its gaps.

    `str()` says it in the language of the moment; `stored()` is what a row keeps, so that it can be said later.
    """

    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.sentence) % self.gaps if self.gaps else gettext(self.sentence)

    def stored(self) -> dict[str, Any]:
        return {"sentence": self.sentence, "gaps": dict(self.gaps)}
