"""What the engine itself costs: works whose steps take no time at all, beside a bare task group doing as many.

Run: python benchmarks/overhead.py [steps ...]        (1e3, 1e4 and 1e5 steps: about three minutes)

Every cell runs in a process of its own. Times are of the processor: nothing waits here, so on an idle machine they
are those of the clock, and on a busy one they are not spoilt.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from scenewright.domain.calls import ModelAnswer
from scenewright.domain.events import AnyEvent, PartAppended, StepAdopted, StepStarted
from scenewright.domain.steps import StepId
from scenewright.memo.codec import encode
from scenewright.plan import Desk, Kind, Known, Performer, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.simulation.distributions import Fixed
from scenewright.simulation.kind import OUTLINE, SimulatedKind
from scenewright.simulation.workload import Workload, draw
from scenewright.store import AnswerRows, Database, Log
from scenewright.testing.journal import MemoryJournal

T = TypeVar("T")
SIZES, LIMITS, SHAPES = (1_000, 10_000, 100_000), (1, 8, 64), ("scenes", "flat")
A_SCENE = 10  # steps: content, actions with 8 parts, 8 clips
STORED = 2_000  # events and answers written to a real disk
MICRO, MILLI = 1e6, 1e3


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One cell. Per step: microseconds of the processor, bytes of memory that are kept. `stall`: milliseconds."""

    shape: str
    steps: int
    limit: int
    engine: float
    bare: float
    again: float  # to open the finished work from its events
    memory: float
    stall: float  # the longest time between two turns of the event loop


# Works whose steps take no time


class Flat:
    """Scenes of one step each, which hear nothing of each other."""

    name, chain = "flat", ""

    def __init__(self, steps: int) -> None:
        self.count = steps - 1
        self._outline = (Step(id=OUTLINE, pool="model", inputs={"scenes": self.count}),)
        self._made: dict[str, tuple[Step]] = {}

    def scenes(self, known: Known) -> Sequence[str]:
        return known.names(OUTLINE)

    def work_steps(self, known: Known) -> Sequence[Step]:
        return self._outline

    def finale_steps(self, known: Known) -> Sequence[Step]:
        return ()

    def seconds(self, known: Known, scene: str) -> float | None:
        return None

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        if scene not in self._made:
            name = StepId(name="content", scene=scene)
            self._made[scene] = (Step(id=name, pool="model", inputs={"scene": scene}, rank=(position,)),)
        return self._made[scene]


class AtOnce:
    """Performs every step without waiting. The outline comes as a stream does: each part in its own turn."""

    def __init__(self, scenes: int, actions: Sequence[Mapping[str, Any]] = ()) -> None:
        self._scenes, self._actions = scenes, actions
        self.performed = 0

    def performers(self) -> Mapping[str, Performer]:
        return {"outline": self._outline, "content": self._content, "actions": self._act, "clip": self._clip}

    async def _outline(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed += 1
        parts = []
        for position in range(self._scenes):
            parts.append({"id": f"s{position + 1}"})
            await desk.part(parts[-1])
            await asyncio.sleep(0)
        return {"parts": parts}

    async def _content(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed += 1
        return {"text": f"content of {step.id.scene}"}

    async def _act(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed += 1
        parts = [{**part, "text": f"{step.id.scene}.{part['id']}"} for part in self._actions]
        for part in parts:
            await desk.part(part)
        return {"parts": parts}

    async def _clip(self, step: Step, desk: Desk) -> dict[str, Any]:
        self.performed += 1
        return {"of": step.given["text"]}


def work(shape: str, steps: int) -> tuple[Kind, AtOnce]:
    if shape == "flat":
        return Flat(steps), AtOnce(steps - 1)
    nothing = Fixed(0.0)
    drawn = draw(Workload(scenes=steps // A_SCENE, content=nothing, actions=nothing, clip=nothing, speech=nothing))
    kind = SimulatedKind(drawn)
    return kind, AtOnce(drawn.scenes, [kind.action_part("s1", index) for index in range(drawn.parts)])


# One cell


def measure(shape: str, steps: int, limit: int) -> Cost:
    """Run in a fresh process, so that the memory it has taken is this cell's."""
    kind, performers = work(shape, steps)
    journal, before = MemoryJournal(), _memory()
    engine = _timed(lambda: _run(kind, performers, journal, limit))
    memory = _memory() - before
    assert performers.performed in (steps, steps + 1), performers.performed  # an outline, and what follows it
    again = _timed(lambda: _open(work(shape, steps)[0], journal))
    stall = _apart(stall_seconds, shape, steps, limit)
    bare = _apart(bare_seconds, steps, limit)
    each = MICRO / steps
    return Cost(
        shape=shape, steps=steps, limit=limit, engine=engine * each, bare=bare * each, again=again * each,
        memory=memory / steps, stall=stall * MILLI,
    )  # fmt: skip


async def _run(kind: Kind, performers: AtOnce, journal: MemoryJournal, limit: int) -> None:
    board = Board(kind, Known(), Limits(model=limit, voice=limit))
    ended = await Run(board, performers.performers(), journal).execute()
    assert ended.outcome == "done", ended


async def _open(kind: Kind, journal: MemoryJournal) -> None:
    assert Board(kind, Known().replay(journal.events)).finished()


async def _bare(steps: int, limit: int) -> None:
    places = asyncio.Semaphore(limit)

    async def one() -> None:
        async with places:
            pass

    async with asyncio.TaskGroup() as tasks:
        for _ in range(steps):
            tasks.create_task(one())


def bare_seconds(steps: int, limit: int) -> float:
    return _timed(lambda: _bare(steps, limit))


def _timed(coro: Callable[[], Coroutine[Any, Any, None]]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    asyncio.run(coro())
    return time.process_time() - start


def stall_seconds(shape: str, steps: int, limit: int) -> float:
    """The longest turn of the event loop in seconds, by a heartbeat that beats once in every turn.

    Of the processor, too: nothing here lets the loop wait, so what a turn takes is what it stalls the others.
    """
    kind, performers = work(shape, steps)

    async def watched() -> float:
        loop, last, longest = asyncio.get_running_loop(), time.thread_time(), 0.0

        def beat() -> None:
            nonlocal last, longest
            now = time.thread_time()
            last, longest = now, max(longest, now - last)
            loop.call_soon(beat)

        beat()
        await _run(kind, performers, MemoryJournal(), limit)
        return longest

    return asyncio.run(watched())


def _memory() -> int:
    """Bytes that the process has taken at most."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


# What keeping it on a disk costs, apart


@dataclass(frozen=True, kw_only=True)
class Durable:
    """Microseconds for each event or answer on a real disk: of the clock, and of the processor (all threads)."""

    what: str
    clock: float
    processor: float


async def durable(folder: Path, count: int = STORED) -> list[Durable]:
    database = Database(folder)
    try:
        log, answers = Log(database), AnswerRows(database)
        of, answer = await log.create("simulated"), encode(ModelAnswer(text="word " * 600))
        events = list(_events(count))

        async def append(index: int) -> None:
            await log.append(of, events[index])

        async def remember(index: int) -> None:
            await answers.put(f"{index:064}", *answer)

        async def recall(index: int) -> None:
            await answers.get(f"{index:064}")

        async def read(_: int) -> None:
            await log.read(of)

        return [
            await _each("an event appended to the log", append, count, count),
            await _each("an event read from the log", read, 1, count),
            await _each("an answer of 3 KB put into the memo", remember, count, count),
            await _each("an answer of 3 KB found in the memo", recall, count, count),
        ]
    finally:
        database.close()


async def _each(what: str, do: Callable[[int], Awaitable[None]], times: int, of: int) -> Durable:
    clock, processor = time.perf_counter(), time.process_time()
    for index in range(times):
        await do(index)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return Durable(what=what, clock=clock / of * MICRO, processor=processor / of * MICRO)


def _events(count: int) -> Iterator[AnyEvent]:
    """As a run writes them: a start, a part, a result."""
    for index in range(count):
        step = StepId(name="actions", scene=f"s{index // 3}")
        value = {"type": "speech", "id": f"a{index}", "speaker": "teacher", "text": "What is said in a breath. " * 4}
        match index % 3:
            case 0:
                yield StepStarted(step=step, reads="0" * 64)
            case 1:
                yield PartAppended(step=step, index=0, value=value)
            case _:
                yield StepAdopted(step=step, inputs="0" * 64, context="0" * 64, value={"parts": [value]})


# All of it


def rows(sizes: Sequence[int] = SIZES) -> list[Cost]:
    return [_apart(measure, shape, steps, limit) for shape in SHAPES for steps in sizes for limit in LIMITS]


def durable_rows(count: int = STORED) -> list[Durable]:
    """In the folder for temporary files: where that is no disk, name one that is in TMPDIR."""
    with tempfile.TemporaryDirectory(prefix="overhead-") as folder:
        return asyncio.run(durable(Path(folder), count))


def _apart(cell: Callable[..., T], *given: object) -> T:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(cell, *given).result()


def table(costs: Sequence[Cost]) -> str:
    lines = [
        "| work | steps | limit | engine, µs/step | bare task group, µs/step | ratio | opened again, µs/step "
        "| memory, bytes/step | longest turn of the loop, ms |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {cost.shape} | {cost.steps:,} | {cost.limit} | {cost.engine:.1f} | {cost.bare:.1f} "
        f"| {cost.engine / cost.bare:.1f} | {cost.again:.1f} | {cost.memory:,.0f} | {cost.stall:.1f} |"
        for cost in costs
    ]
    return "\n".join(lines)


def durable_table(costs: Sequence[Durable]) -> str:
    lines = ["| on disk | µs of the clock | µs of the processor |", "|---|--:|--:|"]
    lines += [f"| {cost.what} | {cost.clock:.0f} | {cost.processor:.0f} |" for cost in costs]
    return "\n".join(lines)


def main() -> None:
    sizes = [int(float(size)) for size in sys.argv[1:]] or SIZES
    print(table(rows(sizes)), durable_table(durable_rows()), sep="\n\n")


if __name__ == "__main__":
    main()
