"""The decision: from what is known and what runs, which steps start now. Synchronous, no input or output.

All of the scheduler's state is here. An event goes in by `tell`; what follows comes out of `take` and `release`.
Only what an event may have changed is asked of the kind again, so the whole work costs linear time.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PartAppended,
    RunPausing,
    RunStarted,
    StepAdopted,
    StepFailed,
    StepReset,
    StepStarted,
)
from scenewright.domain.steps import StepId
from scenewright.plan import Kind, Known, Pool, Step

WORK = ""  # the scope of steps that belong to no scene


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many steps of each pool run at a time."""

    model: int = 1
    voice: int = 1
    cpu: int = 1

    def of(self, pool: Pool) -> int:
        return {"model": self.model, "voice": self.voice, "cpu": self.cpu}[pool]


class Board:
    def __init__(self, kind: Kind, known: Known, limits: Limits) -> None:
        self.kind, self.known, self.limits = kind, known, limits
        self.running: dict[StepId, Step] = {}
        self.pausing = False
        self._barred_from: int | None = None  # scenes at or after this position start nothing; -1: nothing at all
        self._steps: dict[str, dict[StepId, Step]] = {}  # scope -> the steps it wants
        self._queues: dict[Pool, list[tuple[tuple[int, ...], int, Step]]] = {"model": [], "voice": [], "cpu": []}
        self._queued: dict[StepId, Step] = {}
        self._order = 0
        self._scenes: list[str] = []
        self._position: dict[str, int] = {}
        self._settled = 0  # so many scenes from the first have settled their chain
        self._carrier = ""  # the last of them that has something to carry
        self._released = 0
        self._ask_all()

    # What goes in

    def tell(self, event: AnyEvent) -> None:
        afresh = isinstance(event, StepStarted) and self.known.reads.get(event.step) != event.reads
        self.known.apply(event)
        match event:
            case StepStarted(step=step) if afresh:  # its earlier parts no longer count
                self._ask(step.scene)
            case RunStarted():
                self.pausing, self._barred_from = False, None
            case RunPausing():
                self.pausing = True
            case StepFailed(policy="pause", step=step):
                self._bar(self._position.get(step.scene, -1))
                self._ask(step.scene)
            case BriefSet():
                self._ask_all()
            case StepReset(step=step):
                self._unsettle(step.scene)
                self._ask(step.scene)
            case PartAppended(step=step) | StepAdopted(step=step) | StepFailed(step=step):
                self._ask(step.scene)
            case _:
                return
        self._settle()

    def done(self, step: StepId) -> None:
        """The step no longer runs, whatever became of it."""
        self.running.pop(step, None)
        if found := self.wanted(step):
            self._queue(found)

    # What comes out

    def take(self) -> list[Step]:
        """Steps to start now; they count as running from here on."""
        started: list[Step] = []
        if self.pausing:
            return started
        for pool, queue in self._queues.items():
            free = self.limits.of(pool) - sum(step.pool == pool for step in self.running.values())
            kept: list[tuple[tuple[int, ...], int, Step]] = []
            while queue and free > 0:
                entry = heapq.heappop(queue)
                step = entry[2]
                if self._queued.get(step.id) is not step:
                    continue  # no longer wanted, or wanted with other inputs
                if self._bars(step):
                    kept.append(entry)
                    continue
                del self._queued[step.id]
                self.running[step.id] = step
                started.append(step)
                free -= 1
            for entry in kept:
                heapq.heappush(queue, entry)
        return started

    def release(self) -> list[str]:
        """Scenes that became complete with every earlier one settled, in order; a reader who has them gets none."""
        ready: list[str] = []
        while self._released < len(self._scenes):
            scene = self._scenes[self._released]
            if self.complete(scene):
                if scene not in self.known.released:
                    ready.append(scene)
            elif not self._marked(scene):
                break
            self._released += 1
        return ready

    def wanted(self, step: StepId) -> Step | None:
        return self._steps.get(step.scene, {}).get(step)

    def complete(self, scene: str) -> bool:
        steps = self._steps.get(scene, {})
        return bool(steps) and all(self.fresh(step) for step in steps.values())

    def fresh(self, step: Step) -> bool:
        """True if the work has a result for the step made from these inputs (the context may have changed)."""
        return self.known.result(step) is not None

    def stale(self) -> list[Step]:
        """Steps whose result was made in another context: shown, and left as they are until asked."""
        return [
            step
            for steps in self._steps.values()
            for step in steps.values()
            if not step.held and self.fresh(step) and self.known.adopted[step.id].context != step.context_digest
        ]

    @property
    def scenes(self) -> tuple[str, ...]:
        return tuple(self._scenes)

    def steps(self, scope: str) -> Mapping[StepId, Step]:
        return self._steps.get(scope, {})

    def finished(self) -> bool:
        """True if every step that is wanted has its result."""
        return not self.missing()

    def missing(self) -> list[Step]:
        """Steps that are wanted and have no result."""
        return [step for steps in self._steps.values() for step in steps.values() if not self.fresh(step)]

    def statistics(self) -> dict[str, int]:
        return {
            "scenes": len(self._scenes),
            "settled": self._settled,
            "released": self._released,
            "running": len(self.running),
            "queued": len(self._queued),
        }

    def __repr__(self) -> str:
        return f"Board({self.statistics()})"

    # Asking the kind

    def _ask_all(self) -> None:
        self._scenes, self._position, self._settled, self._carrier, self._released = [], {}, 0, "", 0
        self._steps.clear()
        self._queued.clear()
        for queue in self._queues.values():
            queue.clear()
        self._ask(WORK)
        self._settle()

    def _ask(self, scope: str) -> None:
        if scope == WORK:
            self._want(WORK, self.kind.work_steps(self.known))
            listed = self.kind.scenes(self.known)
            if list(listed[: len(self._scenes)]) != self._scenes:
                self._ask_all()  # an outline that starts afresh
                return
            for scene in listed[len(self._scenes) :]:
                self._position[scene] = len(self._scenes)
                self._scenes.append(scene)
                self._ask(scene)
        elif (position := self._position.get(scope)) is not None:
            self._want(scope, self.kind.scene_steps(self.known, scope, position, self._carrier_before(position)))

    def _want(self, scope: str, steps: Sequence[Step]) -> None:
        wanted = {step.id: step for step in steps}
        for gone in self._steps.get(scope, {}).keys() - wanted.keys():
            self._queued.pop(gone, None)
        self._steps[scope] = wanted
        for step in wanted.values():
            self._queue(step)

    def _queue(self, step: Step) -> None:
        if not step.ready or step.id in self.running or step.id in self.known.failed or self.fresh(step):
            self._queued.pop(step.id, None)
            return
        before = self._queued.get(step.id)
        if before is not None and before.reads == step.reads:
            self._queued[step.id] = before
            return
        self._order += 1
        self._queued[step.id] = step
        heapq.heappush(self._queues[step.pool], (step.rank, self._order, step))

    # The chain

    def _settle(self) -> None:
        """Moves over the scenes whose chain is settled, and asks the scene behind each, which may now go on."""
        while self._settled < len(self._scenes):
            scene = self._scenes[self._settled]
            if self._carries(scene):
                self._carrier = scene
            elif not self._marked(scene):
                break
            self._settled += 1
            if self._settled < len(self._scenes):
                self._ask(self._scenes[self._settled])

    def _unsettle(self, scene: str) -> None:
        """The scene is tried again: those behind it that have not settled either wait for it."""
        position, settled = self._position.get(scene, len(self._scenes)), self._settled
        if position >= settled:
            return
        self._settled, self._carrier = position, self._carrier_before(position) or ""
        for follower in self._scenes[position + 1 : settled + 1]:
            if not self._carries(follower):
                self._ask(follower)

    def _carrier_before(self, position: int) -> str | None:
        if position > self._settled:
            return None
        if position == self._settled:
            return self._carrier
        return next((scene for scene in reversed(self._scenes[:position]) if self._carries(scene)), "")

    def _carries(self, scene: str) -> bool:
        step = self.wanted(StepId(name=self.kind.chain, scene=scene))
        return step is not None and self.fresh(step)

    def _marked(self, scene: str) -> bool:
        failed = self.known.failed_scenes.get(scene)
        return failed is not None and failed.policy == "mark"

    def _bar(self, position: int) -> None:
        self._barred_from = position if self._barred_from is None else min(self._barred_from, position)

    def _bars(self, step: Step) -> bool:
        if self._barred_from is None:
            return False
        return self._position.get(step.id.scene, -1) >= self._barred_from
