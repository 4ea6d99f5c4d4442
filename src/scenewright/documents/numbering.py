"""Numbers before headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.domain.document import Inline

_DEEP = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?\)?\s+(?=\D)")
_FLAT = re.compile(r"(?:(?P<digits>\d{1,2})|(?P<letter>[A-Z])|(?P<roman>[IVX]{1,5}))(?P<stop>[.)])?\s+(?=\D)")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def unnumbered(titles: Sequence[Inline]) -> list[Inline]:
    """The titles without their numbers.

    "2.1 Notation" is always a number. "2 Background" and "B. Proofs" are one only if the count begins at its
    beginning and goes on ("1 ..." and "2 ...", "A ..." and "B ..."); "7 Wonders" is a title.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for index, title in enumerate(titles):
        for series, value in _readings(title):
            places.setdefault(series, []).append((index, value))
    numbered = {index for found in places.values() for index in _counted(found)}
    return [_bare(title, index in numbered) for index, title in enumerate(titles)]


def _bare(title: Inline, is_numbered: bool) -> Inline:
    found = _DEEP.match(title) or (_FLAT.match(title) if is_numbered else None)
    return title[found.end() :] if found else title


def _readings(title: Inline) -> list[tuple[str, int]]:
    """To which count a title may belong, and its place there: "I." may be a letter or a Roman one."""
    found = _FLAT.match(title)
    if _DEEP.match(title) or not found:
        return []
    stop = found["stop"] or ""
    if found["digits"]:
        return [("1" + stop, int(found["digits"]))]
    out: list[tuple[str, int]] = []
    word = found[0].split()[0].rstrip(".)")
    if len(word) == 1:
        out.append(("A" + stop, ord(word) - 64))
    if set(word) <= set(_ROMAN):
        out.append(("I" + stop, _roman(word)))
    return out


def _roman(word: str) -> int:
    values = [_ROMAN[char] for char in word]
    return sum(
        -value if following > value else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _counted(found: Sequence[tuple[int, int]]) -> list[int]:
    """Which of the titles, with what they seem to count, make a count: from 0 or 1, one by one, perhaps anew later."""
    out: list[int] = []
    last, goes_on = 0, False
    for index, value in found:
        if value <= 1 or value == last + 1:
            goes_on = goes_on or (bool(out) and value == last + 1)
            out.append(index)
            last = value
    return out if goes_on else []
