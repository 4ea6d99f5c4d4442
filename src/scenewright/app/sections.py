"""A work's text in pieces that belong together: scene by scene, so that a scene is compared with itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FOUNTAIN = re.compile(r"\.?(?:INT\./EXT\.|INT\.|EXT\.)(?:\s|$)")  # as the exporter writes headings
_MARKDOWN = re.compile(r"## ")
_NUMBER = re.compile(r"\s#[\w.\-]{1,20}#$")
_ABOVE = re.compile(r"#|===|> .*<$")  # acts and titles stand above the heading that they belong to


@dataclass(frozen=True, kw_only=True)
class Section:
    """What stands before the scenes (its key is ""), or one scene."""

    key: str  # the scene's id; for kinds that name none, its heading
    number: int  # in its text, from 1; 0 = before the scenes
    heading: str
    lines: tuple[str, ...]


def sections(text: str, ids: Sequence[str] = ()) -> tuple[Section, ...]:
    """`ids`: of the scenes in the text, in order, if they are known."""
    lines = text.rstrip("\n").split("\n")
    mark = _FOUNTAIN if _starts(lines, _FOUNTAIN) else _MARKDOWN
    starts = _starts(lines, mark)
    found, taken = [], set[str]()
    for number, (start, end) in enumerate(zip([0, *starts], [*starts, len(lines)], strict=True)):
        heading = _NUMBER.sub("", next((line for line in lines[start:end] if number and mark.match(line)), ""))
        key = _key(number, heading, ids if len(ids) == len(starts) else (), taken)
        body = tuple(_NUMBER.sub("", line) if mark.match(line) else line for line in _trimmed(lines[start:end]))
        found.append(Section(key=key, number=number, heading=heading, lines=body))
    return tuple(found)


def _starts(lines: Sequence[str], heading: re.Pattern[str]) -> list[int]:
    """Where sections begin: at their heading, or at what stands above it."""
    starts = []
    for index, line in enumerate(lines):
        if heading.match(line) and (index == 0 or not lines[index - 1].strip() or _ABOVE.match(lines[index - 1])):
            start = index
            while start > 0 and (not lines[start - 1].strip() or _ABOVE.match(lines[start - 1])):
                start -= 1
            starts.append(start)
    return starts


def _key(number: int, heading: str, ids: Sequence[str], taken: set[str]) -> str:
    if number == 0:
        return ""
    key = ids[number - 1] if ids else heading or str(number)
    while key in taken:
        key += "'"
    taken.add(key)
    return key


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
