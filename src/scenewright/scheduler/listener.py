"""Somebody who listens while the work is written: which scenes must come first, and which can wait.

A listener reaches the scenes in their order, so the scene whose deadline comes first is the next one that is not
ready. It goes before everything else while there is little slack: less time until the listener is there than a
scene is expected to take, twice over. Otherwise the plan's own ranks decide, which finish the whole work sooner.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from scenewright.domain.steps import StepId
from scenewright.plan import Kind, Known

PATIENCE = 2.0  # a scene is urgent from so many times its expected making before its deadline
MOST = 16  # urgent scenes at a time; there are never places for more
FORGETTING = 0.2  # weight of the newest value in a running mean


class Listener:
    """`ahead`: how many scenes beyond the playhead are written; None = all.

    `complete`: whether a scene is. Times are seconds on one clock, which the caller names at every decision.
    """

    def __init__(self, kind: Kind, known: Known, ahead: int | None, complete: Callable[[str], bool]) -> None:
        self._kind, self._known, self._ahead, self._complete = kind, known, ahead, complete
        self._scenes: Sequence[str] = ()
        self._positions: Mapping[str, int] = {}
        self._making: dict[str, float] = {}  # step name -> expected seconds
        self._length: float | None = None  # expected seconds that a scene plays
        self._reach = -1  # the last scene that was near
        self._here: tuple[int, float] | None = None  # a scene that is not heard yet, and when it will be reached

    def over(self, scenes: Sequence[str], positions: Mapping[str, int]) -> None:
        """The live scenes of the work and their positions."""
        self._scenes, self._positions, self._here = scenes, positions, None
        self._reach = -1

    def learn(self, step: StepId, seconds: float) -> None:
        """A step took so long."""
        if step.scene:
            before = self._making.get(step.name, seconds)
            self._making[step.name] = before + FORGETTING * (seconds - before)

    def far(self, position: int) -> bool:
        """Whether the scene is further from the listener than should be written."""
        return self._ahead is not None and position > self._head() + self._ahead

    def moved(self) -> Sequence[str]:
        """The playhead was moved. Returns: the scenes that have come near or gone far."""
        self._here = None
        return self.shifted()

    def shifted(self) -> Sequence[str]:
        """The scenes that have come near or gone far since this was asked last."""
        if self._ahead is None:
            return ()
        before, self._reach = self._reach, self._head() + self._ahead
        low, high = sorted((before, self._reach))
        return self._scenes[max(0, low + 1) : max(0, high + 1)]

    def urgent(self, now: float, settled: int) -> list[str]:
        """Scenes to make first, the first deadline first, with the one that the chain waits for before them."""
        if self._known.playhead is None or self._head() < 0:
            return []
        position, reached = self._walked(now)
        patience = PATIENCE * sum(self._making.values()) if self._making else math.inf
        urgent: list[str] = []
        while position < len(self._scenes) and reached - now < patience and len(urgent) < MOST:
            scene = self._scenes[position]
            if not self._complete(scene):
                urgent.append(scene)
            reached += self._seconds(scene)
            position += 1
        if urgent and settled < self._positions[urgent[0]]:
            urgent.insert(0, self._scenes[settled])
        return urgent

    def _head(self) -> int:
        playhead = self._known.playhead
        return self._positions.get(playhead.scene, -1) if playhead else -1

    def _walked(self, now: float) -> tuple[int, float]:
        """Moves over what the listener has heard by now."""
        if self._here is None:
            offset = self._known.playhead.offset if self._known.playhead else 0.0
            self._here = self._head(), now - offset
        position, reached = self._here
        while position < len(self._scenes) and self._complete(self._scenes[position]):
            if reached + (seconds := self._seconds(self._scenes[position])) > now:
                break
            position, reached = position + 1, reached + seconds
        self._here = position, reached
        return self._here

    def _seconds(self, scene: str) -> float:
        """How long the scene plays. One that is not known yet is taken for a usual one, or for over at once."""
        seconds = self._kind.seconds(self._known, scene)
        if seconds is None:
            return self._length or 0.0
        before = seconds if self._length is None else self._length
        self._length = before + FORGETTING * (seconds - before)
        return seconds
