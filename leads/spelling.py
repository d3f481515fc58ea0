"""What could be meant where nothing fits a word that was asked for? Words that are there, and differ by one letter.

A word that somebody has is taken as it stands. Of one that nobody has a letter may be another, missing, too much, or
have changed places with the next.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from django.db import connection

from leads import names
from leads.listing.patience import TooLong, at_most
from leads.models import FamilyText

SHORTEST, LONGEST, WORDS, SAMPLED = 4, 24, 5, 200
PATIENCE = timedelta(seconds=1)
# Each spelling is looked up by its trigrams; texts that are read one by one would take longer than anybody waits. Rides family_text.
_FITTING = "SET LOCAL enable_seqscan = off; SELECT text FROM leads_familytext WHERE {fits} LIMIT {sampled}"


def meant(asked: str) -> str:
    """What was asked for with its unknown words as they were likely meant; empty where nothing is likely."""
    words = names.folded(asked).split()
    try:
        with at_most(PATIENCE):
            likely = [word if _is_known(word) else _likeliest(word) for word in words[:WORDS]]
    except TooLong:
        return ""
    return " ".join(likely) if all(likely) and likely != words and len(words) <= WORDS else ""


def _likeliest(word: str) -> str:
    """The word that is met most often among those that differ by one letter; empty where there is none."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return ""
    spellings = nearly(word)
    fits = " OR ".join(["text LIKE %s"] * len(spellings))
    with connection.cursor() as cursor:
        cursor.execute(_FITTING.format(fits=fits, sampled=SAMPLED), [f"% {spelled}%" for spelled in spellings])
        texts = [row[0] for row in cursor.fetchall()]
    fitting = re.compile("|".join(spelled.replace("_", ".") for spelled in spellings))
    met = Counter(found for text in texts for found in text.split() if "@" not in found and fitting.match(found))
    return max(met, key=lambda found: (met[found], found), default="")


def nearly(word: str) -> list[str]:
    """How a word may be spelled but for one letter; "_" is any one."""
    places = range(len(word))
    other = [f"{word[:n]}_{word[n + 1 :]}" for n in places]
    missing = [f"{word[:n]}_{word[n:]}" for n in places]
    turned = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in places[:-1]]
    too_much = [word[:n] + word[n + 1 :] for n in places] if len(word) > SHORTEST else []
    return list(dict.fromkeys([*other, *missing, *turned, *too_much]))


def _is_known(word: str) -> bool:
    return FamilyText.objects.filter(text__contains=word).exists()
