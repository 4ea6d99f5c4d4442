"""What is known of a work: the fold of its event log. Asking a kind with the same knowledge gives the same steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from scenewright.domain.brief import Brief
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PartAppended,
    SceneReleased,
    StepAdopted,
    StepFailed,
    StepReset,
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


@dataclass
class Known:
    """Changed only by `apply`, in the order of the log."""

    brief: Brief = field(default_factory=Brief)
    parts: dict[StepId, list[dict[str, Any]]] = field(default_factory=dict)
    reads: dict[StepId, str] = field(default_factory=dict)  # digest of what the last start of a step read
    adopted: dict[StepId, Adopted] = field(default_factory=dict)
    _named: dict[StepId, dict[str, dict[str, Any]]] = field(default_factory=dict)
    failed: dict[StepId, StepFailed] = field(default_factory=dict)
    failed_scenes: dict[str, StepFailed] = field(default_factory=dict)  # the first failure of each scene
    released: set[str] = field(default_factory=set)  # scenes the reader has, as they are now
    _of_brief: dict[Callable[[Brief], Any], Any] = field(default_factory=dict)

    def apply(self, event: AnyEvent) -> None:
        match event:
            case BriefSet(brief=brief):
                self.brief = brief
                self._of_brief.clear()
            case StepStarted(step=step, reads=reads):
                if self.reads.get(step) != reads:
                    self._start_afresh(step)
                self.reads[step] = reads
            case PartAppended(step=step, value=value):
                if not self.parts.get(step):
                    self._named.pop(step, None)
                self.parts.setdefault(step, []).append(value)
                if isinstance(key := value.get("id"), str):
                    self._named.setdefault(step, {})[key] = value
            case StepAdopted(step=step):
                self.adopted[step] = Adopted(value=event.value, inputs=event.inputs, context=event.context)
                self._forget_failure(step)
                self.released.discard(step.scene)
            case StepFailed(step=step):
                self.failed[step] = event
                if step.scene:
                    self.failed_scenes.setdefault(step.scene, event)
            case StepReset(step=step):
                self._forget_failure(step)
            case SceneReleased(scene=scene):
                self.released.add(scene)
            case _:
                pass

    def replay(self, events: Iterable[AnyEvent]) -> Known:
        for event in events:
            self.apply(event)
        return self

    def value(self, step: StepId) -> dict[str, Any] | None:
        found = self.adopted.get(step)
        return found.value if found else None

    def result(self, step: Step) -> dict[str, Any] | None:
        """The adopted result, if it was made from the inputs that the step has now (its context may have changed)."""
        found = self.adopted.get(step.id)
        return found.value if found and step.inputs is not None and found.inputs == step.inputs_digest else None

    def current(self, step: Step) -> bool:
        """Whether the parts of the step are those of the step as it is wanted now; otherwise others will come."""
        if self.result(step) is not None:
            return True
        return step.id in self.parts and self.reads.get(step.id) == step.reads

    def named_parts(self, step: StepId) -> Mapping[str, dict[str, Any]]:
        """Parts of a step that have an "id", by id, in the order in which they were appended.

        While a step with a result runs again, the old ones until the first new part.
        """
        return self._named.get(step, {})

    def of_brief(self, make: Callable[[Brief], T]) -> T:
        """What `make` gives for the brief, made once for every brief."""
        if make not in self._of_brief:
            self._of_brief[make] = make(self.brief)
        return cast(T, self._of_brief[make])

    def _start_afresh(self, step: StepId) -> None:
        self.parts.pop(step, None)
        if step not in self.adopted:
            self._named.pop(step, None)

    def _forget_failure(self, step: StepId) -> None:
        if self.failed.pop(step, None) and step.scene:
            self.failed_scenes.pop(step.scene, None)
            for other in self.failed.values():
                if other.step.scene == step.scene:
                    self.failed_scenes[step.scene] = other
                    break
