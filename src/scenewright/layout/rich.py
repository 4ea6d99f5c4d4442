"""Inline text set into lines: measured with the real fonts, broken for its language, drawn as marks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenewright.domain.drawing import Colour, Mark, TextMark
from scenewright.layout.atoms import CODE_PAD, MONO, Atom, atoms_of, literal_atoms, width_of
from scenewright.layout.fonts import measure
from scenewright.layout.ink import near, rect
from scenewright.layout.wrapping import wrapped

ASCENT, DESCENT = 0.92, 0.26  # em around the baseline that a line of text may cover, accents and all


@dataclass(frozen=True)
class Pen:
    """How a text is written."""

    size: float
    colour: Colour
    bold: bool = False
    italic: bool = False
    cjk: bool = False
    code_colour: Colour = "#24306b"
    code_back: Colour | None = "#eef1f7"


@dataclass(frozen=True)
class Line:
    """Widths and heights in canvas units; the baseline is `ascent` below the top."""

    atoms: tuple[Atom, ...]
    pen: Pen
    width: float
    ascent: float
    descent: float

    def scaled(self, factor: float) -> Line:
        pen = replace(self.pen, size=self.pen.size * factor)
        return Line(self.atoms, pen, self.width * factor, self.ascent * factor, self.descent * factor)

    def marks(self, x: float, baseline: float) -> list[Mark]:
        """Runs of one style become one mark."""
        behind: list[Mark] = []
        front: list[Mark] = []
        at, index = x, 0
        while index < len(self.atoms):
            last = _run_end(self.atoms, index)
            run = self.atoms[index:last]
            at += run[0].gap * self.pen.size if index else 0.0
            width = width_of(run) * self.pen.size
            if run[0].formula:
                front += run[0].formula.marks(at, baseline, self.pen.size, self.pen.colour)
            else:
                back, mark = self._text(run, at, baseline, width)
                behind += back
                front.append(mark)
            at += width
            index = last
        return behind + front

    def _text(self, run: tuple[Atom, ...], x: float, baseline: float, width: float) -> tuple[list[Mark], TextMark]:
        first, pen = run[0], self.pen
        text = "".join((" " if index and atom.gap else "") + atom.text for index, atom in enumerate(run))
        pad = CODE_PAD * pen.size if first.code else 0.0
        back: list[Mark] = []
        if first.code and pen.code_back:
            back.append(
                rect(
                    x + pad * 0.2,
                    baseline - 0.80 * pen.size,
                    width - pad * 0.4,
                    1.06 * pen.size,
                    pen.code_back,
                    radius=0.16 * pen.size,
                )
            )
        return back, TextMark(
            x=near(x + pad),
            y=near(baseline),
            text=text,
            width=near(width - 2 * pad),
            size=near(pen.size * (MONO if first.font == "mono" else 1.0)),
            font=first.font,
            bold=first.bold,
            italic=first.italic,
            colour=pen.code_colour if first.code else pen.colour,
        )


def set_lines(text: str, pen: Pen, width: float, *, balanced: bool = False) -> tuple[Line, ...]:
    """Inline text in lines of at most `width` units. No text, no lines.

    `balanced`: lines of like length (titles, labels); else each is filled, without leaving a lone word at the end.
    """
    atoms = atoms_of(text, pen.bold, pen.italic, pen.cjk)
    return _lines(atoms, pen, width, balanced)


def set_plain(text: str, pen: Pen, width: float, *, balanced: bool = True) -> tuple[Line, ...]:
    """Literal text, for labels and names: marks in it mean nothing."""
    return _lines(literal_atoms(text, pen.bold, pen.italic, pen.cjk), pen, width, balanced)


def line_height(lines: tuple[Line, ...], leading: float) -> list[float]:
    """The height of each line, in units: the leading, or more for tall formulas."""
    return [max(leading * line.pen.size, line.ascent + line.descent) for line in lines]


def baseline(line: Line, height: float) -> float:
    """The baseline below the top of a line of this height."""
    free = height - line.ascent - line.descent
    return free / 2 + line.ascent


def _lines(atoms: tuple[Atom, ...], pen: Pen, width: float, balanced: bool) -> tuple[Line, ...]:
    room = max(1.0, width / pen.size - 1e-6)
    return tuple(_line(line, pen) for line in wrapped(atoms, room, cjk=pen.cjk, balanced=balanced))


def _run_end(atoms: tuple[Atom, ...], start: int) -> int:
    """Where the run of one style that starts here ends. A narrow gap that is no space also ends it."""
    first = atoms[start]
    end = start + 1
    if first.formula:
        return end
    space = measure(" ", MONO if first.font == "mono" else 1.0, first.font, first.bold, first.italic, False)
    while end < len(atoms) and not atoms[end].formula and atoms[end].style == first.style:
        if atoms[end].gap and abs(atoms[end].gap - space) > 1e-9:
            break
        end += 1
    return end


def _line(atoms: tuple[Atom, ...], pen: Pen) -> Line:
    formulas = [atom.formula for atom in atoms if atom.formula]
    ascent = max([ASCENT, *(formula.ascent + 0.06 for formula in formulas)])
    descent = max([DESCENT, *(formula.descent + 0.06 for formula in formulas)])
    return Line(atoms, pen, width_of(atoms) * pen.size, ascent * pen.size, descent * pen.size)
