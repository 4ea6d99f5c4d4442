"""The table read: what is read aloud, by whom, after how long a silence, and the steps that speak it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.episode import NARRATOR, SceneRead, Spoken, Utterance
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene, Slug
from scenewright.domain.speech import Clip
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.details import details_of
from scenewright.kinds.episode.finale import Finale
from scenewright.kinds.episode.story import show_of
from scenewright.plan import Known, Step

READ = 3  # rank
SPARE = "voice-"  # ids of voices for characters that the outline invents


def read_of(scene: str) -> StepId:
    """A step of the whole work, though it is about one scene: a line is spoken when nothing rewrites it any more."""
    return StepId(name="read", item=scene)


def reading(known: Known, found: Finale) -> Sequence[Step]:
    """One step for each scene of the best version; each emits a part for every utterance."""
    return [_read(known, scene, position) for position, scene in enumerate(found.best.text.values())]


def _read(known: Known, scene: ScriptScene, position: int) -> Step:
    def make() -> Step:
        narrated = known.of_brief(details_of).narrator
        return Step(
            id=read_of(scene.id),
            pool="voice",
            inputs={
                "utterances": [_given(known, each) for each in utterances(scene, narrated=narrated)],
                "language": known.brief.language,
                "encoding": known.brief.encoding,
                "lexicon": known.brief.lexicon,
            },
            rank=(READ, position),
            on_failure="pause",
        )

    return known.once(("read", scene.id), (known.brief, scene, show_of(known), position), make)


def _given(known: Known, utterance: Utterance) -> Json:
    return {**utterance.model_dump(mode="json"), "voice": voice_of(known, utterance.speaker)}


def voice_of(known: Known, speaker: str) -> str:
    """As cast; characters that the outline invented take the spare voices in their order."""
    voices = {who.id: who.voice for who in known.brief.speakers}
    if speaker in voices:
        return voices[speaker]
    invented = [each.id for each in show_of(known).characters if each.id not in voices]
    spare = [voice for name, voice in voices.items() if name.startswith(SPARE)]
    place = invented.index(speaker) if speaker in invented else len(invented)
    return spare[place % len(spare)] if spare else known.brief.voice


def utterances(scene: ScriptScene, *, narrated: bool) -> Sequence[Utterance]:
    """What is read of a scene, in order. `narrated`: headings and directions, too."""
    return list(_utterances(scene, narrated))


def _utterances(scene: ScriptScene, narrated: bool) -> Iterator[Utterance]:
    if narrated:
        yield Utterance(element="", speaker=NARRATOR, text=heading(scene.slug), pause=1.0)
    before: Element | None = None
    for element in scene.elements:
        match element:
            case Dialogue():
                dual = element.dual and isinstance(before, Dialogue)
                pause = 0.0 if dual else 0.35
                yield Utterance(
                    element=element.id, speaker=element.character, text=element.text, pause=pause, dual=dual
                )
            case Action(camera=False) if narrated:
                yield Utterance(element=element.id, speaker=NARRATOR, text=element.text, pause=0.5)
            case _:
                pass
        before = element


def heading(slug: Slug) -> str:
    """As a reader says it: "Interior. Kitchen. Night.\""""
    where = {"INT.": "Interior", "EXT.": "Exterior", "INT./EXT.": "Interior and exterior"}[slug.interior]
    return ". ".join(part for part in (where, slug.place.title(), slug.time.title()) if part) + "."


def read_aloud(known: Known, scenes: Mapping[str, ScriptScene]) -> tuple[SceneRead, ...]:
    """What has been spoken of these scenes as they read now."""
    narrated = known.of_brief(details_of).narrator
    found = []
    for name, scene in scenes.items():
        value: Mapping[str, Any] = known.value(read_of(name)) or {"parts": []}
        clips = {part["id"]: part for part in value["parts"]}
        spoken = tuple(
            Spoken(utterance=each, clip=Clip.model_validate(clips[key]["clip"]))
            for each in utterances(scene, narrated=narrated)
            if (key := each.element or "heading") in clips and clips[key]["text"] == each.text
        )
        if spoken:
            found.append(SceneRead(scene=name, spoken=spoken))
    return tuple(found)
