"""The log of a simulated run: only when what happened. Nothing is kept that would not be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Literal

from scenewright.domain.events import AnyEvent, RunEnded, SceneReleased, StepAdopted, StepFailed, StepStarted
from scenewright.domain.steps import StepId
from scenewright.simulation.kind import number
from scenewright.simulation.report import WORK, Interval, Tally
from scenewright.simulation.workload import MODEL_STEPS, VOICE_STEPS


class TimedJournal:
    """`clock`: gives seconds. Events are heard by the run that appends them, and forgotten."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started: dict[StepId, float] = {}
        self._released: set[str] = set()
        self._order: list[tuple[int, float]] = []
        self._intervals: list[Interval] = []
        self._news: list[AnyEvent] = []
        self._release = asyncio.Event()

    async def append(self, event: AnyEvent) -> Sequence[AnyEvent]:
        match event:
            case StepStarted(step=step):
                self._started[step] = self._clock()
            case StepAdopted(step=step):
                self._end(step, "done")
            case StepFailed(step=step):
                self._end(step, "failed")
            case SceneReleased(scene=scene):
                self._note(scene)
            case RunEnded():
                for step in list(self._started):  # withdrawn when the run paused
                    self._end(step, "left")
            case _:
                pass
        return (*await self.news(), event)

    async def news(self) -> Sequence[AnyEvent]:
        if not self._news:
            return ()
        news, self._news = self._news, []
        return news

    def push(self, event: AnyEvent) -> None:
        """Somebody else writes to the log."""
        self._news.append(event)

    async def next_release(self) -> None:
        self._release.clear()
        await self._release.wait()

    @property
    def intervals(self) -> Sequence[Interval]:
        """In the order in which they ended."""
        return self._intervals

    @property
    def released(self) -> Sequence[tuple[int, float]]:
        """Scenes and when they were first released, in order."""
        return self._order

    def tallies(self) -> tuple[Tally, Tally]:
        """Of the models and of the voices, where every step is one call that takes as long as the step."""
        return self._tally(MODEL_STEPS), self._tally(VOICE_STEPS)

    def _note(self, scene: str) -> None:
        if scene not in self._released:
            self._released.add(scene)
            self._order.append((number(scene), self._clock()))
            self._release.set()

    def _tally(self, steps: frozenset[str]) -> Tally:
        took = [each.end - each.start for each in self._intervals if each.step in steps]
        return Tally(sent=len(took), busy=sum(took))

    def _end(self, step: StepId, ended: Literal["done", "failed", "left"]) -> None:
        start, scene = self._started.pop(step), number(step.scene) if step.scene else WORK
        self._intervals.append(Interval(step.name, scene, step.item, start, self._clock(), ended))
