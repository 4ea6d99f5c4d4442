"""What is known of a work: the fold of its event log. Asking a kind with the same knowledge gives the same steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    PartAppended,
    StepAdopted,
    StepFailed,
    StepReset,
    StepStarted,
)
from scenewright.domain.steps import StepId


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

    def apply(self, event: AnyEvent) -> None:
        match event:
            case BriefSet(brief=brief):
                self.brief = brief
            case StepStarted(step=step, reads=reads):
                if self.reads.get(step) != reads:
                    self._drop_parts(step)
                self.reads[step] = reads
            case PartAppended(step=step, value=value):
                self.parts.setdefault(step, []).append(value)
                if isinstance(key := value.get("id"), str):
                    self._named.setdefault(step, {})[key] = value
            case StepAdopted(step=step):
                self.adopted[step] = Adopted(value=event.value, inputs=event.inputs, context=event.context)
                self._forget_failure(step)
            case StepFailed(step=step):
                self.failed[step] = event
                if step.scene:
                    self.failed_scenes.setdefault(step.scene, event)
            case StepReset(step=step):
                self._forget_failure(step)
            case _:
                pass

    def replay(self, events: Iterable[AnyEvent]) -> Known:
        for event in events:
            self.apply(event)
        return self

    def value(self, step: StepId) -> dict[str, Any] | None:
        found = self.adopted.get(step)
        return found.value if found else None

    def named_parts(self, step: StepId) -> Mapping[str, dict[str, Any]]:
        """Parts of a step that have an "id", by id, in the order in which they were appended."""
        return self._named.get(step, {})

    def _drop_parts(self, step: StepId) -> None:
        self.parts.pop(step, None)
        self._named.pop(step, None)

    def _forget_failure(self, step: StepId) -> None:
        if self.failed.pop(step, None) and step.scene:
            self.failed_scenes.pop(step.scene, None)
            for other in self.failed.values():
                if other.step.scene == step.scene:
                    self.failed_scenes[step.scene] = other
                    break
