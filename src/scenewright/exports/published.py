"""Works in their published format: written with every field, and read back with errors that say what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from scenewright.domain.base import Value
from scenewright.domain.errors import BadInput
from scenewright.exports.files import MARKER

V = TypeVar("V", bound=Value)


def read_published(path: Path, model: type[V], called: str) -> V:
    """A work from its `work.json`, or from the folder that holds it. `called`: "a classroom", for messages.

    Raises: BadInput: not there, not such a work, made by a newer version, or broken; the message says where.
    """
    file = path / MARKER if path.is_dir() else path
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        noun = called.partition(" ")[2]
        raise BadInput(f"There is no {file}; give the folder of an exported {noun} or its work.json.") from exc
    except OSError as exc:
        raise BadInput(f"{file} cannot be read ({exc.strerror}).") from exc
    except (ValueError, RecursionError) as exc:
        raise BadInput(f"{file} is not JSON and so not {called}; export it again.") from exc
    return _validated(raw, file, model, called)


def _validated(raw: Any, file: Path, model: type[V], called: str) -> V:
    name, newest = (model.model_fields[key].default for key in ("format", "version"))
    if not isinstance(raw, dict) or raw.get("format") != name:
        raise BadInput(f'{file} is not {called}: its "format" is not "{name}".')
    version = raw.get("version")
    if isinstance(version, int) and version > newest:
        raise BadInput(
            f"{file} was written by a newer Scenewright (format version {version}; this one reads up to {newest}); "
            "update Scenewright."
        )
    try:
        return model.model_validate(raw)
    except (ValidationError, RecursionError) as exc:
        raise BadInput(f"{file} is broken{_where(exc)}; export it again.") from exc


def _where(error: ValidationError | RecursionError) -> str:
    if not isinstance(error, ValidationError):
        return ": it is nested too deeply"
    first = error.errors(include_url=False, include_input=False)[0]
    return f" at {'.'.join(str(part) for part in first['loc']) or 'the top'}: {first['msg']}"


def dumps(work: Value) -> str:
    """One value per field in the format's order, every default included, so that readers need none."""
    return json.dumps(work.model_dump(mode="json"), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
