"""What set-up makes from what pip brought: the typeface's subset, and the translations in their compiled form.

Run as `python -m leadops.assets`; it needs neither Django nor a database.
"""

import sys
from pathlib import Path

import fontpkg_inter
import polib
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTLibError
from fontTools.varLib import instancer

from leadops.environment import BASE_DIR

FONTS = BASE_DIR / "static" / "fonts"
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2027),
    0x20AC,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2212,
]
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "zero", "case"]
FACE = """@font-face {
  font-family: "Inter";
  font-style: normal;
  font-weight: 400 700;
  font-display: swap;
  src: url("inter.woff2") format("woff2");
}
"""


def main() -> None:
    """Make everything; a typeface that cannot be made leaves the system's."""
    FONTS.mkdir(parents=True, exist_ok=True)
    try:
        make_typeface()
        face = FACE
    except (OSError, ImportError, TTLibError) as error:
        print(f"The typeface could not be prepared ({error}); pages use the system's", file=sys.stderr)
        face = "/* The system's typeface is used. */\n"
    (FONTS / "inter.css").write_text(face)
    for catalogue in catalogues():
        compile_catalogue(catalogue)


def make_typeface() -> None:
    """Write Inter's Latin characters, between regular and bold, as one small file."""
    source = Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"
    options = Options(flavor="woff2", layout_features=FEATURES)
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"opsz": 14, "wght": (400, 700)}, inplace=True)
    save_font(font, str(FONTS / "inter.woff2"), options)


def catalogues() -> list[Path]:
    """Return the translation catalogues in their readable form."""
    return sorted(BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"))


def compile_catalogue(path: Path) -> None:
    """Compile one translation catalogue beside its source."""
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    main()
