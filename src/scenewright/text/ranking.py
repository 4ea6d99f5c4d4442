"""Which sentences of a text matter most: TextRank over shared words, with a bonus for those that open."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from scenewright.text.words import content_words

_PAIRWISE_LIMIT = 80  # sentences; comparing each with each costs the square of it
_ROUNDS, _DAMPING = 12, 0.85


def rank(sentences: Sequence[str], language: str) -> list[float]:
    """One weight per sentence, 0 to 1, higher matters more. Same input, same weights."""
    bags = [frozenset(content_words(sentence, language)) for sentence in sentences]
    scores = _text_rank(bags) if len(bags) <= _PAIRWISE_LIMIT else _centrality(bags)
    placed = [score * _place(index, len(bags)) for index, score in enumerate(scores)]
    top = max(placed, default=0.0)
    return [score / top if top else 0.0 for score in placed]


def _place(index: int, count: int) -> float:
    """The first sentence of a section usually says what it is about; the last often sums it up."""
    if index == 0:
        return 1.35
    return 1.1 if index == count - 1 or index == 1 else 1.0


def _text_rank(bags: list[frozenset[str]]) -> list[float]:
    count = len(bags)
    weights = [[_likeness(a, b) if i != j else 0.0 for j, b in enumerate(bags)] for i, a in enumerate(bags)]
    totals = [sum(row) for row in weights]
    scores = [1.0] * count
    for _ in range(_ROUNDS):
        scores = [
            (1 - _DAMPING)
            + _DAMPING * sum(weights[j][i] / totals[j] * scores[j] for j in range(count) if weights[j][i])
            for i in range(count)
        ]
    return [score if bag else 0.0 for score, bag in zip(scores, bags, strict=True)]


def _centrality(bags: list[frozenset[str]]) -> list[float]:
    counts = Counter(word for bag in bags for word in bag)
    return [sum(math.log1p(counts[word]) for word in bag) / (4 + len(bag)) if bag else 0.0 for bag in bags]


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    if len(a) < 2 or len(b) < 2:
        return 0.0
    return len(a & b) / (math.log(len(a)) + math.log(len(b)))
