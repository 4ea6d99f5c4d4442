"""A brief as a YAML file: the fields of Brief, and `source` with one path, address or several, relative to the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scenewright.app.own_sources import kind_hint
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput

LARGEST = 1_000_000  # bytes
OURS = {"documents", "assets", "author"}  # fields of Brief that a file does not set


def is_brief(fields: Mapping[str, Any]) -> bool:
    """Whether a YAML file with these fields at its top is a brief, and not a source that a kind reads itself."""
    return "source" in fields or fields.keys() <= set(Brief.model_fields)


def read_brief_file(path: Path) -> tuple[dict[str, Any], list[str]]:
    """(fields of Brief, sources). Raises: BadInput: names the line or the field that is wrong."""
    import yaml  # only for briefs

    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is larger than {LARGEST} bytes; a brief is short, give the text as a source.")
        text = path.read_text("utf-8")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise BadInput(f"{path.name} refers to itself with an alias (*name); write the value out instead.")
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(exc, "problem", None) or type(exc).__name__
        raise BadInput(f"{path.name}{where} is not valid YAML ({problem}); mend it and try again.") from exc
    if not isinstance(loaded, dict):
        raise BadInput(f"{path.name} is not a brief: it needs fields like `source:` and `audience:`.")
    fields = {str(key): value for key, value in loaded.items()}
    sources = _sources(fields.pop("source", []), path)
    return _checked(fields, path), sources


def _checked(fields: dict[str, Any], path: Path) -> dict[str, Any]:
    allowed = set(Brief.model_fields) - OURS
    if unknown := sorted(fields.keys() - allowed):
        if hint := kind_hint(path, fields):
            raise BadInput(f"{path.name} is no brief, for it has fields like {unknown[0]}; {hint}.")
        raise BadInput(
            f"{path.name} has fields that a brief does not know: {', '.join(unknown)}; "
            f"it knows source, {', '.join(sorted(allowed))}."
        )
    try:
        brief = Brief.model_validate(fields)
    except ValidationError as exc:
        error = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in error["loc"])
        raise BadInput(f"{path.name}: {where}: {error['msg']}; mend it and try again.") from exc
    return {name: getattr(brief, name) for name in fields}


def _sources(value: Any, path: Path) -> list[str]:
    try:
        listed = TypeAdapter(list[str]).validate_python([value] if isinstance(value, str) else value)
    except ValidationError as exc:
        raise BadInput(f"{path.name}: `source` must be a path or address, or a list of them.") from exc
    return [source if "://" in source else str(path.parent / source) for source in listed]
