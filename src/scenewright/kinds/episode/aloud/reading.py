"""What is read of one scene, by whom, and after how long a silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenewright.domain.episode import NARRATOR, Utterance
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene
from scenewright.kinds.episode.aloud.silences import BEAT, parted, silence_in, without_brackets
from scenewright.kinds.episode.aloud.words import Ear, cut_off, heading, said

# Seconds before an utterance; a clip has another 0.3 s around it (see providers.speech.joining).
ACT_BREAK, SCENE_BREAK = 2.5, 1.5
AFTER_HEADING = 0.6
BETWEEN_SPEAKERS, SAME_SPEAKER, INTERRUPTED = 0.2, 0.1, 0.0
BESIDE_DIRECTION = 0.35  # between a direction and whatever is read before or after it
UNREAD = 0.6  # what a direction leaves of time if nobody reads it
LONGEST = 5.0  # however many silences are written in a row


HEADING = "heading"  # the part of a scene's heading, which is no element


def part_id(element: str) -> str:
    """Of the part that an utterance becomes. `element`: id of an element; "" = the scene's heading."""
    return element or HEADING


def utterances(scene: ScriptScene, *, narrated: bool, ear: Ear, act: str = "") -> Sequence[Utterance]:
    """What is read of a scene, in order; the same for the same text.

    `narrated`: headings and directions, too. `act`: name of the act that begins with the scene, if one does.
    Neither suggestions for the camera nor transitions are read, and of what is spoken at the same time, only lines
    that follow each other are. A silence at the end of a scene is the break between scenes.
    """
    return list(_Reader(ear, narrated).read(scene, act))


class _Reader:
    def __init__(self, ear: Ear, narrated: bool) -> None:
        self._ear, self._narrated = ear, narrated
        self._gap = 0.0  # seconds of silence that have been asked for since the last utterance
        self._last: Element | None = None  # what was read last
        self._opening: float | None = None  # the break before the first utterance, until it is read

    def read(self, scene: ScriptScene, act: str) -> Iterator[Utterance]:
        self._opening = ACT_BREAK if act else SCENE_BREAK
        if self._narrated and (text := heading(scene.slug, self._ear, act)):
            yield Utterance(element="", speaker=NARRATOR, text=text, pause=self._opening)
            self._opening = None
        for element in scene.elements:
            match element:
                case Dialogue():
                    yield from self._line(element)
                case Action(camera=False):
                    yield from self._direction(element)
                case _:
                    pass

    def _direction(self, element: Action) -> Iterator[Utterance]:
        told = parted(element.text, self._ear.language)
        self._gap += told.before
        if text := said(told.text, self._ear):
            if self._narrated:
                yield self._uttered(element, NARRATOR, text)
            else:
                self._gap = max(self._gap, UNREAD)
        self._gap += told.after

    def _line(self, element: Dialogue) -> Iterator[Utterance]:
        language = self._ear.language
        self._gap += silence_in(element.parenthetical, language)
        if text := said(without_brackets(element.text, language), self._ear):
            yield self._uttered(element, element.character, text)
        else:
            self._gap += BEAT  # somebody says "..."

    def _uttered(self, element: Action | Dialogue, speaker: str, text: str) -> Utterance:
        beside = isinstance(element, Dialogue) and element.dual and self._gap == 0 and isinstance(self._last, Dialogue)
        pause = 0.0 if beside else min(LONGEST, self._pause(element) + self._gap)
        self._gap, self._last, self._opening = 0.0, element, None
        return Utterance(element=element.id, speaker=speaker, text=text, pause=round(pause, 3), dual=beside)

    def _pause(self, element: Action | Dialogue) -> float:
        last = self._last
        if self._opening is not None:
            return self._opening
        if last is None:
            return AFTER_HEADING
        if not (isinstance(last, Dialogue) and isinstance(element, Dialogue)):
            return BESIDE_DIRECTION
        if cut_off(last.text):
            return INTERRUPTED
        return SAME_SPEAKER if last.character == element.character else BETWEEN_SPEAKERS
