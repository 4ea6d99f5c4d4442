"""A run as text: a row for each scene, a column for each span of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import ceil

from scenewright.simulation.report import WORK, Course

MOST_ROWS = 40
MARGIN = 12  # columns on the left
STEPS = ("actions", "content", "clip", "outline")  # the one named first is shown where several ran
UNICODE = {"outline": "▬", "content": "▒", "actions": "█", "clip": "░", "wait": "·", "release": "▏"}
ASCII = {"outline": "=", "content": "o", "actions": "#", "clip": "v", "wait": ".", "release": "|"}
NAMES = {"outline": "outline", "content": "content", "actions": "actions", "clip": "clips"}
LEAST = 1 / 3  # the share of a column that a step must fill to be shown before a longer one

Cells = Mapping[str, float]  # step -> seconds


def waterfall(course: Course, *, width: int = 100, rows: int = MOST_ROWS, ascii: bool = False) -> str:
    """`width`: columns, 40 or more. Of more scenes than `rows`, several share a row. Ends without a newline."""
    glyphs = ASCII if ascii else UNICODE
    columns, group = max(40, width) - MARGIN - 1, ceil(course.scenes / max(1, rows))
    span = course.makespan / columns or 1.0
    cells = _cells(course, group, span, columns)
    lines = [_line("outline", _row(cells[WORK], {}, span, columns, glyphs))]
    begun = _first(course, group, span)
    released = {scene // group: ceil(at / span - 1e-9) for scene, at in course.releases}
    for row in range(ceil(course.scenes / group)):
        waits = dict.fromkeys(range(begun.get(row, columns), released.get(row, 0)), "wait")
        marks = waits | ({released[row]: "release"} if row in released else {})
        lines.append(_line(_label(row, group, course.scenes), _row(cells[row], marks, span, columns, glyphs)))
    return "\n".join([*lines, _axis(course.makespan, columns), _legend(glyphs)])


def _cells(course: Course, group: int, span: float, columns: int) -> dict[int, dict[int, dict[str, float]]]:
    """Row -> column -> step -> seconds that it ran."""
    found: dict[int, dict[int, dict[str, float]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    for each in course.intervals:
        row = found[WORK if each.scene == WORK else each.scene // group]
        for column in range(int(each.start / span), min(columns, ceil(each.end / span))):
            row[column][each.step] += min(each.end, (column + 1) * span) - max(each.start, column * span)
    return found


def _row(
    cells: Mapping[int, Cells], marks: Mapping[int, str], span: float, columns: int, glyphs: Mapping[str, str]
) -> str:
    shown = (_most(cells[column], span) if column in cells else None for column in range(columns + 1))
    return "".join(
        glyphs[name] if (name := step or marks.get(column, "")) else " " for column, step in enumerate(shown)
    )


def _most(cell: Cells, span: float) -> str | None:
    plain = (step for step in STEPS if cell.get(step, 0.0) >= span * LEAST)
    return next(plain, None) or max(cell, key=cell.__getitem__, default=None)


def _first(course: Course, group: int, span: float) -> dict[int, int]:
    """Row -> the column in which it begins."""
    begun: dict[int, int] = {}
    for each in course.intervals:
        row, column = each.scene // group, int(each.start / span)
        if each.scene != WORK:
            begun[row] = min(column, begun.get(row, column))
    return begun


def _line(label: str, row: str) -> str:
    return f"{label:<{MARGIN}}{row}".rstrip()


def _label(row: int, group: int, scenes: int) -> str:
    first, last = row * group + 1, min(scenes, (row + 1) * group)
    return f"{first}" if first == last else f"{first}-{last}"


def _axis(makespan: float, columns: int) -> str:
    end = f"{makespan:,.0f} s"
    return f"{'':<{MARGIN}}0{end:>{columns - 1}}"


def _legend(glyphs: Mapping[str, str]) -> str:
    named = "  ".join(f"{glyphs[step]} {name}" for step, name in NAMES.items())
    return f"{'':<{MARGIN}}{named}  {glyphs['wait']} waits  {glyphs['release']} released"
