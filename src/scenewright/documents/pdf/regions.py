"""Where on a page the tables and the figures are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.documents.pdf.flow import segments, text_of
from scenewright.documents.pdf.values import Box, Page, Segment, Word, union

CAPTION = re.compile(
    r"^(?:figure|fig\.?|table|tab\.|listing|algorithm|abbildung|abb\.|bild|tabelle|图|圖|表)\s*[\dA-Z][\d.\-]*\s*[:.–—|：]",
    re.I,
)

_NEAR = 9.0  # points between the parts of one figure
_MIN_SIDE = 40.0  # points
_MIN_PARTS = 6  # drawn things that make a figure without a picture in it
_MAX_PARTS = 2_500  # beyond this everything is one figure: joining takes quadratic time


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table between rules. `columns` and `rows` are the edges; None = told from the text's gaps."""

    box: Box
    columns: tuple[float, ...] | None
    rows: tuple[float, ...]
    header: int  # rows above the second rule


def grids(page: Page) -> list[Grid]:
    """Ruled tables, and those that have only horizontal rules."""
    if len(page.rules) > _MAX_PARTS:
        return []
    flat = [rule for rule in page.rules if rule.width > rule.height]
    upright = [rule for rule in page.rules if rule.height > rule.width and rule.height > 5]
    found: list[Grid] = []
    for cluster in _joined([*flat, *upright], 1.5):
        across = [rule for rule in cluster if rule.width > rule.height]
        down = [rule for rule in cluster if rule.height > rule.width]
        rows = _edges([(rule.top + rule.bottom) / 2 for rule in across])
        columns = _edges([(rule.x0 + rule.x1) / 2 for rule in down])
        if len(rows) >= 2 and len(columns) >= 3 and _has_words(page, union(cluster), 4):
            found.append(Grid(box=union(cluster), columns=tuple(columns), rows=tuple(rows), header=1))
    taken = [grid.box.grown(2) for grid in found]
    free = [rule for rule in flat if not any(box.holds(rule) for box in taken)]
    return found + _between_rules(page, free)


def figures(page: Page, tables: Sequence[Box], body: float) -> list[Box]:
    """Boxes around drawings and pictures, with the labels in them. `body`: the size of the running text, points."""
    parts = [*page.images, *page.drawings]
    parts += [rule for rule in page.rules if max(rule.width, rule.height) < page.width * 0.9]
    parts = [part for part in parts if not any(table.grown(3).holds(part) for table in tables)]
    if len(parts) > _MAX_PARTS:
        parts = [union(parts)]
    labels = segments(page.words)
    found: list[Box] = []
    for cluster in _joined(parts, _NEAR):
        box = union(cluster)
        if box.width < _MIN_SIDE or box.height < _MIN_SIDE or box.area > page.width * page.height * 0.9:
            continue
        has_image = any(image.area > 0.3 * box.area for image in page.images if box.holds(image))
        if not has_image and _is_frame(cluster):
            continue
        parts_inside = sum(1 for part in cluster if part.width > _NEAR / 3 or part.height > _NEAR / 3)
        if not has_image and (parts_inside < _MIN_PARTS or _is_text_box(page.words, box, body)):
            continue
        found.append(_with_labels(labels, box, body))
    return _merged([_with_labels(labels, box, body) for box in _merged(found)])


def _between_rules(page: Page, rules: Sequence[Box]) -> list[Grid]:
    """Tables in the manner of books: two or more wide rules of one width above each other, words between them."""
    wide = sorted((rule for rule in rules if rule.width > 60), key=lambda rule: rule.top)
    out: list[Grid] = []
    while wide:
        first = wide.pop(0)
        same = [one for one in wide if abs(one.x0 - first.x0) < 4 and abs(one.x1 - first.x1) < 4]
        stack = [first]
        for rule in same:
            between = Box(x0=first.x0, top=stack[-1].bottom, x1=first.x1, bottom=rule.top)
            if between.height < page.height * 0.6 and _has_words(page, between, 2):
                stack.append(rule)
        if len(stack) < 2:
            continue
        wide = [rule for rule in wide if rule not in stack]
        box = union(stack)
        if len(stack) > 2 or _has_words(page, box, 6):
            edges = tuple(_edges([(rule.top + rule.bottom) / 2 for rule in stack]))
            out.append(Grid(box=box, columns=None, rows=edges, header=1 if len(edges) > 2 else 0))
    return out


def _has_words(page: Page, box: Box, least: int) -> bool:
    return sum(1 for word in page.words if box.holds(word.box)) >= least


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 3:
            out.append(value)
    return out


def _joined(boxes: Sequence[Box], near: float) -> list[list[Box]]:
    """Groups of boxes that touch when grown by `near`."""
    groups: list[tuple[Box, list[Box]]] = []
    for box in sorted(boxes, key=lambda one: one.top):
        around, members = box.grown(near), [box]
        kept = []
        for other, theirs in groups:
            if around.touches(other):
                around, members = union([around, other]), theirs + members
            else:
                kept.append((other, theirs))
        groups = [*kept, (around, members)]
    return [members for _, members in groups]


def _is_frame(cluster: Sequence[Box]) -> bool:
    """Straight lines on no more than four sides."""
    if any(part.width > 3 and part.height > 3 for part in cluster):
        return False
    across = _edges([part.top for part in cluster if part.width > part.height])
    down = _edges([part.x0 for part in cluster if part.height >= part.width])
    return len(across) <= 2 and len(down) <= 2


def _is_text_box(words: Sequence[Word], box: Box, body: float) -> bool:
    """A frame or a tinted ground around running text or code."""
    inside = [word for word in words if box.holds(word.box) and word.face.size > body * 0.75]
    return sum(word.box.area for word in inside) > 0.22 * box.area


def _with_labels(labels: Sequence[Segment], box: Box, body: float) -> Box:
    """Grown around text that lies on its edge, and around small text just outside: axis labels, not captions."""
    near, around = box.grown(4), box.grown(14)
    found = [
        one.box
        for one in labels
        if one.box.width < box.width * 0.5
        and one.size < body * 1.6
        and not CAPTION.match(text_of(one.words))
        and (near.touches(one.box) or (one.size < 0.9 * body and around.touches(one.box)))
    ]
    return union([box, *found])


def _side_by_side(boxes: Sequence[Box]) -> list[Box]:
    """Parts (a) and (b) of one figure."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda one: one.x0):
        last = out[-1] if out else None
        if last and box.x0 - last.x1 < 60:
            overlap = min(last.bottom, box.bottom) - max(last.top, box.top)
            if overlap > 0.7 * max(last.height, box.height):
                out[-1] = union([last, box])
                continue
        out.append(box)
    return out


def _merged(boxes: Sequence[Box]) -> list[Box]:
    out: list[Box] = []
    for group in _joined(boxes, 1.0):
        out.append(union(group))
    out = _side_by_side(out)
    return sorted(out, key=lambda box: (box.top, box.x0))
