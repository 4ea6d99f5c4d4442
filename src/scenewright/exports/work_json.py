"""`work.json` of a classroom."""

from __future__ import annotations

from pathlib import Path

from scenewright.domain.classroom import Classroom
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob
from scenewright.exports.prepare import prepared, without_files
from scenewright.exports.published import dumps, read_published

__all__ = ["dumps", "export_json", "read_work"]


async def export_json(job: ExportJob[Classroom]) -> Path:
    """The work alone, without its files: it plays silently, by the clips' durations.

    Raises: BadInput: `out` cannot be written. StoreError: the disk is full.
    """
    work = without_files(prepared(job.work))
    return await write_file(file_target(job.out, work.title, ".json"), dumps(work).encode())


def read_work(path: Path) -> Classroom:
    """A classroom from its `work.json`, or from the folder that holds it.

    Raises: BadInput: not there, not a classroom, made by a newer version, or broken; the message says where.
    """
    return read_published(path, Classroom, "a classroom")
