"""The decision: from what is known and what runs, which steps start now. Synchronous, no input or output.

All of the scheduler's state is here. An event goes in by `tell`; what follows comes out of `take` and `release`.
Only what an event may have changed is asked of the kind again, so the whole work costs linear time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PartAppended,
    PlayheadMoved,
    RefreshAsked,
    RunPausing,
    RunStarted,
    SceneEdited,
    SceneLocked,
    ScenesArranged,
    SceneSkipped,
    SceneUnlocked,
    SceneWanted,
    StepAdopted,
    StepFailed,
    StepReset,
    StepRetaken,
    StepStarted,
)
from scenewright.domain.steps import StepId
from scenewright.plan import Kind, Known, Step
from scenewright.scheduler.chain import Chain
from scenewright.scheduler.listener import Listener
from scenewright.scheduler.pools import Limits, Places, Pools

WORK = ""  # the scope of steps that belong to no scene


class Board:
    """`ahead`: only so many scenes beyond the playhead (the first so many, if nobody listens yet) are written."""

    def __init__(self, kind: Kind, known: Known, limits: Places | None = None, ahead: int | None = None) -> None:
        self.kind, self.known = kind, known
        self.running: dict[StepId, Step] = {}
        self.pausing = False
        self._pools = Pools(limits or Limits())
        self._listener = Listener(kind, known, ahead, self.complete)
        self._answers: dict[str, Sequence[Step]] = {}  # scope -> what the kind answered last
        self._steps: dict[str, dict[StepId, Step]] = {}  # scope -> the steps it wants
        self._lacking: set[StepId] = set()  # those of them that have no result
        self._missing: dict[str, int] = {}  # scope -> how many these are
        self._unready: set[str] = set()  # scenes that are neither complete nor skipped
        self._released = 0  # so many scenes from the first need not be released any more
        self._ask_all()

    # What goes in

    def tell(self, event: AnyEvent) -> None:
        afresh = isinstance(event, StepStarted) and self.known.starts_afresh(event)
        self.known.apply(event)
        match event:
            case StepStarted(step=step):
                if not afresh:
                    return
                self._ask(step.scene, step)
            case RunStarted():
                self.pausing = False
            case RunPausing():
                self.pausing = True
            case PartAppended() if self._plans_anew(event):
                self._ask_all()
            case StepAdopted(step=step):
                self._ask(step.scene, step)
                self._released = min(self._released, self._position.get(step.scene, len(self._scenes)))
            case PartAppended(step=step) | StepFailed(step=step):
                self._ask(step.scene, step)
            case StepReset(step=step):
                self._unsettle(step.scene)
                self._ask(step.scene, step)
            case PlayheadMoved():
                self._requeue(self._listener.moved())
            case (
                BriefSet()
                | StepRetaken()
                | SceneSkipped()
                | SceneWanted()
                | SceneEdited()
                | SceneLocked()
                | SceneUnlocked()
                | ScenesArranged()
                | RefreshAsked()
            ):
                self._ask_all()
            case _:
                return
        self._settle()
        self._close()

    def done(self, step: StepId, seconds: float | None = None) -> None:
        """The step no longer runs, whatever became of it. `seconds`: how long it took to its result."""
        if (ran := self.running.pop(step, None)) is not None:
            self._pools.left(ran)
        if seconds is not None:
            self._listener.learn(step, seconds)
        if step in self._lacking and (found := self.wanted(step)):
            self._queue(found)

    # What comes out

    def take(self, now: float = 0.0) -> list[Step]:
        """Steps to start now; they count as running from here on. `now`: seconds on the clock that listeners use."""
        if self.pausing:
            return []
        barred = self._barred_from()
        urgent = [step for scene in self._listener.urgent(now, self._chain.settled) for step in self._queued_in(scene)]
        started = self._pools.take(urgent, lambda step: barred is None or self._at(step) < barred)
        for step in started:
            self.running[step.id] = step
        return started

    def release(self) -> list[str]:
        """Scenes that became complete with every earlier one settled, in order; a reader who has them gets none."""
        ready: list[str] = []
        while self._released < len(self._scenes):
            scene = self._scenes[self._released]
            if self.complete(scene):
                if scene not in self.known.released:
                    ready.append(scene)
            elif not self._passed_over(scene):
                break
            self._released += 1
        return ready

    def wanted(self, step: StepId) -> Step | None:
        return self._steps.get(step.scene, {}).get(step)

    def complete(self, scene: str) -> bool:
        return bool(self._steps.get(scene)) and not self._missing.get(scene)

    def fresh(self, step: Step) -> bool:
        """True if the work has a result for the step made from these inputs (the context may have changed)."""
        return self.known.result(step) is not None

    def stale(self) -> list[Step]:
        """Steps whose result was made in another context: shown, and left as they are until asked."""
        return [
            step
            for steps in self._steps.values()
            for step in steps.values()
            if not (step.held or self.known.kept(step.id.scene)) and self._outdated(step)
        ]

    def _outdated(self, step: Step) -> bool:
        return self.fresh(step) and self.known.adopted[step.id].context != step.context_digest

    @property
    def scenes(self) -> Sequence[str]:
        return self._scenes

    def position(self, scene: str) -> int:
        """How many scenes come before it."""
        return self._position[scene]

    def steps(self, scope: str) -> Mapping[StepId, Step]:
        return self._steps.get(scope, {})

    def finished(self) -> bool:
        """True if every step that is wanted has its result."""
        return not self._lacking

    def missing(self) -> list[Step]:
        """Steps that are wanted and have no result."""
        return [step for steps in self._steps.values() for step in steps.values() if step.id in self._lacking]

    def barring(self) -> StepFailed | None:
        """The earliest failure behind which nothing starts until it is tried again or its scene is skipped."""
        pauses = [failed for step, failed in self.known.pausing.items() if step.scene not in self.known.skipped]
        return min(pauses, key=lambda failed: self._position.get(failed.step.scene, -1), default=None)

    def waiting_for_listener(self) -> bool:
        """Whether scenes are left unwritten because the listener is too far from them."""
        return self._listener.far(len(self._scenes) - 1) and bool(self._unready)

    def statistics(self) -> dict[str, int]:
        return {
            "scenes": len(self._scenes),
            "settled": self._chain.settled,
            "released": self._released,
            "running": len(self.running),
            "queued": len(self._pools),
        }

    def __repr__(self) -> str:
        return f"Board({self.statistics()})"

    # Asking the kind

    def _ask_all(self) -> None:
        self._scenes: list[str] = []
        self._listed: Sequence[str] = ()
        self._position: dict[str, int] = {}
        self._links: dict[str, StepId] = {}  # scene -> its step of the chain
        self._listener.over(self._scenes, self._position)
        self._chain = Chain(self.kind.chain, self._scenes)
        self._released, self._finale = 0, False
        self._answers.clear()
        self._steps.clear()
        self._lacking.clear()
        self._missing.clear()
        self._unready.clear()
        self._pools.clear()
        self._ask(WORK)
        self._settle()
        self._close()

    def _ask(self, scope: str, news: StepId | None = None) -> None:
        """`news`: the step that something has happened to."""
        if scope == WORK:
            self._ask_work(news)
        elif scope in self.known.skipped:
            self._want(scope, (), news)
        elif (position := self._position.get(scope)) is not None:
            carrier = self._chain.carrier_before(position)
            self._want(scope, self.kind.scene_steps(self.known, scope, position, carrier), news)

    def _ask_work(self, news: StepId | None = None) -> None:
        steps = list(self.kind.work_steps(self.known))
        planned = all(self.fresh(step) for step in steps)
        listed = self.kind.scenes(self.known)
        # The known list of a kind grows in place; only another list has to be compared.
        if listed is not self._listed and list(listed[: len(self._scenes)]) != self._scenes:
            self._ask_all()  # an outline that starts afresh
            return
        self._listed = listed
        self._finale = planned and bool(listed) and len(listed) == len(self._scenes) and not self._unready
        self._want(WORK, [*steps, *(self.kind.finale_steps(self.known) if self._finale else ())], news)
        added = listed[len(self._scenes) :]
        for scene in added:
            self._position[scene] = len(self._scenes)
            self._scenes.append(scene)
            self._links[scene] = StepId(name=self.kind.chain, scene=scene)
        for scene in added:  # where a listener is among them is known only now
            self._ask(scene)
        self._requeue(self._listener.shifted())

    def _plans_anew(self, part: PartAppended) -> bool:
        """Whether a step that has a result runs again, and what it gave before now gives way to this part."""
        again = not part.step.scene and part.step in self.known.adopted
        return again and (part.index == 0 or part.value.get("id") in self._position)

    def _close(self) -> None:
        """The finale is wanted from when every scene is complete or skipped, and for as long as they are."""
        if self._finale == bool(self._unready) and self._scenes:
            self._ask_work()

    def _want(self, scope: str, steps: Sequence[Step], news: StepId | None) -> None:
        """A step that is the same object as before stands as it stood, unless there is news of it."""
        if steps is not self._answers.get(scope) or not isinstance(steps, tuple):
            self._replace(scope, steps)
        if news is not None and (touched := self._steps[scope].get(news)) is not None:
            self._queue(touched)
        if scope != WORK and (self.complete(scope) or scope in self.known.skipped) == (scope in self._unready):
            (self._unready.discard if scope in self._unready else self._unready.add)(scope)

    def _replace(self, scope: str, steps: Sequence[Step]) -> None:
        taken = map(self.known.as_taken, steps) if self.known.retaken else steps
        before, wanted = self._steps.get(scope, {}), {step.id: step for step in taken}
        self._answers[scope], self._steps[scope] = steps, wanted
        for gone in before.keys() - wanted.keys():
            self._pools.drop(gone)
            if gone in self._lacking:
                self._mark(gone, lacking=False)
        for step in wanted.values():
            if before.get(step.id) is not step:
                self._queue(step)

    def _queue(self, step: Step) -> None:
        """Queues the step if it can start now."""
        name, fresh = step.id, self.fresh(step)
        if fresh == (name in self._lacking):
            self._mark(name, lacking=not fresh)
        if fresh or not step.ready or name in self.running or name in self.known.failed or self._far(step):
            self._pools.drop(name)
        else:
            self._pools.add(step)

    def _mark(self, step: StepId, *, lacking: bool) -> None:
        (self._lacking.add if lacking else self._lacking.discard)(step)
        self._missing[step.scene] = self._missing.get(step.scene, 0) + (1 if lacking else -1)

    def _requeue(self, scenes: Sequence[str]) -> None:
        """Scenes that have come near a listener, or gone far."""
        for scene in scenes:
            for step in self._steps.get(scene, {}).values():
                self._queue(step)

    def _queued_in(self, scene: str) -> list[Step]:
        return [step for step in self._steps.get(scene, {}).values() if step.id in self._pools]

    def _far(self, step: Step) -> bool:
        return bool(step.id.scene) and self._listener.far(self._position[step.id.scene])

    # The chain

    def _settle(self) -> None:
        """Moves over the scenes whose chain is settled, and asks the scene behind each, which may now go on."""
        while (scene := self._chain.next()) is not None:
            if self._carries(scene):
                self._chain.settle(carries=True)
            elif self._passed_over(scene) and not self._still_comes(self._links[scene]):
                self._chain.settle(carries=False)
            else:
                return
            if (following := self._chain.next()) is not None:
                self._ask(following)

    def _unsettle(self, scene: str) -> None:
        """The scene is tried again: those behind it wait for it."""
        position = self._position.get(scene, len(self._scenes))
        self._released = min(self._released, position)
        for follower in self._chain.unsettle(position):
            self._ask(follower)

    def _carries(self, scene: str) -> bool:
        step = self._links[scene]
        return step not in self._lacking and self.wanted(step) is not None

    def _still_comes(self, step: StepId) -> bool:
        """Whether a step of a failed scene is made all the same: another of its steps has failed."""
        wanted = None if step.scene in self.known.skipped else self.wanted(step)
        return wanted is not None and wanted.ready and step not in self.known.failed

    # Failures

    def _passed_over(self, scene: str) -> bool:
        """Marked as failed or skipped: those behind it need not wait."""
        failed = self.known.failed_scenes.get(scene)
        return scene in self.known.skipped or (failed is not None and failed.policy == "mark")

    def _barred_from(self) -> int | None:
        """Scenes at or after this position start nothing; -1: nothing at all."""
        barring = self.barring()
        return None if barring is None else self._position.get(barring.step.scene, -1)

    def _at(self, step: Step) -> int:
        return self._position.get(step.id.scene, -1)
