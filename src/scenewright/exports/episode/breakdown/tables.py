"""A breakdown as tables for spreadsheets: UTF-8 with a mark at the beginning (without it Excel reads the letters of
another century), commas, CRLF, every scene by its printed number. Pages are decimal: "3/8" would become a date.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from scenewright.exports.episode.breakdown.values import Breakdown

FILES = ("scenes.csv", "cast.csv", "sets.csv", "props.csv", "effects.csv")
_SCENES = (
    *("scene", "act", "heading", "int/ext", "set", "time", "light", "page", "to page", "eighths", "pages", "seconds"),
    *("lines", "words", "cast", "props", "effects", "title"),
)
Cell = str | int | float | None
# A cell that begins so is run, not shown, by some spreadsheets; where ";" separates cells, a cell may begin behind one.
_FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@＝＋－＠])")


def tables(counted: Breakdown) -> Mapping[str, bytes]:
    """File name -> content. Texts that a spreadsheet would run as a formula begin with an apostrophe."""
    numbers = {scene.id: scene.number or scene.id for scene in counted.scenes}
    made = (_scenes(counted), _cast(counted, numbers), _sets(counted, numbers), _props(counted, numbers))
    return dict(zip(FILES, map(_csv, (*made, _effects(counted, numbers))), strict=True))


def _scenes(counted: Breakdown) -> Iterable[Sequence[Cell]]:
    yield _SCENES
    names = {role.id: role.name for role in counted.cast}
    for each in counted.scenes:
        place: tuple[Cell, ...] = (each.heading, each.interior, each.place, each.time, each.light)
        length: tuple[Cell, ...] = (each.first_page, each.last_page, each.eighths, each.eighths / 8, each.seconds)
        kinds = dict.fromkeys(counted.effects[at].kind for at in each.effects)
        people = _listed(names.get(who, who) for who in each.cast)
        found = (each.lines, each.words, people, _listed(each.props), _listed(kinds), each.title)
        yield (each.number or each.id, each.act, *place, *length, *found)
    for problem in counted.missing:
        why = f"({problem.status}) {problem.problem}".strip()
        yield (problem.scene, "", why, *("",) * (len(_SCENES) - 4), problem.title)


def _cast(counted: Breakdown, numbers: Mapping[str, str]) -> Iterable[Sequence[Cell]]:
    yield ("character", "id", "lines", "words", "scenes", "first", "last", "in scenes")
    for each in counted.cast:
        yield (
            each.name,
            each.id,
            each.lines,
            each.words,
            len(each.scenes),
            each.first,
            each.last,
            _listed(map(numbers.__getitem__, each.scenes)),
        )


def _sets(counted: Breakdown, numbers: Mapping[str, str]) -> Iterable[Sequence[Cell]]:
    yield ("set", "int/ext", "scenes", "day", "night", "other", "eighths", "pages", "seconds", "in scenes")
    for each in counted.sets:
        yield (
            each.name,
            each.interior,
            len(each.scenes),
            each.day,
            each.night,
            each.other,
            each.eighths,
            each.eighths / 8,
            each.seconds,
            _listed(map(numbers.__getitem__, each.scenes)),
        )


def _props(counted: Breakdown, numbers: Mapping[str, str]) -> Iterable[Sequence[Cell]]:
    yield ("prop", "from", "named in scenes", "on set in scenes")
    for each in counted.props:
        source = "bible" if each.from_bible else "script"
        used, there = (_listed(map(numbers.__getitem__, ids)) for ids in (each.scenes, each.on_set))
        yield (each.name, source, used, there)


def _effects(counted: Breakdown, numbers: Mapping[str, str]) -> Iterable[Sequence[Cell]]:
    yield ("kind", "scene", "text", "element")
    for each in counted.effects:
        yield (each.kind, numbers[each.scene], each.text, each.element)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: Cell) -> Cell:
    """Texts on one line, without control characters; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = "".join(char if char.isprintable() else " " for char in value)
    return _FORMULA.sub(r"\1'", text)
