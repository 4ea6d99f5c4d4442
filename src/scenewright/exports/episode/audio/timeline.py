"""When what is heard in the table read: one clock for its sound, its captions and the reader in the browser. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.domain.base import Json
from scenewright.domain.episode import Episode, SceneRead, Spoken
from scenewright.domain.speech import Clip

LEAD = 0.3  # seconds at most that a chapter begins before its first word


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One utterance. Times are seconds in the whole read; lines at the same time overlap."""

    scene: str
    element: str  # "" = the scene's heading
    speaker: str
    text: str  # as it was spoken
    start: float
    end: float
    clip: Clip


@dataclass(frozen=True, kw_only=True)
class Chapter:
    scene: str
    title: str  # "1. INT. KITCHEN - NIGHT"
    start: float  # seconds
    end: float  # where the next one starts


@dataclass(frozen=True, kw_only=True)
class Timeline:
    cues: tuple[Heard, ...]  # by their start
    chapters: tuple[Chapter, ...]
    duration: float  # seconds


def timed(episode: Episode) -> Timeline:
    """Each utterance begins after its pause, the very first at once; one that is dual, with the one before it."""
    cues, starts, clock = list[Heard](), list[tuple[str, float]](), 0.0
    for scene in episode.read:
        for index, spoken in enumerate(scene.spoken):
            start = _start(spoken, cues, clock, index)
            if index == 0:
                starts.append((scene.scene, max(clock, start - LEAD)))
            cues.append(_heard(scene, spoken, start))
            clock = max(clock, cues[-1].end)
    return Timeline(cues=tuple(cues), chapters=_chapters(episode, starts, clock), duration=clock)


def timeline_json(timeline: Timeline) -> list[Json]:
    """[{"scene", "element", "speaker", "start", "end"}] by start, as the reader in the browser wants it."""
    return [
        {
            "scene": cue.scene,
            "element": cue.element,
            "speaker": cue.speaker,
            "start": round(cue.start, 3),
            "end": round(cue.end, 3),
        }
        for cue in timeline.cues
    ]


def chapters_json(timeline: Timeline) -> list[Json]:
    """[{"scene", "title", "start", "end"}] in order."""
    return [
        {"scene": each.scene, "title": each.title, "start": round(each.start, 3), "end": round(each.end, 3)}
        for each in timeline.chapters
    ]


def headings(episode: Episode) -> dict[str, str]:
    """Scene -> INT. KITCHEN - NIGHT, or its title if it has no place."""
    found = {}
    for scene in episode.scenes:
        place, time = (" ".join(part.split()).upper() for part in (scene.slug.place, scene.slug.time))
        slug = f"{scene.slug.interior} {place}" + (f" - {time}" if time else "")
        found[scene.id] = slug if place else " ".join(scene.title.split()) or scene.slug.interior
    return found


def _start(spoken: Spoken, cues: Sequence[Heard], clock: float, index: int) -> float:
    if not cues:
        return 0.0
    if spoken.utterance.dual and index:
        return cues[-1].start
    return clock + spoken.utterance.pause


def _heard(scene: SceneRead, spoken: Spoken, start: float) -> Heard:
    return Heard(
        scene=scene.scene,
        element=spoken.utterance.element,
        speaker=spoken.utterance.speaker,
        text=spoken.utterance.text,
        start=start,
        end=start + max(0.0, spoken.clip.duration),
        clip=spoken.clip,
    )


def _chapters(episode: Episode, starts: Sequence[tuple[str, float]], end: float) -> tuple[Chapter, ...]:
    titles, numbers = headings(episode), {scene.id: scene.number for scene in episode.scenes}
    ends = [*(start for _, start in starts[1:]), end][: len(starts)]
    return tuple(
        Chapter(scene=scene, title=_numbered(numbers.get(scene, ""), titles.get(scene, scene)), start=start, end=until)
        for (scene, start), until in zip(starts, ends, strict=True)
    )


def one_line(text: str) -> str:
    """For names in a file of sound: no line breaks, nothing that cannot be written."""
    return " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())


def _numbered(number: str, title: str) -> str:
    return one_line(f"{number}. {title}" if number else title)
