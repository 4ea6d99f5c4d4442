"""The fonts and their metrics: which files exist, which face draws a character, and how wide it is.

The files come from the npm packages named in `FONT_PACKAGES` (all SIL Open Font License 1.1) and lie in
`scenewright/static/fonts/` under the packages' own file names, `<package>-<subset>-<weight>-<style>.woff2`,
beside `<package>.unicode.json` (the package's `unicode.json`) and `<package>.LICENSE`. Kerning and ligatures are
off everywhere: widths are plain sums of advances, so the page, a PDF and a video agree to the last unit.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from scenewright.domain.drawing import FontName
from scenewright.domain.errors import BadSettings


@dataclass(frozen=True, kw_only=True)
class FontPackage:
    """`subsets` are the keys of the package's unicode.json; "*" is every numbered slice "[n]"."""

    package: str
    weights: tuple[int, ...]
    styles: tuple[str, ...]
    subsets: tuple[str, ...]


FONT_PACKAGES = (
    FontPackage(
        package="source-sans-3",
        weights=(400, 600),
        styles=("normal", "italic"),
        subsets=("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"),
    ),
    FontPackage(
        package="jetbrains-mono",
        weights=(400, 700),
        styles=("normal",),
        subsets=("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese"),
    ),
    FontPackage(package="fira-code", weights=(400,), styles=("normal",), subsets=("symbols2",)),
    FontPackage(package="noto-sans-sc", weights=(400, 700), styles=("normal",), subsets=("*",)),
    FontPackage(package="noto-sans-math", weights=(400,), styles=("normal",), subsets=("latin",)),
    FontPackage(package="noto-sans-symbols-2", weights=(400,), styles=("normal",), subsets=("symbols",)),
    FontPackage(package="noto-emoji", weights=(400,), styles=("normal",), subsets=("*",)),
)

# The two large files of symbols come last: cutting a subset out of one takes a second, out of a slice some 50 ms.
_FALLBACK = ("noto-sans-sc", "noto-emoji", "noto-sans-math", "noto-sans-symbols-2")
_CHAINS: dict[FontName, tuple[str, ...]] = {
    "sans": ("source-sans-3", *_FALLBACK),
    "mono": ("jetbrains-mono", "fira-code", *_FALLBACK),
}
_SYMBOLS_ONLY = {"noto-sans-math", "noto-emoji"}  # they also hold letters that belong to another script's font
_FULL_WIDTH_IN_CJK = frozenset("“”‘’…—·")
ALIASES = {"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": "\u2009", "\u2007": "0"}
"""Drawn with another character's glyph where a font lacks their own."""


@dataclass(frozen=True)
class Face:
    """One font file."""

    package: str
    subset: str
    weight: int
    style: str

    @property
    def file_name(self) -> str:
        return f"{self.package}-{self.subset}-{self.weight}-{self.style}.woff2"


def is_cjk(language: str) -> bool:
    """Whether texts in this language (BCP 47) use full-width quotes, dashes and dots."""
    return language.split("-")[0].lower() in ("zh", "ja", "yue")


@lru_cache(maxsize=20_000)
def face_of(char: str, font: FontName, bold: bool, italic: bool, cjk: bool) -> Face | None:
    """The face that draws a character, or None: then the reader's system draws it, squeezed into `advance`."""
    chain = _CHAINS[font]
    if cjk and font == "sans" and char in _FULL_WIDTH_IN_CJK:
        chain = ("noto-sans-sc", *chain)
    for name in chain:
        subset = _subsets(name).get(ord(char))
        if subset is None or (name in _SYMBOLS_ONLY and not _is_symbol(char)):
            continue
        package = _package(name)
        face = Face(
            name,
            subset,
            package.weights[-1] if bold else package.weights[0],
            "italic" if italic and "italic" in package.styles else "normal",
        )
        if _is_ideograph(char) or _glyph_width(face, char) is not None:
            return face
    return None


@lru_cache(maxsize=50_000)
def advance(char: str, font: FontName = "sans", bold: bool = False, italic: bool = False, cjk: bool = False) -> float:
    """Width of one character in em."""
    if _is_ideograph(char):
        return 1.0  # asserted for every slice in the tests; saves opening a hundred files
    if face := face_of(char, font, bold, italic, cjk):
        return _glyph_width(face, char) or 0.0
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.65


def measure(text: str, size: float, font: FontName, bold: bool, italic: bool, cjk: bool) -> float:
    """Width of a run in canvas units."""
    return _em(text, font, bold, italic, cjk) * size


@lru_cache(maxsize=20_000)
def _em(text: str, font: FontName, bold: bool, italic: bool, cjk: bool) -> float:
    return sum(advance(char, font, bold, italic, cjk) for char in text)


def font_file(name: str) -> Traversable:
    return files("scenewright") / "static" / "fonts" / name


def read_font(name: str) -> bytes:
    """Raises: BadSettings: if the file is not there: the package was not built with its fonts."""
    try:
        return font_file(name).read_bytes()
    except FileNotFoundError as exc:
        raise BadSettings(
            f"The font file {name} is missing from this installation; install Scenewright again from its wheel, "
            "or run its build once."
        ) from exc


@cache
def metrics(face: Face) -> dict[str, float]:
    """Advance in em of every character of a face."""
    from io import BytesIO

    from fontTools.ttLib import TTFont  # 70 ms to import: only where text is measured

    with TTFont(BytesIO(read_font(face.file_name)), lazy=True) as font:
        units = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {chr(code): widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def _glyph_width(face: Face, char: str) -> float | None:
    known = metrics(face)
    if (width := known.get(char)) is not None:
        return width
    alias = ALIASES.get(char)
    return known.get(alias) if alias else None


@cache
def _package(name: str) -> FontPackage:
    return next(package for package in FONT_PACKAGES if package.package == name)


@cache
def _subsets(name: str) -> dict[int, str]:
    """Code point -> subset, for the subsets that are shipped."""
    shipped = _package(name).subsets
    ranges: dict[str, str] = json.loads(read_font(f"{name}.unicode.json"))
    found: dict[int, str] = {}
    for key, text in ranges.items():
        if key not in shipped and not (shipped == ("*",) and key.startswith("[")):
            continue
        for part in text.split(","):
            first, _, last = part.strip()[2:].partition("-")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                found.setdefault(code, key.strip("[]"))
    if name == "noto-sans-math":  # the package's own ranges leave out what the font is for
        found |= {ord(char): "latin" for char in metrics(Face(name, "latin", 400, "normal"))}
    return found


def _is_symbol(char: str) -> bool:
    code = ord(char)
    return 0x2000 <= code <= 0x2BFF or 0x3000 <= code <= 0x303F or code >= 0x1D400


def _is_ideograph(char: str) -> bool:
    code = ord(char)
    return (0x4E00 <= code <= 0x9FFF or 0x3041 <= code <= 0x3096 or 0x30A1 <= code <= 0x30FA) and (
        code in _subsets("noto-sans-sc")
    )
