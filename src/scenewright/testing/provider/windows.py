"""The ways in which providers count what was used in the last minute. Pure: the time is passed in, in seconds."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Kind = Literal["bucket", "sliding", "fixed"]
_SLACK = 1e-6  # what rounding may cost: who waits as long as he was told gets in


@dataclass(frozen=True, kw_only=True)
class Rate:
    amount: int  # of requests or tokens
    seconds: float = 60.0  # in which so much may be used
    burst: float = 1.0  # the share of the amount that a bucket holds, and so may come at once


class Window(Protocol):
    rate: Rate

    def left(self, now: float) -> float:
        """How much may be used now. Less than 0: more was used than was reserved."""

    def wait(self, amount: float, now: float) -> float:
        """Seconds until so much may be used: 0 = now, infinity = never."""

    def take(self, amount: float, now: float) -> Any:
        """Uses it, and gives what `settle` wants to have."""

    def settle(self, taken: Any, more: float, now: float) -> None:
        """It was so much more (or less) than was taken."""

    def reset(self, now: float) -> float:
        """Seconds until everything is free again if nothing more is used."""

    def change(self, rate: Rate, now: float) -> None:
        """Another rate; what was used stays used."""


class Bucket:
    """Refilled evenly; never holds more than its burst."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._level, self._at = self._size, 0.0

    @property
    def _size(self) -> float:
        return max(1.0, self.rate.amount * self.rate.burst) if self.rate.amount else 0.0

    @property
    def _per_second(self) -> float:
        return self.rate.amount / self.rate.seconds

    def left(self, now: float) -> float:
        self._level = min(self._size, self._level + max(0.0, now - self._at) * self._per_second)
        self._at = max(now, self._at)
        return self._level

    def wait(self, amount: float, now: float) -> float:
        missing = amount - self.left(now)
        if amount > self._size:
            return math.inf
        return missing / self._per_second if missing > _SLACK else 0.0

    def take(self, amount: float, now: float) -> None:
        self._level = self.left(now) - amount

    def settle(self, taken: Any, more: float, now: float) -> None:
        self._level = min(self._size, self.left(now) - more)

    def reset(self, now: float) -> float:
        return (self._size - self.left(now)) / self._per_second if self._per_second else 0.0

    def change(self, rate: Rate, now: float) -> None:
        used = self._size - self.left(now)
        self.rate = rate
        self._level = max(0.0, self._size - used)


class Sliding:
    """Counts exactly what was used in the time that has just passed."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._used: deque[list[float]] = deque()  # [when, how much]
        self._sum = 0.0

    def left(self, now: float) -> float:
        while self._used and self._used[0][0] + self.rate.seconds <= now + _SLACK:
            self._sum -= self._used.popleft()[1]
        return self.rate.amount - self._sum

    def wait(self, amount: float, now: float) -> float:
        missing = amount - self.left(now)
        if amount > self.rate.amount:
            return math.inf
        if missing <= _SLACK:
            return 0.0
        for when, used in self._used:  # ends with what is missing, not with the end of the minute
            missing -= used
            if missing <= _SLACK:
                return when + self.rate.seconds - now
        return math.inf

    def take(self, amount: float, now: float) -> list[float]:
        taken = [now, float(amount)]
        self._used.append(taken)
        self._sum += amount
        return taken

    def settle(self, taken: list[float], more: float, now: float) -> None:
        if taken[0] + self.rate.seconds > now + _SLACK:
            taken[1] += more
            self._sum += more
        elif more > 0:
            self.take(more, now)

    def reset(self, now: float) -> float:
        self.left(now)
        return self._used[-1][0] + self.rate.seconds - now if self._used else 0.0

    def change(self, rate: Rate, now: float) -> None:
        self.left(now)
        self.rate = rate


class Fixed:
    """Begins anew with every full minute of the provider's clock."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._number, self._sum = 0, 0.0

    def left(self, now: float) -> float:
        number = math.floor((now + _SLACK) / self.rate.seconds)
        if number > self._number:
            self._number, self._sum = number, 0.0
        return self.rate.amount - self._sum

    def wait(self, amount: float, now: float) -> float:
        if amount > self.rate.amount:
            return math.inf
        return 0.0 if amount - self.left(now) <= _SLACK else self._end - now

    def take(self, amount: float, now: float) -> int:
        self.left(now)
        self._sum += amount
        return self._number

    def settle(self, taken: int, more: float, now: float) -> None:
        self.left(now)
        if taken == self._number or more > 0:
            self._sum += more

    def reset(self, now: float) -> float:
        return self._end - now if self.left(now) < self.rate.amount else 0.0

    def change(self, rate: Rate, now: float) -> None:
        self.left(now)
        self.rate = rate
        self._number = math.floor((now + _SLACK) / rate.seconds)

    @property
    def _end(self) -> float:
        return (self._number + 1) * self.rate.seconds


KINDS: dict[Kind, type[Bucket] | type[Sliding] | type[Fixed]] = {"bucket": Bucket, "sliding": Sliding, "fixed": Fixed}
