"""Blocks onto pages. A pure decision; what is kept together is said by the blocks."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.exports.episode.pdf.block import Block, least, loosen, rows, size, split, tear
from scenewright.exports.episode.pdf.model import Line


class _Sheet:
    """The page being filled."""

    def __init__(self, lines: int) -> None:
        self.lines, self.used = lines, 0
        self.placed: list[Line] = []

    def room(self, block: Block) -> int:
        """Lines left for it, after the blank ones above it."""
        return self.lines - self.used - (block.gap if self.used else 0)

    def put(self, block: Block) -> None:
        top = self.used + (block.gap if self.used else 0)
        for y, row in enumerate(rows(block), top):
            self.placed += [
                Line(
                    x=span.x,
                    y=y,
                    text=span.text,
                    role=span.role,
                    scene=block.scene,
                    bold=span.bold,
                    underline=span.underline,
                )
                for span in row
            ]
        self.used = top + size(block)


def paginate(blocks: Sequence[Block], lines: int) -> list[list[Line]]:
    """The lines of each page, `lines` to a page. Nothing is lost, whatever its length.

    A block that stays with its neighbour does so unless both do not fit on one page.
    """
    pages: list[list[Line]] = []
    sheet = _Sheet(lines)
    waiting = [loosen(block, lines) for block in reversed(blocks)]

    def turn() -> None:
        nonlocal sheet
        pages.append(sheet.placed)
        sheet = _Sheet(lines)

    while waiting:
        block = waiting.pop()
        if block.new_page and sheet.used:
            turn()
        room = sheet.room(block)
        if size(block) + _bound(block, waiting, lines) <= room:
            sheet.put(block)
        elif not block.with_next and (parts := split(block, room)):
            sheet.put(parts[0])
            turn()
            waiting.append(parts[1])
        elif sheet.used:
            turn()
            waiting.append(block)
        elif size(block) <= room:
            sheet.put(block)
        else:
            first, rest = tear(block, room)
            sheet.put(first)
            turn()
            waiting.append(rest)
    if sheet.used:
        turn()
    return pages


def _bound(block: Block, waiting: Sequence[Block], lines: int) -> int:
    """Lines that must stand on the same page below the end of the block; more than `lines` is as good as any."""
    need, at = 0, len(waiting) - 1
    while at >= 0 and need <= lines and not waiting[at].new_page:
        following = waiting[at]
        if not block.with_next and not following.with_last:
            break
        need += following.gap
        # A text that may be broken needs room for its beginning only: what is bound to its end goes with its end.
        if block.with_next and not following.with_next and (short := least(following)) is not None:
            return need + short
        need += size(following)
        block, at = following, at - 1
    return need
