"""A block is one element of a script, set in its column: what may be broken across pages, and how."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from scenewright.exports.episode.pdf.cells import units, wrap
from scenewright.exports.episode.pdf.measures import Frame
from scenewright.exports.episode.pdf.model import Role

PAGE = 64  # more lines, and more characters in a line, than a page has
EDGE = 2  # lines of a text that stay together on either side of a break


@dataclass(frozen=True, kw_only=True)
class Span:
    """Text in a row."""

    x: float  # inches
    text: str
    role: Role
    bold: bool = False
    underline: bool = False


Row = tuple[Span, ...]  # what stands on one line of a page; () is a blank one

BODY = Frame(x=1.5, columns=60)


@dataclass(frozen=True, kw_only=True)
class Block:
    """`lead` is set as it stands, then `pieces` (sentences; joined, the text) in `frame`, then `tail`.

    `again` replaces the lead and `more` ends the page where the text is broken.
    """

    role: Role
    scene: str = ""
    gap: int = 1  # blank lines before, but not at the top of a page
    lead: tuple[Row, ...] = ()
    pieces: tuple[str, ...] = ()
    frame: Frame = BODY
    double: bool = False  # a blank line after each line of the text
    tail: tuple[Row, ...] = ()
    again: tuple[Row, ...] = ()
    more: tuple[Row, ...] = ()
    new_page: bool = False
    with_next: bool = False  # never the last on a page
    with_last: bool = False  # never the first on a page


def size(block: Block) -> int:
    """Lines that the block takes; of a text much longer than a page, only that it is longer."""
    near, columns = _near(block.pieces), block.frame.columns
    lines = len(_lines(near, columns))
    if len(near) < len(block.pieces) and lines <= PAGE:
        lines = len(_lines(block.pieces, columns))
    return len(block.lead) + _height(lines, block.double) + len(block.tail)


def rows(block: Block) -> list[Row]:
    body: list[Row] = []
    for text in _lines(block.pieces, block.frame.columns):
        body += [()] if body and block.double else []
        body.append((Span(x=block.frame.x, text=text, role=block.role),))
    return [*block.lead, *body, *block.tail]


def least(block: Block) -> int | None:
    """Lines of the shortest beginning that may stand at the foot of a page; None: it may not be broken."""
    first, last = _breaks(block)
    return size(_beginning(block, first)) if first <= last else None


def split(block: Block, room: int) -> tuple[Block, Block] | None:
    """The longest beginning of at most `room` lines, and the rest; broken between sentences only."""
    first, last = _breaks(block)
    counts = range(first, last + 1)
    at = first + bisect_right(counts, room, key=lambda count: size(_beginning(block, count))) - 1
    return (_beginning(block, at), _rest(block, at)) if at >= first else None


def loosen(block: Block, lines: int) -> Block:
    """A sentence of more than half a page of `lines` may be broken between its lines: there is no better place."""
    most = lines // 4 if block.double else lines // 2
    columns = block.frame.columns
    if len(_lines(block.pieces, columns)) <= most:
        return block
    loose = (units(each, columns) if len(wrap(each, columns)) > most else (each,) for each in block.pieces)
    return replace(block, pieces=tuple(piece for pieces in loose for piece in pieces))


def tear(block: Block, room: int) -> tuple[Block, Block]:
    """For what is longer than a page and has no place to break: after `room` lines."""
    every = tuple(rows(block))
    bare = replace(block, pieces=(), tail=(), again=(), more=())
    return replace(bare, lead=every[:room]), replace(bare, lead=every[room:], new_page=False)


def _breaks(block: Block) -> tuple[int, int]:
    """The fewest and the most pieces that a beginning may have."""
    columns, near = block.frame.columns, len(_near(block.pieces))
    counts = range(1, min(near + 1, len(block.pieces)))

    def before(count: int) -> bool:
        return len(_lines(block.pieces[:count], columns)) >= EDGE

    def too_few_after(count: int) -> bool:
        return len(_lines(_near(block.pieces[count:]), columns)) < EDGE

    return 1 + bisect_left(counts, True, key=before), bisect_left(counts, True, key=too_few_after)


def _beginning(block: Block, count: int) -> Block:
    return replace(block, pieces=block.pieces[:count], tail=block.more, with_next=False)


def _rest(block: Block, count: int) -> Block:
    return replace(block, pieces=block.pieces[count:], lead=block.again, new_page=False)


def _near(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """What a page can hold of them and more: a text of a thousand pages is not set anew for each page."""
    room = 2 * PAGE * PAGE
    for count, piece in enumerate(pieces):
        room -= len(piece)
        if room < 0:
            return pieces[: count + 1]
    return pieces


def _height(lines: int, double: bool) -> int:
    return 2 * lines - 1 if double and lines else lines


@lru_cache(maxsize=64)
def _lines(pieces: tuple[str, ...], columns: int) -> tuple[str, ...]:
    return tuple(wrap("".join(pieces), columns))
