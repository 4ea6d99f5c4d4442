"""Works of any shape: a kind described by a value. Results depend on what a step reads, and on nothing else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from scenewright.domain.base import digest
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadAnswer
from scenewright.domain.events import AnyEvent, BriefSet, RunEnded
from scenewright.domain.steps import StepId
from scenewright.plan import Desk, Known, Performer, Pool, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal

OUTLINE = StepId(name="outline")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A step of a scene that needs some of those before it."""

    needs: tuple[int, ...] = ()  # positions among the scene's pieces
    seconds: float = 1.0
    pool: Pool = "model"
    fails: bool = False  # every time: it is marked


@dataclass(frozen=True, kw_only=True)
class SceneShape:
    pieces: tuple[Piece, ...] = (Piece(),)
    link: float | None = 1.0  # seconds of the chain step, which needs all pieces; None = there is none
    parts: int = 0  # of the chain step, each followed by a clip
    clip: float = 0.5
    plays: float | None = None  # seconds that it is listened to
    breaks: bool = False  # the chain step fails at the first try: the run pauses


@dataclass(frozen=True, kw_only=True)
class Shape:
    scenes: tuple[SceneShape, ...]
    outline: float = 1.0  # seconds for each scene's part
    chained: bool = True
    finale: int = 0  # rounds: each reads what the scenes and the round before it gave


class GraphKind:
    name = "graph"

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.chain = "link" if shape.chained else ""

    def scenes(self, known: Known) -> Sequence[str]:
        return known.names(OUTLINE)

    def work_steps(self, known: Known) -> Sequence[Step]:
        return [Step(id=OUTLINE, pool="model", inputs={"outline": known.brief.topic}, on_failure="pause")]

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        shape = self._shape.scenes[position]
        steps: list[Step] = []
        results: list[Any] = []
        for index, piece in enumerate(shape.pieces):
            needed = [results[need] for need in piece.needs]
            inputs = None if None in needed else {"scene": known.named_parts(OUTLINE)[scene], "needed": needed}
            id = StepId(name="piece", scene=scene, item=str(index))
            steps.append(Step(id=id, pool=piece.pool, inputs=inputs, rank=(1, position)))
            results.append(known.result(steps[-1]))
        if shape.link is None:
            return steps
        id = StepId(name="link", scene=scene)
        link = Step(
            id=id,
            pool="model",
            inputs=None if None in results else {"pieces": results},
            context={"carry": known.value(StepId(name="link", scene=carrier)) if carrier else None},
            held=carrier is None,
            rank=(0, position),
            on_failure="pause",
        )
        said = known.parts.get(id, ()) if known.current(link) else ()
        clips = [
            Step(id=StepId(name="clip", scene=scene, item=str(n)), pool="voice", inputs=part, rank=(position, n))
            for n, part in enumerate(said)
        ]
        return [*steps, link, *clips]

    def finale_steps(self, known: Known) -> Sequence[Step]:
        said = [known.value(StepId(name="link", scene=scene)) for scene in known.names(OUTLINE)]
        steps: list[Step] = []
        before: Any = {}
        for round in range(self._shape.finale):
            inputs = {"said": said, "before": before} if before is not None else None
            steps.append(Step(id=StepId(name="finale", item=str(round)), pool="model", inputs=inputs))
            before = known.result(steps[-1])
        return steps

    def seconds(self, known: Known, scene: str) -> float | None:
        return self._shape.scenes[int(scene[1:]) - 1].plays


@dataclass
class Theatre:
    """Performs a shape. `events` outlives runs. What a step gives is a digest of what it reads."""

    shape: Shape
    topic: str = "t"
    events: list[AnyEvent] = field(default_factory=list)
    times: list[tuple[float, AnyEvent]] = field(default_factory=list)
    performed: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[Pool] = field(default_factory=Counter)
    most: Counter[Pool] = field(default_factory=Counter)
    broken: set[StepId] = field(default_factory=set)
    seconds: Callable[[Step, float], float] = lambda step, seconds: seconds

    def __post_init__(self) -> None:
        if not self.events:
            self.events.append(BriefSet(brief=Brief(kind="graph", topic=self.topic)))

    def board(self, limits: Limits | None = None, ahead: int | None = None) -> Board:
        return Board(GraphKind(self.shape), Known().replay(self.events), limits or Limits(), ahead)

    def journal(self) -> MemoryJournal:
        def watch(event: AnyEvent) -> None:
            self.times.append((asyncio.get_running_loop().time(), event))

        return MemoryJournal(self.events, watch)

    def prepare(self, board: Board, again: Sequence[StepId] | None = None) -> Run:
        return Run(board, self.performers(), self.journal(), again=again)

    async def run(self, limits: Limits | None = None, again: Sequence[StepId] | None = None) -> RunEnded:
        return await self.prepare(self.board(limits), again).execute()

    def at(self, type: str) -> list[tuple[float, str]]:
        return [
            (at, str(getattr(event, "step", getattr(event, "scene", ""))))
            for at, event in self.times
            if event.type == type
        ]

    def work(self) -> Mapping[str, Any]:
        """What the finished work holds, whatever the order in which it was made."""
        known = Known().replay(self.events)
        return {
            "adopted": {
                str(step): found.value for step, found in sorted(known.adopted.items(), key=lambda i: str(i[0]))
            },
            "failed": sorted(str(step) for step in known.failed),
            "released": [event.scene for event in self.events if event.type == "scene.released"],
        }

    def performers(self) -> dict[str, Performer]:
        return {"outline": self._outline, "piece": self._piece, "link": self._link, "clip": self._clip,
                "finale": self._finale}  # fmt: skip

    async def _outline(self, step: Step, desk: Desk) -> dict[str, Any]:
        count = len(self.shape.scenes)
        async with _counted(self, step):
            for number in range(len(desk.parts), count):
                await asyncio.sleep(self.seconds(step, self.shape.outline))
                await desk.part({"id": f"s{number + 1}", "topic": step.given["outline"]})
        return {"scenes": count}

    async def _piece(self, step: Step, desk: Desk) -> dict[str, Any]:
        piece = self._of(step).pieces[int(step.id.item)]
        async with _counted(self, step):
            await asyncio.sleep(self.seconds(step, piece.seconds))
        if piece.fails:
            raise BadAnswer(f"{step.id} never works")
        return _answer(step)

    async def _link(self, step: Step, desk: Desk) -> dict[str, Any]:
        shape = self._of(step)
        async with _counted(self, step):
            for number in range(len(desk.parts), shape.parts):
                await asyncio.sleep(self.seconds(step, (shape.link or 0) / shape.parts))
                await desk.part({"n": number, **_answer(step)})
            if not shape.parts:
                await asyncio.sleep(self.seconds(step, shape.link or 0))
        if shape.breaks and step.id not in self.broken:
            self.broken.add(step.id)
            raise BadAnswer(f"{step.id} broke")
        return _answer(step)

    async def _clip(self, step: Step, desk: Desk) -> dict[str, Any]:
        async with _counted(self, step):
            await asyncio.sleep(self.seconds(step, self._of(step).clip))
        return _answer(step)

    async def _finale(self, step: Step, desk: Desk) -> dict[str, Any]:
        async with _counted(self, step):
            await asyncio.sleep(self.seconds(step, 1.0))
        return _answer(step)

    def _of(self, step: Step) -> SceneShape:
        return self.shape.scenes[int(step.id.scene[1:]) - 1]


class _counted:
    def __init__(self, theatre: Theatre, step: Step) -> None:
        self._theatre, self._step = theatre, step

    async def __aenter__(self) -> None:
        theatre, pool = self._theatre, self._step.pool
        theatre.performed[str(self._step.id)] += 1
        theatre.in_flight[pool] += 1
        theatre.most[pool] = max(theatre.most[pool], theatre.in_flight[pool])

    async def __aexit__(self, *_: object) -> None:
        self._theatre.in_flight[self._step.pool] -= 1


def _answer(step: Step) -> dict[str, Any]:
    return {"read": digest([str(step.id), step.inputs, step.context, step.take, step.note])}


SECONDS = st.sampled_from([0.0, 0.25, 1.0, 1.0, 3.0, 10.0])


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for index in range(draw(st.integers(1, 3))):
        needs = draw(st.sets(st.integers(0, index - 1))) if index else set()
        pool: Pool = draw(st.sampled_from(["model", "model", "voice", "cpu"]))
        fails = draw(st.integers(0, 11)) == 0
        made.append(Piece(needs=tuple(sorted(needs)), seconds=draw(SECONDS), pool=pool, fails=fails))
    return tuple(made)


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    chained = draw(st.booleans()) or draw(st.booleans())
    scenes = draw(
        st.lists(
            st.builds(
                SceneShape,
                pieces=pieces(),
                link=SECONDS if chained else st.none() | SECONDS,
                parts=st.integers(0, 3),
                clip=SECONDS,
                breaks=st.sampled_from([False] * 5 + [True]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    return Shape(scenes=tuple(scenes), outline=draw(SECONDS), chained=chained, finale=draw(st.integers(0, 2)))
