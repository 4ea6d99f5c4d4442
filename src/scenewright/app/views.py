"""A work as a table: one row a scene. Made from the board, so it knows no kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scenewright.domain.steps import StepId
from scenewright.scheduler import Board

State = Literal["waiting", "running", "done", "stale", "failed"]


@dataclass(frozen=True, kw_only=True)
class StepCell:
    """All steps of one name in one scene."""

    name: str
    state: State
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class SceneRow:
    id: str
    number: int  # as people count, from 1
    title: str
    cells: Sequence[StepCell]
    ready: bool
    skipped: bool = False
    edited: bool = False  # a person wrote it
    locked: bool = False
    problem: str = ""


def scene_rows(board: Board) -> list[SceneRow]:
    stale = {step.id for step in board.stale()}
    return [_row(board, scene, stale) for scene in board.scenes]


def work_cells(board: Board) -> Sequence[StepCell]:
    """The steps of the whole work."""
    return _cells(board, "", {step.id for step in board.stale()})


def _row(board: Board, scene: str, stale: set[StepId]) -> SceneRow:
    skipped = scene in board.known.skipped
    failed = board.known.failed_scenes.get(scene) if not skipped else None
    return SceneRow(
        id=scene,
        number=board.position(scene) + 1,
        title=_title(board, scene),
        cells=_cells(board, scene, stale),
        ready=board.complete(scene),
        skipped=skipped,
        edited=scene in board.known.edits and board.known.edits[scene].written,
        locked=scene in board.known.locked,
        problem=failed.reason if failed else "",
    )


def _cells(board: Board, scope: str, stale: set[StepId]) -> list[StepCell]:
    names = dict.fromkeys(step.name for step in board.steps(scope))
    return [_cell(board, name, [step for step in board.steps(scope) if step.name == name], stale) for name in names]


def _cell(board: Board, name: str, steps: Sequence[StepId], stale: set[StepId]) -> StepCell:
    wanted = board.steps(steps[0].scene)
    done = sum(board.fresh(wanted[step]) for step in steps)
    state: State = "waiting"
    if any(step in board.known.failed for step in steps):
        state = "failed"
    elif any(step in board.running for step in steps):
        state = "running"
    elif done == len(steps):
        state = "stale" if any(step in stale for step in steps) else "done"
    return StepCell(name=name, state=state, done=done, total=len(steps))


def _title(board: Board, scene: str) -> str:
    """Kinds plan a scene as a part with its id; its title is in there if it has one."""
    for step in board.steps(""):
        if part := board.known.named_parts(step).get(scene):
            return str(part.get("title", scene))
    edit = board.known.edits.get(scene)
    return str(edit.value.get("title", scene)) if edit else scene
