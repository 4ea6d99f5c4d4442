"""A work's event log as a run keeps it, while others may ask for something through the same log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenewright.domain.events import AnyEvent, Logged
from scenewright.store import Log


class LogJournal:
    """`heard`: the last event that the run's board knows already. `watch` is shown every event, in order."""

    def __init__(self, log: Log, work: str, heard: int, watch: Callable[[Logged], None]) -> None:
        self._log, self._work, self._heard, self._watch = log, work, heard, watch

    async def append(self, event: AnyEvent) -> Sequence[AnyEvent]:
        written = await self._log.append(self._work, event)
        missed = await self._read() if written.seq > self._heard + 1 else [written]
        return self._show(missed)

    async def news(self) -> Sequence[AnyEvent]:
        return self._show(await self._read())

    async def _read(self) -> Sequence[Logged]:
        return await self._log.read(self._work, self._heard)

    def _show(self, events: Sequence[Logged]) -> Sequence[AnyEvent]:
        for logged in events:
            self._heard = logged.seq
            self._watch(logged)
        return [logged.event for logged in events]
