"""The table read as files: one MP3, and captions."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput, StoreError
from scenewright.exports.episode.audio.captions import episode_srt, episode_vtt
from scenewright.exports.episode.audio.timeline import Heard, one_line, timed
from scenewright.exports.files import file_target, translated, write_file
from scenewright.exports.job import Blobs, ExportJob

if TYPE_CHECKING:
    from scenewright.providers.speech.codec import Samples

_REMEDY = "make the work anew: what was paid for is remembered."


async def export_mp3(job: ExportJob[Episode]) -> Path:
    """Raises: BadInput: nothing was read aloud, or it cannot be written. StoreError: see `table_read_mp3`."""
    _check(job.work)
    return await table_read_mp3(job.work, job.blobs, file_target(job.out, job.work.title, ".mp3"))


async def export_vtt(job: ExportJob[Episode]) -> Path:
    """Raises: BadInput: nothing was read aloud, or it cannot be written. StoreError: the disk is full."""
    _check(job.work)
    return await write_file(file_target(job.out, job.work.title, ".vtt"), episode_vtt(job.work).encode())


async def export_srt(job: ExportJob[Episode]) -> Path:
    """Raises: as `export_vtt`."""
    _check(job.work)
    return await write_file(file_target(job.out, job.work.title, ".srt"), episode_srt(job.work).encode())


async def table_read_mp3(episode: Episode, blobs: Blobs, target: Path) -> Path:
    """Writes the whole read with a chapter for each scene, atomically. A few utterances are in memory at a time.

    Raises: BadInput: it cannot be written. StoreError: the disk is full, or a clip is missing or damaged.
    """
    from scenewright.exports.episode.audio.mixing import Track  # numpy and PyAV: only where sound is made
    from scenewright.exports.episode.audio.mp3 import Mp3

    timeline, track = timed(episode), Track()
    with _partial(target) as out, Mp3(out, timeline.chapters, _tags(episode)) as file:
        for group in _together(timeline.cues):
            clips = [await _clip(blobs, cue) for cue in group]

            def add(group: Sequence[Heard] = group, clips: Sequence[bytes] = clips) -> None:
                sounds = [_decoded(clip, cue) for clip, cue in zip(clips, group, strict=True)]
                file.write(track.place(sounds, group[0].start))

            await asyncio.to_thread(add)
        await asyncio.to_thread(lambda: file.write(track.end(timeline.duration)))
    return target


def _together(cues: Sequence[Heard]) -> Iterator[Sequence[Heard]]:
    """Those that begin at the same time."""
    group: list[Heard] = []
    for cue in cues:
        if group and cue.start != group[0].start:
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


async def _clip(blobs: Blobs, cue: Heard) -> bytes:
    try:
        return await blobs.get(cue.clip.blob)
    except KeyError as exc:
        raise StoreError(f"A clip of scene {cue.scene} is missing from the store; {_REMEDY}") from exc


def _decoded(clip: bytes, cue: Heard) -> Samples:
    from scenewright.providers.speech.codec import decode

    try:
        return decode(clip)
    except BadInput as exc:
        raise StoreError(f"A clip of scene {cue.scene} is damaged; {_REMEDY}") from exc


def _tags(episode: Episode) -> dict[str, str]:
    """Of the file; players show them."""
    tags = {
        "title": episode.title,
        "artist": episode.show.title,
        "album": episode.show.title,
        "comment": episode.note,
        "genre": "Speech",
    }
    return {name: one_line(text) for name, text in tags.items()}


def _check(episode: Episode) -> None:
    if not any(scene.spoken for scene in episode.read):
        raise BadInput(
            "There is no table read: the episode was made without sound, or nothing of it has been spoken yet. "
            "Make it with --audio, and let it finish."
        )


@contextmanager
def _partial(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `target` when the block ends well, and disappears otherwise."""
    with translated(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".partial", dir=target.parent)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
