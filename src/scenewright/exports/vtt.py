"""WebVTT: what is said, by whom and when; every character of it escaped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scenewright.domain.classroom import Classroom
from scenewright.domain.speech import Cue
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob
from scenewright.exports.timeline import Track, starts_of, track_of, tracks_of

_SHORTEST = 0.05  # seconds; a cue must end after it starts


async def export_vtt(job: ExportJob[Classroom]) -> Path:
    """The captions of the whole work in one file, timed as the player plays it.

    Raises: BadInput: `out` cannot be written. StoreError: the disk is full.
    """
    target = file_target(job.out, job.work.title, ".vtt")
    return await write_file(target, work_vtt(job.work).encode())


def work_vtt(work: Classroom) -> str:
    tracks = tracks_of(work)
    names = _names(work)
    return _document(
        cue for track, start in zip(tracks, starts_of(tracks), strict=True) for cue in _track_cues(track, names, start)
    )


def scene_vtt(work: Classroom, index: int) -> str:
    """One scene's captions, timed from its own start."""
    return _document(_track_cues(track_of(work.scenes[index], work.language), _names(work), 0.0))


def _names(work: Classroom) -> dict[str, str]:
    return {person.id: person.name for person in work.people}


def _document(cues: Iterator[str]) -> str:
    return "\n\n".join(("WEBVTT", *cues)) + "\n"


def _track_cues(track: Track, names: dict[str, str], offset: float) -> Iterator[str]:
    for segment in track.segments:
        if segment.speech is None:
            continue
        name = escaped(names.get(segment.speech.speaker, segment.speech.speaker))
        for cue in segment.cues:
            yield from _cue(cue, name, offset + segment.start)


def _cue(cue: Cue, name: str, offset: float) -> Iterator[str]:
    text = escaped(cue.text)
    if not text:
        return
    start = max(0.0, offset + cue.start)
    end = max(start + _SHORTEST, offset + cue.end)
    voice = f"<v {name}>" if name else ""
    yield f"{stamp(start)} --> {stamp(end)}\n{voice}{text}"


def stamp(seconds: float) -> str:
    """00:01:02.500"""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{milliseconds:03}"


def escaped(text: str) -> str:
    """On one line, with no character that means something to WebVTT."""
    flat = " ".join(text.replace("\0", "\ufffd").split())
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
