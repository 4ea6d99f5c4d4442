"""Episodes run by the real scheduler on the virtual clock, with authors that only take their time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from scenewright.domain.brief import Brief
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.events import AnyEvent, BriefSet, RunEnded, SceneReleased, SceneSkipped, StepAdopted, StepReset
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.plan import EpisodePlanner
from scenewright.plan import Desk, Known, Performer, Step
from scenewright.scheduler import Board, Limits, Run
from scenewright.testing.journal import MemoryJournal
from scenewright.testing.virtualloop import run as on_virtual_clock
from tests.kinds.episode import desk

SCENES = 9
SECONDS = {"outline": 4.0, "dialogue": 10.0, "directions": 6.0, "comedy": 8.0, "review": 5.0, "refine": 4.0}
Value = dict[str, Any]


@dataclass
class Room:
    """`fail`: may raise for a step. `slow`: seconds more for a step. `answers`: by step name, for the usual ones.

    `begun`: step -> when it began, in seconds.
    """

    fail: Callable[[Step], None] = lambda step: None
    slow: Callable[[Step], float] = lambda step: 0.0
    answers: dict[str, Callable[[Step], Value]] = field(default_factory=dict)
    events: list[AnyEvent] = field(default_factory=list)
    begun: dict[str, float] = field(default_factory=dict)
    performed: list[str] = field(default_factory=list)
    in_flight: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    def performers(self) -> dict[str, Performer]:
        answers: dict[str, Callable[[Step], Value]] = {
            "outline": _outline,
            "dialogue": desk.dialogue,
            "directions": desk.directions,
            "comedy": desk.no_comedy,
            "review": lambda step: {"quality": 0.9, "assessment": {}, "findings": []},
        }
        return {name: self._performer(answer) for name, answer in (answers | self.answers).items()}

    def _performer(self, answer: Callable[[Step], Value]) -> Performer:
        async def perform(step: Step, at: Desk) -> Value:
            self.performed.append(str(step.id))
            self.begun[str(step.id)] = asyncio.get_running_loop().time()
            self.in_flight[step.pool] += 1
            self.most[step.pool] = max(self.most[step.pool], self.in_flight[step.pool])
            try:
                value = answer(step)
                parts: Sequence[Value] = value.get("parts", [{}])
                self.fail(step)
                for part in parts[len(at.parts) :]:
                    await asyncio.sleep((SECONDS[step.id.name] + self.slow(step)) / len(parts))
                    if part:
                        await at.part(part)
                return value
            finally:
                self.in_flight[step.pool] -= 1

        return perform

    async def run(self, limit: int) -> RunEnded:
        board = Board(EpisodePlanner(), Known().replay(self.events), Limits(model=limit))
        return await Run(board, self.performers(), MemoryJournal(self.events)).execute()

    def of(self, type: type[AnyEvent]) -> list[Any]:
        return [event for event in self.events if isinstance(event, type)]


def room(**fields: Any) -> Room:
    made = Room(**fields)
    made.events.append(BriefSet(brief=_brief()))
    return made


def _brief() -> Brief:
    """Nothing is planned yet."""
    given = desk.brief(SCENES)
    update = {"author": "llm", "model": "scripted:m", "details": {**given.details, "plan": None}}
    return given.model_copy(update=update)


def _outline(step: Step) -> Value:
    planned = desk.plan(SCENES)
    head = {"type": "header", "title": planned.title, "planned": [scene.title for scene in planned.scenes]}
    return {"parts": [head, *({"type": "scene", **scene.model_dump(mode="json")} for scene in planned.scenes)]}


def timed(staged: Room, limit: int) -> tuple[float, RunEnded]:
    async def played() -> tuple[float, RunEnded]:
        ended = await staged.run(limit)
        return asyncio.get_running_loop().time(), ended

    return on_virtual_clock(played())


def adopted(staged: Room, name: str) -> list[str]:
    return [event.step.scene for event in staged.of(StepAdopted) if event.step.name == name]


def released(staged: Room) -> list[str]:
    return [event.scene for event in staged.of(SceneReleased)]


NAMES = [f"s{number}" for number in range(1, SCENES + 1)]


def test_at_limit_three_it_takes_less_than_half_the_time() -> None:
    alone, together = room(), room()
    whole, ended = timed(alone, 1)
    assert ended.outcome == "done"
    assert whole == pytest.approx(4 + SCENES * (10 + 6) + 8 + 5)
    parallel, ended = timed(together, 3)
    assert ended.outcome == "done"
    assert (alone.most["model"], together.most["model"]) == (1, 3)
    assert parallel < whole / 2
    assert sorted(together.performed) == sorted(alone.performed)
    assert released(together) == NAMES


def test_scenes_are_released_in_order_though_later_ones_finish_first() -> None:
    def slow(step: Step) -> float:
        return 25.0 if step.id == StepId(name="dialogue", scene="s1") else 0.0

    staged = room(slow=slow)
    assert timed(staged, 3)[1].outcome == "done"
    assert adopted(staged, "dialogue") != NAMES
    assert adopted(staged, "dialogue")[0] == "s2"
    assert released(staged) == NAMES


def test_dialogue_begins_while_the_outline_is_still_written() -> None:
    staged = room()
    timed(staged, 3)
    started = [str(event.step) for event in staged.events if event.type in ("step.started", "step.adopted")]
    assert started.index("dialogue@s1") < len(started) - 1 - started[::-1].index("outline")


@dataclass
class Breaking:
    """The dialogue of scene 2 fails at once, until it is mended."""

    mended: bool = False

    def __call__(self, step: Step) -> None:
        if not self.mended and step.id == StepId(name="dialogue", scene="s2"):
            raise CallFailed("the model refused", failure=FailureClass.REFUSED)


@pytest.mark.parametrize("limit", [1, 3])
def test_a_scene_that_fails_leaves_the_others_whole_and_the_finale_waits(limit: int) -> None:
    breaking = Breaking()
    staged = room(fail=breaking)
    _, ended = timed(staged, limit)
    assert ended.outcome == "failed"
    assert sum(staged.in_flight.values()) == 0
    others = [name for name in NAMES if name != "s2"]
    assert sorted(adopted(staged, "dialogue")) == sorted(adopted(staged, "directions")) == others
    assert "comedy" not in staged.performed
    before = len(staged.performed)
    breaking.mended = True
    staged.events.append(StepReset(step=StepId(name="dialogue", scene="s2")))
    _, ended = timed(staged, limit)
    assert ended.outcome == "done"
    assert staged.performed[before:] == ["dialogue@s2", "directions@s2", "comedy", "review/1"]
    assert sorted(released(staged)) == NAMES


def test_the_finale_goes_on_without_a_scene_that_is_skipped() -> None:
    staged = room(fail=Breaking())
    timed(staged, 3)
    staged.events.append(SceneSkipped(scene="s2"))
    before = len(staged.performed)
    _, ended = timed(staged, 3)
    assert ended.outcome == "done"
    assert staged.performed[before:] == ["comedy", "review/1"]


def _never_content(step: Step) -> Value:
    """Every round is better than the one before and not yet good; the first three scenes are named each time."""
    named = ("s1", "s2", "s3")
    findings = [{"kind": "other", "scene": scene, "element": "l1", "text": "Dull.", "by": "model"} for scene in named]
    return {"quality": 0.1 * int(step.id.item), "assessment": {}, "findings": findings}


def test_scenes_are_refined_side_by_side_in_three_rounds_unless_another_number_is_given() -> None:
    answers: dict[str, Callable[[Step], Value]] = {
        "review": _never_content,
        "refine": lambda step: desk.rewrite(step, "l1", f"By {step.id.item}."),
    }
    staged = room(answers=answers)
    assert timed(staged, 3)[1].outcome == "done"
    finale = staged.performed[staged.performed.index("comedy") + 1 :]
    rounds = [[f"review/{n}", *(f"refine/{n}.s{scene}" for scene in (1, 2, 3))] for n in (1, 2, 3)]
    assert finale == [*(step for each in rounds for step in each), "review/4"]
    for number in (1, 2, 3):
        judged = staged.begun[f"review/{number}"] + 5
        began = [staged.begun[f"refine/{number}.s{scene}"] for scene in (1, 2, 3)]
        assert began == pytest.approx([judged] * 3)
        assert staged.begun[f"review/{number + 1}"] == pytest.approx(judged + 4)
