"""The PDF export: a script in, a file out."""

from __future__ import annotations

import asyncio
from pathlib import Path

from scenewright.domain.screenplay import Script
from scenewright.exports.episode.pdf.draw import draw
from scenewright.exports.episode.pdf.model import PaperName
from scenewright.exports.episode.pdf.screenplay import lay_out
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob


async def export_pdf(job: ExportJob[Script], *, paper: PaperName = "letter", scene_numbers: bool = False) -> Path:
    """The script's pages in one file.

    Raises: BadInput: `out` cannot be written. BadSettings: the font is missing. StoreError: the disk is full.
    """
    target = file_target(job.out, job.work.title, ".pdf")
    layout = await asyncio.to_thread(lay_out, job.work, paper=paper, scene_numbers=scene_numbers)
    return await write_file(target, await asyncio.to_thread(draw, layout))


async def export_pdf_a4(job: ExportJob[Script]) -> Path:
    """The same on A4."""
    return await export_pdf(job, paper="a4")
