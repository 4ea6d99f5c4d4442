"""A finished work in the forms people take away: a folder that plays, work.json, captions, a transcript, pages."""

from importlib import import_module
from typing import TYPE_CHECKING

from scenewright.exports.formats import find_format, formats_of
from scenewright.exports.job import AudioFormat, Blobs, ExportJob, Format, NoBlobs

if TYPE_CHECKING:
    from scenewright.exports.episode.work_json import read_episode
    from scenewright.exports.folder import export_folder
    from scenewright.exports.markdown import export_markdown
    from scenewright.exports.vtt import export_vtt
    from scenewright.exports.work_json import export_json, read_work

__all__ = [
    "AudioFormat",
    "Blobs",
    "ExportJob",
    "Format",
    "NoBlobs",
    "export_folder",
    "export_json",
    "export_markdown",
    "export_vtt",
    "find_format",
    "formats_of",
    "read_episode",
    "read_work",
]

# Imported when they are asked for: every command knows what an export job is, few of them write a classroom.
_HOMES = {
    "export_folder": "folder",
    "export_json": "work_json",
    "export_markdown": "markdown",
    "export_vtt": "vtt",
    "read_episode": "episode.work_json",
    "read_work": "work_json",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
