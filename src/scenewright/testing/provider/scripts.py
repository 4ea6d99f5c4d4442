"""Ready scripts and behaviours, and how they are put together."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, replace

from scenewright.domain.base import Json
from scenewright.testing.provider.script import OK, Behaviour, Script, Seen

# The faults of which a provider's client should know, for `faulty`.
ERROR = Behaviour(status=500)
RESET = Behaviour(reset_after=0)  # before any byte
RESET_MIDWAY = Behaviour(reset_after=60)
CUT = Behaviour(cut_after=60)
STALLED = Behaviour(stall_after=60)
TRUNCATED = Behaviour(truncate_after=60)
MALFORMED = Behaviour(shape="malformed")
SLOW_FIRST = Behaviour(first=30.0)


def always(behaviour: Behaviour = OK) -> Script:
    return lambda _: behaviour


def in_order(*first: Behaviour, then: Behaviour | Script = OK) -> Script:
    """The n-th request of the server gets the n-th behaviour, later ones `then`."""
    return lambda seen: first[seen.index] if seen.index < len(first) else _of(then, seen)


def per_request(*first: Behaviour, then: Behaviour | Script = OK) -> Script:
    """The n-th time that exactly the same is asked it gets the n-th behaviour, afterwards `then`.

    `per_request(rate_limited(0.1))` makes every request fail once.
    """
    return lambda seen: first[seen.attempt - 1] if seen.attempt <= len(first) else _of(then, seen)


def by(what: Callable[[Seen], Hashable], table: Mapping[Hashable, Behaviour | Script], then: Behaviour = OK) -> Script:
    """What a request gets is found by anything that it says: `by(lambda seen: seen.model, {"small": ..., ...})`."""
    return lambda seen: _of(table.get(what(seen), then), seen)


def asking(then: Behaviour = OK, **table: Behaviour | Script) -> Script:
    """By the name of the JSON schema that was asked for, "speech" for speech.

    `asking(slide=Behaviour(lasts=Lognormal(11.7, 0.35)), actions=Behaviour(lasts=Lognormal(5.8, 0.35), piece="item"))`
    """
    return by(lambda seen: seen.asks_for, dict(table.items()), then)


def faulty(normal: Behaviour | Script, *faults: tuple[float, Behaviour], seed: int = 0) -> Script:
    """Each fault befalls its share of the requests; what the fault does not say stays as it normally is.

    `faulty(Behaviour(latency=Exponential(0.5)), (0.05, ERROR), (0.01, RESET))`: 5 % of the requests get a 500, after
    as long as an answer would have taken to begin. Who is hit depends on the request, its attempt and the seed, not on
    the order of arrival.

    Raises: ValueError: if the shares are negative or together more than 1.
    """
    if any(share < 0 for share, _ in faults) or sum(share for share, _ in faults) > 1:
        raise ValueError(f"the shares of faults must lie between 0 and 1 in all, got {[share for share, _ in faults]}")

    def script(seen: Seen) -> Behaviour:
        usual, luck = _of(normal, seen), random.Random(f"{seed}/fault/{seen.digest}/{seen.attempt}").random()
        for share, fault in faults:
            if luck < share:
                return overlaid(usual, fault)
            luck -= share
        return usual

    return script


def during(start: float, end: float, storm: Behaviour, then: Behaviour | Script = OK) -> Script:
    """`storm` for what arrives from `start` to `end`, in described seconds since the server's first request."""
    return lambda seen: storm if start <= seen.at < end else _of(then, seen)


def overlaid(usual: Behaviour, fault: Behaviour) -> Behaviour:
    """`usual` with everything in which `fault` differs from `OK`."""
    said = {one.name: getattr(fault, one.name) for one in fields(fault)}
    return replace(usual, **{name: value for name, value in said.items() if value != getattr(OK, name)})


def rate_limited(retry_after: float | str | None = 1, **headers: str) -> Behaviour:
    """429. `retry_after`: seconds, an HTTP date as text, or None for no header. `headers`: "_" stands for "-"."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if retry_after is not None:
        sent["retry-after"] = retry_after if isinstance(retry_after, str) else f"{retry_after:g}"
    return Behaviour(status=429, code="rate_limit_exceeded", message="Rate limit reached", headers=sent)


def failing(status: int = 500, code: str = "", message: str = "scripted failure") -> Behaviour:
    return Behaviour(status=status, code=code, message=message)


def out_of_credit() -> Behaviour:
    """The 429 that waiting does not help."""
    return failing(429, "insufficient_quota", "You exceeded your current quota")


def answering(answer: str | Json, behaviour: Behaviour = OK) -> Behaviour:
    return replace(behaviour, answer=answer)


def _of(what: Behaviour | Script, seen: Seen) -> Behaviour:
    return what if isinstance(what, Behaviour) else what(seen)
