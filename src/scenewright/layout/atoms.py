"""Inline text as atoms: stretches that are never broken, measured in em."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scenewright.domain.drawing import FontName
from scenewright.layout.breaking import is_wide, may_part, pieces
from scenewright.layout.clean import one_line
from scenewright.layout.fonts import measure
from scenewright.layout.formula import Formula, typeset
from scenewright.text.inline import parse

MONO = 0.88  # size of code within text
CODE_PAD = 0.13  # em left and right of code within text
_MIXED_GAP = 0.14  # em between Chinese and Latin where no space stands
_SPACE = 0.21  # em between runs of different styles


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


@lru_cache(maxsize=2048)
def atoms_of(text: str, bold: bool, italic: bool, cjk: bool) -> tuple[Atom, ...]:
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
                found.append(atom_of(piece.text, wanted, space, found[-1] if found else None, cjk))
                space = False
    return tuple(found)


@lru_cache(maxsize=2048)
def literal_atoms(text: str, bold: bool, italic: bool, cjk: bool) -> tuple[Atom, ...]:
    found: list[Atom] = []
    space = False
    wanted = Atom("", 0.0, 0.0, False, "sans", bold, italic)
    for piece in pieces(one_line(text)):
        space = space or piece.space
        if piece.text:
            found.append(atom_of(piece.text, wanted, space, found[-1] if found else None, cjk))
            space = False
    return tuple(found)


def atom_of(text: str, wanted: Atom, space: bool, last: Atom | None, cjk: bool) -> Atom:
    scale = MONO if wanted.font == "mono" else 1.0
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


def width_of(atoms: Sequence[Atom]) -> float:
    """Of atoms on one line, the grounds of code included."""
    return sum(extra(atoms, index, 0) for index in range(len(atoms)))


def extra(atoms: Sequence[Atom], index: int, start: int) -> float:
    """What an atom adds to the line that starts at `start`."""
    atom = atoms[index]
    first = index == start
    pad = 2 * CODE_PAD if atom.code and (first or atoms[index - 1].code != atom.code) else 0.0
    return atom.width + (0.0 if first else atom.gap) + pad
