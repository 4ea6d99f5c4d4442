"""Steps that could start, and the places there are for them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, get_args

from scenewright.domain.steps import StepId
from scenewright.plan import Pool, Step

Entry = tuple[tuple[int, ...], int, Step]


class Places(Protocol):
    """How many steps of a pool may run now; asked anew at every decision, so it may change."""

    def of(self, pool: Pool) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Fixed numbers of places."""

    model: int = 1
    voice: int = 1
    cpu: int = 1

    def of(self, pool: Pool) -> int:
        match pool:
            case "model":
                return self.model
            case "voice":
                return self.voice
            case _:
                return self.cpu


class Pools:
    """Within a pool the lowest rank starts first, then first come, first served."""

    def __init__(self, limits: Places) -> None:
        self.limits = limits
        self._queues: dict[Pool, list[Entry]] = {pool: [] for pool in get_args(Pool)}
        self._queued: dict[StepId, Step] = {}
        self._busy: Counter[Pool] = Counter()
        self._order = 0

    def __len__(self) -> int:
        return len(self._queued)

    def __contains__(self, step: StepId) -> bool:
        return step in self._queued

    def add(self, step: Step) -> None:
        """A step that is queued already, and would read the same, keeps its place."""
        before = self._queued.get(step.id)
        if before is step or (before is not None and before.reads == step.reads):
            return
        self._order += 1
        self._queued[step.id] = step
        heapq.heappush(self._queues[step.pool], (step.rank, self._order, step))

    def drop(self, step: StepId) -> None:
        self._queued.pop(step, None)

    def clear(self) -> None:
        """Nothing is queued any more; what runs keeps its place."""
        self._queued.clear()
        for queue in self._queues.values():
            queue.clear()

    def left(self, step: Step) -> None:
        """A step that was taken no longer runs."""
        self._busy[step.pool] -= 1

    def take(self, urgent: Sequence[Step], may: Callable[[Step], bool]) -> list[Step]:
        """Steps that start now: the urgent ones, in their order, then by rank. `may`: what is allowed to."""
        started = [step for step in urgent if self._free(step.pool) and may(step) and self._start(step)]
        for pool, queue in self._queues.items():
            kept: list[Entry] = []
            while queue and self._free(pool):
                entry = heapq.heappop(queue)
                step = entry[2]
                if self._queued.get(step.id) is not step:
                    continue  # started, no longer wanted, or wanted with other inputs
                if may(step):
                    started.append(step)
                    self._start(step)
                else:
                    kept.append(entry)
            for entry in kept:
                heapq.heappush(queue, entry)
        return started

    def _free(self, pool: Pool) -> bool:
        return self._busy[pool] < self.limits.of(pool)

    def _start(self, step: Step) -> bool:
        del self._queued[step.id]
        self._busy[step.pool] += 1
        return True
