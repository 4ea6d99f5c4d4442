"""The board asks a kind again only for what an event may have changed. It must always stand as one made anew would.

Whatever people ask for, and whenever: after every event the board is compared with one that was made from the log.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadAnswer
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PlayheadMoved,
    RefreshAsked,
    RunAsked,
    SceneEdited,
    SceneLocked,
    ScenesArranged,
    SceneSkipped,
    SceneUnlocked,
    SceneWanted,
    StepReset,
    StepRetaken,
)
from scenewright.domain.steps import StepId
from scenewright.kinds.classroom.plan import ClassroomPlan
from scenewright.kinds.episode.plan import EpisodePlanner
from scenewright.plan import Desk, Kind, Known, Performer, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.limerick.plan import LimerickPlan
from scenewright.testing.virtualloop import run
from tests.kinds.episode import desk as episode
from tests.scheduler.graphs import GraphKind, Piece, SceneShape, Shape, Theatre, shapes
from tests.scheduler.scripted import Author, brief
from tests.scheduler.test_graphs import LIMITS
from tests.testing.limericks import Author as Limericks

WISHES = ["pause", "cancel", "retake", "skip", "want", "refresh", "refresh all", "reset", "playhead", "playhead"]
BY_HAND = ["edit", "edit", "add", "lock", "unlock", "arrange"]


class Watched(Board):
    """Compares itself with a board made anew from the same events, whenever it was told one."""

    def __init__(self, kind: Kind, events: Sequence[AnyEvent], limits: Limits, ahead: int | None) -> None:
        self._told, self._limits, self._reach = list(events), limits, ahead
        super().__init__(kind, Known().replay(events), limits, ahead)

    def tell(self, event: AnyEvent) -> None:
        super().tell(event)
        self._told.append(event)
        self._compare()

    def done(self, step: StepId, seconds: float | None = None) -> None:
        super().done(step, seconds)
        self._compare()

    def release(self) -> list[str]:
        released = super().release()
        assert released == self._anew().release()
        return released

    def _anew(self) -> Board:
        return Board(self.kind, Known().replay(self._told), self._limits, self._reach)

    def _compare(self) -> None:
        anew = self._anew()
        anew.running = self.running
        assert _standing(self) == _standing(anew), self._told[-1]
        assert _queued(self) == _queued(anew) - self.running.keys(), self._told[-1]


def _standing(board: Board) -> Mapping[str, Any]:
    statistics = board.statistics()
    for counted_apart in ("queued", "released"):
        del statistics[counted_apart]
    return {
        "statistics": statistics,
        "scenes": list(board.scenes),
        "steps": {scope: [_read(step) for step in board.steps(scope).values()] for scope in ["", *board.scenes]},
        "missing": {step.id for step in board.missing()},
        "complete": [scene for scene in board.scenes if board.complete(scene)],
        "stale": {step.id for step in board.stale()},
        "finished": board.finished(),
        "barring": barring.step if (barring := board.barring()) else None,
        "waits for a listener": board.waiting_for_listener(),
    }


def _read(step: Step) -> tuple[object, ...]:
    return step.id, step.inputs_digest, step.context_digest, step.held, step.take, step.note


def _queued(board: Board) -> set[StepId]:
    return {step for scope in ["", *board.scenes] for step in board.steps(scope) if step in board._pools}


class Mending(Theatre):
    """What is marked as failed works at the second try."""

    async def _piece(self, step: Step, desk: Desk) -> dict[str, Any]:
        try:
            return await super()._piece(step, desk)
        except BadAnswer:
            if step.id not in self.broken:
                self.broken.add(step.id)
                raise
            return {"mended": step.take, "read": step.inputs}


@dataclass
class Asking:
    """A work that is run again and again while somebody asks for things at random."""

    kind: Kind
    events: list[AnyEvent]
    performers: Mapping[str, Performer]
    limits: Limits
    data: st.DataObject
    ahead: int | None = None
    edit: Callable[[str], dict[str, Any]] = lambda scene: {}  # scene -> its text as a person writes it
    takes: dict[StepId, int] = field(default_factory=dict)

    async def play(self, wishes: int) -> str:
        """Runs until nobody asks for anything any more and the work says the same twice. Returns the last outcome."""
        for _ in range(3):
            await self._once(wishes)
        ended = ""
        for _ in range(12):  # what breaks does so once; the rest is marked
            ended = await self._once(0)
            if ended != "paused":
                break
        return ended

    async def _once(self, wishes: int) -> str:
        board = Watched(self.kind, self.events, self.limits, self.ahead)
        again = self.data.draw(st.sampled_from([None, ()])) if wishes else None
        happened = asyncio.Semaphore(0)
        journal = MemoryJournal(self.events, lambda _: happened.release())
        one = Run(board, self.performers, journal, again=again)
        asking = asyncio.ensure_future(self._ask(one, board, happened, wishes))
        ended = await asyncio.wait_for(one.execute(), 100_000)
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled() or asking.exception() is None
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert not board.running
        return ended.outcome

    async def _ask(self, one: Run, board: Board, happened: asyncio.Semaphore, wishes: int) -> None:
        """One wish after another, each when so much more has happened."""
        for _ in range(self.data.draw(st.integers(0, wishes))):
            for _ in range(self.data.draw(st.integers(0, 12))):
                await happened.acquire()
            await asyncio.sleep(self.data.draw(st.sampled_from([0.0, 0.0, 0.5])))
            for event in self._wish(board):
                self.events.append(event)
            await one.catch_up()

    def _wish(self, board: Board) -> list[AnyEvent]:
        draw, scenes = self.data.draw, list(board.scenes)
        wish = draw(st.sampled_from(WISHES + BY_HAND))
        scene = draw(st.sampled_from(scenes)) if scenes else ""
        match wish:
            case "edit" if scene:
                return [SceneEdited(scene=scene, value=self.edit(scene))]
            case "add" if scene:
                return [SceneEdited(scene="x", value=self.edit("x")), ScenesArranged(scenes=(*scenes[:1], "x"))]
            case "lock" if scene:
                return [SceneLocked(scene=scene)]
            case "unlock" if board.known.locked:
                return [SceneUnlocked(scene=draw(st.sampled_from(sorted(board.known.locked))))]
            case "arrange" if scene:
                return [ScenesArranged(scenes=tuple(draw(st.permutations(scenes))))]
            case "pause" | "cancel":
                return [RunAsked(action=wish)]
            case "retake" if scene and board.steps(scene):
                step = draw(st.sampled_from(list(board.steps(scene))))
                self.takes[step] = self.takes.get(step, 0) + 1
                return [StepRetaken(step=step, take=self.takes[step])]
            case "skip" if scene:
                return [SceneSkipped(scene=scene)]
            case "want" if board.known.skipped:
                return [SceneWanted(scene=draw(st.sampled_from(sorted(board.known.skipped))))]
            case "refresh":
                return [RefreshAsked(scene=scene, work=draw(st.booleans()))]
            case "refresh all":
                return [RefreshAsked(work=draw(st.booleans()))]
            case "reset":
                return [StepReset(step=step) for step in list(board.known.failed)]
            case "playhead" if scene:
                return [PlayheadMoved(scene=scene)]
        return []


def failing_at(shape: Shape, scenes: set[int]) -> Shape:
    """The first pieces of these scenes fail."""
    made = [
        replace(scene, pieces=(replace(scene.pieces[0], fails=True), *scene.pieces[1:])) if n in scenes else scene
        for n, scene in enumerate(shape.scenes)
    ]
    return replace(shape, scenes=tuple(made))


@settings(max_examples=80)
@given(shapes(), LIMITS, st.none() | st.integers(0, 2), st.data())
def test_a_work_of_any_shape(shape: Shape, limits: Limits, ahead: int | None, data: st.DataObject) -> None:
    failing = data.draw(st.sets(st.integers(0, len(shape.scenes) - 1), max_size=2))
    theatre = Mending(failing_at(shape, failing))
    asking = Asking(GraphKind(theatre.shape), theatre.events, theatre.performers(), limits, data, ahead)
    run(asking.play(5), settle=0)


@settings(max_examples=40)
@given(LIMITS, st.none() | st.integers(0, 2), st.integers(0, 2**32), st.data())
def test_a_classroom(limits: Limits, ahead: int | None, luck: int, data: st.DataObject) -> None:
    rng, failed = random.Random(luck), set[StepId]()

    def fail(step: Step) -> None:
        if step.id not in failed and rng.random() < 0.15:
            failed.add(step.id)
            raise BadAnswer("not this time")

    events: list[AnyEvent] = [BriefSet(brief=brief(3))]
    asking = Asking(ClassroomPlan(), events, Author(fail=fail).performers(), limits, data, ahead)
    run(asking.play(6), settle=0)


@settings(max_examples=40)
@given(LIMITS, st.data())
def test_a_kind_with_a_loop_at_its_end(limits: Limits, data: st.DataObject) -> None:
    rough = data.draw(
        st.dictionaries(st.tuples(st.sampled_from(["v1", "v2", "v3"]), st.integers(0, 5)), st.integers(0, 2))
    )
    events: list[AnyEvent] = [BriefSet(brief=Brief(kind="limerick", topic="t", scenes=3))]
    asking = Asking(LimerickPlan(), events, Limericks(roughness=rough).performers(), limits, data)
    run(asking.play(5), settle=0)


def by_hand(scene: str) -> dict[str, Any]:
    line = {"type": "dialogue", "id": "l1", "character": "ada", "text": "Mine."}
    return {"scene": {"id": scene, "number": "", "slug": {"place": "PIER"}, "elements": [line]}, "act": "", "cast": []}


@settings(max_examples=12)  # each compares some hundred boards
@given(LIMITS, st.integers(0, 2**32), st.data())
def test_an_episode_that_people_write_in(limits: Limits, luck: int, data: st.DataObject) -> None:
    rng, failed = random.Random(luck), set[StepId]()

    def author(make: Callable[[Step], dict[str, Any]]) -> Performer:
        async def perform(step: Step, desk: Desk) -> dict[str, Any]:
            await asyncio.sleep(rng.choice([0.5, 1.0, 3.0]))
            if step.id not in failed and rng.random() < 0.1:
                failed.add(step.id)
                raise BadAnswer("not this time")
            made = {"parts": []} if "by_hand" in step.given else make(step)
            for part in list(made.get("parts", ()))[len(desk.parts) :]:
                await desk.part(part)
            return made

        return perform

    def review(step: Step) -> dict[str, Any]:
        named = [each["id"] for each in step.context["text"] if rng.random() < 0.5]
        findings = [{"kind": "other", "scene": scene, "element": "l1", "text": "Dull."} for scene in named]
        return {"quality": rng.random(), "findings": findings}

    def refine(step: Step) -> dict[str, Any]:
        return episode.rewrite(step, "l1", f"{step.id.item}, {rng.random()}")

    makes = {
        "outline": episode.outline,
        "dialogue": episode.dialogue,
        "directions": episode.directions,
        "comedy": episode.no_comedy,
        "review": review,
        "refine": refine,
    }
    events: list[AnyEvent] = [BriefSet(brief=episode.brief(3, threshold=1.0, rounds=2))]
    authors = {name: author(make) for name, make in makes.items()}
    asking = Asking(EpisodePlanner(), events, authors, limits, data, edit=by_hand)
    run(asking.play(6), settle=0)


def test_a_scene_that_is_tried_again_while_others_are_made_is_released_after_all() -> None:
    quick, slow = SceneShape(pieces=(Piece(fails=True),)), SceneShape(pieces=(Piece(seconds=10),))
    theatre = Mending(Shape(scenes=(quick, slow, slow), outline=0.0))

    async def played() -> None:
        one = theatre.prepare(theatre.board(Limits(model=2)))
        running = asyncio.ensure_future(one.execute())
        await asyncio.sleep(11.5)  # the second scene is released
        theatre.events += [StepReset(step=StepId(name="piece", scene="s1", item="0"))]
        await one.catch_up()
        assert (await running).outcome == "done"

    run(played())
    assert [scene for _, scene in theatre.at("scene.released")] == ["s2", "s1", "s3"]


def test_what_was_made_anew_and_is_not_needed_after_all_replaces_nothing() -> None:
    """Scene 3 is refreshed without scene 2, which is then wanted again: so what scene 3 had is right."""
    theatre = Theatre(Shape(scenes=(SceneShape(),) * 4))
    run(theatre.run(Limits()))
    before = theatre.work()["adopted"]
    theatre.performed.clear()
    theatre.events += [RefreshAsked(scene="s3"), SceneSkipped(scene="s2")]

    async def played() -> None:
        board = Watched(GraphKind(theatre.shape), theatre.events, Limits(), None)
        one = theatre.prepare(board)
        running = asyncio.ensure_future(one.execute())
        await asyncio.sleep(0.5)
        theatre.events.append(SceneWanted(scene="s2"))
        await one.catch_up()
        assert (await running).outcome == "done"

    run(played())
    assert theatre.performed == {"link@s3": 1}
    assert theatre.work()["adopted"] == before
