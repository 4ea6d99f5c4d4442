"""Pacing: how far apart the jokes are, as far as somebody has marked them. Laughing is not measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import Joke
from scenewright.kinds.episode.measures.reading import Item, Reading

TARGET = 45.0  # seconds from punchline to punchline, on average
CLUSTER = 20.0  # closer than this, one joke steps on the other
DEAD = 120.0  # further than this, the room goes cold


def pacing(reading: Reading, jokes: Sequence[Joke] | None, weight: float) -> Part:
    """None without marks. A mark of a line that does not exist counts for nothing; two on one line are a cluster."""
    if jokes is None:
        return Part(name="pacing", weight=weight)
    marked = _marked(reading, jokes)
    gaps = [after.start - before.start for before, after in pairwise(marked)]
    dead = list(_dead(reading, marked))
    clusters = [(a, b) for a, b in pairwise(marked) if b.start - a.start < CLUSTER]
    silent = sum(seconds for _, seconds in dead) / reading.seconds if reading.seconds else 1.0
    average = sum(gaps) / len(gaps) if gaps else 0.0
    pace = min(average / TARGET, TARGET / average) if average else 0.0
    return Part(
        name="pacing",
        value=max(0.0, pace * (1 - len(clusters) / max(1, len(gaps))) * (1 - min(1.0, silent))),
        weight=weight,
        details={
            "jokes": len(marked),
            "average spacing, s": round(average, 1),
            "wanted spacing, s": TARGET,
            "clusters": len(clusters),
            "dead zones": len(dead),
        },
        findings=(*(_cluster(*pair) for pair in clusters), *(_cold(*each) for each in dead)),
        notes=_lost(len(jokes) - len(marked)),
    )


def _marked(reading: Reading, jokes: Sequence[Joke]) -> list[Item]:
    """The punchlines, in the order of the script."""
    places = {(item.scene, item.id): item for item in reversed(reading.items)}
    found = [places[joke.scene, joke.punchline] for joke in jokes if (joke.scene, joke.punchline) in places]
    return sorted(found, key=lambda item: item.number)


def _dead(reading: Reading, marked: Sequence[Item]) -> Iterator[tuple[Item, float]]:
    """Stretches without a joke, from the element they begin with; from the top and to the end, too."""
    if not reading.items:
        return
    for before, after in pairwise((reading.items[0], *marked, None)):
        until = after.start if after else reading.seconds
        if before and until - before.start > DEAD:
            yield before, until - before.start


def _cluster(before: Item, after: Item) -> Finding:
    if before is after:
        return after.finding("joke_twice", "This line is marked as the punchline of two jokes.")
    seconds = after.start - before.start
    return after.finding("joke_cluster", f"This joke comes {seconds:.0f} s after the last one.", before)


def _cold(start: Item, seconds: float) -> Finding:
    return start.finding("dead_zone", f"From here on there is no joke for {seconds:.0f} s.")


def _lost(number: int) -> tuple[str, ...]:
    return (f"{number} joke(s) are marked on lines that do not exist.",) if number else ()
