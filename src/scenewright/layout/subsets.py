"""The fonts that an export carries: of every face used, just the characters used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO

from scenewright.domain.base import Value
from scenewright.domain.drawing import Drawing, FontName, TextMark
from scenewright.layout.fonts import ALIASES, Face, face_of, is_cjk, read_font

Style = tuple[FontName, bool, bool]  # family, bold, italic


class FontFace(Value):
    """One @font-face. Several share a family, weight and style; their ranges do not overlap."""

    family: FontName
    weight: int  # 400 or 700, as CSS is to be told
    style: str  # "normal" or "italic"
    unicode_range: str  # "U+41-5A,U+61"
    data: bytes  # a woff2 file without kerning and ligatures


def glyphs(drawings: Iterable[Drawing]) -> dict[Style, frozenset[str]]:
    """The characters that the drawings write in each style."""
    found: dict[Style, set[str]] = {}
    for drawing in drawings:
        for box in drawing.boxes:
            for mark in box.marks:
                if isinstance(mark, TextMark):
                    found.setdefault((mark.font, mark.bold, mark.italic), set()).update(mark.text)
    return {style: frozenset(chars) for style, chars in found.items()}


def font_subsets(
    drawings: Iterable[Drawing], *, language: str, extra: Mapping[Style, str] | None = None
) -> tuple[FontFace, ...]:
    """Everything that these drawings need, and what else the page writes (`extra`: texts by style).

    `language` must be the one the drawings were laid out with. The same characters give the same bytes.
    Characters that no embedded font has are left to the reader's system.
    """
    wanted = {style: set(chars) for style, chars in glyphs(drawings).items()}
    for style, text in (extra or {}).items():
        wanted.setdefault(style, set()).update(text)
    faces: list[FontFace] = []
    cjk = is_cjk(language)
    for style in sorted(wanted):
        by_face: dict[Face, set[str]] = {}
        for char in wanted[style] | {" "}:
            if face := face_of(char, *style, cjk):
                by_face.setdefault(face, set()).add(char)
        for face in sorted(by_face, key=lambda face: face.file_name):
            chars = frozenset(by_face[face])
            faces.append(
                FontFace(
                    family=style[0],
                    weight=700 if style[1] else 400,
                    style="italic" if style[2] else "normal",
                    unicode_range=_ranges(chars),
                    data=_subset(face, chars),
                )
            )
    return tuple(faces)


@lru_cache(maxsize=512)
def _subset(face: Face, chars: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 13, 14],  # copyright and licence stay with the font
        drop_tables=[*Options._drop_tables_default, "GPOS", "GSUB", "GDEF", "BASE", "kern", "DSIG", "STAT"],
        recalc_timestamp=False,
        with_zopfli=False,
    )
    with TTFont(BytesIO(read_font(face.file_name)), recalcTimestamp=False) as font:
        codes = font.getBestCmap()
        lent = {ord(char): ord(ALIASES[char]) for char in chars if ord(char) not in codes and char in ALIASES}
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.update({new: table.cmap[old] for new, old in lent.items() if old in table.cmap})
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[ord(char) for char in chars])
        subsetter.subset(font)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out, reorderTables=False)
        return out.getvalue()


def _ranges(chars: frozenset[str]) -> str:
    codes = sorted(ord(char) for char in chars)
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in runs)
