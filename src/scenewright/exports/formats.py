"""Which exports there are: a table by kind and name, open for other kinds and other formats."""

from __future__ import annotations

from typing import Any

from scenewright.domain.errors import BadInput
from scenewright.exports.folder import export_folder
from scenewright.exports.job import Format
from scenewright.exports.markdown import export_markdown
from scenewright.exports.vtt import export_vtt
from scenewright.exports.work_json import export_json

_ALL: dict[str, tuple[Format[Any], ...]] = {
    "classroom": (
        Format(name="folder", says="a folder whose index.html plays in any browser, offline", write=export_folder),
        Format(name="json", says="work.json alone, for programs", write=export_json),
        Format(name="vtt", says="captions of the whole work (WebVTT)", write=export_vtt),
        Format(name="markdown", says="a transcript with slides, speeches and quiz answers", write=export_markdown),
    ),
}

FORMATS: dict[tuple[str, str], Format[Any]] = {
    (kind, format_.name): format_ for kind, formats in _ALL.items() for format_ in formats
}


def formats_of(kind: str) -> list[Format[Any]]:
    return [found for (of, _), found in FORMATS.items() if of == kind]


def find_format(kind: str, name: str) -> Format[Any]:
    """Raises: BadInput: there is no such format for this kind; the message names those there are."""
    if found := FORMATS.get((kind, name)):
        return found
    known = ", ".join(each.name for each in formats_of(kind)) or "none"
    raise BadInput(f"A {kind} cannot be exported to {name!r}; formats: {known}.")
