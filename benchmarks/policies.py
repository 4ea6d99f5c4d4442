"""Ways of writing the same work, side by side, on the virtual clock. policies_sockets.py has them over real sockets.

Run: python benchmarks/policies.py [--seeds 30] [--pictures docs/pictures]

The work: an outline of 20 s that streams one part for each scene; contents of 11.7 s on average, actions of 5.8 s in
eight equal parts, clips of 1.4 s; a model pool and a voice pool with the same limit. Every policy keeps the carry: the
actions of a scene hear those of the scene before. Those that are not ours are plain asyncio, ours is the real engine.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import itertools
import statistics
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scenewright.domain.calls import Sink, no_sink
from scenewright.simulation import Course, Drawn, Interval, Setting, Workload, bounds, draw, picture, simulate
from scenewright.simulation.performing import Asked, take_time
from scenewright.simulation.report import WORK
from scenewright.testing import virtualloop

SCENES, LIMITS, SEEDS = (3, 10, 30), (1, 2, 3, 6, 10), 30
SHOWN = Workload(scenes=10), 3  # what the pictures show, and what is tried over sockets
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"

Ask = Callable[[str, int, int, Asked, Sink], Awaitable[None]]
"""Makes a call: the step's name, its scene and item, what it is to take, and who hears of its pieces."""


class Pool:
    """So many at a time, the lowest rank first: these policies are to be at their best."""

    def __init__(self, limit: int) -> None:
        self._free, self._order = limit, itertools.count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def place(self, rank: int = 0) -> AsyncIterator[None]:
        if self._free:
            self._free -= 1
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (rank, next(self._order), turn))
            await turn
        try:
            yield
        finally:
            if self._waiting:
                heapq.heappop(self._waiting)[2].set_result(None)
            else:
                self._free += 1


@dataclass
class Desk:
    """Makes the calls of one work and notes when they ran. `second`: of the work, in seconds of the loop."""

    work: Drawn
    limit: int
    ask: Ask
    second: float = 1.0
    intervals: list[Interval] = field(default_factory=list)
    releases: list[tuple[int, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._began = asyncio.get_running_loop().time()

    def now(self) -> float:
        return (asyncio.get_running_loop().time() - self._began) / self.second

    async def outline(self) -> None:
        await self._call("outline", WORK, 0, Asked(seconds=self.work.outline, pieces=self.work.scenes))

    async def content(self, scene: int) -> None:
        await self._call("content", scene, 0, Asked(seconds=self.work.content[scene]))

    async def actions(self, scene: int) -> None:
        await self._call("actions", scene, 0, Asked(seconds=self.work.actions[scene], pieces=self.work.parts))

    async def speech(self, scene: int) -> None:
        """Clip after clip."""
        for clip, seconds in enumerate(self.work.clips[scene]):
            await self._call("clip", scene, clip, Asked(seconds=seconds))

    def release(self, scene: int) -> None:
        self.releases.append((scene, self.now()))

    def course(self) -> Course:
        return Course(scenes=self.work.scenes, makespan=self.now(), intervals=self.intervals, releases=self.releases)

    async def _call(self, step: str, scene: int, item: int, asked: Asked) -> None:
        start = self.now()
        await self.ask(step, scene, item, asked, no_sink)
        self.intervals.append(Interval(step, scene, str(item + 1) if step == "clip" else "", start, self.now(), "done"))


async def serial(desk: Desk) -> None:
    """Scene after scene."""
    await desk.outline()
    for scene in range(desk.work.scenes):
        await desk.content(scene)
        await _told(desk, scene)


async def barrier(desk: Desk) -> None:
    """All contents at once, then actions and speech in order."""
    pool = Pool(desk.limit)
    await desk.outline()
    async with asyncio.TaskGroup() as tasks:
        for scene in range(desk.work.scenes):
            tasks.create_task(_content(desk, pool, scene))
    for scene in range(desk.work.scenes):
        await _told(desk, scene)


async def prefetch(desk: Desk) -> None:
    """Contents run ahead, actions and speech follow in order; actions go before contents."""
    pool = Pool(desk.limit)
    await desk.outline()
    async with asyncio.TaskGroup() as tasks:
        contents = [tasks.create_task(_content(desk, pool, scene)) for scene in range(desk.work.scenes)]
        for scene, content in enumerate(contents):
            await content
            async with pool.place(rank=-1):
                await desk.actions(scene)
            await desk.speech(scene)
            desk.release(scene)


async def semaphore(desk: Desk) -> None:
    """One semaphore over whole scenes: each waits, in its place, for the actions of the one before."""
    places = asyncio.Semaphore(desk.limit)
    told = [asyncio.Event() for _ in range(desk.work.scenes)]
    released = [asyncio.Event() for _ in range(desk.work.scenes)]

    async def scene(number: int) -> None:
        async with places:
            await desk.content(number)
            if number:
                await told[number - 1].wait()
            await desk.actions(number)
            told[number].set()
            await desk.speech(number)
        if number:
            await released[number - 1].wait()
        desk.release(number)
        released[number].set()

    await desk.outline()
    async with asyncio.TaskGroup() as tasks:
        for number in range(desk.work.scenes):
            tasks.create_task(scene(number))


async def _content(desk: Desk, pool: Pool, scene: int) -> None:
    async with pool.place(rank=scene):
        await desk.content(scene)


async def _told(desk: Desk, scene: int) -> None:
    await desk.actions(scene)
    await desk.speech(scene)
    desk.release(scene)


Policy = Callable[[Desk], Awaitable[None]]
OTHERS: dict[str, Policy] = {"serial": serial, "barrier": barrier, "prefetch": prefetch, "one semaphore": semaphore}
OURS = "ours"
POLICIES = (*OTHERS, OURS)


def course(policy: str, workload: Workload, limit: int) -> Course:
    """On the virtual clock."""
    if policy == OURS:
        return simulate(workload, Setting(name=OURS, model=limit, voice=limit)).course
    return virtualloop.run(written(OTHERS[policy], draw(workload), limit, _wait))


async def written(policy: Policy, work: Drawn, limit: int, ask: Ask, second: float = 1.0) -> Course:
    desk = Desk(work, limit, ask, second)
    await policy(desk)
    return desk.course()


async def _wait(step: str, scene: int, item: int, asked: Asked, sink: Sink) -> None:
    await take_time(asked, sink)


@dataclass(frozen=True)
class Row:
    scenes: int
    limit: int
    policy: str
    makespan: float  # seconds, mean over the seeds
    first: float  # seconds until the first scene is there
    times: float  # as fast as serial
    over_bound: float  # makespan / max(work per pool / limit, longest path), mean over the seeds


def rows(scenes: Iterable[int] = SCENES, limits: Iterable[int] = LIMITS, seeds: int = SEEDS) -> list[Row]:
    """On the virtual clock."""
    return [row for count in scenes for limit in limits for row in _cell(count, limit, seeds)]


def pictures(folder: Path = PICTURES) -> list[Path]:
    """A waterfall for each policy, all on the same axis. Returns the files."""
    workload, limit = SHOWN
    courses = {policy: course(policy, workload, limit) for policy in POLICIES}
    until = max(each.makespan for each in courses.values())
    written: list[Path] = []
    for policy, each in courses.items():
        path = folder / f"policy-{policy.replace(' ', '-')}.svg"
        title = f"{policy}: {each.makespan:.0f} s, first scene after {each.releases[0][1]:.0f} s"
        path.write_text(picture(each, title, until=until), encoding="utf-8")
        written.append(path)
    return written


def _cell(scenes: int, limit: int, seeds: int) -> list[Row]:
    works = [Workload(scenes=scenes, seed=seed) for seed in range(seeds)]
    alone = [course("serial", work, 1) for work in works]
    floor = [_floor(work, limit) for work in works]
    return [
        _row(policy, scenes, limit, [course(policy, work, limit) for work in works], alone, floor)
        for policy in POLICIES
    ]


def _row(
    policy: str, scenes: int, limit: int, found: Sequence[Course], alone: Sequence[Course], floor: Sequence[float]
) -> Row:
    makespan = statistics.mean(each.makespan for each in found)
    return Row(
        scenes=scenes,
        limit=limit,
        policy=policy,
        makespan=makespan,
        first=statistics.mean(each.releases[0][1] for each in found),
        times=statistics.mean(each.makespan for each in alone) / makespan,
        over_bound=statistics.mean(each.makespan / least for each, least in zip(found, floor, strict=True)),
    )


def _floor(workload: Workload, limit: int) -> float:
    return bounds(draw(workload), limit, limit).simple


def table(found: Sequence[Row]) -> str:
    """Markdown: makespan and how many times serial, by policy and limit."""
    lines = [
        "| scenes | limit | policy | makespan | times serial | first scene | over the bound |",
        "|---:|---:|---|---:|---:|---:|---:|",
    ]
    for row in found:
        lines.append(
            f"| {row.scenes} | {row.limit} | {row.policy} | {row.makespan:.0f} s | {row.times:.2f} | {row.first:.0f} s"
            f" | {row.over_bound:.2f} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--pictures", type=Path, help="folder for a waterfall of each policy")
    given = parser.parse_args()
    print(table(rows(seeds=given.seeds)))
    if given.pictures:
        print("\n".join(map(str, pictures(given.pictures))), file=sys.stderr)


if __name__ == "__main__":
    main()
