"""Two versions of a text, compared scene by scene and line by line, down to the words of a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from scenewright.app.sections import Section

Sign = Literal[" ", "-", "+", "~"]
CONTEXT = 3  # unchanged lines around what has changed
_ALIKE = 0.5  # of the words: less, and the lines are shown whole
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a line; `changed`: the other version does not have it."""

    text: str
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """`sign`: unchanged, taken out, put in; "~" = unchanged lines that are not shown."""

    sign: Sign
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, kw_only=True)
class SceneDiff:
    key: str
    number: int  # in the newer version; in the older one if it is there no more; 0 = before the scenes
    heading: str
    change: Literal["changed", "added", "removed", "moved"]
    lines: tuple[Line, ...] = ()


def compared(before: Sequence[Section], after: Sequence[Section]) -> tuple[SceneDiff, ...]:
    """What differs, in the order of the newer version; what was taken out stands behind what it stood behind."""
    old, new = {section.key: section for section in before}, {section.key: section for section in after}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    return tuple(
        found for key in _order(list(old), list(new)) if (found := _of(old.get(key), new.get(key), key in moved))
    )


def _order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    order = list(new)
    for index, key in enumerate(old):
        if key not in new:
            earlier = [each for each in old[:index] if each in order]
            order.insert(order.index(earlier[-1]) + 1 if earlier else 0, key)
    return order


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    kept = {
        key
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for key in new[block.b : block.b + block.size]
    }
    return set(new) - kept


def _of(old: Section | None, new: Section | None, moved: bool) -> SceneDiff | None:
    there = new or old
    assert there is not None
    before, after = (old.lines if old else ()), (new.lines if new else ())
    if before == after and not moved:
        return None
    return SceneDiff(
        key=there.key,
        number=there.number,
        heading=there.heading,
        change="added" if old is None else "removed" if new is None else "changed" if before != after else "moved",
        lines=tuple(_shortened(list(_lines(before, after)))) if before != after else (),
    )


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for name, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if name == "equal":
            yield from (_whole(" ", line) for line in after[begin:stop])
        elif name == "replace" and end - start == stop - begin:
            pairs = [_words(one, two) for one, two in zip(before[start:end], after[begin:stop], strict=True)]
            yield from (Line(sign="-", pieces=one) for one, _ in pairs)
            yield from (Line(sign="+", pieces=two) for _, two in pairs)
        else:
            yield from (_whole("-", line) for line in before[start:end])
            yield from (_whole("+", line) for line in after[begin:stop])


def _whole(sign: Sign, text: str) -> Line:
    return Line(sign=sign, pieces=(Piece(text=text),))


def _words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two lines, with the words that differ marked; unmarked if they have little in common."""
    one, two = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (Piece(text=before),), (Piece(text=after),)
    old, new = list[Piece](), list[Piece]()
    for name, start, end, begin, stop in matcher.get_opcodes():
        other = name != "equal"
        old += [Piece(text="".join(one[start:end]), changed=other)] if end > start else []
        new += [Piece(text="".join(two[begin:stop]), changed=other)] if stop > begin else []
    return tuple(old), tuple(new)


def _shortened(lines: Sequence[Line]) -> Iterator[Line]:
    near = [index for index, line in enumerate(lines) if line.sign != " "]
    shown = {at for index in near for at in range(index - CONTEXT, index + CONTEXT + 1)}
    hidden = False
    for index, line in enumerate(lines):
        if index in shown:
            yield line
        elif not hidden:
            yield Line(sign="~")
        hidden = index not in shown
