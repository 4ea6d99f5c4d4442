"""From what the person typed to a brief: a file, a folder, standard input, an address, a brief file or a topic."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenewright.app.brief_file import read_brief_file
from scenewright.domain.base import writable
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput

BRIEF_SUFFIXES = (".yaml", ".yml")
LONGEST_TOPIC = 4_000  # characters
OFFLINE = "offline"  # as a model's name: nobody writes


@dataclass(frozen=True, kw_only=True)
class Request:
    """A brief as asked for, with the bytes of the images in its documents."""

    brief: Brief
    assets: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


async def read_source(source: str, options: Mapping[str, Any]) -> Request:
    """`options`: fields of Brief that the person gave; they win over a brief file's.

    Raises: BadInput: with what is wrong with the source, and the remedy.
    """
    path = _existing(source)
    if path is not None and path.suffix.lower() in BRIEF_SUFFIXES:
        fields, sources = await asyncio.to_thread(read_brief_file, path)
        return await _read(sources, {**fields, **options})
    return await _read([source], options)


def authored(request: Request, model: str | None, default: str) -> Request:
    """A model writes if one is named: by the command, by the brief, or by the settings; else nobody does."""
    named = model or request.brief.model or default
    author = OFFLINE if named in ("", OFFLINE) else "llm"
    brief = request.brief.model_copy(update={"author": author, "model": "" if author == OFFLINE else named})
    return Request(brief=brief, assets=request.assets, warnings=request.warnings)


async def _read(sources: list[str], options: Mapping[str, Any]) -> Request:
    from scenewright.documents import Reading  # readers are heavy

    topic, readings = str(options.get("topic", "")), list[Reading]()
    for source in sources:
        found = await _read_one(source)
        if isinstance(found, str):
            topic = found
        else:
            readings.append(found)
    documents = tuple(document for reading in readings for document in reading.documents)
    if not documents and not topic:
        raise BadInput("There is nothing to make a work from; give a document, a folder, an address or a topic.")
    assets = {name: data for reading in readings for name, data in reading.assets.items()}
    warnings = tuple(warning for reading in readings for warning in reading.warnings)
    return Request(brief=_brief({**options, "documents": documents, "topic": topic}), assets=assets, warnings=warnings)


def _brief(fields: dict[str, Any]) -> Brief:
    try:
        # File names and arguments that are not UTF-8 come in with half characters, which cannot be written down.
        return Brief.model_validate(writable(Brief(**fields).model_dump()))
    except ValidationError as exc:
        error = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in error["loc"])
        raise BadInput(f"{where}: {error['msg']}; give another value.") from exc


async def _read_one(source: str) -> Any:
    from scenewright import documents

    if source == "-":
        return await asyncio.to_thread(lambda: documents.read_bytes(sys.stdin.buffer.read(), "standard input"))
    if documents.looks_like_address(source):
        return await documents.fetch(source)
    if (path := _existing(source)) is not None:
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
    known = suffix in {".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx", ".pptx", *BRIEF_SUFFIXES}
    return known or (not spaced and ("/" in source or "\\" in source))
