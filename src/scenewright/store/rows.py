"""Answers of calls, as rows. The memo decides what goes in."""

from __future__ import annotations

import sqlite3
import time

from scenewright.store.database import Database


class AnswerRows:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> tuple[str, bytes | None] | None:
        """(answer as JSON, its bytes if it has some), or None."""

        def select(db: sqlite3.Connection) -> tuple[str, bytes | None] | None:
            row: tuple[str, bytes | None] | None = db.execute(
                "SELECT answer, body FROM answers WHERE key = ?", (key,)
            ).fetchone()
            return row

        return await self._database.run(select)

    async def put(self, key: str, answer: str, body: bytes | None) -> None:
        """On disk when it returns. The first answer to a key stays."""
        await self._database.run(
            lambda db: (
                db.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?)", (key, answer, body, time.time()))
                and None
            )
        )
