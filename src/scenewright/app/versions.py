"""The versions of a work's text, as its log tells them: nothing is stored for them, and nothing is ever lost. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scenewright.app.sections import Section
from scenewright.domain.errors import BadInput
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    Logged,
    RefreshAsked,
    RunEnded,
    SceneEdited,
    SceneLocked,
    ScenesArranged,
    SceneSkipped,
    SceneUnlocked,
    SceneWanted,
    StepAdopted,
    StepRetaken,
)
from scenewright.domain.steps import StepId
from scenewright.kinds.plugin import Plugin, TakesEdits
from scenewright.plan import Known

_BY_HAND = (SceneEdited, SceneSkipped, SceneWanted, ScenesArranged, SceneLocked, SceneUnlocked)
_REASONS = 4  # of one version, told to people


@dataclass(frozen=True, kw_only=True)
class Version:
    """The text as it once stood."""

    number: int  # from 1
    seq: int  # the last event that had happened
    at: float  # seconds since 1970, UTC
    why: str  # where it came from, for people
    changed: tuple[int, ...]  # scenes that read otherwise than before, are new or stand elsewhere; () for the first
    gone: int = 0  # how many scenes of the version before are not in it
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A time at which the text may be a version; whoever walks asks how it reads while the walk stands still."""

    seq: int
    at: float
    why: str
    known: Known


@dataclass
class Walk:
    """Through the log, once. Knows between moments what has happened since the last version."""

    plugin: Plugin
    _known: Known = field(default_factory=Known)
    _was_milestone: bool = False
    _reasons: dict[str, None] = field(default_factory=dict)  # in order, each once

    def moments(self, events: Sequence[Logged]) -> Iterator[Moment]:
        last: Logged | None = None
        for logged, following in zip(events, [*events[1:], None], strict=True):
            self._was_milestone = self._is_milestone(logged.event)
            if last is not None and self._was_milestone:
                yield self._moment(last)
            self._reasons |= dict.fromkeys(filter(None, self._why(logged.event)))
            self._known.apply(logged.event)
            last = logged
            if following is None or self._settles(logged, following):
                yield self._moment(logged)
                if isinstance(logged.event, (RunEnded, *_BY_HAND)):
                    self.taken()

    def taken(self) -> None:
        """What has happened is told: the last moment was a version."""
        self._reasons.clear()

    def _moment(self, logged: Logged) -> Moment:
        why = "; ".join(list(self._reasons)[-_REASONS:])
        return Moment(seq=logged.seq, at=logged.at, why=why, known=self._known)

    def _is_milestone(self, event: AnyEvent) -> bool:
        named = self.plugin.milestones if isinstance(self.plugin, TakesEdits) else ()
        return isinstance(event, StepAdopted) and event.step.name in named and not self._known.refreshing

    def _settles(self, logged: Logged, following: Logged) -> bool:
        if isinstance(logged.event, _BY_HAND):  # what a person does at once is written down at once
            return not isinstance(following.event, _BY_HAND) or following.at != logged.at
        return isinstance(logged.event, RunEnded) or self._was_milestone

    def _why(self, event: AnyEvent) -> Iterator[str]:
        match event:
            case StepAdopted(step=step):
                if not self._made_before(step):
                    yield self.plugin.done(step) if isinstance(self.plugin, TakesEdits) else "written"
            case StepRetaken(step=step, note=note) if step.scene:
                yield f"scene {self._number(step.scene)} written again" + (f": {note}" if note else "")
            case SceneEdited(scene=scene, why=why) if why != "locked":
                yield why or f"scene {self._number(scene)} edited"
            case SceneSkipped(scene=scene):
                yield f"scene {self._number(scene)} left out"
            case SceneWanted(scene=scene):
                yield f"scene {self._number(scene)} brought back"
            case ScenesArranged():
                yield "scenes put into another order"
            case RefreshAsked():
                yield "refreshed"
            case BriefSet() if self._known.adopted:
                yield "what was asked for was changed"

    def _made_before(self, step: StepId) -> bool:
        """Then what asked for it again says why."""
        known = self._known
        return known.refreshing or step in known.adopted or any(step.scene == again.scene for again in known.retaken)

    def _number(self, scene: str) -> str:
        scenes = list(self.plugin.plan.scenes(self._known))
        return str(scenes.index(scene) + 1) if scene in scenes else scene


def chosen(versions: Sequence[Version], said: int | None, default: int) -> Version:
    """The version of this number; `default`: counted from the newest, 0. Raises: BadInput."""
    if said is None and default < len(versions):
        return versions[-1 - default]
    found = [version for version in versions if version.number == said]
    if found:
        return found[0]
    if not versions:
        raise BadInput("Nothing of this work is written yet, so it has no versions.")
    if said is None:
        raise BadInput("There is only one version of this work yet: nothing to compare it with, or to go back to.")
    raise BadInput(f"There is no version {said}; there are versions 1 to {len(versions)}: `scenewright versions`.")
