"""Parts of questions: lists, gaps in sentences, spellings, numbers that look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.kinds.classroom.offline.candidates import folded
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.text import inline

GAP = "____"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILE = re.compile(r"\.\w{1,5}$|/")  # file names and paths: nobody should learn those by heart
_PLAIN_VALUES = frozenset(("true", "false", "none", "null", "nil", "yes", "no", "ja", "nein"))


def lists(found: Sequence[Unit]) -> list[list[Unit]]:
    lists: dict[tuple[str, int], list[Unit]] = {}
    for unit in found:
        if unit.kind == "item":
            lists.setdefault((unit.section, unit.group), []).append(unit)
    return list(lists.values())


def is_worth_asking(term: str) -> bool:
    return len(term) > 1 and term.lower() not in _PLAIN_VALUES and not _FILE.search(term)


def is_name(cell: str) -> bool:
    """Whether a table's cell is words rather than a number."""
    words = inline.plain(cell)
    letters = sum(character.isalpha() for character in words)
    return letters >= 2 and letters > sum(character.isdigit() for character in words)


def same_term(a: str, b: str) -> bool:
    a, b = folded(a), folded(b)
    return a in b or b in a


def outside(text: str) -> str:
    """The words outside of code and formulas."""
    return inline.shape(inline.parse(text))


def gapped(text: str, word: str) -> str:
    """The sentence with the word's only occurrence left out; "" if it is not there exactly once."""
    spans = inline.parse(text)
    edge = r"" if _HAN.search(word) else r"(?<![\w.-])"
    after = r"" if _HAN.search(word) else r"(?![\w-]|\.\w)"
    plain = inline.plain(text)
    hits = list(re.finditer(edge + re.escape(word) + after, plain, re.IGNORECASE))
    if len(hits) != 1 or plain.lower().count(word.lower()) != 1:
        return ""
    start, end = hits[0].span()
    at = 0
    for span in spans:
        if (span.code or span.math) and at < end and start < at + len(span.text) and span.text != word:
            return ""  # a part of code or of a formula is not a word
        at += len(span.text)
    pieces = (*inline.cut(spans, 0, start), inline.Span(text=GAP), *inline.cut(spans, end, len(plain)))
    return inline.render(pieces)


def spellings(word: str) -> list[str]:
    bare_word = re.sub(
        r"^(?:an?|the|eine?|der|die|das|une?|la|le|les|el|los|las|una)\s+", "", word, flags=re.IGNORECASE
    )
    return [word, bare_word, re.sub(r"[()\s]*\([^)]*\)", "", word), word.strip("`*() ")]


def alike(a: str, b: str) -> bool:
    return re.sub(r"\d+", "0", a) == re.sub(r"\d+", "0", b) and abs(len(a) - len(b)) <= 1


def near(number: str) -> list[str]:
    """Numbers written alike, for when the text has too few others."""
    found = re.fullmatch(r"(\d+)(.*)", number, re.DOTALL)
    if not found:
        return []
    head, tail = int(found[1][:15]), found[2]
    year = len(found[1]) == 4 and 1500 <= head <= 2100 and not tail
    steps = (-7, 4, 11) if year else (max(1, head // 2), -max(1, head // 3), head + 1)
    return [f"{head + step}{tail}" for step in steps if head + step >= 0 and head + step != head]
