"""What a person asks of a work, as the events that say so. Pure; they are written to its log, which is the asking."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from scenewright.domain.base import writable
from scenewright.domain.errors import BadInput, BadSettings
from scenewright.domain.events import (
    AnyEvent,
    PlayheadMoved,
    RefreshAsked,
    SceneSkipped,
    SceneWanted,
    StepReset,
    StepRetaken,
)
from scenewright.domain.steps import StepId
from scenewright.plan import Step
from scenewright.scheduler import Board

LONGEST_NOTE = 2_000  # characters; it goes into every request for the scene


def scene_of(board: Board, said: str | int) -> str:
    """The id of a scene. `said`: its number as people count, from 1, or its id. Raises: BadInput."""
    text, count = str(said).strip(), len(board.scenes)
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= count:
        return board.scenes[int(text[:9]) - 1]
    if text in board.scenes:
        return text
    there = f"there are scenes 1 to {count}" if count else "no scene is planned yet"
    raise BadInput(f"There is no scene {text!r}: {there}; `scenewright show` lists them.")


def retry(board: Board, said: str | int | None = None) -> list[AnyEvent]:
    """All failures are forgotten; or those of one scene and those it waits for, and it is wanted if it was skipped."""
    known = board.known
    if said is None:
        if not known.failed:
            raise BadInput("Nothing has failed; `scenewright resume` goes on with a work that is not done.")
        return [_again(board, step) for step in known.failed]
    scene = scene_of(board, said)
    wanted: list[AnyEvent] = [SceneWanted(scene=scene)] if scene in known.skipped else []
    again = [step for step in known.failed if step.scene == scene or _bars(board, step, scene)]
    if not wanted and not again:
        raise BadInput(f"Scene {said} has not failed; `scenewright regenerate` writes it again.")
    return [*wanted, *(_again(board, step) for step in again)]


def afresh(board: Board) -> list[AnyEvent]:
    """Other answers for the failures that would only be answered as before."""
    return [event for step in board.known.failed if isinstance(event := _again(board, step), StepRetaken)]


def skip(board: Board, said: str | int) -> list[AnyEvent]:
    """The work goes on without the scene."""
    scene, skipped = scene_of(board, said), board.known.skipped
    if scene in skipped:
        raise BadInput(f"Scene {said} is skipped already; `scenewright retry --scene {said}` brings it back.")
    if set(board.scenes) <= skipped | {scene}:
        raise BadInput(f"Scene {said} is the last that is left; a work without scenes is none: remove it instead.")
    return [SceneSkipped(scene=scene)]


def regenerate(
    board: Board, written: Sequence[str], said: str | int, note: str = "", name: str | None = None
) -> list[AnyEvent]:
    """Another take of what is written of a scene. `written`: names of steps that are. `name`: of this one only."""
    scene = scene_of(board, said)
    if scene in board.known.skipped:
        raise BadInput(f"Scene {said} is skipped; `scenewright retry --scene {said}` brings it back first.")
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"The note is longer than {LONGEST_NOTE} characters; say it in fewer words.")
    if any(step.by_hand for step in board.steps(scene).values()):
        raise BadInput(
            f"Scene {said} was added by a person, and no author has a plan of it; write it in the file that it came "
            "from, and import that again."
        )
    there = [step for step in board.steps(scene) if step.name in written]
    steps = [step for step in there if name in (None, step.name)]
    if not steps:
        names = ", ".join(dict.fromkeys(step.name for step in there))
        raise BadSettings(f"Scene {said} has no step {name!r} that is written; it has: {names}.")
    return [StepRetaken(step=step, take=_next_take(board, step), note=_plain(note)) for step in steps]


def refresh(board: Board, said: str | int | None = None, *, outline: bool = False) -> list[AnyEvent]:
    """What is stale is made anew; nothing if nothing is. `outline`: also the steps that come before the scenes."""
    scene = scene_of(board, said) if said is not None else ""
    return [RefreshAsked(scene=scene, work=outline)] if stale(board, scene, outline=outline) else []


def stale(board: Board, scene: str = "", *, outline: bool = True) -> list[Step]:
    """What a refresh would make anew, as far as it can be told before: what comes after may turn stale by it.

    `scene`: of this one only. `outline`: also of what comes before the scenes; what comes after follows them.
    """
    return [step for step in board.stale() if _concerns(step, scene, outline)]


def listen(board: Board, said: str | int, offset: float = 0.0) -> list[AnyEvent]:
    """Somebody listens to this scene now. `offset`: seconds into it."""
    return [PlayheadMoved(scene=scene_of(board, said), offset=offset)]


def _plain(note: str) -> str:
    """What can stand in a prompt and in a log: no half characters, no control characters but new lines."""
    kept = "".join(letter for letter in note if letter == "\n" or unicodedata.category(letter) != "Cc")
    return str(writable(kept.strip()))


def _concerns(step: Step, scene: str, outline: bool) -> bool:
    if step.id.scene:
        return scene in ("", step.id.scene)
    return (step.follows and not scene) or outline


def _bars(board: Board, step: StepId, scene: str) -> bool:
    """Whether a failed step keeps a scene behind it from being written."""
    if board.known.failed[step].policy != "pause" or step.scene in board.known.skipped:
        return False
    return not step.scene or (step.scene in board.scenes and board.position(step.scene) < board.position(scene))


def _again(board: Board, step: StepId) -> AnyEvent:
    """The same once more; or another take if the answers were of no use, since those are remembered.

    Not for the plan of the work: the scenes that it gave before it failed are kept.
    """
    known = board.known
    if not (step.scene and known.failed[step].useless) or known.kept(step.scene):
        return StepReset(step=step)
    note = known.retaken[step].note if step in known.retaken else ""
    return StepRetaken(step=step, take=_next_take(board, step), note=note)


def _next_take(board: Board, step: StepId) -> int:
    before = board.known.retaken.get(step)
    return before.take + 1 if before else 1
