"""The folder that `make` leaves: a page to read and hear the episode, and the episode in every format beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scenewright.domain.base import Json
from scenewright.domain.episode import Episode
from scenewright.exports.episode.breakdown import breakdown
from scenewright.exports.episode.breakdown.export import files_of
from scenewright.exports.episode.fdx import to_fdx
from scenewright.exports.episode.fountain import to_fountain
from scenewright.exports.episode.markdown import transcript
from scenewright.exports.episode.options import NUMBERS, chosen, numbered
from scenewright.exports.episode.pages import pdf
from scenewright.exports.episode.work_json import encoded
from scenewright.exports.files import MARKER, OURS, file_target, fresh_folder, write_file
from scenewright.exports.job import ExportJob

SOUND, CAPTIONS = "audio/table-read.mp3", "audio/captions.vtt"


async def export_folder(job: ExportJob[Episode]) -> Path:
    """Makes the folder `job.out` (an older export of ours there is replaced) and returns its index.html.

    The table read is left out where nothing was read, or with `audio` = "none".

    Raises: BadInput: something else is at `out`, or it cannot be written. StoreError: the disk is full, or a clip is
    missing from the store. BadSettings: the reader or the font is missing from this installation.
    """
    numbers = numbered(chosen(job.options, NUMBERS))
    with fresh_folder(job.out, OURS) as folder:
        timing = await _sound(job, folder) if job.work.read and job.audio != "none" else ()
        for name, made in _files(job.work, numbers=numbers, timing=timing).items():
            await asyncio.to_thread(_write, folder / name, made)
        (folder / "breakdown").mkdir()
        for name, data in (await asyncio.to_thread(lambda: files_of(breakdown(job.work)))).items():
            await asyncio.to_thread((folder / "breakdown" / name).write_bytes, data)
    return job.out / "index.html"


async def export_html(job: ExportJob[Episode]) -> Path:
    """The page alone, without the table read: one file that can be sent.

    Raises: BadInput: `out` cannot be written. BadSettings: the reader is missing. StoreError: the disk is full.
    """
    chosen(job.options)
    target = file_target(job.out, job.work.title, ".html")
    return await write_file(target, await asyncio.to_thread(_page, job.work, ()))


def _files(work: Episode, *, numbers: bool, timing: Sequence[Json]) -> Mapping[str, Callable[[], bytes]]:
    """File name -> what makes it. Made one after the other: a script's pages take memory."""
    script = work.script
    return {
        "index.html": lambda: _page(work, timing),
        MARKER: lambda: encoded(work),
        "script.fountain": lambda: to_fountain(script, scene_numbers=numbers).encode(),
        "script.fdx": lambda: to_fdx(script, scene_numbers=numbers).encode(),
        "script.pdf": lambda: pdf(script, "letter", numbers=numbers),
        "script-a4.pdf": lambda: pdf(script, "a4", numbers=numbers),
        "script.md": lambda: transcript(work).encode(errors="replace"),
        "THIRD-PARTY.txt": _notices,
    }


def _write(path: Path, made: Callable[[], bytes]) -> None:
    path.write_bytes(made())


def _page(work: Episode, timing: Sequence[Json]) -> bytes:
    from scenewright.exports.episode.html import page_html  # cuts fonts: only where a page is made

    return page_html(work, breakdown(work).model_dump(mode="json"), timing, SOUND).encode(errors="replace")


def _notices() -> bytes:
    from scenewright.exports.episode.html import notices

    return notices().encode()


async def _sound(job: ExportJob[Episode], folder: Path) -> Sequence[Json]:
    """Writes the table read and its captions; returns when each line is heard."""
    from scenewright.exports.episode.audio import episode_vtt, table_read_mp3, timed, timeline_json  # PyAV

    (folder / "audio").mkdir()
    await table_read_mp3(job.work, job.blobs, folder / SOUND)
    captions = await asyncio.to_thread(episode_vtt, job.work)
    await asyncio.to_thread((folder / CAPTIONS).write_text, captions, encoding="utf-8")
    return timeline_json(timed(job.work))
