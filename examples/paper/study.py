# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2.4,<3"]
# ///
"""The simulation behind paper.typ. Writes results.json; takes about a minute on one core.

Time is counted in mean review times: one unit is what one review takes on average.
Every replication has a seed of its own, so that two runs give the same file.
"""

from __future__ import annotations

import heapq
import json
import math
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

REPLICATIONS = 20
JOBS = 100_000  # per replication
WARM_UP = 10_000  # the first jobs, not counted: the queue starts empty
T_95 = 2.093  # Student's t, two-sided 95 %, 19 degrees of freedom

Array = np.ndarray
Sampler = Callable[[np.random.Generator, int], Array]


def erlang_c(servers: int, load: float) -> float:
    """Probability that a job waits in an M/M/c queue with offered load `load` (in servers)."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    rho = load / servers
    return blocked / (1 - rho * (1 - blocked))


def mean_wait(servers: int, rho: float, scv: float = 1.0) -> float:
    """Mean wait: exact for scv = 1 (Erlang), the two-moment approximation otherwise."""
    return erlang_c(servers, rho * servers) / (servers * (1 - rho)) * (1 + scv) / 2


def reviews(scv: float) -> Sampler:
    """Review times with mean 1 and squared coefficient of variation `scv`."""
    if scv == 0:
        return lambda rng, n: np.ones(n)
    if scv == 1:
        return lambda rng, n: rng.exponential(1.0, n)
    if scv < 1:
        return lambda rng, n: rng.gamma(1 / scv, scv, n)
    sigma = math.sqrt(math.log(1 + scv))
    return lambda rng, n: rng.lognormal(-(sigma**2) / 2, sigma, n)


def shared_queue(arrivals: Array, services: Array, servers: int) -> Array:
    """Waits when whoever is free takes the oldest job."""
    free_at = [0.0] * servers
    waits = np.empty(len(arrivals))
    for index, (arrival, service) in enumerate(zip(arrivals.tolist(), services.tolist(), strict=True)):
        start = max(arrival, free_at[0])
        heapq.heapreplace(free_at, start + service)
        waits[index] = start - arrival
    return waits


def own_inboxes(arrivals: Array, services: Array, choose: Callable[[int, list[deque[float]]], int], n: int) -> Array:
    """Waits when each job goes to one of `n` reviewers on arrival; `choose` sees who holds how many."""
    inboxes: list[deque[float]] = [deque() for _ in range(n)]  # times at which held jobs will be finished
    waits = np.empty(len(arrivals))
    for index, (arrival, service) in enumerate(zip(arrivals.tolist(), services.tolist(), strict=True)):
        for inbox in inboxes:
            while inbox and inbox[0] <= arrival:
                inbox.popleft()
        mine = inboxes[choose(index, inboxes)]
        start = max(arrival, mine[-1]) if mine else arrival
        mine.append(start + service)
        waits[index] = start - arrival
    return waits


def jobs(rng: np.random.Generator, servers: int, rho: float, sampler: Sampler) -> tuple[Array, Array]:
    arrivals = np.cumsum(rng.exponential(1 / (rho * servers), JOBS))
    return arrivals, sampler(rng, JOBS)


def estimate(values: Iterable[float]) -> dict[str, float]:
    """Mean over the replications and the half-width of its 95 % confidence interval."""
    sample = np.array(list(values))
    return {"mean": float(sample.mean()), "half": float(T_95 * sample.std(ddof=1) / math.sqrt(len(sample)))}


def littles_gap(arrivals: Array, waits: Array, services: Array) -> float:
    """Relative gap between the mean number in the system, counted, and rate times mean time in it."""
    departures = np.sort(arrivals + waits + services)
    begin, end = arrivals[WARM_UP], arrivals[-1]
    times = np.concatenate([arrivals, departures])
    steps = np.concatenate([np.ones(JOBS), -np.ones(JOBS)])
    order = np.argsort(times, kind="stable")
    times, held = times[order], np.cumsum(steps[order])
    spans = np.diff(np.clip(times, begin, end))
    counted = float((held[:-1] * spans).sum() / (end - begin))
    rate = (JOBS - 1 - WARM_UP) / (end - begin)
    return abs(counted - rate * float((waits + services)[WARM_UP:-1].mean())) / counted


def seeds(experiment: int) -> list[np.random.Generator]:
    return [np.random.default_rng([2026, experiment, replication]) for replication in range(REPLICATIONS)]


def utilisation() -> dict[str, object]:
    rows, gaps = [], []
    for servers in (1, 2, 4, 8):
        for rho in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
            means = []
            for rng in seeds(1000 * servers + round(100 * rho)):
                arrivals, services = jobs(rng, servers, rho, reviews(1))
                waits = shared_queue(arrivals, services, servers)
                means.append(waits[WARM_UP:].mean())
                gaps.append(littles_gap(arrivals, waits, services))
            rows.append({"c": servers, "rho": rho, "wait": estimate(means), "exact": mean_wait(servers, rho)})
    return {"rows": rows, "runs": len(gaps), "largest_gap": max(gaps), "median_gap": float(np.median(gaps))}


def staffing(load: float = 8.0) -> list[dict[str, object]]:
    rows = []
    for servers in range(9, 15):
        row: dict[str, object] = {"c": servers, "rho": load / servers, "exact": mean_wait(servers, load / servers)}
        for name, scv in (("even", 1.0), ("uneven", 4.0)):
            means, high, waited = [], [], []
            for rng in seeds(50_000 + 10 * servers + int(scv)):
                waits = shared_queue(*jobs(rng, servers, load / servers, reviews(scv)), servers)[WARM_UP:]
                means.append(waits.mean())
                high.append(np.quantile(waits, 0.95))
                waited.append((waits > 0).mean())
            row[name] = {"wait": estimate(means), "p95": estimate(high), "waited": estimate(waited)}
        rows.append(row)
    return rows


def recheck(servers: int = 9, load: float = 8.0, runs: int = 150) -> dict[str, object]:
    """The one staffing row whose interval misses the exact value, once more, with fresh seeds."""
    means = []
    for run in range(runs):
        rng = np.random.default_rng([7, run])
        means.append(shared_queue(*jobs(rng, servers, load / servers, reviews(1)), servers)[WARM_UP:].mean())
    sample = np.array(means)
    # Student's t for 149 degrees of freedom
    half = 1.976 * float(sample.std(ddof=1)) / math.sqrt(runs)
    return {"runs": runs, "wait": {"mean": float(sample.mean()), "half": half}}


def variability(servers: int = 4, rho: float = 0.9) -> dict[str, object]:
    rows, grid = [], np.linspace(0, 20, 81)
    for scv in (0.0, 0.5, 1.0, 2.0, 4.0):
        means, tails = [], []
        for rng in seeds(60_000 + int(10 * scv)):
            waits = shared_queue(*jobs(rng, servers, rho, reviews(scv)), servers)[WARM_UP:]
            means.append(waits.mean())
            tails.append([(waits > t).mean() for t in grid])
        tail = [round(float(x), 6) for x in np.mean(tails, axis=0)]
        rows.append({"scv": scv, "wait": estimate(means), "approx": mean_wait(servers, rho, scv), "tail": tail})
    return {"c": servers, "rho": rho, "grid": grid.tolist(), "rows": rows}


def pooling(servers: int = 8, rho: float = 0.85) -> list[dict[str, object]]:
    """How jobs reach the reviewers: three ways of assigning on arrival, and one shared queue."""

    def at_random(arrivals: Array, services: Array) -> Array:
        picks = np.random.default_rng(int(arrivals[0] * 2**32)).integers(0, servers, JOBS).tolist()
        return own_inboxes(arrivals, services, lambda index, _: picks[index], servers)

    policies: dict[str, Callable[[Array, Array], Array]] = {
        "random": at_random,
        "rotation": lambda a, s: own_inboxes(a, s, lambda i, _: i % servers, servers),
        "shortest": lambda a, s: own_inboxes(
            a, s, lambda _, held: min(range(servers), key=lambda k: len(held[k])), servers
        ),
        "shared": lambda a, s: shared_queue(a, s, servers),
    }
    rows = []
    for name, policy in policies.items():
        row: dict[str, object] = {"policy": name}
        for label, scv in (("even", 1.0), ("uneven", 4.0)):
            runs = [policy(*jobs(rng, servers, rho, reviews(scv)))[WARM_UP:] for rng in seeds(70_000 + int(scv))]
            row[label] = {
                "wait": estimate(w.mean() for w in runs),
                "p95": estimate(float(np.quantile(w, 0.95)) for w in runs),
            }
        rows.append(row)
    return rows


def main() -> None:
    results = {
        "replications": REPLICATIONS,
        "jobs": JOBS,
        "warm_up": WARM_UP,
        "utilisation": utilisation(),
        "staffing": staffing(),
        "recheck": recheck(),
        "variability": variability(),
        "pooling": pooling(),
    }
    Path(__file__).with_name("results.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
