"""Formulas, typeset once in em and placed anywhere: exact outlines to draw, MathML to read aloud."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache

from scenewright.domain.drawing import Colour, PathMark
from scenewright.layout import mathfont
from scenewright.layout.ink import Outline, circle, polygon, read_path
from scenewright.layout.mathml import BadLatex, serialised, to_mathml

_EM = 100.0  # size at which formulas are typeset
_RELATIONS = frozenset("=<>≤≥≠≈≡∼≃≅→⇒⇔←↔↦∈⊂⊆≔∝")
_ACCENTS = {"^": ("\u02c6", "\u0302"), "~": ("~", "\u0303")}  # plain, stretched
_OPERATORS = frozenset("+−±∓×⋅·-,;")


@dataclass(frozen=True)
class Formula:
    """Measures in em; the origin is the left end of the baseline."""

    width: float
    ascent: float
    descent: float
    filled: Outline
    stroked: tuple[tuple[Outline, float], ...]  # with line widths
    mathml: str

    def marks(self, x: float, y: float, size: float, colour: Colour) -> list[PathMark]:
        marks = [PathMark(data=self.filled.placed(x, y, size), fill=colour)] if self.filled.steps else []
        for outline, width in self.stroked:
            marks.append(
                PathMark(data=outline.placed(x, y, size), stroke=colour, stroke_width=round(max(0.5, width * size), 2))
            )
        return marks


@lru_cache(maxsize=512)
def typeset(latex: str, *, inline: bool) -> Formula | None:
    """None if the LaTeX is wrong, hostile or too large: the caller then shows the source."""
    try:
        return _typeset(to_mathml(latex, inline=inline))
    except BadLatex:
        return None


@lru_cache(maxsize=128)
def typeset_lines(latex: str, widest: float) -> tuple[Formula, ...]:
    """A display formula broken before its top-level relations (else operators) into lines of at most `widest` em,
    where that is possible; the whole in one line where it is not. Empty if the LaTeX cannot be drawn."""
    whole = typeset(latex, inline=False)
    if whole is None or whole.width <= widest:
        return (whole,) if whole else ()
    tree = to_mathml(latex, inline=False)
    row = tree[0] if len(tree) == 1 and tree[0].tag == "mrow" else tree
    for symbols in (_RELATIONS, _RELATIONS | _OPERATORS):
        lines = _packed(_chunks(list(row), symbols), widest)
        if lines and max(line.width for line in lines) <= widest:
            return lines
    return (whole,)


def _chunks(nodes: list[ET.Element], symbols: frozenset[str]) -> list[list[ET.Element]]:
    """Cuts before each symbol of the row itself that is not between brackets."""
    chunks: list[list[ET.Element]] = [[]]
    depth = 0
    for node in nodes:
        text = (node.text or "").strip()
        if depth == 0 and text in symbols and chunks[-1]:
            chunks.append([])
        depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        chunks[-1].append(node)
    return chunks


def _packed(chunks: list[list[ET.Element]], widest: float) -> tuple[Formula, ...]:
    """Chunks are measured alone, so that the work grows with the length of the formula and not with its square."""
    rows: list[list[ET.Element]] = [[]]
    used = 0.0
    for chunk in chunks:
        alone = _row(chunk)
        width = alone.width + 0.5 if alone else 0.0  # an operator within a row has space on both sides
        if rows[-1] and used + width > widest:
            rows.append([])
            used = 0.0
        rows[-1] += chunk
        used += width
    return tuple(line for line in map(_row, rows) if line)


def _row(nodes: list[ET.Element]) -> Formula | None:
    root = ET.Element("math", {"display": "block"})
    row = ET.SubElement(root, "mrow")
    row.extend(nodes)
    if len(row) > 1 and row[0].tag == "mo":  # a sign that goes on with the line before keeps the space after it
        first = ET.Element("mo", {**row[0].attrib, "form": "infix"})
        first.text = row[0].text
        row[0] = first
    try:
        return _typeset(root)
    except BadLatex:
        return None


def _typeset(tree: ET.Element) -> Formula:
    mathml = serialised(tree)
    name = mathfont.register()
    from ziamath.zmath import Math

    try:
        drawn = Math(_drawable(tree), size=_EM, font=name, margin=0)
        box = drawn.node.bbox
        svg = ET.Element("svg")
        drawn.node.draw(0, 0, svg)
    except Exception as exc:  # a table with ragged rows, a missing child ...: all mean that it cannot be drawn
        raise BadLatex("the formula cannot be typeset") from exc
    filled, stroked = _outlines(svg)
    left, right, top, bottom = _bounds(filled, stroked, box)
    if not all(math.isfinite(value) and abs(value) < 1e6 for value in (left, right, top, bottom)) or right <= left:
        raise BadLatex("the formula has no size")
    shift = -left / _EM
    return Formula(
        width=(right - left) / _EM,
        ascent=max(0.0, -top / _EM),
        descent=max(0.0, bottom / _EM),
        filled=_scaled(filled, shift),
        stroked=tuple((_scaled(outline, shift), width / _EM) for outline, width in stroked),
        mathml=mathml,
    )


def _drawable(tree: ET.Element) -> ET.Element:
    """A copy in the words that the typesetter knows: it changes what it draws, and logs what it does not know."""
    tag = "mrow" if tree.tag in ("mpadded", "mstyle", "mmultiscripts", "mprescripts", "none") else tree.tag
    copy = ET.Element(tag, dict(tree.attrib))
    copy.text = tree.text
    if tree.tag == "mtext":
        copy.text = " " if not (tree.text or "").strip() else tree.text
    if tree.tag == "mo" and (tree.text or "") in _ACCENTS:
        copy.text = _ACCENTS[tree.text or ""][tree.get("stretchy") != "false"]
    if (tree.text or "") in ("\u2191", "\u2193", "\u27e8", "\u27e9"):
        copy.set("stretchy", "false")
    if "columnspacing" in copy.attrib:
        copy.set("columnspacing", copy.attrib["columnspacing"].replace("2em", "0.3em"))
    if tree.tag == "mtable":
        copy.set("rowspacing", "0.55em" if any(node.tag == "mfrac" for node in tree.iter()) else "0.35em")
    copy.extend([_drawable(child) for child in tree])
    return copy


def _outlines(svg: ET.Element) -> tuple[Outline, list[tuple[Outline, float]]]:
    filled: list[Outline] = []
    stroked: list[tuple[Outline, float]] = []
    for mark in svg.iter():
        get = dict(mark.attrib)
        if mark.tag == "path" and "stroke" in get:
            stroked.append((read_path(get["d"]), float(get.get("stroke-width", 1))))
        elif mark.tag == "path":
            filled.append(read_path(get["d"]))
        elif mark.tag == "rect":
            corners = _corners(*(float(get[key]) for key in ("x", "y", "width", "height")))
            if "stroke" in get:
                stroked.append((polygon(*corners), float(get.get("stroke-width", 1))))
            else:
                filled.append(polygon(*corners))
        elif mark.tag == "ellipse":
            stroked.append((_ellipse(get), float(get.get("stroke-width", 1))))
    return Outline(tuple(step for outline in filled for step in outline.steps)), stroked


def _ellipse(get: dict[str, str]) -> Outline:
    cx, cy, rx, ry = (float(get[key]) for key in ("cx", "cy", "rx", "ry"))
    unit = circle(0, 0, 1)
    return Outline(
        tuple(
            (command, tuple(n * (ry if i % 2 else rx) + (cy if i % 2 else cx) for i, n in enumerate(numbers)))
            for command, numbers in unit.steps
        )
    )


def _corners(x: float, y: float, width: float, height: float) -> tuple[tuple[float, float], ...]:
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def _bounds(filled: Outline, stroked: list[tuple[Outline, float]], box: object) -> tuple[float, float, float, float]:
    """Left, right, top, bottom of everything drawn, and of the advance that the typesetter reports."""
    xs = [getattr(box, "xmin", 0.0), getattr(box, "xmax", 0.0), 0.0]
    ys = [0.0]
    for outline, half in [(filled, 0.0), *((outline, width / 2) for outline, width in stroked)]:
        for _, numbers in outline.steps:
            xs += [n + sign * half for n in numbers[::2] for sign in (-1, 1)]
            ys += [n + sign * half for n in numbers[1::2] for sign in (-1, 1)]
    return min(xs), max(xs), min(ys), max(ys)


def _scaled(outline: Outline, shift: float) -> Outline:
    return Outline(
        tuple(
            (command, tuple(round(n / _EM + (0 if i % 2 else shift), 5) for i, n in enumerate(numbers)))
            for command, numbers in outline.steps
        )
    )
