"""How visitors are spoken to in Dutch: formally, as people whom we do not know; and who works here is not."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

TO_VISITORS = ("leads/forms/public.py", "leads/public", "leads/views/public.py")
FAMILIAR = re.compile(r"\b(je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
# What visitors are asked, as it is quoted to who works here; and the sign of an hour.
QUOTING = re.compile(r"\bmay we (mail|call) you\b|\x04h$", re.IGNORECASE)
MARKED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}


def said_in(code: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(code.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKED:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def to_visitors() -> set[str]:
    home = Path(settings.BASE_DIR)
    drawn = "".join(page.read_text() for page in (home / "templates/public").glob("*.html"))
    files = [
        file for name in TO_VISITORS for file in ([home / name] if name.endswith(".py") else (home / name).glob("*.py"))
    ]
    return set(re.findall(r'translate "([^"]+)"', drawn)).union(*map(said_in, files))


def test_dutch_says_u_to_visitors_and_je_to_who_works_here() -> None:
    ours = gettext.translation("django", Path(settings.BASE_DIR) / "locale", ["nl"])
    assert isinstance(ours, gettext.GNUTranslations)
    visitors = to_visitors()
    told = {said: ours.gettext(said) for said in visitors}
    assert ([said for said, dutch in told.items() if said == dutch], len(told) > 40) == ([], True)
    assert [dutch for dutch in told.values() if FAMILIAR.search(dutch)] == []
    staff = {said: dutch for said, dutch in ours._catalog.items() if isinstance(said, str) and said not in visitors}  # type: ignore[attr-defined]
    assert [dutch for said, dutch in staff.items() if FORMAL.search(dutch) and not QUOTING.search(said)] == []
