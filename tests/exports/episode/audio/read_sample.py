"""Small table reads whose sounds are tones, so that every place on the track can be heard by a program."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scenewright.domain.episode import NARRATOR, Episode, SceneRead, Spoken, Utterance
from scenewright.domain.screenplay import Act, Action, Dialogue, Element, Person, Script, ScriptScene, Slug
from scenewright.domain.show import EpisodePlan, Show
from scenewright.domain.speech import Clip, Cue
from scenewright.providers.speech.codec import RATE, Samples, encode

KITCHEN, SHED = Slug(place="Kitchen", time="NIGHT"), Slug(place="Boat shed", time="DAY", interior="EXT.")


def tone(seconds: float, hertz: float, level: float = 0.3) -> Samples:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


@dataclass
class Shelf:
    """Blobs in memory, counted."""

    held: dict[str, bytes] = field(default_factory=dict)
    asked: int = 0

    async def get(self, digest: str) -> bytes:
        self.asked += 1
        return self.held[digest]

    def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self.held[name] = data
        return name


@dataclass
class Sample:
    """Utterances go in one after the other; what comes out is an episode and its blobs."""

    shelf: Shelf = field(default_factory=Shelf)
    scenes: list[tuple[ScriptScene, list[Spoken]]] = field(default_factory=list)

    def scene(self, slug: Slug = KITCHEN, *elements: Element) -> Sample:
        number = len(self.scenes) + 1
        scene = ScriptScene(id=f"s{number}", number=str(number), slug=slug, elements=elements)
        self.scenes.append((scene, []))
        return self

    def say(
        self,
        element: str,
        seconds: float,
        *,
        pause: float = 0.0,
        dual: bool = False,
        speaker: str = "",
        text: str = "Words.",
        hertz: float = 440.0,
        cues: Sequence[Cue] = (),
        level: float = 0.3,
    ) -> Sample:
        data = encode(tone(seconds, hertz, level), "wav")
        clip = Clip(blob=self.shelf.put(data), media_type="audio/wav", duration=seconds, cues=tuple(cues))
        who = speaker or (NARRATOR if not element else "ada")
        said = Utterance(element=element, speaker=who, text=text, pause=pause, dual=dual)
        self.scenes[-1][1].append(Spoken(utterance=said, clip=clip))
        return self

    def episode(self, **more: object) -> Episode:
        script = Script(
            title="Any",
            cast=(Person(id="ada", name="Ada"), Person(id="bo", name="Bo <Quill>")),
            acts=(Act(name="ACT ONE", scenes=tuple(scene for scene, _ in self.scenes)),),
        )
        values = {
            "title": "Low Tide",
            "show": Show(title="The Harbour"),
            "plan": EpisodePlan(title="Low Tide"),
            "script": script,
            "read": tuple(SceneRead(scene=scene.id, spoken=tuple(spoken)) for scene, spoken in self.scenes),
        }
        return Episode.model_validate(values | more)


def line(ident: str, text: str, character: str = "ada") -> Dialogue:
    return Dialogue(id=ident, character=character, text=text)


def direction(ident: str, text: str) -> Action:
    return Action(id=ident, text=text)


def two_scenes() -> Sample:
    """4.5 s: a heading (1 s), 0.5 s, a line (1 s), at once with it a longer one (1.5 s); 0.5 s; a heading (1 s)."""
    return (
        Sample()
        .scene(KITCHEN, line("l1", "Good evening."), line("l2", "GOOD morning.", "bo"))
        .say("", 1.0, pause=2.5, hertz=300)
        .say("l1", 1.0, pause=0.5, hertz=600)
        .say("l2", 1.5, dual=True, speaker="bo", hertz=1200)
        .scene(SHED)
        .say("", 1.0, pause=0.5, hertz=300)
    )
