"""Undo, where a scene that a person locked is in the plan no more."""

from __future__ import annotations

import pytest

from scenewright.app.editing import back_to, lock
from scenewright.app.work import Work
from scenewright.domain.errors import BadInput
from scenewright.domain.events import BriefSet, SceneEdited, ScenesArranged
from scenewright.kinds.episode.kind import PLUGIN
from scenewright.plan import Known
from tests.kinds.episode.desk import Desk, brief


def replanned() -> tuple[Work, list[str], Known]:
    """The third scene of three was locked, then two were planned and put in order. And what was known before that."""
    then = Desk().start(brief(3))
    desk = Desk().start(brief(3))
    work = Work(id="w", created=0.0, plugin=PLUGIN, board=desk.board, events=())
    said = desk.lines("s3")
    desk.tell(*lock(work, "s3"), BriefSet(brief=brief(2)), ScenesArranged(scenes=("s1", "s2"))).run()
    assert "s3" not in desk.best.text
    return work, said, then.known


def test_a_locked_scene_comes_back_as_it_was_locked() -> None:
    work, said, then = replanned()
    for event in back_to(work, 1, then):
        work.board.tell(event)
    again = PLUGIN.texts(work.known)
    assert list(again) == ["s1", "s2", "s3"]
    assert [each["text"] for each in again["s3"]["scene"]["elements"]] == said


def test_a_locked_scene_that_read_otherwise_is_named() -> None:
    work, _, then = replanned()
    value = PLUGIN.texts(then)["s3"]
    assert isinstance(value, dict)
    then.apply(SceneEdited(scene="s3", value={**value, "scene": {**value["scene"], "elements": []}}))
    with pytest.raises(BadInput, match="has another text of scene s3, and that is locked"):
        back_to(work, 1, then)
