"""The event logs of works."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Sequence

from pydantic import ValidationError

from scenewright.domain.base import Value
from scenewright.domain.errors import BadInput, StoreError
from scenewright.domain.events import EVENT, AnyEvent, Logged
from scenewright.store.database import Database

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another


class WorkRow(Value):
    id: str
    kind: str
    created: float  # seconds since 1970, UTC


class Log:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, kind: str) -> str:
        """A new work without events. Returns its id."""
        work = "".join(secrets.choice(_LETTERS) for _ in range(8))
        await self._database.run(
            lambda db: db.execute("INSERT INTO works VALUES (?, ?, ?)", (work, kind, time.time())) and None
        )
        return work

    async def append(self, work: str, event: AnyEvent) -> Logged:
        """On disk when it returns."""
        at, body = time.time(), event.model_dump_json()

        def insert(db: sqlite3.Connection) -> int:
            (seq,) = db.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM events WHERE work = ?", (work,)).fetchone()
            db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (work, seq, at, event.type, body))
            return int(seq)

        return Logged(seq=await self._database.run(insert), at=at, event=event)

    async def append_all(self, work: str, events: Sequence[AnyEvent]) -> None:
        """All of them one behind the other, or none. On disk when it returns."""
        at, rows = time.time(), [(event.type, event.model_dump_json()) for event in events]

        def insert(db: sqlite3.Connection) -> None:
            (last,) = db.execute("SELECT COALESCE(MAX(seq), 0) FROM events WHERE work = ?", (work,)).fetchone()
            for seq, (type_, body) in enumerate(rows, last + 1):
                db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (work, seq, at, type_, body))

        await self._database.run(insert)

    async def read(self, work: str, after: int = 0, types: Sequence[str] = ()) -> Sequence[Logged]:
        """The events of a work behind the `after`th, in order; only those of some types, if any are named.

        Raises: BadInput: no such work.
        """
        chosen = f" AND type IN ({', '.join('?' * len(types))})" if types else ""

        def select(db: sqlite3.Connection) -> list[tuple[int, float, str]] | None:
            if not db.execute("SELECT 1 FROM works WHERE id = ?", (work,)).fetchone():
                return None
            return db.execute(
                f"SELECT seq, at, body FROM events WHERE work = ? AND seq > ?{chosen} ORDER BY seq",  # noqa: S608 -- marks
                (work, after, *types),
            ).fetchall()

        rows = await self._database.run(select)
        if rows is None:
            raise BadInput(f"There is no work {work!r}; `scenewright works` lists the ones there are.")
        try:
            return [Logged(seq=seq, at=at, event=EVENT.validate_json(body)) for seq, at, body in rows]
        except ValidationError as exc:
            raise StoreError(
                f"The log of work {work} cannot be read: it is damaged, or a newer Scenewright wrote it; upgrade, "
                f"or forget the work with: scenewright remove {work}"
            ) from exc

    async def works(self) -> Sequence[WorkRow]:
        """Newest first."""
        rows = await self._database.run(
            lambda db: db.execute("SELECT id, kind, created FROM works ORDER BY created DESC").fetchall()
        )
        return [WorkRow(id=work, kind=kind, created=created) for work, kind, created in rows]

    async def find(self, prefix: str) -> str:
        """The id that starts with `prefix`. Raises: BadInput: none does, or several do."""
        return (await self.row(prefix)).id

    async def row(self, prefix: str) -> WorkRow:
        """As `find`, the whole row."""
        found = {row.id: row for row in await self.works() if row.id.startswith(prefix)}
        if prefix in found:
            return found[prefix]
        if not found or not prefix:
            raise BadInput(f"There is no work {prefix!r}; `scenewright works` lists the ones there are.")
        if len(found) > 1:
            raise BadInput(f"Several works start with {prefix!r}: {', '.join(found)}; give more letters.")
        return found.popitem()[1]

    async def remove(self, work: str, *, answers: bool = False) -> Sequence[str]:
        """Forgets a work; with `answers` also those calls' answers that no other work used.

        Returns: blobs that nothing refers to any more.
        """

        def delete(db: sqlite3.Connection) -> list[str]:
            if answers:
                db.execute(
                    "DELETE FROM answers WHERE key IN (SELECT json_extract(body, '$.key') FROM events WHERE work = ?1"
                    " AND type = 'call.made') AND key NOT IN (SELECT json_extract(body, '$.key') FROM events"
                    " WHERE work <> ?1 AND type = 'call.made')",
                    (work,),
                )
            orphans = db.execute(
                "SELECT blob FROM blob_uses WHERE work = ?1"
                " AND blob NOT IN (SELECT blob FROM blob_uses WHERE work <> ?1)",
                (work,),
            ).fetchall()
            db.execute("DELETE FROM works WHERE id = ?", (work,))
            return [blob for (blob,) in orphans]

        return await self._database.run(delete)
