"""How many steps of a work may run: as many as its accounts let in, so that what runs is not just waiting.

A step that waits in the board's queue costs nothing if it is skipped or changed; one that waits at a gate has begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scenewright.limits import Gate
from scenewright.plan import Pool

LOCAL = 1  # steps on this machine, which are done at once


@dataclass(kw_only=True)
class AccountPlaces:
    """Follows the gates of the accounts that a work uses (see scheduler.Places); one place each where there is none.

    Of several models' accounts the widest counts: the steps that are made side by side are of one sort, the others
    come one at a time. Of several voices' the narrowest, since any of them may be asked next.
    """

    models: list[Gate] = field(default_factory=list)
    voices: list[Gate] = field(default_factory=list)

    def of(self, pool: Pool) -> int:
        match pool:
            case "model":
                return max((gate.limit for gate in self.models), default=1)
            case "voice":
                return min((gate.limit for gate in self.voices), default=1)
            case "cpu":
                return LOCAL

    @contextmanager
    def changing(self, wake: Callable[[], None]) -> Iterator[None]:
        """`wake` is called whenever there may be more places, for as long as the block lasts."""
        gates = {id(gate): gate for gate in (*self.models, *self.voices)}.values()
        for gate in gates:
            gate.on_change.append(wake)
        try:
            yield
        finally:
            for gate in gates:
                gate.on_change.remove(wake)
