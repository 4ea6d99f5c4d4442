"""Which order of a classroom's model steps ends soonest? Orders side by side, on one workload, in one run.

Run: python benchmarks/orders.py [scenes ...]        (virtual: it only computes; under a minute)

Every order decides at each moment at which a place is free: the next step of the chain, a content, or none. It knows
what has happened and the mean durations, not the true ones, unless it is called clairvoyant.
"""

from __future__ import annotations

import heapq
import math
import random
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from scenewright.simulation.bounds import bounds
from scenewright.simulation.workload import Drawn, Workload, draw

SEEDS, LIMITS, SCENES = range(30), (1, 2, 3, 6, 10), (3, 10, 30)
CONTENT, ACTIONS = Workload().content.mean, Workload().actions.mean  # seconds, as expected
SEARCHED = 150  # random orders that a clairvoyant search tries for each work


@dataclass
class Place:
    """Where a work stands at one moment, as an order sees it."""

    work: Drawn
    limit: int
    now: float = 0.0
    free: int = 0
    contents: list[int] = field(default_factory=list)  # scenes whose content may start, in order
    written: set[int] = field(default_factory=set)  # scenes whose content is done
    chain: int = 0  # the scene whose actions come next, or run
    acting: bool = False
    began: dict[tuple[str, int], float] = field(default_factory=dict)

    @property
    def chain_ready(self) -> bool:
        return not self.acting and self.chain in self.written


Order = Callable[[Place], int | None]
"""The scene whose content starts now, -1 for the chain's next step, or None to leave the place empty."""

CHAIN = -1


@dataclass(frozen=True)
class Outcome:
    makespan: float  # seconds
    first: float  # seconds until the first scene can be heard


def run(work: Drawn, limit: int, order: Order, *, at_once: bool = True) -> Outcome:
    """`at_once`: a place that the chain leaves is given away when it is known what the chain wants next."""
    place = Place(work, limit, free=limit - 1)
    ends = [(work.outlined(scene), 0, scene) for scene in range(work.scenes)]
    heapq.heapify(ends)
    starts: dict[int, float] = {}
    while ends:
        place.now, what, scene = heapq.heappop(ends)
        _ended(place, what, scene)
        if at_once:
            while ends and ends[0][0] <= place.now:
                _ended(place, *heapq.heappop(ends)[1:])
        elif what == 2:  # the others choose before the chain is seen to go on
            place.acting = True
            _start(place, order, ends, starts)
            place.acting = False
        _start(place, order, ends, starts)
    return _spoken(work, limit, starts)


def _ended(place: Place, what: int, scene: int) -> None:
    if what == 0:
        place.contents.append(scene)
        place.free += scene == place.work.scenes - 1  # the outline has ended
        return
    place.free += 1
    if what == 1:
        place.written.add(scene)
    else:
        place.chain, place.acting = scene + 1, False


def _start(place: Place, order: Order, ends: list[tuple[float, int, int]], starts: dict[int, float]) -> None:
    while place.free and (place.contents or place.chain_ready):
        chosen = order(place)
        if chosen is None:
            return
        place.free -= 1
        if chosen == CHAIN:
            place.acting = True
            starts[place.chain] = place.began["actions", place.chain] = place.now
            heapq.heappush(ends, (place.now + place.work.actions[place.chain], 2, place.chain))
        else:
            place.contents.remove(chosen)
            place.began["content", chosen] = place.now
            heapq.heappush(ends, (place.now + place.work.content[chosen], 1, chosen))


def _spoken(work: Drawn, limit: int, starts: dict[int, float]) -> Outcome:
    """Clips never hold up the models: the earliest scene's first, `limit` at a time."""
    wanted = sorted((starts[i] + work.spoken(i, k), i, k) for i in starts for k in range(len(work.clips[i])))
    queue: list[tuple[int, int]] = []
    voices = [0.0] * limit  # when each is free
    heard, at = [0.0] * work.scenes, 0
    while at < len(wanted) or queue:
        free = heapq.heappop(voices)
        if not queue:
            free = max(free, wanted[at][0])
        while at < len(wanted) and wanted[at][0] <= free:
            heapq.heappush(queue, wanted[at][1:])
            at += 1
        scene, clip = heapq.heappop(queue)
        heapq.heappush(voices, free + work.clips[scene][clip])
        heard[scene] = max(heard[scene], free + work.clips[scene][clip])
    return Outcome(max(heard), heard[0])


# The orders


def chain_first(place: Place) -> int | None:
    return CHAIN if place.chain_ready else place.contents[0]


def content_first(place: Place) -> int | None:
    return place.contents[0] if place.contents else CHAIN


def critical_path(place: Place) -> int | None:
    return _longest(place, [CONTENT] * place.work.scenes, _remaining([ACTIONS] * place.work.scenes))


def critical_path_true(place: Place) -> int | None:
    return _longest(place, place.work.content, _remaining(place.work.actions))


def shortest_true(place: Place) -> int | None:
    return CHAIN if place.chain_ready else min(place.contents, key=lambda scene: place.work.content[scene])


def needed_soon(within: int) -> Order:
    """A content that the chain needs within so many scenes goes before the chain."""

    def order(place: Place) -> int | None:
        soon = place.contents and place.contents[0] <= place.chain + within
        return place.contents[0] if soon else chain_first(place)

    return order


def at_most_ahead(scenes: int) -> Order:
    """No content is begun so many scenes or more in front of the chain."""

    def order(place: Place) -> int | None:
        if place.chain_ready:
            return CHAIN
        return place.contents[0] if place.contents[0] < place.chain + scenes else None

    return order


def look_ahead(seconds: float, *, true: bool = False) -> Order:
    """The last place is kept free if the chain is expected to want it within so many seconds."""

    def order(place: Place) -> int | None:
        if place.chain_ready:
            return CHAIN
        keep = place.free == 1 and not place.acting and _chain_expected(place, true) <= place.now + seconds
        return None if keep else place.contents[0]

    return order


def _chain_expected(place: Place, true: bool) -> float:
    began = place.began.get(("content", place.chain))
    if began is None:
        return math.inf
    return began + (place.work.content[place.chain] if true else CONTENT)


def _remaining(actions: Sequence[float]) -> list[float]:
    """By scene: its actions and all that follow on the chain."""
    left = [0.0]
    for seconds in reversed(actions):
        left.append(left[-1] + seconds)
    return left[:0:-1]


def _longest(place: Place, content: Sequence[float], left: Sequence[float]) -> int | None:
    choices = [(content[scene] + left[scene], -scene, scene) for scene in place.contents]
    if place.chain_ready:
        choices.append((left[place.chain], -place.chain, CHAIN))
    return max(choices)[2]


def searched(work: Drawn, limit: int) -> Outcome:
    """The best of many random disturbances of the chain-first order, chosen with the true durations."""
    rng = random.Random(0)
    best = run(work, limit, chain_first)
    for _ in range(SEARCHED):
        early = [scene + rng.gauss(0, 1.5) for scene in range(work.scenes)]
        late = [rng.random() < 0.15 for _ in range(work.scenes)]

        def order(place: Place, early: Sequence[float] = early, late: Sequence[bool] = late) -> int | None:
            if place.chain_ready and not (late[place.chain] and place.contents):
                return CHAIN
            return min(place.contents, key=early.__getitem__)

        best = min(best, run(work, limit, order), key=lambda outcome: outcome.makespan)
    return best


ORDERS: dict[str, Callable[[Drawn, int], Outcome]] = {
    "chain first, place given away before the chain is asked": lambda w, n: run(w, n, chain_first, at_once=False),
    "chain first (ours)": lambda w, n: run(w, n, chain_first),
    "content first": lambda w, n: run(w, n, content_first),
    "content of the next scene before the chain": lambda w, n: run(w, n, needed_soon(1)),
    "critical path, mean durations": lambda w, n: run(w, n, critical_path),
    "keeps a place 1 s for the chain": lambda w, n: run(w, n, look_ahead(1)),
    "keeps a place 4 s for the chain": lambda w, n: run(w, n, look_ahead(4)),
    "contents at most 3 scenes ahead": lambda w, n: run(w, n, at_most_ahead(3)),
    "contents at most 6 scenes ahead": lambda w, n: run(w, n, at_most_ahead(6)),
    "clairvoyant: keeps a place 2 s": lambda w, n: run(w, n, look_ahead(2, true=True)),
    "clairvoyant: critical path": lambda w, n: run(w, n, critical_path_true),
    "clairvoyant: shortest content first": lambda w, n: run(w, n, shortest_true),
    f"clairvoyant: best of {SEARCHED} random orders": searched,
}


@dataclass(frozen=True)
class Row:
    scenes: int
    limit: int
    order: str
    makespan: float  # seconds, mean over the seeds
    first: float  # seconds until the first scene
    over_simple: float  # makespan / max(work / limit, longest path)
    over_tight: float  # makespan / the bound that also counts what must precede and follow
    behind: int  # seeds at which it is behind the first order


def rows(scenes: Iterable[int] = SCENES, limits: Iterable[int] = LIMITS) -> list[Row]:
    return [row for count in scenes for limit in limits for row in _cell(count, limit)]


def _cell(scenes: int, limit: int) -> list[Row]:
    works = [draw(Workload(scenes=scenes, seed=seed)) for seed in SEEDS]
    floor = [bounds(work, limit, limit) for work in works]
    found = {name: [order(work, limit) for work in works] for name, order in ORDERS.items()}
    reference = next(iter(found.values()))
    return [
        Row(
            scenes=scenes,
            limit=limit,
            order=name,
            makespan=statistics.mean(outcome.makespan for outcome in outcomes),
            first=statistics.mean(outcome.first for outcome in outcomes),
            over_simple=statistics.mean(o.makespan / b.simple for o, b in zip(outcomes, floor, strict=True)),
            over_tight=statistics.mean(o.makespan / b.tight for o, b in zip(outcomes, floor, strict=True)),
            behind=sum(o.makespan > r.makespan + 1e-6 for o, r in zip(outcomes, reference, strict=True)),
        )
        for name, outcomes in found.items()
    ]


def table(found: Sequence[Row]) -> str:
    """Markdown: one row for each order, one column for each cell: over the simple bound / over the tight one."""
    cells = list(dict.fromkeys((row.scenes, row.limit) for row in found))
    by = {(row.order, row.scenes, row.limit): row for row in found}
    lines = [
        "| order | " + " | ".join(f"{scenes} scenes, limit {limit}" for scenes, limit in cells) + " |",
        "|---|" + "---|" * len(cells),
    ]
    for order in dict.fromkeys(row.order for row in found):
        at = (by[order, *cell] for cell in cells)
        lines.append(f"| {order} | " + " | ".join(f"{row.over_simple:.3f} / {row.over_tight:.3f}" for row in at) + " |")
    return "\n".join(lines)


def main() -> None:
    found = rows([int(argument) for argument in sys.argv[1:]] or SCENES)
    for row in found:
        print(
            f"{row.scenes:3} scenes  limit {row.limit:2}  {row.order:56} {row.makespan:6.1f} s"
            f"  first {row.first:5.1f} s  over the bound {row.over_simple:.3f}, the tight one {row.over_tight:.3f}"
            f"  behind at {row.behind}"
        )
    print()
    print(table([row for row in found if row.limit in (2, 3)]))


if __name__ == "__main__":
    main()
