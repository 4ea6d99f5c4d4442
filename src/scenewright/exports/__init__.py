"""A finished work in the forms people take away: a folder that plays, work.json, captions, a transcript."""

from scenewright.exports.folder import export_folder
from scenewright.exports.formats import find_format, formats_of
from scenewright.exports.job import AudioFormat, Blobs, ExportJob, Format, NoBlobs
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
    "read_work",
]
