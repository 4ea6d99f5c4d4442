"""Parts one under the other: on one page if they fit, over as many as they need if not."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from scenewright.layout.flow import Flexible, Part, Rows

_STRETCH = 1.7  # spaces between parts grow up to this where there is room
_LOWERED = 0.3  # a page that is not full starts this share of its free height lower ...
_LOWERED_MOST = 30.0  # ... but at most so many units; a lone block twice as many

Placed = tuple[Part, float, float]
"""A part and its corner, relative to the body of the page."""


def fit(parts: Sequence[Part | Flexible], limit: float, room: float) -> list[Part] | None:
    """All parts at fixed heights within `limit`; figures share what is left of it. None if they do not fit."""
    spaces = sum(part.space for part in parts[1:])
    rigid = sum(part.height for part in parts if not isinstance(part, Flexible))
    flexible = [part for part in parts if isinstance(part, Flexible)]
    free = (room if flexible else limit) - spaces - rigid - sum(part.lowest for part in flexible)
    if free < -1e-6 or (flexible and rigid + spaces > limit):
        return None
    fitted: list[Part] = []
    wishes = sum(part.ideal - part.lowest for part in flexible)
    for part in parts:
        if isinstance(part, Flexible):
            share = min(1.0, free / wishes) if wishes > 0 else 0.0
            fitted.append(part.at(part.lowest + (part.ideal - part.lowest) * share))
        else:
            fitted.append(part)
    return fitted


def height_of(parts: Sequence[Part]) -> float:
    return sum(part.height for part in parts) + sum(part.space for part in parts[1:])


def down(parts: Sequence[Part], room: float) -> list[Placed]:
    """One under the other, with a little more air where there is room."""
    spaces = sum(part.space for part in parts[1:])
    stretch = min(_STRETCH, 1 + max(0.0, room - height_of(parts)) / spaces) if spaces else 1.0
    placed: list[Placed] = []
    y = 0.0
    for index, part in enumerate(parts):
        if index:
            gap = part.space
            y += gap if parts[index - 1].keep else gap * stretch
        placed.append((part, 0.0, y))
        y += part.height
    return placed


def flowing(parts: Sequence[Part | Flexible], room: float) -> list[list[Placed]]:
    """Page after page; parts are split between their rows, figures shrink a little rather than leave a hole."""
    queue = deque(parts)
    pages: list[list[Part]] = []
    page: list[Part] = []

    def turn() -> None:
        nonlocal page
        back: list[Part] = []
        while len(page) > 1 and page[-1].keep:
            back.append(page.pop())
        pages.append(page)
        queue.extendleft(back)
        page = []

    while queue:
        part = queue.popleft()
        left = room - height_of(page) - (part.space if page else 0.0)
        if isinstance(part, Flexible):
            if left >= part.lowest or not page:
                page.append(part.at(min(part.ideal, max(left, 1.0))))
            else:
                queue.appendleft(part)
                turn()
            continue
        head, rest = part.split(left)
        if head is None and not page:
            head, rest = part.forced(left) if isinstance(part, Rows) else (part, None)
        if head is not None:
            page.append(head)
        if rest is not None:
            queue.appendleft(rest)
            turn()
    if page:
        pages.append(page)
    return [down(page, room) for page in pages]


def lowered(placed: list[Placed], room: float) -> list[Placed]:
    """A page that is not full sits a little lower, so that it does not hang from its title."""
    bottom = max((y + part.height for part, _, y in placed), default=0.0)
    most = _LOWERED_MOST * (2 if len(placed) < 3 else 1)
    shift = min(most, max(0.0, room - bottom) * _LOWERED)
    return [(part, x, y + shift) for part, x, y in placed]
