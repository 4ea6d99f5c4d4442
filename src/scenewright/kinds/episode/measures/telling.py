"""How well the people of a script can be told apart by their lines alone.

The lines of one character in one scene are taken away, and it is asked who said them, judging by the words and the
length of the sentences in everybody's other scenes (naive Bayes over words). The right one is compared with every
other in turn: always above the others is 1, no better than a coin is 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import log

from scenewright.kinds.episode.measures.parts import clip, mean
from scenewright.kinds.episode.measures.reading import Item, Reading
from scenewright.text.sentences import sentences

FEWEST = 4  # lines, below which nobody is judged
SMOOTHING = 0.3  # of a count, for words that somebody has not said
FULL = 0.7  # of the way from a coin to always right is as good as it gets in a script of this length

Bags = Mapping[str, Mapping[int, Counter[str]]]  # character -> scene -> features


def telling_apart(reading: Reading) -> Mapping[str, float]:
    """0 to 1 for every character with at least four lines in at least two scenes; empty if they are fewer than two."""
    bags = _bags(reading)
    if len(bags) < 2:
        return {}
    whole = {who: sum(scenes.values(), Counter[str]()) for who, scenes in bags.items()}
    kinds = len(set().union(*whole.values()))
    return {who: _told(who, bags, whole, kinds) for who in bags}


def _told(who: str, bags: Bags, whole: Mapping[str, Counter[str]], kinds: int) -> float:
    wins = []
    for bag in bags[who].values():
        right = _likelihood(bag, whole[who] - bag, kinds)
        wins += [_win(right, _likelihood(bag, counts, kinds)) for other, counts in whole.items() if other != who]
    return clip(((mean(wins) or 0.0) * 2 - 1) / FULL)


def _win(right: float, wrong: float) -> float:
    return 1.0 if right > wrong else 0.5 if right == wrong else 0.0


def _likelihood(bag: Counter[str], counts: Counter[str], kinds: int) -> float:
    total = counts.total() + SMOOTHING * kinds
    return sum(number * log((counts[word] + SMOOTHING) / total) for word, number in bag.items())


def _bags(reading: Reading) -> Bags:
    bags: dict[str, dict[int, Counter[str]]] = {}
    for line in reading.lines:
        bag = bags.setdefault(line.speaker, {}).setdefault(line.scene_number, Counter())
        bag.update(_features(line, reading.language))
    number = Counter(line.speaker for line in reading.lines)
    return {who: scenes for who, scenes in bags.items() if number[who] >= FEWEST and len(scenes) > 1}


def _features(line: Item, language: str) -> list[str]:
    """Its words, its marks, and how long its sentences are."""
    text = line.element.text
    said = len(line.words) / max(1, len(sentences(text, language)))
    size = "short" if said <= 4 else "middling" if said <= 9 else "long"
    return [*line.words, *(mark for mark in "?!…—-;:" if mark in text), *[f"({size})"] * 3]
