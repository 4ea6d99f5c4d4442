"""Requests and tokens per minute of one account: reserved before sending, reconciled with what was used.

Pure: the time is passed in, seconds of the loop's clock, never going back.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

from scenewright.domain.calls import RateLimit, RateLimits
from scenewright.limits.bucket import MINUTE, Bucket, refills_in

LONGEST_WAIT = 600.0  # seconds; see `Rates.wait`

Kind = Literal["requests", "input_tokens", "output_tokens", "tokens"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a call uses up, or is expected to. Of voices, characters count as input tokens."""

    requests: int = 1
    input_tokens: int = 0
    output_tokens: int = 0
    model: str = ""  # accounts limit each model by itself

    def of(self, kind: Kind) -> int:
        match kind:
            case "requests":
                return self.requests
            case "input_tokens":
                return self.input_tokens
            case "output_tokens":
                return self.output_tokens
            case "tokens":
                return self.input_tokens + self.output_tokens


class Reservation:
    """A call that is being sent. Made by `Rates.reserve`, given back to `Rates.settle`."""

    __slots__ = ("at", "cost", "ended", "model", "nth")

    def __init__(self, cost: Cost, at: float, nth: int) -> None:
        self.model = cost.model
        self.cost = cost  # what was really used, once it has ended
        self.at, self.nth = at, nth
        self.ended: float | None = None


class Rates:
    """All buckets of an account: those a person set (per minute), and those the account told of, per model.

    Without either there is nothing to wait for.
    """

    def __init__(
        self,
        *,
        requests: int | None = None,
        tokens: int | None = None,
        input_tokens: int | None = None,
        output_tokens: int | None = None,
        longest: float = LONGEST_WAIT,
    ) -> None:
        limits: dict[Kind, int | None] = {
            "requests": requests, "tokens": tokens, "input_tokens": input_tokens, "output_tokens": output_tokens
        }  # fmt: skip
        if any(limit is not None and limit < 1 for limit in limits.values()):
            raise ValueError(f"a limit per minute is 1 or more, got {limits}")
        self._set = [(kind, Bucket(limit, 0.0)) for kind, limit in limits.items() if limit is not None]
        self._told: dict[str, dict[tuple[Kind, float | None], Bucket]] = {}
        self._longest = longest
        self._sent: deque[Reservation] = deque()  # in order; at least those since the oldest call that is in flight
        self._in_flight: dict[int, Reservation] = {}
        self._count = 0

    def wait(self, now: float, cost: Cost) -> float:
        """Seconds until `cost` fits; 0 = now. What is larger than a bucket fits when that is full.

        A quota that the account told of and that will not be there again for very long (a spent day) is not waited
        for: the account itself is asked, and its refusal says what it is.
        """
        waits = [bucket.wait(now, cost.of(kind)) for kind, bucket in self._set]
        told = (bucket.wait(now, cost.of(kind)) for kind, bucket in self._learned(cost.model))
        return max([0.0, *waits, *(wait for wait in told if wait <= self._longest)])

    def reserve(self, now: float, cost: Cost) -> Reservation:
        """Takes `cost` out of the buckets, whether it fits or not."""
        self._forget(now)
        for kind, bucket in self._buckets(cost.model):
            bucket.take(now, cost.of(kind))
        self._count += 1
        reservation = self._in_flight[self._count] = Reservation(cost, now, self._count)
        self._sent.append(reservation)
        return reservation

    def settle(self, now: float, reservation: Reservation, used: Cost) -> None:
        """The call has ended: the difference to what was reserved goes back, or is taken. Only the first time counts.

        `used`: `Cost(requests=1)` for a call that was refused; what was reserved, where nobody knows.
        """
        if reservation.ended is not None:
            return
        for kind, bucket in self._buckets(reservation.model):
            bucket.take(now, used.of(kind) - reservation.cost.of(kind))
        reservation.cost, reservation.ended = used, now
        del self._in_flight[reservation.nth]

    def told(self, now: float, said: RateLimits, reservation: Reservation | None = None) -> None:
        """What headers said, of a success or of a refusal. `reservation`: of the call they came with; more can be
        concluded if it is known. In whatever order answers come, each only narrows what is possible.
        """
        for limit in said.limits:
            if limit.limit is not None:
                self._hear(now, limit, limit.limit, said, reservation)

    def statistics(self) -> dict[str, str]:
        told = {
            f"{model} {kind}".strip(): bucket
            for model, buckets in self._told.items()
            for (kind, _), bucket in buckets.items()
        }
        return {name: repr(bucket) for name, bucket in [*self._set, *told.items()]}

    def __repr__(self) -> str:
        return f"Rates({self.statistics()})"

    def _buckets(self, model: str) -> list[tuple[Kind, Bucket]]:
        return [*self._set, *self._learned(model)] if self._told else self._set

    def _learned(self, model: str) -> list[tuple[Kind, Bucket]]:
        names = (model, "") if model else ("",)
        return [(kind, bucket) for name in names for (kind, _), bucket in self._told.get(name, {}).items()]

    def _forget(self, now: float) -> None:
        """Drops what no header that is still to come can be about."""
        oldest = next(iter(self._in_flight.values())).at if self._in_flight else now
        while self._sent and (ended := self._sent[0].ended) is not None and ended < oldest:
            self._sent.popleft()

    def _hear(
        self, now: float, limit: RateLimit, capacity: int, said: RateLimits, reservation: Reservation | None
    ) -> None:
        at = now if said.at is None else min(now, said.at)
        window, full_at = _refill(limit, capacity, at)
        buckets, name = self._told.setdefault(said.model, {}), (limit.of, limit.window)
        known = name in buckets
        bucket = buckets.setdefault(name, Bucket(capacity, now, window))
        if full_at is not None and full_at <= now:
            return  # it was about a window that is over
        bucket.resize(now, capacity, window, full_at)
        if limit.remaining is None:
            return
        left, gained = min(limit.remaining, capacity), 0.0 if full_at else (now - at) * capacity / window
        highest = left + gained - sum(sent.cost.of(limit.of) for sent in self._recent(said.model) if sent.at > at)
        lowest = highest
        if reservation is not None:
            sent = self._recent(said.model)
            lowest = min(highest, min(left + gained, capacity) - _unsure(limit.of, at, reservation, sent))
        bucket.narrow(now, lowest, highest if known else lowest)

    def _recent(self, model: str) -> list[Reservation]:
        return [sent for sent in self._sent if model in ("", sent.model)]


def _unsure(kind: Kind, at: float, asked: Reservation, recent: list[Reservation]) -> int:
    """What may be missing in headers that came at `at` with the answer to `asked`.

    A request and its input count when they arrive: those of later calls may have come after. Output may count only
    when it is made: that of all calls in flight may still come.
    """
    later = sum(sent.cost.of(kind) for sent in recent if sent.nth > asked.nth)
    if kind not in ("tokens", "output_tokens"):
        return later
    earlier = (sent for sent in recent if sent.nth <= asked.nth and (sent.ended is None or sent.ended >= at))
    return later + sum(sent.cost.output_tokens for sent in earlier)


def _refill(limit: RateLimit, capacity: int, at: float) -> tuple[float, float | None]:
    """(window, moment of the refill or None for an even one)."""
    if limit.remaining is None or limit.remaining >= capacity or not limit.reset:
        return limit.window or MINUTE, None
    window = refills_in(limit.window, capacity, limit.remaining, limit.reset)
    return (window, None) if window else (limit.window or MINUTE, at + limit.reset)
