"""Captions that can be read while they are heard: at most two lines, cut where the language breathes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from scenewright.domain.speech import Cue
from scenewright.text.sentences import sentences

LIMIT = 96  # size of a caption; a wide (Chinese, Japanese, Korean) character counts as 2

_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_CLAUSE = re.compile(r"[,;:،؛](?=\s)\s|[，、；：]|\s(?=[–—]\s)|—")
_SPACE = re.compile(r"\s")


def readable(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The same words at the same times; a long cue becomes several, in proportion to their lengths."""
    return tuple(piece for cue in cues for piece in _timed(_pieces(cue.text), cue.start, cue.end))


def captions_for(text: str, duration: float, language: str) -> tuple[Cue, ...]:
    """For a speech of which only the length is known: its sentences, in proportion to their lengths."""
    pieces = [piece for sentence in sentences(text, language) for piece in _pieces(sentence)]
    return tuple(_timed(pieces, 0.0, duration))


def size(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _timed(pieces: Sequence[str], start: float, end: float) -> Iterator[Cue]:
    total = sum(map(size, pieces)) or 1
    done = 0
    for piece in pieces:
        begin = start + (end - start) * done / total
        done += size(piece)
        yield Cue(start=round(begin, 3), end=round(start + (end - start) * done / total, 3), text=piece)


def _pieces(text: str) -> list[str]:
    flat = " ".join(text.split())
    sizes = [0, *accumulate(2 if _WIDE.match(char) else 1 for char in flat)]  # size up to each index
    borders = [[found.end() for found in pattern.finditer(flat)] for pattern in (_CLAUSE, _SPACE)]
    pieces: list[str] = []
    start = 0
    while (left := sizes[-1] - sizes[start]) > LIMIT:
        furthest = bisect_right(sizes, sizes[start] + LIMIT) - 1
        wanted = bisect_right(sizes, sizes[start] + left / -(-left // LIMIT)) - 1  # pieces of about equal size
        cut = next((at for known in borders if (at := _nearest(known, start, wanted, furthest))), furthest)
        pieces.append(flat[start:cut].strip())
        start = cut
    return [piece for piece in (*pieces, flat[start:].strip()) if piece]


def _nearest(borders: Sequence[int], start: int, wanted: int, furthest: int) -> int:
    """The border nearest to where a cut is wanted, in the second half of what fits; 0 if there is none."""
    fitting = [at for at in borders if (start + wanted) // 2 < at <= furthest]
    return min(fitting, key=lambda at: abs(at - wanted), default=0)
