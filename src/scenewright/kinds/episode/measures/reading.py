"""A script laid out for measuring: its elements in order, their words, and when they are heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from scenewright.domain.assessment import Finding, Kind
from scenewright.domain.screenplay import Action, Dialogue, Element, Script, ScriptScene
from scenewright.kinds.episode.measures.timing import element_seconds
from scenewright.text.words import content_words, words

SHARE = 0.5  # of the words of a description, so that an element is taken to tell of it


@dataclass(frozen=True, kw_only=True)
class Item:
    """An element where it stands."""

    number: int  # in the script, from 0
    scene_number: int
    scene: str
    element: Element
    start: float  # seconds from the beginning
    words: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.element.id

    @property
    def speaker(self) -> str:
        return self.element.character if isinstance(self.element, Dialogue) else ""

    @cached_property
    def padded(self) -> str:
        return f" {' '.join(self.words)} "

    def says(self, phrase: str, language: str) -> bool:
        wanted = _joined(phrase, language)
        return wanted != " " and f" {wanted} " in self.padded

    def finding(self, kind: Kind, text: str, other: Item | None = None) -> Finding:
        where = (other.scene, other.id) if other else ("", "")
        return Finding(
            kind=kind, scene=self.scene, element=self.id, text=text, other_scene=where[0], other_element=where[1]
        )


@dataclass(frozen=True, kw_only=True)
class Reading:
    script: Script
    language: str
    scenes: tuple[ScriptScene, ...]
    items: tuple[Item, ...]
    seconds: float  # of the whole script

    @cached_property
    def lines(self) -> tuple[Item, ...]:
        """What is spoken."""
        return tuple(item for item in self.items if item.speaker and item.words)

    @cached_property
    def by_scene(self) -> dict[int, tuple[Item, ...]]:
        found: dict[int, list[Item]] = {number: [] for number in range(len(self.scenes))}
        for item in self.items:
            found[item.scene_number].append(item)
        return {number: tuple(items) for number, items in found.items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Id of a scene -> where it stands; the first of equals."""
        found: dict[str, int] = {}
        for number, scene in enumerate(self.scenes):
            found.setdefault(scene.id, number)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        return {person.id: person.name for person in self.script.cast}

    def name(self, character: str) -> str:
        return self.names.get(character, character)

    def spoken_in(self, number: int) -> tuple[Item, ...]:
        return tuple(item for item in self.by_scene[number] if item.speaker and item.words)

    def mentions(self, terms: Sequence[str], text: str = "") -> Iterator[Item]:
        """Elements that say one of the terms; without terms, those that share half of the words of the text."""
        if terms:
            yield from (item for item in self.items if any(item.says(term, self.language) for term in terms))
        else:
            yield from self._telling(text)

    def _telling(self, text: str) -> Iterator[Item]:
        wanted = set(content_words(text, self.language))
        needed = max(min(2, len(wanted)), SHARE * len(wanted))
        for item in self.items if wanted else ():
            if len(wanted.intersection(content_words(item.element.text, self.language))) >= needed:
                yield item


def read(script: Script, *, multi: bool | None = None) -> Reading:
    """Lays the script out. Elements keep their order; time is estimated (see `timing`)."""
    double = script.camera == "multi" if multi is None else multi
    items: list[Item] = []
    clock = 0.0
    for scene_number, scene in enumerate(script.scenes):
        for element in scene.elements:
            items.append(_item(len(items), scene_number, scene.id, element, clock, script.language))
            clock += element_seconds(element, language=script.language, multi=double)
    return Reading(
        script=script, language=script.language, scenes=script.scenes, items=tuple(items), seconds=round(clock, 1)
    )


def _item(number: int, scene_number: int, scene: str, element: Element, start: float, language: str) -> Item:
    heard = words(_plain(element.text), language) if isinstance(element, Dialogue | Action) else []
    return Item(number=number, scene_number=scene_number, scene=scene, element=element, start=start, words=tuple(heard))


@lru_cache(maxsize=4096)
def _joined(phrase: str, language: str) -> str:
    return " ".join(words(_plain(phrase), language)) or " "


def phrase_words(phrase: str, language: str) -> tuple[str, ...]:
    return tuple(_joined(phrase, language).split())


def _plain(text: str) -> str:
    return text.replace("’", "'")
