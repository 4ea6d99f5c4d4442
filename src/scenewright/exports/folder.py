"""A folder that plays: index.html, work.json, the clips and images beside them, captions and a transcript."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path

from scenewright.domain.classroom import Asset, Classroom
from scenewright.domain.errors import BadInput, StoreError
from scenewright.exports.files import MARKER, OURS, fresh_folder, safe_name
from scenewright.exports.job import ExportJob
from scenewright.exports.markdown import transcript
from scenewright.exports.page import fonts_of, page_html
from scenewright.exports.prepare import AUDIO, prepared
from scenewright.exports.shell import notices
from scenewright.exports.vtt import scene_vtt, work_vtt
from scenewright.exports.work_json import dumps
from scenewright.providers.speech.encodings import Encoding


async def export_folder(job: ExportJob[Classroom]) -> Path:
    """Makes the folder `job.out` (an older export of ours there is replaced) and returns its index.html.

    Raises: BadInput: something else is at `out`, or it cannot be written. StoreError: the disk is full, or a file
    of the work is missing from the store. BadSettings: the player is missing from this installation.
    """
    work = await asyncio.to_thread(prepared, job.work, job.audio)
    with fresh_folder(job.out, OURS) as folder:
        types = {asset.name: asset.media_type for asset in job.work.assets}
        assets = [await _store(job, asset, types[asset.name], folder) for asset in work.assets]
        work = work.model_copy(update={"assets": tuple(assets)})
        for name, text in await asyncio.to_thread(lambda: list(_texts(work, job))):
            await asyncio.to_thread(_write, folder / name, text.encode())
    return job.out / "index.html"


def _texts(work: Classroom, job: ExportJob[Classroom]) -> Iterator[tuple[str, str]]:
    yield "index.html", page_html(work, fonts_of(work) if job.fonts is None else job.fonts)
    yield MARKER, dumps(work)
    yield "transcript.md", transcript(work, images=True)
    yield "captions/all.vtt", work_vtt(work)
    for index, scene in enumerate(work.scenes):
        yield f"captions/{index + 1:02}-{safe_name(scene.title, 'scene')}.vtt", scene_vtt(work, index)
    yield "THIRD-PARTY.txt", notices()


async def _store(job: ExportJob[Classroom], asset: Asset, made_as: str, folder: Path) -> Asset:
    """Writes one file of the work, in another audio format if that was asked for."""
    try:
        data = await job.blobs.get(asset.blob)
    except KeyError as exc:
        raise StoreError(f"The file {asset.name} is missing from the store; resume the work to make it again.") from exc
    if asset.media_type in AUDIO and asset.media_type != made_as and job.audio in ("opus", "aac", "wav"):
        data = await asyncio.to_thread(_transcoded, data, job.audio)
        asset = asset.model_copy(update={"blob": hashlib.sha256(data).hexdigest()})
    await asyncio.to_thread(_write, folder / asset.src, data)
    return asset


def _transcoded(data: bytes, to: Encoding) -> bytes:
    from scenewright.providers.speech.codec import transcode  # numpy and PyAV: only where a format is changed

    try:
        return transcode(data, to)
    except BadInput as exc:
        raise BadInput(f"A clip cannot be made into {to}; export it with --audio as-is. {exc}") from exc


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
