"""What this machine's past works took, read from the data folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from scenewright.domain.errors import ScenewrightError
from scenewright.observe.history import EVENTS, History
from scenewright.store import Database, Log

RECENT = 40  # works that are read, the newest: models change


async def past_runs(home: Path, kind: str) -> History:
    """Of works of this kind. A work that cannot be read is left out. Raises: StoreError."""
    database, history = Database(home), History()
    try:
        log = Log(database)
        rows = [row for row in await log.works() if row.kind == kind]
        for row in rows[:RECENT]:
            with suppress(ScenewrightError):
                history.add(await log.read(row.id, types=EVENTS))
    finally:
        database.close()
    return history
