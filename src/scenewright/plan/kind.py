"""The seam between the engine and the kinds of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from scenewright.plan.known import Known
from scenewright.plan.step import Step


class Kind(Protocol):
    """A pure function from what is known to which steps come next, in the engine's words only.

    The engine asks again for whatever may have changed: after an event of a scene, that scene; after an event of
    the whole work, `work_steps` and `scenes`; and a scene whose predecessor's chain has just settled.
    """

    @property
    def name(self) -> str: ...

    @property
    def chain(self) -> str:
        """The step name that carries from scene to scene: it waits until every earlier scene has settled it.

        "" = scenes hear nothing of each other.
        """

    def scenes(self, known: Known) -> Sequence[str]:
        """Ids of the scenes known so far, in the order they are released (see `Known.names`)."""

    def work_steps(self, known: Known) -> Sequence[Step]:
        """Steps of the whole work that come before or beside its scenes (the outline), done ones included."""

    def finale_steps(self, known: Known) -> Sequence[Step]:
        """Steps of the whole work that come after its scenes, done ones included; () if there are none.

        Asked when the work steps are done and every scene is complete or skipped, and again after each result of
        such a step. So a kind can loop: review, refine, review again, each round with an `item` of its own.
        """

    def seconds(self, known: Known, scene: str) -> float | None:
        """How long the scene plays, once it is known; None until then, or if it does not play."""

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        """Every step of one scene that is wanted now, done and blocked ones included.

        `position`: how many scenes come before it.
        `carrier`: the nearest earlier scene that has a result for the chain step, "" if there is none,
        None if an earlier scene has not settled yet (so the chain step must be held).
        A scene is complete when all its steps are adopted and none is blocked.
        """
