"""One SQLite file, one connection, one thread that owns it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from scenewright.domain.errors import StoreError

T = TypeVar("T")

# Each entry takes a data folder one version further. Never edit one that was released; append.
MIGRATIONS = (
    """
    CREATE TABLE works (id TEXT PRIMARY KEY, kind TEXT NOT NULL, created REAL NOT NULL) STRICT;
    CREATE TABLE events (
        work TEXT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL, at REAL NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (work, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, body BLOB, at REAL NOT NULL) STRICT;
    CREATE TABLE blob_uses (
        work TEXT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
        blob TEXT NOT NULL, PRIMARY KEY (work, blob)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX blob_uses_by_blob ON blob_uses (blob);
    """,
)


class Database:
    """Opened once per process. Every statement runs on its own thread, in the order of asking.

    Raises: StoreError: if the folder cannot be written, the file is damaged, or it is newer than this version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "scenewright.db"
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = self._thread.submit(self._open).result()
        except BaseException as exc:
            self._thread.shutdown()
            if isinstance(exc, (OSError, sqlite3.Error)):
                raise StoreError(
                    f"The data folder {folder} cannot be used ({exc}); set SCENEWRIGHT_HOME to a folder that can."
                ) from exc
            raise

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs `work` in one transaction; it is committed, and on disk, when this returns.

        The transaction finishes even if the caller is cancelled: what was asked to be kept is kept.
        """
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, self._transaction, work))

    async def version(self) -> int:
        """Another number once another connection has written: cheap to ask often. Raises: StoreError."""

        def ask() -> int:
            try:
                return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error as exc:
                raise StoreError(f"The data folder {self.folder} cannot be read ({exc}); resume later.") from exc

        return await asyncio.get_running_loop().run_in_executor(self._thread, ask)

    def close(self) -> None:
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()

    def __repr__(self) -> str:
        return f"Database({str(self.path)!r})"

    def _transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                return work(self._connection)
        except sqlite3.Error as exc:
            full = "disk is full" in str(exc) or "disk I/O error" in str(exc)
            remedy = "free some space and resume" if full else "see whether another program holds it, then resume"
            raise StoreError(f"The data folder {self.folder} could not be written ({exc}); {remedy}.") from exc

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _back_up(self, target: Path) -> None:
        """SQLite copies it: what was committed last may still be beside the file, not in it."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")  # two processes that start together migrate one after the other
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            connection.execute("ROLLBACK")
            raise StoreError(
                f"The data folder {self.folder} was written by a newer Scenewright (schema {version}, "
                f"this one knows {len(MIGRATIONS)}); upgrade, or set SCENEWRIGHT_HOME to another folder."
            )
        if version == len(MIGRATIONS):
            connection.execute("ROLLBACK")
            return
        if version:
            self._back_up(self.path.with_suffix(f".v{version}.bak"))
        for statement in ";".join(MIGRATIONS[version:]).split(";"):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
