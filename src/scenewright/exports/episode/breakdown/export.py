"""The breakdown export: a folder of tables, and the same as JSON."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from scenewright.domain.episode import Episode
from scenewright.exports.episode.breakdown.count import breakdown
from scenewright.exports.episode.breakdown.tables import FILES, tables
from scenewright.exports.episode.breakdown.values import Breakdown
from scenewright.exports.episode.options import PAPER, chosen, paper_of
from scenewright.exports.files import fresh_folder
from scenewright.exports.job import ExportJob

MARKER = "breakdown.json"
OURS = frozenset({MARKER, *FILES})


async def export_breakdown(job: ExportJob[Episode]) -> Path:
    """Makes the folder `job.out` (an older breakdown there is replaced) and returns it.

    Raises: BadInput: something else is at `out`, or it cannot be written. StoreError: the disk is full.
    """
    paper = paper_of(chosen(job.options, PAPER))
    found = await asyncio.to_thread(lambda: files_of(breakdown(job.work, paper=paper)))
    with fresh_folder(job.out, OURS, marker=MARKER) as folder:
        for name, data in found.items():
            await asyncio.to_thread((folder / name).write_bytes, data)
    return job.out


def files_of(counted: Breakdown) -> dict[str, bytes]:
    text = json.dumps(counted.model_dump(mode="json"), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return {**tables(counted), MARKER: text.encode(errors="replace")}
