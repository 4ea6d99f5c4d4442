"""Which exports there are: ours, and those that other packages bring along by the entry-point group below."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

from scenewright.domain.errors import BadInput
from scenewright.exports.folder import export_folder
from scenewright.exports.job import Format
from scenewright.exports.markdown import export_markdown
from scenewright.exports.vtt import export_vtt
from scenewright.exports.work_json import export_json

GROUP = "scenewright.formats"  # an entry is named "KIND.FORMAT" and loads a Format

_OURS: dict[str, tuple[Format[Any], ...]] = {
    "classroom": (
        Format(name="folder", says="a folder whose index.html plays in any browser, offline", write=export_folder),
        Format(name="json", says="work.json alone, for programs", write=export_json),
        Format(name="vtt", says="captions of the whole work (WebVTT)", write=export_vtt),
        Format(name="markdown", says="a transcript with slides, speeches and quiz answers", write=export_markdown),
    ),
}


def formats_of(kind: str) -> list[Format[Any]]:
    """Ours first. Other packages' are loaded, so this is for where a kind is used or explained."""
    brought = [entry.load() for entry in entry_points(group=GROUP) if entry.name.partition(".")[0] == kind]
    return [*_OURS.get(kind, ()), *brought]


def find_format(kind: str, name: str) -> Format[Any]:
    """Raises: BadInput: there is no such format for this kind; the message names those there are."""
    found = formats_of(kind)
    for format_ in found:
        if format_.name == name:
            return format_
    known = ", ".join(each.name for each in found) or "none"
    raise BadInput(f"A {kind} cannot be exported to {name!r}; formats: {known}.")
