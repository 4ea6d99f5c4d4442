"""The font of formulas: STIX Two Math, and for the words in them that it lacks (Chinese, say) the slides' fonts."""

from __future__ import annotations

import warnings
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from scenewright.layout.fonts import ALIASES, Face, advance, face_of, read_font

NAME = "scenewright"


@cache
def register() -> str:
    """Makes the font known to the typesetter and returns its name."""
    from ziafont.config import config  # a quarter of a second to import: only where there is a formula
    from ziafont.fonttypes import BBox
    from ziafont.glyph import SimpleGlyph

    with warnings.catch_warnings():  # its import uses a deprecated way to find its own font
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.mathfont import MathFont
        from ziamath.zmath import loadedfonts

    config.svg2 = False  # glyphs as plain paths
    config.precision = 2

    class WithFallback(MathFont):
        def findglyph(self, char: str, variant: Any) -> Any:
            if self.glyphindex(char):
                return super().findglyph(char, variant)
            return _borrowed(self, char, SimpleGlyph, BBox) or super().findglyph(char, variant)

        def advance(self, glyph: int, glyph2: int | None) -> Any:
            return super().advance(glyph, None if glyph2 is not None and glyph2 < 0 else glyph2)

    loadedfonts[NAME] = WithFallback(loadedfonts["default"].info.filename)
    return NAME


def _borrowed(font: Any, char: str, glyph_class: Any, box_class: Any) -> Any:
    face = face_of(char, "sans", False, False, False)
    if face is None:
        return None
    operators, bounds, units = _operators(face, char)
    scale = font.info.layout.unitsperem / units
    owner = SimpleNamespace(
        info=SimpleNamespace(
            filename="fallback.ttf",
            layout=SimpleNamespace(unitsperem=units, ymax=bounds[3], ymin=bounds[1], scale=scale),
        ),
        advance=lambda *_: advance(char) * units,
        cmap=None,
    )
    glyph = glyph_class(0, operators, box_class(bounds[0], bounds[2], bounds[1], bounds[3]), owner)
    return glyph


@cache
def _operators(face: Face, char: str) -> tuple[tuple[Any, ...], tuple[float, float, float, float], int]:
    """The outline as the typesetter's operators, its bounds (left, bottom, right, top) and the units per em."""
    from fontTools.pens.basePen import BasePen
    from fontTools.pens.boundsPen import ControlBoundsPen
    from fontTools.ttLib import TTFont
    from ziafont import svgpath

    Cubic, Lineto, Moveto, Quad = svgpath.Cubic, svgpath.Lineto, svgpath.Moveto, svgpath.Quad
    Point: Any = svgpath.Point

    found: list[Any] = []

    class Pen(BasePen):  # type: ignore[misc]
        def _moveTo(self, p: tuple[float, float]) -> None:
            found.append(Moveto(Point(*p)))

        def _lineTo(self, p: tuple[float, float]) -> None:
            found.append(Lineto(Point(*p)))

        def _curveToOne(self, a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
            found.append(Cubic(Point(*a), Point(*b), Point(*c)))

        def _qCurveToOne(self, a: tuple[float, float], b: tuple[float, float]) -> None:
            found.append(Quad(Point(*a), Point(*b)))

    with TTFont(BytesIO(read_font(face.file_name)), lazy=True) as font:
        glyphs = font.getGlyphSet()
        cmap = font.getBestCmap()
        name = cmap.get(ord(char)) or cmap[ord(ALIASES[char])]
        glyphs[name].draw(Pen(glyphs))
        bounds = ControlBoundsPen(glyphs)
        glyphs[name].draw(bounds)
        units = font["head"].unitsPerEm
    return tuple(found), bounds.bounds or (0, 0, 0, 0), units
