"""The offline author: a real classroom from a document's own structure, with no model. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from scenewright.domain.actions import Action
from scenewright.domain.brief import Speaker
from scenewright.domain.document import Section
from scenewright.domain.outline import Carry, Header, SceneOutline
from scenewright.domain.quiz import Quiz
from scenewright.domain.slides import Slide
from scenewright.kinds.classroom.offline.outline import Outline, outline
from scenewright.kinds.classroom.offline.performing import (
    Performance,
    Position,
    close_scene,
    open_scene,
    tell_quiz,
    tell_slide,
)
from scenewright.kinds.classroom.offline.quiz import quiz
from scenewright.kinds.classroom.offline.slides import compose

__all__ = ["Outline", "Position", "actions", "content", "outline"]


def content(scene: SceneOutline, *, sections: Sequence[Section], header: Header) -> Slide | Quiz:
    """What the scene shows. `sections`: those it cites, in the order of the document. Never empty."""
    if scene.form == "quiz":
        return quiz(scene, sections, header)
    return compose(scene, sections, header).slide


def actions(
    scene: SceneOutline,
    shown: Slide | Quiz,
    *,
    sections: Sequence[Section],
    header: Header,
    position: Position,
    speakers: Sequence[Speaker] = (),
    carry: Carry = Carry(),  # noqa: B008 -- frozen
) -> tuple[Action, ...]:
    """The scene's timeline. `shown` may have been edited: what the sections do not explain is said as it stands.

    At least one speech; every target and item exists; only the first scene greets, only the last says goodbye.
    """
    show = Performance(scene, header, position, speakers, carry)
    open_scene(show)
    if isinstance(shown, Quiz):
        tell_quiz(show, shown)
    else:
        tell_slide(show, shown, sections)
    close_scene(show)
    return show.end()
