"""What is known of a work: the fold of its event log. Asking a kind with the same knowledge gives the same steps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any, TypeVar, cast

from scenewright.domain.brief import Brief
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PartAppended,
    PlayheadMoved,
    RefreshAsked,
    RunEnded,
    SceneEdited,
    SceneLocked,
    SceneReleased,
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
from scenewright.plan.step import Step

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """The result that the work uses for a step, and the digests of what it was made from."""

    value: dict[str, Any]
    inputs: str
    context: str
    number: int = 0  # how many were adopted before it


@dataclass
class Known:
    """Changed only by `apply`, in the order of the log."""

    brief: Brief = field(default_factory=Brief)
    parts: dict[StepId, list[dict[str, Any]]] = field(default_factory=dict)
    reads: dict[StepId, str] = field(default_factory=dict)  # digest of what the last start of a step read
    adopted: dict[StepId, Adopted] = field(default_factory=dict)
    _adoptions: int = 0
    _named: dict[StepId, dict[str, dict[str, Any]]] = field(default_factory=dict)
    _names: dict[StepId, list[str]] = field(default_factory=dict)
    failed: dict[StepId, StepFailed] = field(default_factory=dict)
    failed_scenes: dict[str, StepFailed] = field(default_factory=dict)  # the first failure of each scene
    pausing: dict[StepId, StepFailed] = field(default_factory=dict)  # those of `failed` that hold up what is behind
    _failed_in: dict[str, dict[StepId, StepFailed]] = field(default_factory=dict)  # by scene
    released: set[str] = field(default_factory=set)  # scenes the reader has, as they are now
    retaken: dict[StepId, StepRetaken] = field(default_factory=dict)  # the last of each step
    skipped: frozenset[str] = frozenset()  # scenes the work goes on without
    edits: Mapping[str, SceneEdited] = field(default_factory=dict)  # by scene: the last, unless it was given up
    edited: dict[str, int] = field(default_factory=dict)  # how often a person wrote the scene
    locked: frozenset[str] = frozenset()  # scenes that nothing changes any more
    arranged: tuple[str, ...] | None = None  # the order that a person gave the scenes; None = as planned
    playhead: PlayheadMoved | None = None
    _refreshing: set[str] = field(default_factory=set)  # scenes whose stale results are to be made anew ...
    _refreshing_scenes: bool = False  # ... or all of them
    _refreshing_work: bool = False  # ... and those of the whole work
    _of_brief: dict[Callable[[Brief], Any], Any] = field(default_factory=dict)
    _once: dict[Hashable, tuple[tuple[object, ...], Any]] = field(default_factory=dict)  # key -> facts, what they gave

    def apply(self, event: AnyEvent) -> None:
        match event:
            case BriefSet(brief=brief):
                self.brief = brief
                self._of_brief.clear()
            case StepStarted(step=step, reads=reads):
                if self.starts_afresh(event):
                    self._start_afresh(step)
                self.reads[step] = reads
            case PartAppended(step=step) if self.kept(step.scene) and step in self.adopted:
                pass  # of a step that was under way when a person wrote or locked the scene
            case PartAppended(step=step, value=value):
                if not self.parts.get(step):
                    self._forget_named(step)
                self.parts.setdefault(step, []).append(value)
                if isinstance(name := value.get("id"), str):
                    self._name(step, name, value)
            case StepAdopted(step=step):
                self.adopted[step] = Adopted(
                    value=event.value, inputs=event.inputs, context=event.context, number=self._adoptions
                )
                self._adoptions += 1
                self._forget_failure(step)
                self.released.discard(step.scene)
            case StepFailed(step=step):
                self._remember_failure(event)
            case StepReset(step=step):
                self._forget_failure(step)
            case StepRetaken(step=step):
                self.retaken[step] = event
                self._give_up_edit(step.scene)
                self._forget_failure(step)
            case SceneReleased(scene=scene):
                self.released.add(scene)
            case SceneSkipped(scene=scene):
                self.skipped |= {scene}
            case SceneWanted(scene=scene):
                self.skipped -= {scene}
            case SceneEdited(scene=scene):
                self.edits = {**self.edits, scene: event}
                self.edited[scene] = self.edited.get(scene, 0) + 1
                for step in list(self._failed_in.get(scene, ())):  # it is written now
                    self._forget_failure(step)
                self._drop_begun(scene)
                self.released.discard(scene)
            case SceneLocked(scene=scene):
                self._drop_begun(scene)
                self.locked |= {scene}
            case SceneUnlocked(scene=scene):
                self.locked -= {scene}
            case ScenesArranged(scenes=scenes):
                self.arranged = scenes
            case RefreshAsked():
                self._refresh(event)
            case PlayheadMoved():
                self.playhead = event
            case RunEnded(outcome="done"):
                self._refreshing_scenes = self._refreshing_work = False
                self._refreshing.clear()
            case _:
                pass

    def starts_afresh(self, started: StepStarted) -> bool:
        """Whether the step has parts that no longer count, because it now reads something else."""
        return started.step in self.parts and self.reads.get(started.step) != started.reads

    def replay(self, events: Iterable[AnyEvent]) -> Known:
        for event in events:
            self.apply(event)
        return self

    def value(self, step: StepId) -> dict[str, Any] | None:
        found = self.adopted.get(step)
        return found.value if found else None

    def emitted(self, step: StepId) -> Sequence[Mapping[str, Any]]:
        """The parts a step has given so far; while it runs again, the old ones until the first new one."""
        if parts := self.parts.get(step):
            return parts
        adopted = self.value(step)
        return adopted["parts"] if adopted else ()

    def as_taken(self, step: Step) -> Step:
        """The step with the take and the note that a person gave it; kinds need not know about them."""
        retaken = self.retaken.get(step.id) if self.retaken else None
        if retaken is None or retaken.take == step.take:
            return step
        return replace(step, take=retaken.take, note=retaken.note)

    def result(self, step: Step) -> dict[str, Any] | None:
        """The adopted result, if it was made from what the step reads now.

        Its context may have changed, unless stale results are being refreshed. What a person wrote or locked stays
        as it is, whatever its steps read now.
        """
        found = self.adopted.get(step.id)
        if found is not None and self.kept(step.id.scene):
            return found.value
        if found is None or step.inputs is None or found.inputs != self.as_taken(step).inputs_digest:
            return None
        if self.refreshes(step) and (step.held or found.context != step.context_digest):
            return None
        return found.value

    def kept(self, scene: str) -> bool:
        """Whether the scene stays as it is until a person wants it otherwise."""
        return scene in self.edits or scene in self.locked

    @property
    def refreshing(self) -> bool:
        """Whether what is stale is being made anew, or a part of it."""
        return self._refreshing_scenes or self._refreshing_work or bool(self._refreshing)

    def refreshes(self, step: Step) -> bool:
        """Whether the step's result is to be made anew if it is stale."""
        if scope := step.id.scene:
            return self._refreshing_scenes or scope in self._refreshing
        return self._refreshing_work or (step.follows and self._refreshing_scenes)

    def current(self, step: Step) -> bool:
        """Whether the parts of the step are those of the step as it is wanted now; otherwise others will come."""
        if self.result(step) is not None:
            return True
        return step.id in self.parts and self.reads.get(step.id) == self.as_taken(step).reads

    def named_parts(self, step: StepId) -> Mapping[str, dict[str, Any]]:
        """Parts of a step that have an "id", by id, in the order in which they were appended.

        While a step with a result runs again, the old ones until the first new part.
        """
        return self._named.get(step, {})

    def names(self, step: StepId) -> Sequence[str]:
        """The ids of `named_parts`, as a list that grows in place; another list when other parts have come."""
        return self._names.setdefault(step, [])

    def of_brief(self, make: Callable[[Brief], T]) -> T:
        """What `make` gives for the brief, made once for every brief."""
        if make not in self._of_brief:
            self._of_brief[make] = make(self.brief)
        return cast(T, self._of_brief[make])

    def once(self, key: Hashable, facts: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gave under this key before, as long as the facts are the very same objects.

        So a kind need not write down all steps of a scene again at every question, and the engine sees at once that
        they are the same. What is known is never changed in place, except that `parts` grow: give their number, too.
        """
        before = self._once.get(key)
        if before is not None and len(before[0]) == len(facts) and all(map(is_, before[0], facts)):
            return cast(T, before[1])
        made = make()
        self._once[key] = facts, made
        return made

    def _refresh(self, asked: RefreshAsked) -> None:
        if asked.scene:
            self._refreshing.add(asked.scene)
        else:
            self._refreshing_scenes = True
        self._refreshing_work = self._refreshing_work or asked.work

    def _drop_begun(self, scene: str) -> None:
        """Parts of results that the scene has already: where they were to be replaced, the new ones are not wanted."""
        for step in [step for step in self.parts if step.scene == scene and step in self.adopted]:
            del self.parts[step]
            self._forget_named(step)

    def _give_up_edit(self, scene: str) -> None:
        if scene in self.edits and scene not in self.locked:
            self.edits = {name: edit for name, edit in self.edits.items() if name != scene}

    def _start_afresh(self, step: StepId) -> None:
        self.parts.pop(step, None)
        if step not in self.adopted:
            self._forget_named(step)

    def _name(self, step: StepId, name: str, part: dict[str, Any]) -> None:
        named = self._named.setdefault(step, {})
        if name not in named:
            self._names.setdefault(step, []).append(name)
        named[name] = part

    def _forget_named(self, step: StepId) -> None:
        self._named.pop(step, None)
        self._names.pop(step, None)

    def _remember_failure(self, failed: StepFailed) -> None:
        step = failed.step
        self.failed[step] = failed
        if failed.policy == "pause":
            self.pausing[step] = failed
        if step.scene:
            self._failed_in.setdefault(step.scene, {})[step] = failed
            self.failed_scenes.setdefault(step.scene, failed)

    def _forget_failure(self, step: StepId) -> None:
        if self.failed.pop(step, None) is None:
            return
        self.pausing.pop(step, None)
        if step.scene:
            others = self._failed_in[step.scene]
            del others[step], self.failed_scenes[step.scene]
            if others:
                self.failed_scenes[step.scene] = next(iter(others.values()))
