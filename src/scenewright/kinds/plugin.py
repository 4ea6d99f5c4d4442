"""What a kind of work brings along, and what it gets. Plug-ins are found by the entry-point group below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Literal, Protocol, runtime_checkable

from scenewright.domain.base import Json, Value
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.calls import Call, SpeechAnswer, SpeechRequest
from scenewright.domain.errors import BadSettings
from scenewright.domain.ranges import NONE, ONE, Range
from scenewright.domain.steps import StepId
from scenewright.plan import Kind, Known, Performer, Pool
from scenewright.providers.llm.asking import ModelChoice
from scenewright.providers.speech.voices import VoiceSpec

GROUP = "scenewright.kinds"
Where = Literal["work", "scene", "finale"]  # once for the whole work; for each scene; after the scenes, in a row


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The outside world, as performers may use it."""

    work: str
    choose: Callable[[str], ModelChoice]  # step name -> the model that performs it
    voice: Callable[[str, str], VoiceSpec]  # ("engine:voice", language) -> the voice with all that a request needs
    say: Callable[[Call[SpeechRequest]], Awaitable[SpeechAnswer]]  # one chunk of speech
    put_blob: Callable[[bytes], Awaitable[str]]
    get_blob: Callable[[str], Awaitable[bytes]]


Cast = Callable[[Sequence[Speaker], str, str], Mapping[str, str]]
"""(speakers, language, the first teacher's voice or "") -> speaker id -> "engine:voice", all different."""


@dataclass(frozen=True, kw_only=True)
class StepForecast:
    """What the steps of one name will probably take."""

    name: str
    pool: Pool
    steps: Range  # in the whole work
    calls: Range = ONE  # of one step; steps of the pool "cpu" make none
    input_tokens: Range = NONE  # of one call
    reads_source: bool = False  # the source is part of the input: other works say little about it
    output_tokens: Range = NONE  # of one call
    characters: Range = NONE  # that one call speaks
    parts: Range = NONE  # that one step emits while it runs
    where: Where = "scene"
    beside: bool = False  # in the finale: those of one name run beside each other, not in a row


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What a work will probably take, said before anything is begun."""

    scenes: Range
    steps: Sequence[StepForecast]
    counted: bool = False  # the figures are counted, not guessed: past runs know no better
    in_a_row: str | None = None  # the step that is made scene after scene; None = the chain's; "" = there is none
    heard: Range = NONE  # seconds that a listener hears, of one scene
    assumed: Sequence[str] = ()  # what was assumed, in sentences for people


class Plugin(Protocol):
    """A kind: its pure plan, who performs the steps, and the finished work as a document."""

    @property
    def plan(self) -> Kind: ...

    @property
    def written_steps(self) -> tuple[str, ...]:
        """Names of the steps a model writes, for settings like `--model-for content=...`."""

    def complete(self, brief: Brief, cast: Cast) -> Brief:
        """The brief with everything filled in that the person left open: language, people and their voices."""

    def forecast(self, brief: Brief, window: int) -> Forecast:
        """What a completed brief will take; nothing is asked of anybody. `window`: tokens a request may take.

        A brief with more scenes never takes less.
        """

    def performers(self, brief: Brief, tools: Tools) -> Mapping[str, Performer]: ...

    async def assemble(self, known: Known, tools: Tools) -> Value:
        """The work as it stands now, in the kind's published format; scenes that are missing are left out."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as the person gave it, for kinds that read their own."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a file says."""

    fields: Mapping[str, Any]  # of Brief; those that the file gives
    warnings: tuple[str, ...] = ()  # for the person, one sentence each


@runtime_checkable
class ReadsSources(Protocol):
    """A kind with sources of its own: a show's bible, a ready outline."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of the files it reads itself, with the dot, lower case; others are documents."""

    def read(self, source: Source) -> Read:
        """Raises: BadInput: names the line and the field that is wrong, and the remedy."""

    def example(self) -> Source:
        """A commented example of such a file, to be filled in."""


@runtime_checkable
class TakesDetails(Protocol):
    """A kind with fields of its own in `Brief.details`, which people set one by one (`--set rounds=2`)."""

    @property
    def detail_names(self) -> Mapping[str, str]:
        """Name -> what it takes, for people: "a whole number from 0 to 10"."""

    def with_details(self, given: Mapping[str, Any]) -> Json:
        """What was given, as typed values; texts that say a number or a switch become one. Raises: BadInput."""


Kept = Callable[[str], Json | None]
"""What is kept under a name; None: nothing is."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is kept, as a list shows it."""

    title: str
    episodes: tuple[str, ...]  # titles, in the order in which they were made
    people: tuple[str, ...]


@runtime_checkable
class KeepsSeries(Protocol):
    """A kind whose works belong to a series: what one of them establishes, the next one knows."""

    def into_series(self, details: Mapping[str, Any], series: Any) -> Json:
        """The details with this series instead of the one that they bring: its name, or what a file says of it."""

    def with_kept(self, brief: Brief, kept: Kept, work: str = "") -> Brief:
        """The brief with what is kept of its series.

        `work`: the work that it is for, if that was there before: it is given what it knew when it began, and not
        what it has established itself. Raises: BadInput: nothing is kept under the name that the brief gives.
        """

    def keep(self, brief: Brief, kept: Kept, work: str, finished: Value | None = None) -> tuple[str, Json] | None:
        """(name, what is to be kept now); None if the work belongs to no series.

        Without `finished`: the work begins, and `brief` is as the person gave it. With: the work is done.
        """

    def series(self, kept: Json) -> Series:
        """Raises: StoreError: it is not what this kind keeps."""

    def series_source(self, kept: Json) -> Source:
        """As a file that the kind reads again."""


@runtime_checkable
class Summarises(Protocol):
    """A kind with something to say about a work besides what its steps tell."""

    def summary(self, known: Known) -> Sequence[str]:
        """A few short lines for people; none while there is nothing to say."""

    def news(self, step: StepId, value: Json) -> str:
        """What the result of a step of the whole work says, in a few words; "" if that is nothing."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a person changed elsewhere. Values have the form of SceneEdited."""

    edits: Mapping[str, Json]  # scenes whose text is another now, and new ones
    scenes: tuple[str, ...]  # all scenes in their order now
    gone: tuple[str, ...] = ()  # written scenes that are not in the file
    matched: int = 0  # scenes of the file that are scenes of the work
    work: str = ""  # the id of the work that the file says it is of, if it says so
    warnings: tuple[str, ...] = ()


@runtime_checkable
class TakesEdits(Protocol):
    """A kind whose text people write in, compare and take back."""

    @property
    def milestones(self) -> tuple[str, ...]:
        """Names of steps before and after whose results the text is a version of its own."""

    def done(self, step: StepId) -> str:
        """What a result of the step did to the text, for people: "draft"; "" = nothing of its own."""

    def texts(self, known: Known) -> Mapping[str, Json]:
        """Every scene as it reads now, in order, in the form of SceneEdited."""

    def standing(self, known: Known, scene: str) -> Json | None:
        """The scene as it reads now, in the form of SceneEdited, so that writing it down changes nothing.

        None: it is not written.
        """

    def imported(self, known: Known, source: Source) -> Imported:
        """A file that a person edited elsewhere, matched scene by scene. Raises: BadInput."""


def names() -> list[str]:
    return sorted(entry.name for entry in entry_points(group=GROUP))


@cache
def load(name: str) -> Plugin:
    """Raises: BadSettings: no such kind is installed."""
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            plugin: Plugin = entry.load()
            return plugin
    raise BadSettings(f"There is no kind {name!r}; installed are: {', '.join(names())}.")
