"""World: who speaks and where it plays is in the bible, and people talk with each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import Show
from scenewright.kinds.episode.measures.parts import clip, mean
from scenewright.kinds.episode.measures.reading import Reading
from scenewright.text.words import words

ALONE = 0.25  # share of scenes that may have one speaker, or none


def world(reading: Reading, show: Show, weight: float) -> Part:
    """The mean of: lines of known people, scenes in known sets, scenes in which two people talk."""
    people, sets, alone = list(_strangers(reading, show)), list(_elsewhere(reading, show)), list(_alone(reading))
    scenes = max(1, len(reading.scenes))
    known = {character.id for character in show.characters}
    values = {
        "lines of known people": mean(line.speaker in known for line in reading.lines) if known else None,
        "scenes in known sets": 1 - len(sets) / scenes if show.sets else None,
        "scenes with two speakers": 1 - clip((len(alone) / scenes - ALONE) / (1 - ALONE)),
    }
    counted = {name: float(value) for name, value in values.items() if value is not None}
    return Part(
        name="world",
        value=mean(counted.values()),
        weight=weight,
        details={name: round(value, 3) for name, value in counted.items()},
        findings=(*people, *chain.from_iterable(sets), *chain.from_iterable(alone)),
    )


def _strangers(reading: Reading, show: Show) -> Iterator[Finding]:
    """The first line of everybody who is not in the bible."""
    known = {character.id for character in show.characters}
    for line in reading.lines if known else ():
        if line.speaker not in known:
            known.add(line.speaker)
            yield line.finding("unknown_character", f"{reading.name(line.speaker)} is not in the bible.")


def _elsewhere(reading: Reading, show: Show) -> Iterator[tuple[Finding, ...]]:
    """For every scene that plays in no set of the bible: its finding, if it has an element to cite."""
    known = {_name(name, reading.language) for place in show.sets for name in (place.name, *place.aliases, place.id)}
    for number, scene in enumerate(reading.scenes if known else ()):
        if _name(scene.slug.place, reading.language) not in known:
            items = reading.by_scene[number][:1]
            yield tuple(item.finding("unknown_set", f"“{scene.slug.place}” is not in the bible.") for item in items)


def _alone(reading: Reading) -> Iterator[tuple[Finding, ...]]:
    for number in range(len(reading.scenes)):
        speakers = {line.speaker for line in reading.spoken_in(number)}
        if len(speakers) < 2:
            text = "Only one person speaks in this scene." if speakers else "Nobody speaks in this scene."
            yield tuple(item.finding("one_speaker", text) for item in reading.by_scene[number][:1])


def _name(place: str, language: str) -> tuple[str, ...]:
    return tuple(words(place, language))
