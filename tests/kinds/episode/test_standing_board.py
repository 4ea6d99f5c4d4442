"""The board of an episode stands as one made anew from the log, also where plans and takes change under it."""

from __future__ import annotations

from scenewright.domain.brief import Brief
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PartAppended,
    SceneEdited,
    SceneReleased,
    ScenesArranged,
    StepAdopted,
    StepFailed,
    StepRetaken,
    StepStarted,
)
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.edits import texts
from scenewright.kinds.episode.plan import EpisodePlanner
from scenewright.kinds.episode.story import OUTLINE, dialogue_of, directions_of
from scenewright.scheduler import Board
from tests.kinds.episode.desk import Desk, brief, outline


def wanted(board: Board) -> dict[str, list[tuple[StepId, str, str]]]:
    """Scene -> its steps, with what they are made from."""
    steps = {scene: board.steps(scene).values() for scene in board.scenes}
    return {name: [(each.id, each.inputs_digest, each.context_digest) for each in of] for name, of in steps.items()}


def titled(title: str) -> Brief:
    given = brief()
    plan = {**given.details["plan"], "title": title}
    return given.model_copy(update={"details": {**given.details, "plan": plan}})


def test_scenes_that_are_planned_anew_read_their_new_plans() -> None:
    desk = Desk().start(titled("Fog"))
    edits = [SceneEdited(scene=scene, value=value) for scene, value in texts(desk.known).items()]
    told: list[AnyEvent] = [*edits, ScenesArranged(scenes=("s2", "s3", "s1")), BriefSet(brief=titled("Oil"))]
    desk.tell(*told)
    step = desk.board.wanted(OUTLINE)
    assert step is not None
    desk.tell(StepStarted(step=OUTLINE, reads=step.reads))
    for index, part in enumerate(outline(step)["parts"]):
        desk.tell(PartAppended(step=OUTLINE, index=index, value=part))
        assert wanted(desk.board) == wanted(Board(EpisodePlanner(), desk.known))


def test_a_scene_that_has_another_result_is_released_again() -> None:
    desk = Desk().start(brief())
    desk.tell(*(SceneReleased(scene=scene) for scene in desk.board.release()))
    step = desk.board.wanted(directions_of("s2"))
    assert step is not None
    value = {"parts": [{"id": "d1", "text": "Bo sits.", "line": "l1"}]}
    desk.tell(StepAdopted(step=step.id, value=value, inputs=step.inputs_digest, context=step.context_digest))
    assert desk.board.release() == Board(EpisodePlanner(), desk.known).release() == ["s2"]


def test_a_dialogue_that_is_made_again_is_waited_for_though_its_directions_have_failed() -> None:
    desk = Desk().start(brief(2))
    desk.tell(
        StepFailed(step=directions_of("s1"), policy="mark", reason="dull"),
        StepRetaken(step=dialogue_of("s1"), take=1),
        StepRetaken(step=directions_of("s2"), take=1),
    )
    waiting = desk.board.wanted(directions_of("s2"))
    assert waiting is not None
    assert waiting.held
    desk.run()
    heard = desk.board.wanted(directions_of("s2"))
    assert heard is not None
    assert heard.context["before"]["lines"][0]["text"] == "Is this the fog of s1, take 1?"
