"""What a progress bar shows: one report when a scene starts and one when it ends. Pure; a fold of the event log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenewright.domain.events import (
    AnyEvent,
    PartAppended,
    RunStarted,
    SceneReleased,
    SceneSkipped,
    SceneWanted,
    StepAdopted,
    StepFailed,
    StepReset,
    StepRetaken,
    StepStarted,
)
from scenewright.domain.steps import StepId

LONGEST_TITLE = 80  # characters


@dataclass(frozen=True, kw_only=True)
class Report:
    """`current`: scenes that have ended so far, whatever became of them. `total`: scenes as known or planned now."""

    status: str  # for people: "scene 3 of 8 started: Tides"
    current: int
    total: int


class Progress:
    """Feed it every event of the log in order, those from before the run as well, by `tell`.

    A scene starts with its first step, once in a run. It ends when it is released, when it fails, or when it is
    skipped; it can only start again if it is written again (retaken, refreshed, tried again).
    """

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}  # of the scenes as planned, in order
        self._numbers: dict[str, int] = {}  # as people count them
        self._planned = 0
        self._planner: StepId | None = None  # the step whose parts are the scenes
        self._settled = False  # whether all scenes are planned
        self._open: set[str] = set()
        self._ended: set[str] = set()
        self._failed: set[str] = set()  # ended so, and not to be tried again

    def tell(self, event: AnyEvent) -> Report | None:
        """What is to be reported about the event; None for most."""
        match event:
            case RunStarted():
                self._open.clear()
            case PartAppended(step=StepId(scene=""), index=index, value=value):
                self._plan(event.step, index, value)
            case StepAdopted(step=step) if step == self._planner:
                self._settled = True
            case StepStarted(step=step) if step.scene:
                return self._start(step.scene)
            case SceneReleased(scene=scene):
                return self._end(scene, "ready")
            case StepFailed(step=step) if step.scene:
                return self._fail(step.scene, event.reason)
            case SceneSkipped(scene=scene):
                return self._end(scene, "skipped")
            case StepReset(step=step) | StepRetaken(step=step):
                self._failed.discard(step.scene)
            case SceneWanted(scene=scene):
                self._ended.discard(scene)
            case _:
                pass
        return None

    @property
    def total(self) -> int:
        """Scenes in all, as far as it is known."""
        known = len(self._titles)
        return known if self._settled else max(self._planned, known)

    def _plan(self, step: StepId, index: int, value: dict[str, Any]) -> None:
        """Kinds hand over the header as a part with `planned`, and each scene as a part with its id."""
        planned, scene = value.get("planned"), value.get("id")
        if step == self._planner and index == 0:
            self._plan_afresh(step)
        if isinstance(planned, list | tuple):
            self._plan_afresh(step)
            self._planned = len(planned)
        if isinstance(scene, str) and self._planner is None and not self._titles:
            self._plan_afresh(step)
        if isinstance(scene, str) and step == self._planner:
            self._number(scene)
            self._titles[scene] = " ".join(str(value.get("title", "")).split())[:LONGEST_TITLE]

    def _number(self, scene: str) -> None:
        self._numbers.setdefault(scene, len(self._numbers) + 1)
        self._titles.setdefault(scene, "")

    def _plan_afresh(self, step: StepId) -> None:
        """Scenes of a plan before this one are no more."""
        self._planner, self._planned, self._settled = step, 0, False
        self._titles.clear()
        self._numbers.clear()
        for seen in (self._open, self._ended, self._failed):
            seen.clear()

    def _start(self, scene: str) -> Report | None:
        if scene in self._open or scene in self._failed:
            return None
        self._number(scene)
        self._open.add(scene)
        return self._report(scene, "started")

    def _fail(self, scene: str, reason: str) -> Report | None:
        if scene in self._failed:
            return None
        self._failed.add(scene)
        return self._end(scene, "failed", reason)

    def _end(self, scene: str, how: str, why: str = "") -> Report | None:
        if scene not in self._open and scene in self._ended:
            return None
        self._number(scene)
        self._open.discard(scene)
        self._ended.add(scene)
        return self._report(scene, how, why)

    def _report(self, scene: str, how: str, why: str = "") -> Report:
        about = why or self._titles[scene]
        status = f"scene {self._numbers[scene]} of {self.total} {how}" + (f": {about}" if about else "")
        return Report(status=status, current=len(self._ended), total=self.total)

    def __repr__(self) -> str:
        return f"Progress({len(self._ended)} of {self.total} ended, {len(self._open)} open)"
