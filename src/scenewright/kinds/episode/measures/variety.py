"""Variety: nobody says a thing twice, unless it is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import EpisodePlan, Show
from scenewright.kinds.episode.measures.marks import declared
from scenewright.kinds.episode.measures.parts import clip, mean
from scenewright.kinds.episode.measures.reading import Item, Reading, phrase_words
from scenewright.text.words import content_words

SHORTEST = 4  # words; "No." may be said as often as it fits
ALIKE = 0.75  # share of the words that carry meaning, from which two lines are the same line
PHRASE, OFTEN = 4, 3  # words, and lines in which they stand
WINDOW = 50  # words over which different ones are counted
WORST_REPEATS = 0.12  # share of repeated lines that leaves nothing
FLAT, RICH = 0.45, 0.7  # share of different words in a window

Phrases = Sequence[tuple[str, ...]]


def variety(reading: Reading, show: Show, plan: EpisodePlan | None, weight: float) -> Part:
    meant = (*declared(reading, show.characters), *_meant(reading, show, plan))
    repeated = list(_repeated(reading, meant))
    phrases = list(_phrases(reading, meant, {line.number for line, _ in repeated}))
    share = len(repeated) / len(reading.lines) if reading.lines else 1.0
    different = _different(reading)
    lines, rich = 1 - clip(share / WORST_REPEATS), clip((different - FLAT) / (RICH - FLAT))
    phrasing = 1 - clip(len(phrases) / max(1.0, 0.1 * len(reading.lines)))
    return Part(
        name="variety",
        value=rich * (0.8 * lines + 0.2 * phrasing),
        weight=weight,
        details={
            "repeated lines": len(repeated),
            "repeated phrases": len(phrases),
            "different words": round(different, 3),
        },
        findings=(*(_same(line, before) for line, before in repeated), *phrases),
    )


def _meant(reading: Reading, show: Show, plan: EpisodePlan | None) -> Iterator[tuple[str, ...]]:
    """Running gags and planned callbacks: to come again is what they are for."""
    terms = [term for gag in show.gags for term in (*gag.terms, *gag.variations)]
    for scene in plan.scenes if plan else ():
        terms += [term for callback in scene.callbacks for term in callback.terms]
    yield from filter(None, (phrase_words(term, reading.language) for term in terms))


def _repeated(reading: Reading, meant: Phrases) -> Iterator[tuple[Item, Item]]:
    """Lines that were said before, each with the first of its kind."""
    seen: list[tuple[Item, frozenset[str]]] = []
    used: set[tuple[int, tuple[str, ...]]] = set()
    for line in reading.lines:
        # What is meant to come again is meant once in a scene: a catchphrase in every line is no line at all.
        fresh = [phrase for phrase in meant if (line.scene_number, phrase) not in used]
        used |= {(line.scene_number, phrase) for phrase in fresh if _holds(line.words, phrase)}
        kept = _without(line.words, fresh)
        if len(kept) < SHORTEST:
            continue
        bag = frozenset(content_words(" ".join(kept), reading.language))
        before = next((first for first, other in seen if _alike(line, bag, first, other)), None)
        if before:
            yield line, before
        else:
            seen.append((line, bag))


def _alike(line: Item, bag: frozenset[str], first: Item, other: frozenset[str]) -> bool:
    if line.words == first.words:
        return True
    return len(bag) >= SHORTEST and len(bag & other) / len(bag | other) >= ALIKE


def _same(line: Item, before: Item) -> Finding:
    return line.finding("repeated_line", f"“{_short(line.element.text)}” was said before.", before)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."


def _phrases(reading: Reading, meant: Phrases, known: set[int]) -> Iterator[Finding]:
    """Four words in a row that stand in three lines or more; each line is named for one phrase only."""
    where: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for line in reading.lines:
        if line.number not in known:
            for phrase in sorted(_grams(_without(line.words, meant))):
                where[phrase].append(line)
    named: set[int] = set()
    for phrase, lines in where.items():
        fresh = not any(line.number in named for line in lines)
        if len(lines) >= OFTEN and fresh and len(content_words(" ".join(phrase), reading.language)) > 1:
            named.update(line.number for line in lines)
            text = f"“{' '.join(phrase)}” stands in {len(lines)} lines."
            yield lines[-1].finding("repeated_phrase", text, lines[0])


def _grams(heard: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(heard[at : at + PHRASE]) for at in range(len(heard) - PHRASE + 1)}


def _holds(heard: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(heard)} "


def _without(heard: Sequence[str], meant: Phrases) -> tuple[str, ...]:
    """The words without those of phrases that are meant to come again."""
    kept, at = list[str](), 0
    while at < len(heard):
        found = max((len(phrase) for phrase in meant if tuple(heard[at : at + len(phrase)]) == phrase), default=0)
        if not found:
            kept.append(heard[at])
        at += found or 1
    return tuple(kept)


def _different(reading: Reading) -> float:
    """Mean share of different words in each window of 50 spoken words; 0 where nothing is said."""
    heard = [word for line in reading.lines for word in line.words]
    ends = [*range(0, max(1, len(heard) - WINDOW), WINDOW // 2), len(heard)]
    starts = [start for start, end in pairwise(ends) if end > start]
    return mean(len(set(part)) / len(part) for start in starts if (part := heard[start : start + WINDOW])) or 0.0
