"""Atoms in lines: the first that fit, evened out, or without a lone word at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from scenewright.layout.atoms import CODE_PAD, MONO, Atom, atom_of, extra, width_of
from scenewright.layout.breaking import cut
from scenewright.layout.fonts import measure

_GREEDY_ABOVE = 500  # atoms; above, lines are filled one after the other


def wrapped(atoms: Sequence[Atom], room: float, *, cjk: bool, balanced: bool) -> list[tuple[Atom, ...]]:
    """Lines of at most `room` em. No atoms, no lines."""
    if atoms and width_of(atoms) <= room:
        return [tuple(atoms)]
    fitted: list[Atom] = []
    for group in _groups(atoms):
        fitted += _fitted(group, room, cjk)
    breaks = _breaks(fitted, room, balanced)
    return [tuple(fitted[start:end]) for start, end in pairwise(breaks)]


def _groups(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Atoms between which no line may end stand together."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        if groups and not atom.breakable:
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return groups


def _fitted(group: list[Atom], room: float, cjk: bool) -> list[Atom]:
    """A group that fits stays; in one that does not, every atom may start a line and long ones are cut."""
    if width_of(group) <= room:
        return group
    found: list[Atom] = []
    for index, atom in enumerate(group):
        free = atom if index == 0 else replace(atom, breakable=True)
        found += [free] if width_of([atom]) <= room else _cut(free, room, cjk)
    return found


def _cut(atom: Atom, room: float, cjk: bool) -> list[Atom]:
    if atom.formula:  # written out as its source, which can be broken
        source = atom_of(atom.text, replace(atom, formula=None, font="mono", code=-1), atom.gap > 0, None, cjk)
        return _cut(replace(source, breakable=atom.breakable), room, cjk)
    scale = MONO if atom.font == "mono" else 1.0
    pad = 2 * CODE_PAD if atom.code else 0.0
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
        more = extra(atoms, index, starts[-1])
        if used + more > room and index > starts[-1]:
            start = last_chance if last_chance > starts[-1] else index
            starts.append(start)
            used, index = 0.0, start
            continue
        used += more
        index += 1
    return [*starts, len(atoms)]


def _narrowest(atoms: list[Atom], room: float, count: int) -> list[int]:
    """The same number of lines in the narrowest measure: the most even lines."""
    low, high = max(width_of(group) for group in _groups(atoms)), room
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
        if width_of(atoms[full[-2] :]) >= 0.2 * room:
            return full
        tried = _first_fit(atoms, room * narrower)
        if len(tried) > len(full):
            return full
        if width_of(atoms[tried[-2] :]) >= 0.2 * room:
            return tried
    return full
