"""From what the person typed to a brief: a file, a folder, standard input, an address, a brief file or a topic."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenewright.app.brief_file import is_brief, read_brief_file
from scenewright.app.own_sources import (
    DEFAULT_KIND,
    YAML,
    OwnRead,
    kind_hint,
    merged,
    read_own,
    reads,
    series_kind,
    shown_kind,
    top_fields,
)
from scenewright.domain.base import writable
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput

BRIEF_SUFFIXES = YAML
SCRIPTS = (".fountain", ".fdx")  # they would be read as plain text
LONGEST_TOPIC = 4_000  # characters
OFFLINE = "offline"  # as a model's name: nobody writes


@dataclass(frozen=True, kw_only=True)
class Request:
    """A brief as asked for, with the bytes of the images in its documents."""

    brief: Brief
    assets: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()  # fields of the brief that come from files of the kind's own


async def read_source(source: str, options: Mapping[str, Any], show: str | None = None) -> Request:
    """`options`: fields of Brief that the person gave; they win over what a file says. `show`: a kept one, or a file.

    Raises: BadInput: with what is wrong with the source, and the remedy.
    """
    path, said, sources = _existing(source), dict[str, Any](), [source]
    if show is not None:
        options = await asyncio.to_thread(_of_a_series, path, options)
    if path is not None and path.suffix.lower() in BRIEF_SUFFIXES and await asyncio.to_thread(_is_brief, path, options):
        said, sources = await asyncio.to_thread(read_brief_file, path)
    kind = options.get("kind") or said.get("kind") or (await asyncio.to_thread(shown_kind, path) if path else "")
    given = {**said, **options, "details": {**said.get("details", {}), **options.get("details", {})}}
    return await _read(sources, given, kind or DEFAULT_KIND, show)


def _of_a_series(path: Path | None, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """What belongs to a show is of the kind that has shows, unless something else is said."""
    said = options.get("kind") or (shown_kind(path) if path else "")
    return options if said or not (kind := series_kind()) else {**options, "kind": kind}


def _is_brief(path: Path, options: Mapping[str, Any]) -> bool:
    fields = top_fields(path)
    kind = options.get("kind") or fields.get("kind")
    return not isinstance(kind, str) or not reads(kind, path) or (bool(fields) and is_brief(fields))


def with_source(brief: Brief, changed: Request) -> Brief:
    """A work's brief after its source has changed. What the person had set besides stays as it was."""
    news = {name: getattr(changed.brief, name) for name in ("documents", "topic", *changed.own)}
    return brief.model_copy(update={**news, "details": {**brief.details, **changed.brief.details}})


def authored(request: Request, model: str | None, default: str) -> Request:
    """A model writes if one is named: by the command, by the brief, or by the settings; else nobody does."""
    named = model or request.brief.model or default
    author = OFFLINE if named in ("", OFFLINE) else "llm"
    brief = request.brief.model_copy(update={"author": author, "model": "" if author == OFFLINE else named})
    return replace(request, brief=brief)


async def _read(sources: list[str], given: Mapping[str, Any], kind: str, show: str | None) -> Request:
    from scenewright.documents import Reading  # readers are heavy

    topic, own, readings = str(given.get("topic", "")), list[OwnRead](), list[Reading]()
    for source in sources:
        found = await _read_one(source, kind)
        if isinstance(found, str):
            topic = found
        elif isinstance(found, OwnRead):
            own.append(found)
        else:
            readings.append(found)
    documents = tuple(document for reading in readings for document in reading.documents)
    if not documents and not topic and not own:
        raise BadInput("There is nothing to make a work from; give a document, a folder, an address or a topic.")
    fields = merged(kind, _together(own), {**given, **({"topic": topic} if topic else {})}, show)
    assets = {name: data for reading in readings for name, data in reading.assets.items()}
    notes = [found.warnings for found in own] + [tuple(reading.warnings) for reading in readings]
    warnings = tuple(warning for each in notes for warning in each)
    brief, named = _brief({**fields, "documents": documents}), frozenset(_together(own)) - {"kind", "details"}
    return Request(brief=brief, assets=assets, warnings=warnings, own=named)


def _together(own: Sequence[OwnRead]) -> dict[str, Any]:
    """Of several files, the last that says something of a thing is right."""
    told = [(name, value) for found in own for name, value in found.fields.get("details", {}).items()]
    details = {**dict.fromkeys(name for name, _ in told), **{name: value for name, value in told if value is not None}}
    fields = {name: value for found in own for name, value in found.fields.items()}
    return {**fields, "details": details} if fields else {}


def _brief(fields: dict[str, Any]) -> Brief:
    try:
        # File names and arguments that are not UTF-8 come in with half characters, which cannot be written down.
        return Brief.model_validate(writable(Brief(**fields).model_dump()))
    except ValidationError as exc:
        error = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in error["loc"])
        raise BadInput(f"{where}: {error['msg']}; give another value.") from exc


async def _read_one(source: str, kind: str) -> Any:
    """A topic as a text, what the kind read itself, or documents."""
    from scenewright import documents

    if source == "-":
        return await asyncio.to_thread(lambda: documents.read_bytes(sys.stdin.buffer.read(), "standard input"))
    if documents.looks_like_address(source):
        return await documents.fetch(source)
    if (path := _existing(source)) is not None:
        if path.is_file() and reads(kind, path):
            return await asyncio.to_thread(read_own, kind, path)
        if path.suffix.lower() in SCRIPTS:
            raise BadInput(f"{path.name} is a script, and no source of a {kind}; {kind_hint(path) or 'give another'}.")
        return await asyncio.to_thread(documents.read_path, path)
    if _meant_as_path(source):
        raise BadInput(f"There is no file or folder {source!r}; check the path, or write a topic in plain words.")
    if not source.strip():
        raise BadInput("The topic is empty; say in a few words what the work is about.")
    if len(source) > LONGEST_TOPIC:
        raise BadInput(f"The topic is longer than {LONGEST_TOPIC} characters; put the text into a file and give that.")
    return source.strip()


def _existing(source: str) -> Path | None:
    """The file or folder that the source names, if it is there."""
    try:
        path = Path(source).expanduser()
        return path if source.strip() not in ("", "-") and path.exists() else None
    except (OSError, RuntimeError, ValueError):  # too long for a file name, no such home, a null byte
        return None


def _meant_as_path(source: str) -> bool:
    suffix = Path(source).suffix.lower()
    spaced = " " in source.strip()
    known = suffix in {".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx", ".pptx", *BRIEF_SUFFIXES, *SCRIPTS}
    return known or (not spaced and ("/" in source or "\\" in source))
