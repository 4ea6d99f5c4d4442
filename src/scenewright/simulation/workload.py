"""What is simulated: how long the steps of a work take, and how many there are."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scenewright.domain.errors import BadInput
from scenewright.simulation.distributions import Distribution, Fixed, Lognormal
from scenewright.testing.provider.quota import Quota

MOST_SCENES = 100_000
MODEL_STEPS, VOICE_STEPS = frozenset({"outline", "content", "actions"}), frozenset({"clip"})

# Seconds. Means: 11.7 for what a scene shows, 5.8 for what is said about it, 1.4 for a clip.
CONTENT, ACTIONS, CLIP = Lognormal.of(2.4, 0.35), Lognormal.of(1.7, 0.35), Lognormal.of(0.3, 0.3)
HEARD = Fixed(8.0)  # seconds
NO_QUOTA = Quota()


@dataclass(frozen=True, kw_only=True)
class Failures:
    """How often a call fails, as shares of 1."""

    transient: float = 0.0  # of the calls; tried again
    permanent: float = 0.0  # of the calls; not tried again: the kind's policy decides what follows

    def __post_init__(self) -> None:
        if not 0 <= self.transient < 1:
            raise BadInput(f"The share of errors is at least 0 and below 1, or no call ends; got {self.transient}.")
        if not 0 <= self.permanent <= 1:
            raise BadInput(f"The share of refusals lies between 0 and 1, got {self.permanent}.")


@dataclass(frozen=True, kw_only=True)
class Workload:
    """A synthetic work: outline -> content -> actions after the carry -> one clip for each speech."""

    scenes: int = 10
    outline: float = 20.0  # seconds; one part for each scene, evenly
    streams: bool = True  # False: the parts of the outline and of the actions come at the end, all at once
    content: Distribution = CONTENT  # seconds
    actions: Distribution = ACTIONS  # seconds
    clip: Distribution = CLIP  # seconds that a voice takes
    parts: int = 8  # actions of a scene
    clips: int = 8  # how many of them are speeches
    speech: Distribution = HEARD  # seconds that a listener hears, for each clip
    input_tokens: Mapping[str, int] = field(default_factory=lambda: {"outline": 6000, "content": 3000, "actions": 2000})
    output_tokens: Mapping[str, int] = field(default_factory=lambda: {"outline": 1500, "content": 900, "actions": 450})
    characters: int = 120  # of one speech, for quotas of voices
    failures: Mapping[str, Failures] = field(default_factory=dict)  # by step
    model_quota: Quota = NO_QUOTA  # of the account that writes
    voice_quota: Quota = NO_QUOTA  # of the account that speaks
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.scenes <= MOST_SCENES:
            raise BadInput(f"A simulated work has 1 to {MOST_SCENES} scenes, got {self.scenes}.")
        if not (self.parts >= 1 and 0 <= self.clips <= self.parts):
            raise BadInput(f"A scene has at least one action, and 0 to {self.parts} clips, got {self.clips}.")
        if self.outline < 0:
            raise BadInput(f"The outline takes 0 seconds or more, got {self.outline}.")
        if unknown := self.failures.keys() - (MODEL_STEPS | VOICE_STEPS):
            raise BadInput(f"A simulated work has no step {', '.join(sorted(unknown))} that could fail.")

    @property
    def undisturbed(self) -> bool:
        """No account refuses anything and nothing fails."""
        return not self.failures and self.model_quota == self.voice_quota == NO_QUOTA


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The durations of one work, in seconds."""

    outline: float
    content: Sequence[float]  # by scene
    actions: Sequence[float]  # by scene
    clips: Sequence[Sequence[float]]  # by scene and clip
    speech: Sequence[Sequence[float]]  # by scene and clip: what a listener hears
    parts: int
    streams: bool

    @property
    def scenes(self) -> int:
        return len(self.content)

    def outlined(self, scene: int) -> float:
        """Seconds until the outline has given this scene, if it is never held up."""
        return self.outline * (scene + 1) / self.scenes if self.streams else self.outline

    def spoken(self, scene: int, clip: int) -> float:
        """Seconds from the start of the scene's actions until they have given this speech."""
        if not self.streams:
            return self.actions[scene]
        return self.actions[scene] * (self.speaking[clip] + 1) / self.parts

    @cached_property
    def speaking(self) -> Sequence[int]:
        """Which of a scene's actions are speeches, spread evenly, the last one among them."""
        parts, clips = self.parts, len(self.clips[0])
        return [part for part in range(parts) if (part + 1) * clips // parts > part * clips // parts]

    @cached_property
    def nth_clip(self) -> Mapping[int, int]:
        """Which clip speaks an action, both from 0."""
        return {part: clip for clip, part in enumerate(self.speaking)}


def draw(workload: Workload) -> Drawn:
    """The same seed gives the same work, whatever else is set."""
    rng, scenes = random.Random(workload.seed), range(workload.scenes)
    content = [workload.content.draw(rng) for _ in scenes]
    actions = [workload.actions.draw(rng) for _ in scenes]
    clips = [[workload.clip.draw(rng) for _ in range(workload.clips)] for _ in scenes]
    ear = random.Random(f"speech {workload.seed}")
    speech = [[workload.speech.draw(ear) for _ in range(workload.clips)] for _ in scenes]
    return Drawn(
        outline=workload.outline, content=content, actions=actions, clips=clips, speech=speech,
        parts=workload.parts, streams=workload.streams,
    )  # fmt: skip
