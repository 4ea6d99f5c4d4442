"""The adaptive gate against quotas that it is not told, beside fixed gates and beside none, on the virtual clock.

Run: python benchmarks/adaptive.py [--seeds N] [--adaptive] [NAME ...]

Every row is an hour of demand without end (twice as many callers as there is room for, 32 at least), judged after
log2(quota / start) + 3 rounds of 11.7 s. "used" is the share of the quota: of calls in flight, of requests a minute,
or, for a local server, of the tokens a second it can write.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import math
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.calls import Call, Message, ModelRequest, no_sink
from scenewright.domain.errors import CallFailed
from scenewright.domain.steps import StepId
from scenewright.limits import Adaptive, Concurrency, Fixed, Gate, Gated, Retry, RetryPolicy
from scenewright.limits.adaptive import START
from scenewright.testing.accounts import Account, Counted, Hidden, Times
from scenewright.testing.virtualloop import run

HOUR, MEAN = 3600.0, 11.7
CEILING = 4000  # of the adaptive gate here; people's default is 64
Change = tuple[float, Hidden]  # seconds after which the account takes something else


@dataclass(frozen=True, kw_only=True)
class Case:
    name: str
    hidden: Hidden
    quota: float  # calls in flight that use it up
    changes: tuple[Change, ...] = ()
    times: Times = field(default_factory=Times)


def cases() -> list[Case]:
    found = [Case(name=f"{n} in flight", hidden=Hidden(in_flight=n), quota=n) for n in (1, 4, 10, 40, 200)]
    for rpm in (60, 600):
        quota = rpm * MEAN / 60
        found.append(Case(name=f"{rpm} RPM, bucket", hidden=Hidden(per_minute=rpm, burst=rpm // 12), quota=quota))
        sliding = Hidden(per_minute=rpm, window="sliding")
        found.append(Case(name=f"{rpm} RPM, sliding", hidden=sliding, quota=quota))
    found += [Case(name=f"local, {n} slot{'s' * (n > 1)}", hidden=Hidden(slots=n), quota=n) for n in (1, 8)]
    half, whole = Hidden(in_flight=20), Hidden(in_flight=40)
    changes = ((1200.0, half), (2400.0, whole))
    found.append(Case(name="40, then 20, then 40", hidden=whole, quota=40, changes=changes))
    told = Hidden(in_flight=40, tells=True, errors=0.02)
    found.append(Case(name="40, 2 % of 500s, told", hidden=told, quota=40))
    strict = Hidden(per_minute=60, burst=1)
    found.append(Case(name="60 RPM, no burst", hidden=strict, quota=60 * MEAN / 60))
    slider = Hidden(per_minute=60, window="sliding", tells=True)
    found.append(Case(name="60 RPM, sliding, told", hidden=slider, quota=60 * MEAN / 60))
    return found


POLICIES: dict[str, Callable[[Case], Concurrency]] = {
    "adaptive": lambda case: Adaptive(most=CEILING),
    "fixed 3": lambda case: Fixed(3),
    "fixed right": lambda case: Fixed(max(1, round(case.quota))),
    "unlimited": lambda case: Fixed(10**6),
}


async def _hour(case: Case, concurrency: Concurrency, seed: int) -> tuple[Counted, int, Gate]:
    account, gate = Account(case.hidden, times=case.times, seed=seed), Gate(concurrency)
    stack = Retry(Gated(account, gate), RetryPolicy(), random.Random(seed))
    failed, nth = 0, itertools.count()

    async def caller() -> None:
        nonlocal failed
        while True:
            request = ModelRequest(model="twin:m", messages=(Message(role="user", text="write"),))
            call = Call(request=request, work="w", step=StepId(name="content"), rank=(next(nth),))
            try:
                await stack.perform(call, no_sink)
            except CallFailed:
                failed += 1

    tasks = [asyncio.ensure_future(caller()) for _ in range(max(32, math.ceil(2 * case.quota)))]
    await asyncio.sleep(warm_up(case))
    account.count_anew()
    failed, began = 0, asyncio.get_running_loop().time()
    for at, hidden in (*case.changes, (HOUR, case.hidden)):
        await asyncio.sleep(began + at - asyncio.get_running_loop().time())
        if at < HOUR:
            account.hidden = hidden
    counted = account.count_anew()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return counted, failed, gate


def warm_up(case: Case) -> float:
    return (max(0.0, math.log2(case.quota / START)) + 3) * MEAN


def share_used(case: Case, counted: Counted) -> float:
    if case.hidden.per_minute is not None:
        return (counted.asked - counted.refused) / (case.hidden.per_minute * HOUR / 60)
    if case.hidden.slots is not None:
        written = MEAN - 0.574  # seconds of a call in which tokens are written
        return counted.tokens / HOUR / (case.hidden.slots * case.times.pace * written / MEAN)
    quota, since, room = case.hidden.in_flight or 1, 0.0, 0.0
    for at, hidden in (*case.changes, (HOUR, case.hidden)):
        room, since, quota = room + quota * (at - since), at, hidden.in_flight or 1
    return counted.busy / room


def measured(case: Case, policy: str, seed: int) -> dict[str, Any]:
    counted, failed, gate = run(_hour(case, POLICIES[policy](case), seed))
    return {
        "used": share_used(case, counted),
        "refused": counted.refused / max(1, counted.asked),
        "failed": failed,
        "tokens": counted.tokens / HOUR,
        "first": statistics.mean(counted.first or [0.0]),
        "calls": counted.asked,
        "gate": repr(gate.concurrency),
    }


def each_row(seeds: int, only: tuple[str, ...], policies: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for case in cases():
        if only and not any(word in case.name for word in only):
            continue
        for policy in policies:
            each = [measured(case, policy, seed) for seed in range(seeds)]
            yield {"quota": case.name, "policy": policy, **_summary(each)}


def rows(seeds: int = 3) -> list[dict[str, Any]]:
    """One row for each quota and policy: the mean of what was measured, and the worst seed.

    `used`, `least_used`, `refused`, `most_refused`: shares. `tokens`: a second. `first`: seconds to the first token.
    """
    return list(each_row(seeds, (), tuple(POLICIES)))


def _summary(each: list[dict[str, Any]]) -> dict[str, Any]:
    means = {name: statistics.mean(one[name] for one in each) for name in ("used", "refused", "tokens", "first")}
    worst = {"least_used": min(one["used"] for one in each), "most_refused": max(one["refused"] for one in each)}
    return {**means, **worst, "failed": sum(one["failed"] for one in each), "gate": each[-1]["gate"]}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--adaptive", action="store_true", help="only the adaptive gate, and its state at the end")
    options.add_argument("names", nargs="*")
    chosen = options.parse_args()
    policies = ("adaptive",) if chosen.adaptive else tuple(POLICIES)
    heads = ("quota", "policy", "used", "worst", "429s", "worst", "tok/s", "first", "failed")
    print("{:24} {:12} {:>6} {:>6} {:>6} {:>6} {:>7} {:>8} {:>7}".format(*heads))
    for row in each_row(chosen.seeds, tuple(chosen.names), policies):
        print(
            f"{row['quota']:24} {row['policy']:12} {row['used']:6.1%} {row['least_used']:6.1%} {row['refused']:6.2%}"
            f" {row['most_refused']:6.2%} {row['tokens']:7.0f} {row['first']:6.1f} s {row['failed']:7}"
            + (f"  {row['gate']}" if chosen.adaptive else ""),
            flush=True,
        )


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
