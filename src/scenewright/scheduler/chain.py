"""The order in which one step of each scene is made, each hearing what was really said before."""

from __future__ import annotations

from collections.abc import Sequence


class Chain:
    """So many scenes from the first have settled their chain step: they have its result or do without one.

    `step`: the name of the kind's chain step; "" = the scenes hear nothing of each other, and none waits.
    `scenes`: the live list of the work's scenes.
    """

    def __init__(self, step: str, scenes: Sequence[str]) -> None:
        self._step, self._scenes = step, scenes
        self._carriers = [""]  # at i: the last of the first i scenes that has something to carry

    @property
    def settled(self) -> int:
        return len(self._carriers) - 1 if self._step else len(self._scenes)

    def next(self) -> str | None:
        """The first scene that has not settled; None if all have."""
        settled = self.settled
        return self._scenes[settled] if settled < len(self._scenes) else None

    def settle(self, *, carries: bool) -> None:
        """The next scene has settled."""
        self._carriers.append(self._scenes[self.settled] if carries else self._carriers[-1])

    def unsettle(self, position: int) -> Sequence[str]:
        """The scene at `position` is open again. Returns: scenes behind it that had been asked to go on."""
        settled = self.settled
        if not self._step or position >= settled:
            return ()
        del self._carriers[position + 1 :]
        return self._scenes[position + 1 : settled + 1]

    def carrier_before(self, position: int) -> str | None:
        """The scene whose carry the scene at `position` takes, "" if there is none; None while that is open."""
        if not self._step:
            return ""
        return self._carriers[position] if position <= self.settled else None
