"""Which piece of an answer exists when. Pure."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenewright.domain.base import Json
from scenewright.testing.provider.script import Behaviour
from scenewright.testing.provider.times import drawn
from scenewright.testing.provider.tokens import CHARACTERS

_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Piece:
    at: float  # described seconds after the request arrived
    text: str
    thought: bool = False


@dataclass(frozen=True)
class Course:
    """How one answer comes into being."""

    begins: float  # described seconds after the request arrived: the first byte
    pieces: Sequence[Piece]

    @property
    def ends(self) -> float:
        return self.pieces[-1].at if self.pieces else self.begins

    def written(self, at: float) -> str:
        """What of the answer's text exists by then."""
        return "".join(piece.text for piece in self.pieces if piece.at <= at and not piece.thought)

    def until(self, characters: int) -> Course:
        """The same, but ending after so many characters of the answer's text."""
        return Course(self.begins, list(_until(self.pieces, characters)))


def course(text: str, thought: str, behaviour: Behaviour, rng: random.Random) -> Course:
    """Draws every time that the answer takes."""
    parts = [(part, True) for part in _even(thought, behaviour)] + [(part, False) for part in _cut(text, behaviour)]
    begins = drawn(behaviour.latency, rng)
    spans = _spans([part for part, _ in parts], behaviour, rng)
    moments = itertools.accumulate(spans, initial=begins)
    next(moments)
    return Course(begins, [Piece(at, part, thinks) for at, (part, thinks) in zip(moments, parts, strict=True)])


def after_items(text: str, count: int) -> int:
    """Where the `count`-th item of the first list has just ended."""
    start = text.find("[")
    ends = list(itertools.islice(_items(text, start + 1), count))
    return ends[-1] if ends else start + 1


def _spans(parts: Sequence[str], behaviour: Behaviour, rng: random.Random) -> list[float]:
    if not parts:
        return []
    first = None if behaviour.first is None else drawn(behaviour.first, rng)
    rest = parts if first is None else parts[1:]
    if behaviour.lasts is not None:
        spans = [drawn(behaviour.lasts, rng) / len(rest)] * len(rest) if rest else []
    else:
        spans = [_span(part, behaviour, rng) for part in rest]
    return spans if first is None else [first, *spans]


def _span(part: str, behaviour: Behaviour, rng: random.Random) -> float:
    paced = drawn(behaviour.pace, rng)
    return paced + drawn(behaviour.per_token, rng) * len(part) / CHARACTERS if behaviour.per_token else paced


def _cut(text: str, behaviour: Behaviour) -> Iterator[str]:
    if behaviour.piece != "item":
        return _even(text, behaviour)
    ends = list(_items(text, _longest_list(text)))
    bounds = [0, *ends[:-1], len(text)]
    return (text[start:end] for start, end in itertools.pairwise(bounds) if end > start)


def _even(text: str, behaviour: Behaviour) -> Iterator[str]:
    size = behaviour.piece if isinstance(behaviour.piece, int) else 16
    return (text[start : start + size] for start in range(0, len(text), size))


def _until(pieces: Sequence[Piece], characters: int) -> Iterator[Piece]:
    for piece in pieces:
        if piece.thought:
            yield piece
            continue
        if characters <= 0:
            return
        yield Piece(piece.at, piece.text[:characters])
        characters -= len(piece.text)


def _longest_list(text: str) -> int:
    """Where the items of the answer's longest list begin: of a list itself, or among an object's values; -1: none."""
    if text.startswith("["):
        return 1
    try:
        whole = json.loads(text)
    except ValueError:
        return -1
    if not isinstance(whole, dict):
        return -1
    lists = [(len(value), name) for name, value in whole.items() if isinstance(value, list)]
    return _start_of(text, max(lists)[1]) if lists else -1


def _start_of(text: str, wanted: str) -> int:
    at = text.index("{") + 1
    while True:
        name, at = _value(text, at)
        value, end = _value(text, text.index(":", at) + 1)
        if name == wanted and isinstance(value, list):
            return text.index("[", at) + 1
        at = end


def _items(text: str, at: int) -> Iterator[int]:
    """Where each item ends, from the first one at `at` to the list's end or to where it is no JSON any more."""
    while at > 0:
        try:
            _, at = _value(text, at)
        except ValueError:
            return
        yield at


def _value(text: str, at: int) -> tuple[Json, int]:
    while text[at : at + 1].isspace() or text[at : at + 1] == ",":
        at += 1
    value, end = _DECODER.raw_decode(text, at)
    return value, end
