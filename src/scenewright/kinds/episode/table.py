"""The table read: the steps that speak it, with whose voices, and what has been spoken so far. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.episode import SceneRead, Spoken, Utterance
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.speech import Clip
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.aloud.reading import part_id, utterances
from scenewright.kinds.episode.aloud.words import Ear, names_in
from scenewright.kinds.episode.details import details_of
from scenewright.kinds.episode.finale import Finale
from scenewright.kinds.episode.story import act_of, show_of
from scenewright.plan import Known, Step

READ = 3  # rank
SPARE = "voice-"  # ids of voices for characters that the outline invents, and for guests that a person writes in


def read_of(scene: str) -> StepId:
    """A step of the whole work, though it is about one scene: a line is spoken when nothing rewrites it any more."""
    return StepId(name="read", item=scene)


def reading(known: Known, found: Finale) -> Sequence[Step]:
    """One step for each scene of the best version; each emits a part for every utterance."""
    text = found.best.text
    acts = openings(known, text)
    return [_read(known, scene, acts[name], position) for position, (name, scene) in enumerate(text.items())]


def openings(known: Known, scenes: Mapping[str, ScriptScene]) -> Mapping[str, str]:
    """Scene -> name of the act that begins with it, "" if none does."""
    found, before = dict[str, str](), ""
    for scene in scenes:
        act = act_of(known, scene)
        found[scene] = "" if act == before else act
        before = act
    return found


def _read(known: Known, scene: ScriptScene, act: str, position: int) -> Step:
    def make() -> Step:
        return Step(
            id=read_of(scene.id),
            pool="voice",
            inputs={
                "utterances": [_given(known, each) for each in _utterances(known, scene, act)],
                "language": known.brief.language,
                "encoding": known.brief.encoding,
                "lexicon": known.brief.lexicon,
            },
            rank=(READ, position),
            on_failure="pause",
        )

    facts = (known.brief, scene, act, show_of(known), position, *known.edits.values())
    return known.once(("read", scene.id), facts, make)


def _utterances(known: Known, scene: ScriptScene, act: str) -> Sequence[Utterance]:
    def make() -> Sequence[Utterance]:
        return utterances(scene, narrated=known.of_brief(details_of).narrator, ear=_ear(known), act=act)

    return known.once(("utterances", scene.id), (known.brief, scene, act, _ear(known)), make)


def _ear(known: Known) -> Ear:
    def make() -> Ear:
        show = show_of(known)
        names = [each.name for each in show.characters] + [each["name"] for each in _guests(known)]
        return Ear(
            language=known.brief.language or show.language,
            names=names_in(names),
            kept=frozenset(word for written in known.brief.lexicon for word in written.split()),
        )

    return known.once(("ear",), (known.brief, show_of(known), *known.edits.values()), make)


def _given(known: Known, utterance: Utterance) -> Json:
    """Pauses are not spoken: another pause makes no clip anew."""
    said = utterance.model_dump(mode="json", include={"element", "speaker", "text"})
    return {**said, "voice": voice_of(known, utterance.speaker)}


def voice_of(known: Known, speaker: str) -> str:
    """As cast; whoever came later, from the outline or from an edit, takes the spare voices in their order."""
    voices = {who.id: who.voice for who in known.brief.speakers}
    if speaker in voices:
        return voices[speaker]
    later = [each.id for each in show_of(known).characters] + [str(each["id"]) for each in _guests(known)]
    waiting = list(dict.fromkeys(who for who in later if who not in voices))
    spare = [voice for name, voice in voices.items() if name.startswith(SPARE)]
    place = waiting.index(speaker) if speaker in waiting else len(waiting)
    return spare[place % len(spare)] if spare else known.brief.voice


def _guests(known: Known) -> Sequence[Mapping[str, Any]]:
    """People whom a person's edits brought in."""
    return [each for edit in known.edits.values() for each in edit.value.get("cast", ())]


def read_aloud(known: Known, scenes: Mapping[str, ScriptScene]) -> tuple[SceneRead, ...]:
    """What has been spoken of these scenes as they read now."""
    acts = openings(known, scenes)
    found = ((name, tuple(_spoken(known, scene, acts[name]))) for name, scene in scenes.items())
    return tuple(SceneRead(scene=name, spoken=spoken) for name, spoken in found if spoken)


def _spoken(known: Known, scene: ScriptScene, act: str) -> Sequence[Spoken]:
    value: Mapping[str, Any] = known.value(read_of(scene.id)) or {"parts": []}
    clips = {(part["id"], part["text"]): part["clip"] for part in value["parts"]}
    return [
        Spoken(utterance=each, clip=Clip.model_validate(clips[key]))
        for each in _utterances(known, scene, act)
        if (key := (part_id(each.element), each.text)) in clips
    ]
