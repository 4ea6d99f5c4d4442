"""Everything that can happen to a work. The log of these is the work: views and restarts read nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from scenewright.domain.base import Value
from scenewright.domain.brief import Brief
from scenewright.domain.steps import StepId
from scenewright.domain.usage import Usage


class Event(Value):
    """One fact. Its position in the log and the wall-clock time are the log's, not the event's."""


class BriefSet(Event):
    """The work was asked for, or what was asked for was changed."""

    type: Literal["brief.set"] = "brief.set"
    brief: Brief


class RunStarted(Event):
    type: Literal["run.started"] = "run.started"
    run: str


class RunPausing(Event):
    """Nothing new starts; what is in flight is kept."""

    type: Literal["run.pausing"] = "run.pausing"
    reason: str


class RunEnded(Event):
    """`outcome`: done = every scene ready; failed = some are marked; paused and cancelled can be resumed."""

    type: Literal["run.ended"] = "run.ended"
    run: str
    outcome: Literal["done", "failed", "paused", "cancelled"]
    reason: str = ""


class StepStarted(Event):
    type: Literal["step.started"] = "step.started"
    step: StepId
    reads: str  # digest of inputs and context; if it differs from the last start, earlier parts no longer count


class PartAppended(Event):
    """An item that a step emitted while running. `index` counts from 0 within the step."""

    type: Literal["part.appended"] = "part.appended"
    step: StepId
    index: int
    value: dict[str, Any]


class StepAdopted(Event):
    """The work now uses this result. The digests say what it was made from (see plan.Step)."""

    type: Literal["step.adopted"] = "step.adopted"
    step: StepId
    inputs: str
    context: str
    value: dict[str, Any]


class StepFailed(Event):
    type: Literal["step.failed"] = "step.failed"
    step: StepId
    policy: Literal["mark", "pause"]
    reason: str
    useless: bool = False  # it was answered, but not with what it needs: the same question gets the same answer


class StepReset(Event):
    """A failure is forgotten, so that the step is tried again."""

    type: Literal["step.reset"] = "step.reset"
    step: StepId


class StepRetaken(Event):
    """Another result is wanted from the same inputs. `note` says what should be different, in a person's words."""

    type: Literal["step.retaken"] = "step.retaken"
    step: StepId
    take: int = Field(ge=1)
    note: str = ""


class RunAsked(Event):
    """Somebody asks whoever runs the work to stop. It is void for runs that start later."""

    type: Literal["run.asked"] = "run.asked"
    action: Literal["pause", "cancel"]


class RefreshAsked(Event):
    """Stale results are to be made anew, and those that turn stale by it, until a run is done."""

    type: Literal["refresh.asked"] = "refresh.asked"
    scene: str = ""  # only this one; empty = every scene
    work: bool = False  # also the steps of the whole work: its outline is planned anew


class SceneSkipped(Event):
    """The work goes on without the scene; what it has is kept."""

    type: Literal["scene.skipped"] = "scene.skipped"
    scene: str


class SceneWanted(Event):
    """A skipped scene is wanted after all."""

    type: Literal["scene.wanted"] = "scene.wanted"
    scene: str


class SceneEdited(Event):
    """A person wrote the scene, or parts of it: this is its text now, whatever was made before.

    Its own steps are not made again by themselves; regenerating the scene gives the edit up.
    """

    type: Literal["scene.edited"] = "scene.edited"
    scene: str
    value: dict[str, Any]  # the whole scene as it reads now, in the kind's form
    why: str = ""  # for people: where the edit came from
    written: bool = True  # False: it only writes down what stood already, so that it stays


class SceneLocked(Event):
    """Nothing changes the scene any more: its results stay, whatever they were made from."""

    type: Literal["scene.locked"] = "scene.locked"
    scene: str


class SceneUnlocked(Event):
    type: Literal["scene.unlocked"] = "scene.unlocked"
    scene: str


class ScenesArranged(Event):
    """A person put the scenes into this order, and took some in or out."""

    type: Literal["scenes.arranged"] = "scenes.arranged"
    scenes: tuple[str, ...]


class PlayheadMoved(Event):
    """A listener is here now, and listens on from here."""

    type: Literal["playhead.moved"] = "playhead.moved"
    scene: str
    offset: float = Field(default=0.0, ge=0)  # seconds into the scene


class CallMade(Event):
    """A provider answered (or the memo did, for nothing)."""

    type: Literal["call.made"] = "call.made"
    step: StepId
    account: str
    model: str
    key: str  # address in the memo; "" for calls that are not kept
    remembered: bool = False
    usage: Usage = Usage()
    cost: Decimal | None = None  # US dollars; None = unknown


class CallRetried(Event):
    """A call failed and is tried again after `wait` seconds."""

    type: Literal["call.retried"] = "call.retried"
    step: StepId
    account: str
    attempt: int  # the one that failed, from 1
    wait: float
    reason: str


class SceneReleased(Event):
    """Everything of the scene is there and every earlier scene has settled."""

    type: Literal["scene.released"] = "scene.released"
    scene: str


AnyEvent = Annotated[
    BriefSet
    | RunStarted
    | RunPausing
    | RunEnded
    | StepStarted
    | PartAppended
    | StepAdopted
    | StepFailed
    | StepReset
    | StepRetaken
    | RunAsked
    | RefreshAsked
    | SceneSkipped
    | SceneWanted
    | SceneEdited
    | SceneLocked
    | SceneUnlocked
    | ScenesArranged
    | PlayheadMoved
    | CallMade
    | CallRetried
    | SceneReleased,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)


class Logged(Value):
    """An event in its place."""

    seq: int  # from 1, without gaps, per work
    at: float  # seconds since 1970, UTC
    event: AnyEvent
