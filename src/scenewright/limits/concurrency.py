"""How many calls of an account may be in flight: what a gate asks, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Outcome = Literal["ok", "rate_limited", "overloaded", "neutral"]


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a call that was let in has ended, as far as a limiter may learn from it.

    `overloaded`: 5xx and timeouts. `neutral`: left, cancelled, refused, a dead key; it says nothing of the account's
    room.
    """

    outcome: Outcome
    retry_after: float | None = None  # seconds
    in_flight: int  # calls in flight when it ended, itself included
    first: float | None = None  # seconds from sending to the first piece of the answer
    seconds: float = 0.0  # from sending to the end
    output_tokens: int = 0


class Concurrency(Protocol):
    """Decides from what it is told. Pure: the time is passed in, in seconds that never go back."""

    @property
    def limit(self) -> int:
        """Calls in flight, 1 or more."""

    def wait(self, now: float) -> float:
        """Seconds until the next call may be sent, however few are in flight; 0 = now."""

    def sent(self, now: float, in_flight: int) -> None:
        """A call is being sent. `in_flight`: itself included."""

    def ended(self, now: float, ending: Ending) -> None: ...


class Fixed:
    """A limit that stays what it is."""

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError(f"a gate needs a limit of 1 or more, got {limit}")
        self._limit = limit

    @property
    def limit(self) -> int:
        return self._limit

    def wait(self, now: float) -> float:
        return 0.0

    def sent(self, now: float, in_flight: int) -> None: ...

    def ended(self, now: float, ending: Ending) -> None: ...

    def __repr__(self) -> str:
        return f"Fixed({self._limit})"
