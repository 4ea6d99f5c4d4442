"""Bytes addressed by their SHA-256: images and audio. Plain files, so that a backup is a copy."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path

from scenewright.domain.errors import StoreError
from scenewright.store.database import Database
from scenewright.store.files import write_whole

_REMEDY = "make the work anew from its document: what was paid for is remembered."


class Blobs:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.folder / "blobs"

    async def put(self, work: str, data: bytes) -> str:
        """Keeps bytes for a work; on disk when it returns. Returns their SHA-256, 64 hexadecimal digits."""
        name = hashlib.sha256(data).hexdigest()
        await asyncio.to_thread(self._write, self._path(name), data)
        await self._database.run(
            lambda db: db.execute("INSERT OR IGNORE INTO blob_uses VALUES (?, ?)", (work, name)) and None
        )
        return name

    async def get(self, name: str) -> bytes:
        """Raises: StoreError: if it is not there or no longer what it was."""
        try:
            data = await asyncio.to_thread(self._path(name).read_bytes)
        except OSError as exc:
            raise StoreError(f"A stored file is missing ({name[:12]}); {_REMEDY}") from exc
        if hashlib.sha256(data).hexdigest() != name:
            raise StoreError(f"A stored file is damaged ({name[:12]}); check the disk, then {_REMEDY}")
        return data

    async def has(self, name: str) -> bool:
        return await asyncio.to_thread(self._path(name).exists)

    async def drop(self, names: Sequence[str]) -> None:
        def unlink() -> None:
            for name in names:
                self._path(name).unlink(missing_ok=True)

        await asyncio.to_thread(unlink)

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name[2:]

    def _write(self, path: Path, data: bytes) -> None:
        try:
            if path.exists() and path.read_bytes() == data:
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as exc:
            raise StoreError(f"The data folder could not be written ({exc}); free some space and resume.") from exc
