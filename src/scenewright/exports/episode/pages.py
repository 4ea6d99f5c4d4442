"""A script in the formats of its trade: one file each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from scenewright.domain.episode import Episode
from scenewright.domain.screenplay import Script
from scenewright.exports.episode.fdx import to_fdx
from scenewright.exports.episode.fountain import to_fountain
from scenewright.exports.episode.options import NUMBERS, PAPER, chosen, numbered, paper_of
from scenewright.exports.episode.pdf import PaperName, draw, lay_out
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob


async def export_fountain(job: ExportJob[Episode]) -> Path:
    """Raises: BadInput: an option or `out` cannot be used. StoreError: the disk is full."""
    numbers = numbered(chosen(job.options, NUMBERS))
    return await _write(job, ".fountain", lambda: to_fountain(job.work.script, scene_numbers=numbers).encode())


async def export_fdx(job: ExportJob[Episode]) -> Path:
    """Raises: BadInput: an option or `out` cannot be used. StoreError: the disk is full."""
    numbers = numbered(chosen(job.options, NUMBERS))
    return await _write(job, ".fdx", lambda: to_fdx(job.work.script, scene_numbers=numbers).encode())


async def export_pdf(job: ExportJob[Episode]) -> Path:
    """Raises: BadInput: an option or `out` cannot be used. BadSettings: the font is missing. StoreError: the disk."""
    options = chosen(job.options, PAPER, NUMBERS)
    paper, numbers = paper_of(options), numbered(options)
    return await _write(job, ".pdf", lambda: pdf(job.work.script, paper, numbers=numbers))


def pdf(script: Script, paper: PaperName, *, numbers: bool = False) -> bytes:
    return draw(lay_out(script, paper=paper, scene_numbers=numbers))


def compared(work: Episode) -> str:
    """The script as people compare two versions of it: scene numbers shown, ids not."""
    return to_fountain(work.script, scene_numbers=True, ids=False)


async def _write(job: ExportJob[Episode], suffix: str, made: Callable[[], bytes]) -> Path:
    """The target is checked before anything is drawn."""
    target = file_target(job.out, job.work.title, suffix)
    return await write_file(target, await asyncio.to_thread(made))
