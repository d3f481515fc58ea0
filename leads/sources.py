"""How is it kept where a statement about being contacted came from, and said to each reader in their own language?

Kept is a sentence of ours as it stands in the source, and behind a colon what somebody told of it.
"""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

BY_LINK = gettext_noop("By the link in a mail of ours")
ON_A_LIST = gettext_noop("Said on the telephone, call list")
TAKEN_BACK = gettext_noop("The call was taken back")
HOW = {
    "phone": gettext_noop("By phone"),
    "talk": gettext_noop("In person"),
    "mail": gettext_noop("By mail"),
    "letter": gettext_noop("By letter"),
    "other": gettext_noop("Otherwise"),
}
"""How somebody said it to one of us."""
SENTENCES = frozenset({BY_LINK, ON_A_LIST, TAKEN_BACK, *HOW.values()})
COLON = ": "


def kept(sentence: str, told: object = "") -> str:
    """What a row keeps."""
    return COLON.join(filter(None, (sentence, str(told))))


def said(source: str) -> str:
    """What is shown of it; what was kept otherwise stands as it is."""
    sentence, colon, told = source.partition(COLON)
    return f"{gettext(sentence)}{colon}{told}" if sentence in SENTENCES else source
