"""When what is said in a scene: the twin of frontend/src/player/timeline.ts (rules in docs/work-json.md).

Times are seconds from the start of the scene.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from scenewright.domain.actions import Speech
from scenewright.domain.classroom import Beat, Classroom, Scene
from scenewright.domain.quiz import Quiz
from scenewright.domain.speech import Cue
from scenewright.exports.captions import captions_for, readable
from scenewright.text.timing import speaking_seconds

BREATH = 0.35  # silence after each speech
PAGE_HOLD = 4.0  # how long a page stays of which nothing is said
CLOSING_HOLD = 2.5  # how long actions stay that come after the last speech
PROBLEM_HOLD = 4.0  # how long a failed scene's problem is shown


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One speech, or a silent hold. `end` excludes the breath after it."""

    start: float
    end: float
    page: int
    speech: Speech | None = None
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Track:
    segments: tuple[Segment, ...]
    duration: float  # seconds, holds and breaths included


def track_of(scene: Scene, language: str) -> Track:
    if scene.status == "failed":
        return Track(segments=(), duration=PROBLEM_HOLD)
    pages = 0 if isinstance(scene.content, Quiz) else len(scene.pages)
    segments: list[Segment] = []
    clock, shown, pending = 0.0, -1, False

    def hold(until: int) -> None:
        nonlocal clock, shown
        while shown + 1 < min(until, pages):
            shown += 1
            segments.append(Segment(start=clock, end=clock + PAGE_HOLD, page=shown))
            clock += PAGE_HOLD

    for beat in scene.beats:
        if not isinstance(beat.action, Speech):
            pending = True
            continue
        page = min(beat.page, max(0, pages - 1))
        hold(page)
        duration, cues = _said(beat, beat.action, language)
        segments.append(Segment(start=clock, end=clock + duration, page=page, speech=beat.action, cues=cues))
        clock += duration + BREATH
        shown, pending = max(shown, page), False
    if pending:
        page = max(0, shown)
        segments.append(Segment(start=clock, end=clock + CLOSING_HOLD, page=page))
        clock, shown = clock + CLOSING_HOLD, max(shown, page)
    hold(pages)
    return Track(segments=tuple(segments), duration=clock)


def tracks_of(work: Classroom) -> tuple[Track, ...]:
    return tuple(track_of(scene, work.language) for scene in work.scenes)


def starts_of(tracks: Sequence[Track]) -> list[float]:
    """Where each scene starts in the whole work, in seconds."""
    return list(accumulate((track.duration for track in tracks), initial=0.0))[: len(tracks)]


def _said(beat: Beat, speech: Speech, language: str) -> tuple[float, tuple[Cue, ...]]:
    voiced = beat.voiced
    duration = max(0.0, voiced.duration) if voiced else speaking_seconds(speech.text, language)
    return duration, (
        readable(voiced.cues) if voiced and voiced.cues else captions_for(speech.text, duration, language)
    )
