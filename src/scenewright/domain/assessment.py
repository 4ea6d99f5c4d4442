"""The quality of a script, with its parts and what was found: by measuring, and by a model that reviewed it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scenewright.domain.base import Value

Kind = Literal[
    "voice",
    "wrong_catchphrase",
    "own_name",
    "repeated_line",
    "repeated_phrase",
    "setup_missing",
    "setup_unpaid",
    "payoff_early",
    "callback_missing",
    "callback_early",
    "fact_early",
    "fact_unsaid",
    "fact_broken",
    "fact_unknown_to",
    "scene_order",
    "act_out",
    "joke_cluster",
    "dead_zone",
    "joke_twice",
    "running_time",
    "scene_time",
    "unknown_character",
    "unknown_set",
    "one_speaker",
    "stakes",
    "other",
]


class Finding(Value):
    """Something to look at. The scene and its element exist in the script that was looked at."""

    kind: Kind
    scene: str
    element: str
    text: str  # one readable sentence
    other_scene: str = ""  # the place it clashes with or repeats, if there is one
    other_element: str = ""
    by: Literal["measure", "model"] = "measure"  # who found it


class Part(Value):
    """One part of the quality. `value` is None where there was nothing to measure it by."""

    name: str
    value: float | None = Field(default=None, ge=0, le=1)
    weight: float = Field(ge=0, le=1)  # as it counts; the weights of the parts that have a value add up to 1
    details: dict[str, float] = Field(default_factory=dict)  # the figures it was computed from
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()  # what is wrong and stands nowhere in the text, so that no line can be cited


class Assessment(Value):
    """What was measured, and the quality that follows. No model was asked."""

    quality: float = Field(ge=0, le=1)
    threshold: float = Field(ge=0, le=1)
    parts: tuple[Part, ...]

    @property
    def passed(self) -> bool:
        return self.quality >= self.threshold

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for part in self.parts for finding in part.findings)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(note for part in self.parts for note in part.notes)

    def part(self, name: str) -> Part:
        """Raises: KeyError: if there is no part of that name."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)
