"""`work.json` of an episode: everything that was made for it, in one file that programs read."""

from __future__ import annotations

import asyncio
from pathlib import Path

from scenewright.domain.base import writable
from scenewright.domain.episode import Episode
from scenewright.exports.episode.options import chosen
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob
from scenewright.exports.published import dumps, read_published


async def export_json(job: ExportJob[Episode]) -> Path:
    """Sound is named by its digest only.

    Raises: BadInput: `out` cannot be written. StoreError: the disk is full.
    """
    chosen(job.options)
    target = file_target(job.out, job.work.title, ".json")
    return await write_file(target, await asyncio.to_thread(encoded, job.work))


def encoded(work: Episode) -> bytes:
    """Equal episodes give equal bytes. Half characters, which no file can hold, are replaced by U+FFFD."""
    try:
        return dumps(work).encode()
    except UnicodeEncodeError:
        return dumps(Episode.model_validate(writable(work.model_dump(mode="json")))).encode()


def read_episode(path: Path) -> Episode:
    """An episode from its `work.json`, or from the folder that holds it.

    Raises: BadInput: not there, not an episode, made by a newer version, or broken; the message says where.
    """
    return read_published(path, Episode, "an episode")
