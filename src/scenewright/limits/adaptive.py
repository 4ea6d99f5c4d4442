"""As many calls in flight as an account turns out to take. Pure: the time is passed in, nothing waits here.

Driven by refusals (429), and by queueing where nothing is ever refused; never by how long calls take.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scenewright.limits.bursts import Bursts
from scenewright.limits.concurrency import Ending
from scenewright.limits.pace import Pace
from scenewright.limits.queueing import Queueing

START = 2  # with a quota of 1 it costs the same single refusal as 1 would, and saves all others a round
MOST = 64  # calls in flight, whatever the account takes
IN_USE = 0.8  # of the limit; below, more room would tell nothing
PROBES = (60.0, 120.0, 240.0, 480.0)  # seconds from a refusal to the next try of a little more
CALLS_PER_PROBE = 120  # so that tries alone stay near 1 % of the calls
COOLDOWN = 1.0  # seconds, or as long as the account asks for
LONGEST_PAUSE = 32.0  # seconds
CLEAN = 8  # calls that must go well after a 5xx before the limit grows again
CALM = 60.0  # seconds without a refusal that end a series of them
MOMENT = 1e-6  # seconds


@dataclass(kw_only=True)
class _Episode:
    """Refusals of calls that were sent before one cut, or just after it, while its size was still being found."""

    lasts_until: float  # refusals of calls sent until then belong to it
    in_flight: int  # at the first refusal, itself included
    lowest: int  # no further down for this episode
    finds: Literal["room", "rate", ""] = ""  # what its refusals count
    refused: int = 1


class Adaptive:
    """`limit` grows by one with each call that goes well, so doubles each round, until the first 429.

    Then it is the number of calls that were in flight and not refused. It stays there, and tries a little more after
    60, 120, 240, then every 480 s.
    """

    def __init__(self, most: int = MOST, start: int = START) -> None:
        if min(most, start) < 1:
            raise ValueError(f"a gate needs a limit of 1 or more, got {min(most, start)}")
        self._most, self._limit = most, min(start, most)
        self._ceiling = 0  # calls in flight that were too many with one more
        self._growing = True
        self._episode: _Episode | None = None
        self._refused = False  # ever
        self._series, self._contradicted_at = 0, -CALM  # contradictions with no calm between them
        self._probes, self._probed_at = 0, 0.0
        self._since = -math.inf  # of the last episode; growth counts calls sent after it
        self._quiet_until = 0.0  # cooldown
        self._closed_until = 0.0
        self._calls = 0  # since the last episode
        self._unclean = 0
        self._gained = 0.0
        self._bursts = Bursts()
        self._pace, self._queueing, self._queues = Pace(), Queueing(), False

    @property
    def limit(self) -> int:
        return self._limit

    def wait(self, now: float) -> float:
        return max(0.0, self._closed_until - now, self._pace.wait(now), self._bursts.wait(now, self._limit))

    def sent(self, now: float, in_flight: int) -> None:
        self._bursts.sent(now)
        self._pace.sent(now)

    def ended(self, now: float, ending: Ending) -> None:
        match ending.outcome:
            case "ok":
                self._went_well(now, ending)
            case "rate_limited":
                self._was_refused(now, ending)
            case "overloaded":
                self._unclean = CLEAN

    def statistics(self) -> dict[str, float | bool | None]:
        return {"limit": self._limit, "growing": self._growing, "per_minute": self._pace.per_minute}

    def __repr__(self) -> str:
        return f"Adaptive({self.statistics()})"

    # Growing

    def _went_well(self, now: float, ending: Ending) -> None:
        self._calls += 1
        grows = self._hear(now, ending)
        if now - ending.seconds <= self._since + MOMENT or now < self._quiet_until:
            return  # it was sent under another limit
        if self._unclean:
            self._unclean -= 1
            return
        self._bursts.went_well(ending, beyond=ending.in_flight > self._ceiling)
        self._probe(now)
        self._pace.grow(now)
        if self._growing and grows and ending.in_flight >= IN_USE * self._limit:
            self._gain()

    def _hear(self, now: float, ending: Ending) -> bool:
        """Whether a server that has never refused anything may be given more."""
        if self._refused:
            return True
        advice, self._limit = self._queueing.ended(now, ending, self._limit)
        if advice == "settle":
            self._growing, self._queues, self._calls, self._since = False, True, 0, now
        return advice == "grow"

    def _gain(self) -> None:
        # A server that queues says so a whole call too late, so there a round gives one place only.
        self._gained += 1 / self._limit if self._queues else 1.0
        if self._gained > 1 - MOMENT:
            self._gained = 0.0
            self._limit = min(self._most, self._limit + 1)

    def _probe(self, now: float) -> None:
        pause = PROBES[min(self._probes, len(PROBES) - 1)]
        if self._bursts.ask(self._calls >= self._limit):
            self._growing = True
        elif self._knows_all and self._calls >= CALLS_PER_PROBE and now >= max(self._since, self._probed_at) + pause:
            self._probes, self._probed_at = self._probes + 1, now
            self._growing = self._pace.growing = True

    @property
    def _knows_all(self) -> bool:
        """Nothing more is being tried."""
        return not self._growing or (self._pace.per_minute is not None and not self._pace.growing)

    # Stepping back

    def _was_refused(self, now: float, ending: Ending) -> None:
        sent_at = now - ending.seconds
        self._refused = True
        self._pace.refused(now, sent_at)
        self._quiet_until = max(self._quiet_until, now + max(COOLDOWN, ending.retry_after or 0.0))
        episode = self._episode
        if episode is not None and sent_at <= episode.lasts_until + MOMENT:
            episode.refused += 1
            self._correct(now, episode)
        else:
            self._begin(now, ending)

    def _begin(self, now: float, ending: Ending) -> None:
        """A new episode: whatever was being tried is to blame; if nothing was, what was known is no longer true."""
        room = self._growing and ending.in_flight > self._ceiling
        lowest = max(1, self._limit // 2)
        episode = self._episode = _Episode(lasts_until=now, in_flight=ending.in_flight, lowest=lowest)
        if room:
            self._growing, episode.finds, episode.lasts_until = False, "room", now + COOLDOWN
            self._bursts.refused()
            self._correct(now, episode)
        elif self._pace.tried and self._pace.suspect(now):
            self._cut_rate(now)
        else:
            self._contradicted(now, ending)
        self._since, self._calls = now, 0

    def _correct(self, now: float, episode: _Episode) -> None:
        """The cut is to what the account did take, which is known when the last refusal of the episode has come."""
        match episode.finds:
            case "room":
                left = min(self._limit, episode.in_flight - episode.refused)
                self._limit = self._ceiling = max(episode.lowest, left)
            case "rate":
                self._pace.correct(now)

    def _contradicted(self, now: float, ending: Ending) -> None:
        """Refused at what had been fine: the account limits requests a minute, or it takes fewer calls than before.

        The rate is tried first where it may be that: if the number of calls was it, an even pace does no harm.
        """
        self._series = self._series + 1 if now < self._contradicted_at + CALM else 1
        self._contradicted_at = now
        self._closed_until = now + min(LONGEST_PAUSE, COOLDOWN * 2 ** (self._series - 1))
        rate = self._pace.suspect(now)
        if rate:
            self._cut_rate(now, 1.0 if self._series < 3 else 0.75)
        if not rate or self._series > 1:
            self._limit = self._ceiling = max(1, min(self._limit, ending.in_flight) // 2)
            self._growing = True
        self._probes = 0

    def _cut_rate(self, now: float, share: float = 1.0) -> None:
        self._pace.cut(now, share)
        if self._episode is not None:
            self._episode.finds = "rate"
