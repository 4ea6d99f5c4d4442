"""Live quotas of a key: what is admitted, reserved and corrected. Pure: the time is passed in, in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from scenewright.testing.provider.windows import KINDS, Kind, Rate, Window

DAY = 1440  # minutes
Telling = Literal["seconds", "date", "milliseconds", "none"]


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What one key may do. None = no limit.

    Tokens are reserved when a request is admitted, by an estimate: of its input by its characters, of its output by
    `max_completion_tokens` or `max_tokens`, of both together the greater of the two, as OpenAI does. When the answer
    has ended the reservation is corrected to what was really read and written.
    """

    concurrent: int | None = None  # requests in flight
    per_minute: int | None = None  # requests
    per_day: int | None = None  # requests
    tokens: int | None = None  # per minute, input and output together
    input_tokens: int | None = None  # per minute
    output_tokens: int | None = None  # per minute
    window: Kind = "bucket"  # how minutes are counted: refilled evenly, the last 60 s, or each full minute
    burst: float = 1.0  # the share of a minute's amount that a bucket gives at once
    minute: float = 60.0  # described seconds that a "minute" lasts, for quick tests
    hidden: bool = False  # no x-ratelimit-* headers; a 429 says nothing either unless `retry_after` is set
    retry_after: Telling | None = None  # how a 429 says when to come again; None: in seconds, nothing if hidden
    refused_count: bool = False  # whether a refused request uses up a request of the minute, as with OpenAI


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Of one request: as estimated when it is admitted, or as used."""

    input: int = 0
    output: int = 0
    both: int = 0


@dataclass(frozen=True, kw_only=True)
class Refused:
    limit: str  # "requests", "tokens", "concurrent"
    per: str  # "per min (RPM)"
    allowed: int
    used: int
    asked: int
    wait: float  # described seconds until it would be admitted; infinity: never


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the headers tell of one limit."""

    allowed: int
    left: int
    reset: float  # described seconds


class Ticket:
    """An admitted request, with what was reserved for it."""

    def __init__(self, reserved: Tokens, taken: dict[str, Any]) -> None:
        self.reserved, self.taken = reserved, taken


# The name of a limit in a quota -> what it counts, how an error calls it, minutes.
_LIMITS: dict[str, tuple[Literal["requests", "input", "output", "both"], str, int]] = {
    "per_minute": ("requests", "requests per min (RPM)", 1),
    "per_day": ("requests", "requests per day (RPD)", DAY),
    "tokens": ("both", "tokens per min (TPM)", 1),
    "input_tokens": ("input", "input tokens per min (TPM)", 1),
    "output_tokens": ("output", "output tokens per min (TPM)", 1),
}


class Meter:
    """Counts one key's requests and tokens against its quota, which may change at any time."""

    def __init__(self, quota: Quota) -> None:
        self.quota = Quota()
        self.in_flight = 0
        self._windows: dict[str, Window] = {}
        self.change(quota, 0.0)

    def change(self, quota: Quota, now: float) -> None:
        """What was used stays used."""
        kept, old = self.quota.window == quota.window, self._windows
        self.quota, self._windows = quota, {}
        for name, rate in _rates(quota):
            window = old.get(name) if kept else None
            if window is None:
                window = KINDS[quota.window](rate)
                if (before := old.get(name)) is not None and (used := before.rate.amount - before.left(now)) > 0:
                    window.take(used, now)
            else:
                window.change(rate, now)
            self._windows[name] = window

    def enter(self, estimate: Tokens, now: float) -> Ticket | Refused:
        """A ticket for `leave`, or why not."""
        refused = self._refusal(estimate, now)
        if refused is None:
            self.in_flight += 1
            return Ticket(estimate, {name: one.take(_asked(name, estimate), now) for name, one in self._each()})
        if self.quota.refused_count and (requests := self._windows.get("per_minute")):
            requests.take(1, now)
            return self._refusal(estimate, now) or refused  # what is told counts this one
        return refused

    def leave(self, ticket: Ticket, used: Tokens, now: float) -> None:
        self.in_flight -= 1
        for name, window in self._each():
            if name in ticket.taken and (more := _asked(name, used) - _asked(name, ticket.reserved)):
                window.settle(ticket.taken[name], more, now)

    def standing(self, what: Literal["requests", "tokens"], now: float) -> Standing | None:
        """Of the limit that is nearest to being used up; None if there is none."""
        found = [one for name, one in self._each() if (_LIMITS[name][0] == "requests") == (what == "requests")]
        if not found:
            return None
        tightest = min(found, key=lambda one: one.left(now) / max(1, one.rate.amount))
        left = max(0, int(tightest.left(now) + 1e-6))
        return Standing(allowed=tightest.rate.amount, left=left, reset=max(0.0, tightest.reset(now)))

    def _refusal(self, estimate: Tokens, now: float) -> Refused | None:
        waits = [(one.wait(_asked(name, estimate), now), name) for name, one in self._each()]
        wait, name = max(waits, default=(0.0, ""))
        if wait > 0:
            window, asked = self._windows[name], _asked(name, estimate)
            used = max(0, round(window.rate.amount - window.left(now)))
            kind, per, _ = _LIMITS[name]
            limit = "requests" if kind == "requests" else "tokens"
            return Refused(limit=limit, per=per, allowed=window.rate.amount, used=used, asked=asked, wait=wait)
        most = self.quota.concurrent
        if most is not None and self.in_flight >= most:
            wait = self.quota.minute / 60  # nobody knows when a place is free
            return Refused(
                limit="concurrent", per="concurrent requests", allowed=most, used=self.in_flight, asked=1, wait=wait
            )
        return None

    def _each(self) -> list[tuple[str, Window]]:
        return list(self._windows.items())


def _rates(quota: Quota) -> list[tuple[str, Rate]]:
    return [
        (name, Rate(amount=amount, seconds=quota.minute * minutes, burst=1.0 if minutes == DAY else quota.burst))
        for name, (_, _, minutes) in _LIMITS.items()
        if (amount := getattr(quota, name)) is not None
    ]


def _asked(name: str, tokens: Tokens) -> int:
    what = _LIMITS[name][0]
    return 1 if what == "requests" else int(getattr(tokens, what))
