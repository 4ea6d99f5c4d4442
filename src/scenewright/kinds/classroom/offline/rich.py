"""Blocks that are shown as they are: code, tables, formulas, images, quotes; and diagrams read from arrows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from scenewright.domain.document import Code, Formula, Image, Quotation, Table
from scenewright.domain.slides import (
    CodeBlock,
    DiagramBlock,
    DiagramEdge,
    DiagramNode,
    FormulaBlock,
    ImageBlock,
    ParagraphBlock,
    QuoteBlock,
    SlideBlock,
)
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.phrases import phrases
from scenewright.kinds.classroom.offline.tables import chart, shown_table
from scenewright.kinds.classroom.offline.tidy import bare
from scenewright.text import inline

RICH = ("code", "table", "formula", "image", "quote")
_MOST_LINES = 16
_ARROW = re.compile(r"\s*(?:→|⟶|-{1,2}>|⇒|=>)\s*")
_ATTRIBUTION = re.compile(r"\s*(?:—|–|--)\s*([^—–.!?。]{3,60})$")


def pick_rich(found: Sequence[Unit], most: int = 2) -> tuple[Unit, ...]:
    """At most `most`, in order, of different kinds where there are several; long code takes the room of two."""
    candidates = [unit for unit in found if unit.kind in RICH]
    firsts = list({unit.kind: unit for unit in reversed(candidates)}.values())
    order = sorted(firsts, key=candidates.index) + [unit for unit in candidates if unit not in firsts]
    chosen: list[Unit] = []
    for unit in order:
        if sum(map(_room, chosen)) + _room(unit) <= most or not chosen:
            chosen.append(unit)
    return tuple(sorted(chosen, key=candidates.index))


def shown(unit: Unit, block_id: str, language: str) -> SlideBlock:
    """The block of a rich unit."""
    match unit.block:
        case Code(language=code_language, text=text):
            if drawn := diagram(text, block_id):
                return drawn
            part = excerpt(text)
            caption = phrases(language).excerpt if len(part) < len(text.strip("\n")) else ""
            return CodeBlock(id=block_id, language=code_language, code=part, caption=caption)
        case Table() as table:
            return chart(table, block_id, language) or shown_table(table, block_id, language)
        case Formula(latex=latex):
            return FormulaBlock(id=block_id, latex=latex.strip(), caption=bare(unit.tail))
        case Image(asset=asset, alt=alt, caption=caption):
            return ImageBlock(id=block_id, asset=asset, alt=alt, caption=caption)
        case Quotation():
            found = _ATTRIBUTION.search(inline.plain(unit.text))
            spans = inline.parse(unit.text)
            text = inline.render(inline.cut(spans, 0, found.start())) if found else unit.text
            return QuoteBlock(id=block_id, text=text.strip(), attribution=found[1].strip() if found else "")
        case _:
            return ParagraphBlock(id=block_id, text=unit.text)


def excerpt(code: str) -> str:
    """The code up to a good place to stop: an empty line, or the end of an indented run."""
    lines = code.strip("\n").split("\n")
    if len(lines) <= _MOST_LINES * 1.3:
        return "\n".join(lines)
    for at in range(_MOST_LINES, _MOST_LINES // 3, -1):
        if not lines[at].strip():
            return "\n".join(lines[:at]).rstrip()
    for at in range(_MOST_LINES, _MOST_LINES // 3, -1):
        if not lines[at].startswith((" ", "\t", "}", ")", "]")):
            return "\n".join(lines[:at]).rstrip()
    return "\n".join(lines[:_MOST_LINES])


def diagram(text: str, block_id: str) -> DiagramBlock | None:
    """ "a -> b -> c" on one line, and nothing else."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if len(lines) != 1 or re.search(r"[(){};=]", _ARROW.sub("", lines[0])):
        return None
    labels = [label for label in _ARROW.split(lines[0]) if label]
    if not 3 <= len(labels) <= 6 or max(map(len, labels)) > 28:
        return None
    ids = {label: f"n{index}" for index, label in enumerate(dict.fromkeys(labels), start=1)}
    edges = tuple(DiagramEdge(source=ids[a], target=ids[b]) for a, b in pairwise(labels))
    nodes = tuple(DiagramNode(id=node, label=label) for label, node in ids.items())
    return DiagramBlock(id=block_id, nodes=nodes, edges=edges)


def _room(unit: Unit) -> int:
    long_code = isinstance(unit.block, Code) and unit.block.text.count("\n") > 10
    long_table = isinstance(unit.block, Table) and len(unit.block.rows) > 5
    return 2 if long_code or long_table else 1
