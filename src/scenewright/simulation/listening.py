"""A listener who begins at the first release and hears every scene to its end, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from scenewright.domain.events import PlayheadMoved
from scenewright.simulation.journal import TimedJournal
from scenewright.simulation.workload import Drawn


class SimulatedListener:
    """Tells the journal which scene he hears. `changed`: called when he begins and ends one."""

    def __init__(self, drawn: Drawn, journal: TimedJournal, changed: Callable[[], None]) -> None:
        self._drawn, self._journal, self._changed = drawn, journal, changed
        self._heard, self._hears = 0, False

    @property
    def idle(self) -> bool:
        """He has heard everything there is, and will not move before something more is released."""
        return not self._hears and self._heard == len(self._journal.released)

    async def listen(self) -> None:
        """For ever; a scene that failed is passed over as soon as a later one is released."""
        while True:
            scene = (await self._released())[self._heard][0]
            self._hears = True
            self._journal.push(PlayheadMoved(scene=f"s{scene + 1}"))
            self._changed()
            await asyncio.sleep(sum(self._drawn.speech[scene]))
            self._heard, self._hears = self._heard + 1, False
            self._changed()

    async def _released(self) -> Sequence[tuple[int, float]]:
        while len(released := self._journal.released) <= self._heard:
            await self._journal.next_release()
        return released
