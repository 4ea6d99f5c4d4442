"""What an episode is exported to. Typst, PyAV and fontTools are imported only where something is drawn or encoded."""

from __future__ import annotations

from typing import Any

from scenewright.exports.episode.audio import export_mp3, export_srt, export_vtt
from scenewright.exports.episode.breakdown import export_breakdown
from scenewright.exports.episode.folder import export_folder, export_html
from scenewright.exports.episode.markdown import export_markdown
from scenewright.exports.episode.options import NUMBERS, PAPER, help_for
from scenewright.exports.episode.pages import compared, export_fdx, export_fountain, export_pdf
from scenewright.exports.episode.work_json import export_json
from scenewright.exports.job import Format

FORMATS: tuple[Format[Any], ...] = (
    Format(
        name="folder",
        says="a folder with everything: a reader for any browser, pages, breakdown and the table read",
        write=export_folder,
        options=help_for(NUMBERS),
    ),
    Format(
        name="html",
        says="the reader's page alone, without the table read: one file to send",
        write=export_html,
        suffix=".html",
    ),
    Format(
        name="fountain",
        says="the script as plain text for screenwriting programs; comes back in with import",
        write=export_fountain,
        suffix=".fountain",
        options=help_for(NUMBERS),
        text=compared,
    ),
    Format(
        name="fdx",
        says="the script for Final Draft; comes back in with import",
        write=export_fdx,
        suffix=".fdx",
        options=help_for(NUMBERS),
    ),
    Format(
        name="pdf",
        says="the script's pages in the industry's layout",
        write=export_pdf,
        suffix=".pdf",
        options=help_for(PAPER, NUMBERS),
    ),
    Format(name="json", says="work.json alone, for programs", write=export_json, suffix=".json"),
    Format(name="markdown", says="the script to read on any screen", write=export_markdown, suffix=".md"),
    Format(
        name="breakdown",
        says="cast, sets, props, effects, pages and running time: a folder of tables (CSV)",
        write=export_breakdown,
        options=help_for(PAPER),
    ),
    Format(name="mp3", says="the table read with a chapter for each scene", write=export_mp3, suffix=".mp3"),
    Format(name="vtt", says="captions of the table read (WebVTT)", write=export_vtt, suffix=".vtt"),
    Format(name="srt", says="captions of the table read (SubRip)", write=export_srt, suffix=".srt"),
)
