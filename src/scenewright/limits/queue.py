"""Who waits at a gate, and whose turn it is. Synchronous, and fair between works."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from scenewright.domain.calls import RateLimits
from scenewright.limits.concurrency import Outcome
from scenewright.limits.rates import Cost, Reservation

REMEMBERED = 1000  # works
Rank = tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class Admission:
    """A call's place behind the gate. Whoever makes the call writes here what the limits shall learn from it."""

    at: float  # loop time it was let in
    reservation: Reservation | None = None
    outcome: Outcome = "neutral"
    retry_after: float | None = None  # seconds
    first: float | None = None  # seconds from sending to the first piece of the answer
    output_tokens: int = 0
    used: Cost | None = None  # None: nobody knows; what was expected counts
    said: RateLimits | None = None  # in headers


@dataclass(eq=False, kw_only=True)
class Waiting:
    """A call before its turn. `turn` is set when it is let in."""

    work: str
    rank: Rank
    cost: Callable[[], Cost]  # as is expected now
    turn: asyncio.Future[Admission]


@dataclass
class _Work:
    served: int  # when it last was let in, as a count; -1: never
    in_flight: int = 0
    waiting: list[tuple[Rank, int, Waiting]] = field(default_factory=list)  # a heap


class Queue:
    """The next one belongs to the work with the fewest calls in flight, of these to the one served longest ago.

    Within a work the lowest rank goes first, then who came first.
    """

    def __init__(self) -> None:
        self._works: dict[str, _Work] = {}
        self._served: dict[str, int] = {}  # of works that are not here now; who comes back is not new
        self._count = itertools.count()

    def push(self, entry: Waiting) -> None:
        nth = next(self._count)
        if (work := self._works.get(entry.work)) is None:
            work = self._works[entry.work] = _Work(self._served.pop(entry.work, -1))
        heapq.heappush(work.waiting, (entry.rank, nth, entry))

    def head(self) -> Waiting | None:
        """Whose turn is next. Those who have left are passed over."""
        found: _Work | None = None
        for name, work in list(self._works.items()):
            while work.waiting and work.waiting[0][2].turn.done():
                heapq.heappop(work.waiting)
            if not work.waiting:
                self._forget(name, work)
            elif found is None or (work.in_flight, work.served) < (found.in_flight, found.served):
                found = work
        return found.waiting[0][2] if found else None

    def pop(self, head: Waiting) -> None:
        """`head`, as it was just given, is let in."""
        work = self._works[head.work]
        heapq.heappop(work.waiting)
        work.served, work.in_flight = next(self._count), work.in_flight + 1

    def ended(self, name: str) -> None:
        work = self._works[name]
        work.in_flight -= 1
        self._forget(name, work)

    def __len__(self) -> int:
        return sum(not entry.turn.done() for work in self._works.values() for _, _, entry in work.waiting)

    def _forget(self, name: str, work: _Work) -> None:
        if work.in_flight or work.waiting:
            return
        del self._works[name]
        self._served[name] = work.served
        if len(self._served) > REMEMBERED:
            del self._served[next(iter(self._served))]
