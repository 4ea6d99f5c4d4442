"""Scenes far ahead of a listener wait, however the listener came to be where they are."""

from __future__ import annotations

from scenewright.domain.brief import Brief
from scenewright.domain.events import BriefSet, PartAppended, PlayheadMoved, StepStarted
from scenewright.kinds.classroom.plan import OUTLINE, ClassroomPlan
from scenewright.plan import Known
from scenewright.scheduler import Board, Limits

SCENES, AHEAD = 12, 2


def known(playhead: str | None = None) -> Known:
    plan, work = ClassroomPlan(), Known()
    work.apply(BriefSet(brief=Brief(topic="t", language="en", author="llm")))
    work.apply(StepStarted(step=OUTLINE, reads=plan.work_steps(work)[0].reads))
    work.apply(PartAppended(step=OUTLINE, index=0, value={"type": "header", "title": "T", "language": "en"}))
    for index in range(SCENES):
        part = {"type": "scene", "id": f"s{index}", "title": "S"}
        work.apply(PartAppended(step=OUTLINE, index=index + 1, value=part))
    if playhead:
        work.apply(PlayheadMoved(scene=playhead))
    return work


def board(playhead: str | None = None) -> Board:
    return Board(ClassroomPlan(), known(playhead), Limits(model=100), ahead=AHEAD)


def started(board: Board) -> set[str]:
    return {step.id.scene for step in board.take() if step.id.name == "content"}


def scenes(count: int) -> set[str]:
    return {f"s{index}" for index in range(count)}


def test_before_anybody_listens_the_first_scenes_are_written() -> None:
    assert started(board()) == scenes(AHEAD)


def test_a_work_opened_again_is_written_up_to_where_its_listener_is() -> None:
    assert started(board("s5")) == scenes(5 + 1 + AHEAD)


def test_a_listener_who_goes_on_brings_more_scenes_near() -> None:
    here = board("s5")
    here.take()
    here.tell(PlayheadMoved(scene="s7"))
    assert started(here) == {"s8", "s9"}


def test_a_listener_who_goes_back_leaves_scenes_that_have_not_begun() -> None:
    here = board("s7")
    here.tell(PlayheadMoved(scene="s2"))
    assert started(here) == scenes(2 + 1 + AHEAD)
