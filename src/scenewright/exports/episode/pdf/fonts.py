"""The typeface of screenplays, Courier Prime (SIL Open Font License), and what helps out where it has no glyph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from scenewright.domain.errors import BadSettings
from scenewright.layout.subsets import font_subsets

REGULAR = "Courier Prime.ttf"
ADVANCE = 1228 / 2048  # em: a little under 10 pitch at 12 points; the rest is added between characters


@cache
def courier_folder() -> Path:
    """Where the four files of Courier Prime lie: in the package screenplain, or where Debian puts them.

    Raises: BadSettings: the font is not there.
    """
    folders = [*_of_screenplain(), Path("/usr/share/fonts/truetype/courier-prime")]
    for folder in folders:
        if (folder / REGULAR).is_file():
            return folder
    raise BadSettings("The font Courier Prime was not found; install it with: pip install 'screenplain>=0.12'.")


def _of_screenplain() -> list[Path]:
    """The package is found but not imported: only its files are wanted."""
    spec = find_spec("screenplain")
    return [Path(each) / "export" / "courier_prime" for each in (spec and spec.submodule_search_locations) or ()]


@cache
def courier_characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # takes its time to import

    with TTFont(courier_folder() / REGULAR, lazy=True) as font:
        return frozenset(font.getBestCmap())


def helpers(texts: Iterable[str], language: str) -> dict[str, bytes]:
    """Fonts, by family, with the characters that Courier Prime has not, from those the package carries."""
    missing = "".join(sorted({c for text in texts for c in text if ord(c) not in courier_characters()}))
    if not missing:
        return {}
    faces = font_subsets((), language=language, extra={("mono", False, False): missing})
    return {f"Helper {number}": _named(f"Helper {number}", face.data) for number, face in enumerate(faces)}


def _named(family: str, woff2: bytes) -> bytes:
    """As a TrueType or OpenType file; Typst does not read woff2, and finds fonts by their family."""
    from fontTools.ttLib import TTFont

    font, out = TTFont(BytesIO(woff2), recalcTimestamp=False), BytesIO()
    for record, text in ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", ""))):
        font["name"].setName(text, record, 3, 1, 0x409)
    font.flavor = None
    font.save(out)
    return out.getvalue()
