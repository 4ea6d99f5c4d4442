"""What a classroom is exported to."""

from __future__ import annotations

from typing import Any

from scenewright.domain.classroom import Classroom
from scenewright.exports.folder import export_folder
from scenewright.exports.job import Format
from scenewright.exports.markdown import export_markdown, transcript
from scenewright.exports.prepare import prepared
from scenewright.exports.vtt import export_vtt
from scenewright.exports.work_json import export_json


def _compared(work: Classroom) -> str:
    return transcript(prepared(work, "none"))


FORMATS: tuple[Format[Any], ...] = (
    Format(name="folder", says="a folder whose index.html plays in any browser, offline", write=export_folder),
    Format(name="json", says="work.json alone, for programs", write=export_json, suffix=".json"),
    Format(name="vtt", says="captions of the whole work (WebVTT)", write=export_vtt, suffix=".vtt"),
    Format(
        name="markdown",
        says="a transcript with slides, speeches and quiz answers",
        write=export_markdown,
        suffix=".md",
        text=_compared,
    ),
)
