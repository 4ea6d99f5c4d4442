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
        elif parts := split(block, room):
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
    """Lines that must stand on the same page below the end of the block.

    A chain too long for any page (shot after shot) is kept at its heading only, and may part elsewhere. Where the block
    itself is what is too long, its end goes along with what follows.
    """
    need = _chain(block, waiting, lines)
    if not need or size(block) + need <= lines:
        return need
    if block.role in ("act", "heading"):
        return waiting[-1].gap + size(waiting[-1])
    return need if need <= lines // 2 and least(block) is not None else 0


def _chain(block: Block, waiting: Sequence[Block], lines: int) -> int:
    """All that hangs together with the end of the block; more than `lines` is as good as any."""
    need = 0
    for following in reversed(waiting):
        if need > lines or not _tied(block, following):
            break
        need += following.gap
        # A text that may be broken needs room for its beginning only: what is tied to its end goes with its end.
        if block.with_next and (short := least(following)) is not None:
            return need + short
        need += size(following)
        block = following
    return need


def _tied(block: Block, following: Block) -> bool:
    """What opens a page, or another scene, is tied to nothing before it; but to the name of its act."""
    if following.new_page or (following.role == "heading" and block.role != "act"):
        return False
    return block.with_next or following.with_last
