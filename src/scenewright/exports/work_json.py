"""`work.json`: written, and read back with errors that say what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenewright.domain.classroom import FORMAT_VERSION, Classroom
from scenewright.domain.errors import BadInput
from scenewright.exports.files import MARKER, file_target, write_file
from scenewright.exports.job import ExportJob
from scenewright.exports.prepare import prepared, without_files

FORMAT = "scenewright.classroom"


async def export_json(job: ExportJob[Classroom]) -> Path:
    """The work alone, without its files: it plays silently, by the clips' durations.

    Raises: BadInput: `out` cannot be written. StoreError: the disk is full.
    """
    work = without_files(prepared(job.work))
    return await write_file(file_target(job.out, work.title, ".json"), dumps(work).encode())


def dumps(work: Classroom) -> str:
    """One value per field in the format's order, every default included, so that readers need none."""
    return json.dumps(work.model_dump(mode="json"), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def read_work(path: Path) -> Classroom:
    """A classroom from its `work.json`, or from the folder that holds it.

    Raises: BadInput: not there, not a classroom, made by a newer version, or broken; the message says where.
    """
    file = path / MARKER if path.is_dir() else path
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise BadInput(f"There is no {file}; give the folder of an exported classroom or its work.json.") from exc
    except OSError as exc:
        raise BadInput(f"{file} cannot be read ({exc.strerror}).") from exc
    except (ValueError, RecursionError) as exc:
        raise BadInput(f"{file} is not JSON and so not a classroom; export it again.") from exc
    return _validated(raw, file)


def _validated(raw: Any, file: Path) -> Classroom:
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise BadInput(f'{file} is not a classroom: its "format" is not "{FORMAT}".')
    version = raw.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise BadInput(
            f"{file} was written by a newer Scenewright (format version {version}; this one reads up to "
            f"{FORMAT_VERSION}); update Scenewright."
        )
    try:
        return Classroom.model_validate(raw)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the top"
        raise BadInput(f"{file} is broken at {where}: {first['msg']}; export it again.") from exc
