"""What a kind of work brings along, and what it gets. Plug-ins are found by the entry-point group below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from scenewright.domain.base import Value
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.calls import Call, SpeechAnswer, SpeechRequest
from scenewright.domain.errors import BadSettings
from scenewright.plan import Kind, Known, Performer
from scenewright.providers.llm.asking import ModelChoice
from scenewright.providers.speech.voices import VoiceSpec

GROUP = "scenewright.kinds"


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


class Plugin(Protocol):
    """A kind: its pure plan, who performs the steps, and the finished work as a document."""

    @property
    def plan(self) -> Kind: ...

    @property
    def written_steps(self) -> tuple[str, ...]:
        """Names of the steps a model writes, for settings like `--model-for content=...`."""

    def complete(self, brief: Brief, cast: Cast) -> Brief:
        """The brief with everything filled in that the person left open: language, people and their voices."""

    def performers(self, brief: Brief, tools: Tools) -> Mapping[str, Performer]: ...

    async def assemble(self, known: Known, tools: Tools) -> Value:
        """The work as it stands now, in the kind's published format; scenes that are missing are left out."""


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
