"""Splitting a speech into chunks, each spoken by one call: pure, and versioned because chunks address paid answers.

One sentence is one chunk, so a caption's time is known exactly and changing a sentence re-pays that sentence only.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from scenewright.text.sentences import sentences

VERSION = 1  # raise it when the same text would be split differently

LIMIT = 300  # size of a chunk; a wide (Chinese, Japanese, Korean) character counts as 3
SHORT = 24  # a sentence below this size goes together with the next one of its paragraph

Border = Literal["clause", "sentence", "paragraph"]

_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_CLAUSE = re.compile(r"[,;:،؛၊](?=\s)|[，、；：]|(?<=\s)[–—-](?=\s)|—")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """`border` is what stands after it: the end of a part of a sentence, of a sentence, or of a paragraph."""

    text: str
    border: Border


def split(text: str, language: str) -> tuple[str, ...]:
    """The texts of the chunks. Joined, they are the text again but for white space; none is empty."""
    return tuple(chunk.text for chunk in chunks(text, language))


def chunks(text: str, language: str) -> tuple[Chunk, ...]:
    found: list[Chunk] = []
    for paragraph in re.split(r"\n[^\S\n]*\n", text):
        pieces = [piece for sentence in _merged(sentences(paragraph, language)) for piece in _pieces(sentence)]
        if pieces:
            last = Chunk(text=pieces[-1].text, border="paragraph")
            found += [*pieces[:-1], last]
    return tuple(found)


def size(text: str) -> int:
    return len(text) + 2 * len(_WIDE.findall(text))


def _merged(parts: list[str]) -> list[str]:
    """Very short sentences ("Why?") join the next one: a voice reads them better, and it saves a call."""
    merged: list[str] = []
    for part in parts:
        if merged and size(merged[-1]) < SHORT and size(merged[-1]) + 1 + size(part) <= LIMIT:
            merged[-1] += ("" if _WIDE.match(part) and _WIDE.match(merged[-1][-1]) else " ") + part
        else:
            merged.append(part)
    return merged


def _pieces(sentence: str) -> list[Chunk]:
    sizes = [0, *accumulate(3 if _WIDE.match(char) else 1 for char in sentence)]  # size up to each index
    clauses = [found.end() for found in _CLAUSE.finditer(sentence)]
    spaces = [found.end() for found in _SPACE.finditer(sentence)]
    texts: list[str] = []
    start = 0
    while sizes[-1] - sizes[start] > LIMIT:
        left = sizes[-1] - sizes[start]
        target = left / -(-left // LIMIT)  # pieces of about equal size
        furthest = bisect_right(sizes, sizes[start] + LIMIT) - 1
        wanted = bisect_right(sizes, sizes[start] + target) - 1
        cut = _nearest(clauses, start, wanted, furthest) or _nearest(spaces, start, wanted, furthest)
        cut = cut or _between_characters(sentence, start, furthest)
        texts.append(sentence[start:cut].strip())
        start = cut
    texts = [text for text in [*texts, sentence[start:].strip()] if text]
    return [Chunk(text=text, border="clause") for text in texts[:-1]] + [
        Chunk(text=text, border="sentence") for text in texts[-1:]
    ]


def _nearest(borders: list[int], start: int, wanted: int, furthest: int) -> int:
    """The border nearest to `wanted` in the usable part of (start, furthest]; 0 if there is none."""
    usable = borders[bisect_right(borders, start + (wanted - start) // 3) : bisect_right(borders, furthest)]
    return min(usable, key=lambda border: abs(border - wanted), default=0)


def _between_characters(sentence: str, start: int, cut: int) -> int:
    """Not before an accent, a joiner or a variation selector, unless nothing else is left."""
    earlier = cut
    while earlier > start + 1 and (
        unicodedata.combining(sentence[earlier]) or unicodedata.category(sentence[earlier]) in ("Mn", "Mc", "Me", "Cf")
    ):
        earlier -= 1
    return earlier if earlier > start + 1 else cut
