"""An event log in memory, for runs that leave nothing on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenewright.domain.events import AnyEvent


class MemoryJournal:
    """`events`: the log; it outlives runs, and others may append what they ask for. `watch` is shown every event."""

    def __init__(
        self, events: list[AnyEvent] | None = None, watch: Callable[[AnyEvent], None] = lambda _: None
    ) -> None:
        self.events = [] if events is None else events
        self._watch = watch
        self._heard = len(self.events)

    async def append(self, event: AnyEvent) -> Sequence[AnyEvent]:
        self.events.append(event)
        return await self.news()

    async def news(self) -> Sequence[AnyEvent]:
        events = self.events[self._heard :]
        self._heard += len(events)
        for event in events:
            self._watch(event)
        return events
