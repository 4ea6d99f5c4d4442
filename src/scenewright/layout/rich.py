"""Inline text set into lines: measured with the real fonts, broken for its language, drawn as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from scenewright.domain.drawing import Colour, FontName, Mark, TextMark
from scenewright.layout.breaking import cut, is_wide, may_part, pieces
from scenewright.layout.clean import one_line
from scenewright.layout.fonts import measure
from scenewright.layout.formula import Formula, typeset
from scenewright.layout.ink import near, rect
from scenewright.text.inline import parse

ASCENT, DESCENT = 0.92, 0.26  # em around the baseline that a line of text may cover, accents and all
_MONO = 0.88  # size of code within text
_CODE_PAD = 0.13  # em left and right of code within text
_MIXED_GAP = 0.14  # em between Chinese and Latin where no space stands
_SPACE = 0.21  # em between runs of different styles
_GREEDY_ABOVE = 500  # pieces; above, lines are filled one after the other


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
class Atom:
    """A stretch that is never broken; measures in em of the surrounding text."""

    text: str
    width: float
    gap: float  # before it, if it does not start a line
    breakable: bool  # a line may end before it
    font: FontName = "sans"
    bold: bool = False
    italic: bool = False
    code: int = 0  # 0, or which code span of the text it belongs to: a span has one tinted ground on each line
    formula: Formula | None = None

    @property
    def style(self) -> tuple[FontName, bool, bool, int]:
        return self.font, self.bold, self.italic, self.code


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
            width = _width(run) * self.pen.size
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
        pad = _CODE_PAD * pen.size if first.code else 0.0
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
            size=near(pen.size * (_MONO if first.font == "mono" else 1.0)),
            font=first.font,
            bold=first.bold,
            italic=first.italic,
            colour=pen.code_colour if first.code else pen.colour,
        )


def set_lines(text: str, pen: Pen, width: float, *, balanced: bool = False) -> tuple[Line, ...]:
    """Inline text in lines of at most `width` units. No text, no lines.

    `balanced`: lines of like length (titles, labels); else each is filled, without leaving a lone word at the end.
    """
    atoms = _atoms(text, pen.bold, pen.italic, pen.cjk)
    return _lines(atoms, pen, width, balanced)


def set_plain(text: str, pen: Pen, width: float, *, balanced: bool = True) -> tuple[Line, ...]:
    """Literal text, for labels and names: marks in it mean nothing."""
    return _lines(_literal(text, pen.bold, pen.italic, pen.cjk), pen, width, balanced)


def line_height(lines: tuple[Line, ...], leading: float) -> list[float]:
    """The height of each line, in units: the leading, or more for tall formulas."""
    return [max(leading * line.pen.size, line.ascent + line.descent) for line in lines]


def baseline(line: Line, height: float) -> float:
    """The baseline below the top of a line of this height."""
    free = height - line.ascent - line.descent
    return free / 2 + line.ascent


@lru_cache(maxsize=2048)
def _atoms(text: str, bold: bool, italic: bool, cjk: bool) -> tuple[Atom, ...]:
    found: list[Atom] = []
    space = False
    for number, span in enumerate(parse(one_line(text)), start=1):
        if span.math and (formula := typeset(span.text, inline=True)):
            gap = 0.24 if space else 0.06
            found.append(Atom(span.text, formula.width, gap, space or bool(found), formula=formula))
            space = False
            continue
        if span.code or span.math:
            wanted = Atom("", 0.0, 0.0, False, "mono", code=number)
        else:
            wanted = Atom("", 0.0, 0.0, False, "sans", bold or span.bold, italic or span.italic)
        for piece in pieces(one_line(span.text)):
            space = space or piece.space
            if piece.text:
                found.append(_atom(piece.text, wanted, space, found[-1] if found else None, cjk))
                space = False
    return tuple(found)


@lru_cache(maxsize=2048)
def _literal(text: str, bold: bool, italic: bool, cjk: bool) -> tuple[Atom, ...]:
    found: list[Atom] = []
    space = False
    wanted = Atom("", 0.0, 0.0, False, "sans", bold, italic)
    for piece in pieces(one_line(text)):
        space = space or piece.space
        if piece.text:
            found.append(_atom(piece.text, wanted, space, found[-1] if found else None, cjk))
            space = False
    return tuple(found)


def _atom(text: str, wanted: Atom, space: bool, last: Atom | None, cjk: bool) -> Atom:
    scale = _MONO if wanted.font == "mono" else 1.0
    width = measure(text, scale, wanted.font, wanted.bold, wanted.italic, cjk)
    gap, breakable = 0.0, space
    if space:
        same = last is not None and last.style == wanted.style
        gap = measure(" ", scale, wanted.font, wanted.bold, wanted.italic, cjk) if same else _SPACE
    elif last and last.formula:
        gap, breakable = 0.06, is_wide(text[0]) and may_part("字", text[0])
    elif last and last.text:
        breakable = last.style == wanted.style or may_part(last.text[-1], text[0])
        if is_wide(last.text[-1]) != is_wide(text[0]) and last.text[-1].isalnum() and text[0].isalnum():
            gap = _MIXED_GAP
    return replace(wanted, text=text, width=width, gap=gap, breakable=breakable)


def _run_end(atoms: tuple[Atom, ...], start: int) -> int:
    """Where the run of one style that starts here ends. A narrow gap that is no space also ends it."""
    first = atoms[start]
    end = start + 1
    if first.formula:
        return end
    space = measure(" ", _MONO if first.font == "mono" else 1.0, first.font, first.bold, first.italic, False)
    while end < len(atoms) and not atoms[end].formula and atoms[end].style == first.style:
        if atoms[end].gap and abs(atoms[end].gap - space) > 1e-9:
            break
        end += 1
    return end


def _lines(atoms: tuple[Atom, ...], pen: Pen, width: float, balanced: bool) -> tuple[Line, ...]:
    room = max(1.0, width / pen.size - 1e-6)
    cutted: list[Atom] = []
    for group in _groups(atoms):
        cutted += _fitted(group, room, pen.cjk)
    breaks = _breaks(cutted, room, balanced)
    return tuple(_line(tuple(cutted[start:end]), pen) for start, end in pairwise(breaks))


def _groups(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Atoms between which no line may end stand together."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        if groups and not atom.breakable:
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return groups


def _width(atoms: Sequence[Atom]) -> float:
    """Of atoms on one line, the grounds of code included."""
    return sum(_extra(atoms, index, 0) for index in range(len(atoms)))


def _extra(atoms: Sequence[Atom], index: int, start: int) -> float:
    """What an atom adds to the line that starts at `start`."""
    atom = atoms[index]
    first = index == start
    pad = 2 * _CODE_PAD if atom.code and (first or atoms[index - 1].code != atom.code) else 0.0
    return atom.width + (0.0 if first else atom.gap) + pad


def _fitted(group: list[Atom], room: float, cjk: bool) -> list[Atom]:
    """A group that fits stays; in one that does not, every atom may start a line and long ones are cut."""
    if _width(group) <= room:
        return group
    found: list[Atom] = []
    for index, atom in enumerate(group):
        free = atom if index == 0 else replace(atom, breakable=True)
        found += [free] if _width([atom]) <= room else _cut(free, room, cjk)
    return found


def _cut(atom: Atom, room: float, cjk: bool) -> list[Atom]:
    if atom.formula:  # written out as its source, which can be broken
        source = _atom(atom.text, replace(atom, formula=None, font="mono", code=-1), atom.gap > 0, None, cjk)
        return _cut(replace(source, breakable=atom.breakable), room, cjk)
    scale = _MONO if atom.font == "mono" else 1.0
    pad = 2 * _CODE_PAD if atom.code else 0.0
    found: list[Atom] = []
    rest = atom.text
    gap, breakable = atom.gap, atom.breakable
    room -= pad
    while len(rest) > 1 and measure(rest, scale, atom.font, atom.bold, atom.italic, cjk) > room:
        head, rest, hyphen = cut(rest, _fits(rest, atom, scale, room, cjk))
        text = head + ("\u2010" if hyphen else "")
        width = measure(text, scale, atom.font, atom.bold, atom.italic, cjk)
        found.append(replace(atom, text=text, width=width, gap=gap, breakable=breakable))
        gap, breakable = 0.0, True
    width = measure(rest, scale, atom.font, atom.bold, atom.italic, cjk)
    return [*found, replace(atom, text=rest, width=width, gap=gap, breakable=breakable)]


def _fits(text: str, atom: Atom, scale: float, room: float, cjk: bool) -> int:
    used, count = 0.0, 0
    for char in text:
        used += measure(char, scale, atom.font, atom.bold, atom.italic, cjk)
        if used > room:
            break
        count += 1
    return count


def _breaks(atoms: list[Atom], room: float, balanced: bool) -> list[int]:
    """Indexes at which lines start, and the end. Empty text has no lines."""
    if not atoms:
        return []
    full = _first_fit(atoms, room)
    if len(full) <= 2 or len(atoms) > _GREEDY_ABOVE:
        return full
    if balanced:
        return _narrowest(atoms, room, len(full))
    return _without_widow(atoms, room, full)


def _first_fit(atoms: list[Atom], room: float) -> list[int]:
    starts = [0]
    used = 0.0
    last_chance = 0
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        if atom.breakable and index > starts[-1]:
            last_chance = index
        extra = _extra(atoms, index, starts[-1])
        if used + extra > room and index > starts[-1]:
            start = last_chance if last_chance > starts[-1] else index
            starts.append(start)
            used, index = 0.0, start
            continue
        used += extra
        index += 1
    return [*starts, len(atoms)]


def _narrowest(atoms: list[Atom], room: float, count: int) -> list[int]:
    """The same number of lines in the narrowest measure: the most even lines."""
    low, high = max(_width(group) for group in _groups(atoms)), room
    best = _first_fit(atoms, room)
    for _ in range(9):
        middle = (low + high) / 2
        tried = _first_fit(atoms, middle)
        if len(tried) <= count:
            best, high = tried, middle
        else:
            low = middle
    return best


def _without_widow(atoms: list[Atom], room: float, full: list[int]) -> list[int]:
    """If the last line is a lone short word, the lines are set a little narrower, as far as they stay as many."""
    for narrower in (0.97, 0.94, 0.9, 0.86):
        if _width(atoms[full[-2] :]) >= 0.2 * room:
            return full
        tried = _first_fit(atoms, room * narrower)
        if len(tried) > len(full):
            return full
        if _width(atoms[tried[-2] :]) >= 0.2 * room:
            return tried
    return full


def _line(atoms: tuple[Atom, ...], pen: Pen) -> Line:
    formulas = [atom.formula for atom in atoms if atom.formula]
    ascent = max([ASCENT, *(formula.ascent + 0.06 for formula in formulas)])
    descent = max([DESCENT, *(formula.descent + 0.06 for formula in formulas)])
    return Line(atoms, pen, _width(atoms) * pen.size, ascent * pen.size, descent * pen.size)
