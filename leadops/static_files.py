"""Static files in the form they are served: hashed names, compressed, collected again only when one changed."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from leadops.environment import BASE_DIR


class Hashed(ManifestStaticFilesStorage):
    """Files by hashed names; the address of each, of which a page has dozens, is made once a process."""

    def url(self, name: Any, force: bool = False) -> str:
        """The address of a file."""
        known: dict[Any, str] = self.__dict__.setdefault("known", {})
        if name not in known:
            known[name] = super().url(name, force)
        return known[name]


class Compressed(Hashed, CompressedManifestStaticFilesStorage):
    """The same, compressed."""


def make_missing() -> bool:
    """Make the typeface and the compiled translations anew where one is missing or old; return whether it was so.

    No page can be drawn without them, and set-up may have been another checkout's.
    """
    if not any(is_missing(made, source) for made, source in products()):
        return False
    subprocess.run([sys.executable, "-m", "leadops.assets"], cwd=BASE_DIR, check=True)
    return True


def products() -> list[tuple[Path, Path]]:
    """What set-up makes, each beside what it is made from."""
    catalogues = sorted(BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"))
    typeface = (BASE_DIR / "static" / "fonts" / "inter.css", BASE_DIR / "leadops" / "assets.py")
    return [typeface, *((path.with_suffix(".mo"), path) for path in catalogues)]


def is_missing(made: Path, source: Path) -> bool:
    """Tell whether a product is not there, or older than what it is made from."""
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def collect() -> None:
    """Collect the static files unless those collected last time are the same."""
    stamp = settings.STATIC_ROOT / "collected-from"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def fingerprint() -> str:
    """Return a digest over the names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = (name, storage.size(name), storage.get_modified_time(name).timestamp())
            digest.update(repr(state).encode())
    return digest.hexdigest()
