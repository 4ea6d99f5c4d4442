"""Below what no schedule can come: what a makespan is measured against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from scenewright.simulation.workload import Drawn
from scenewright.testing.provider.quota import Quota

TRIED = 40  # heads, beside one for each place


class Job(NamedTuple):
    """`head`: seconds before it can start, `tail`: seconds that must follow it, whatever the limits are."""

    head: float
    seconds: float
    tail: float


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Seconds. `simple`: max(work of a pool / its limit, longest path). `tight`: also what must precede and follow."""

    simple: float
    tight: float


def bounds(drawn: Drawn, model: int | None, voice: int | None, at_least: float = 0.0) -> Bounds:
    """No schedule ends sooner with so many model and voice calls at a time (None: any number).

    `at_least`: seconds that are known to be needed for other reasons.
    """
    models, voices = _model_jobs(drawn), _voice_jobs(drawn)
    longest = max(sum(job) for job in (*models, *voices))
    limited = [(jobs, limit) for jobs, limit in ((models, model), (voices, voice)) if limit]
    simple = max([at_least, longest, *(sum(job.seconds for job in jobs) / limit for jobs, limit in limited)])
    return Bounds(simple=simple, tight=max([simple, *(_packed(jobs, limit) for jobs, limit in limited)]))


def paced(calls: int, tokens: int, quota: Quota) -> float:
    """Seconds that so many calls and tokens need at least under these quotas of a minute."""
    at_once = quota.burst if quota.window == "bucket" else 1.0
    amounts = ((calls, quota.per_minute), (tokens, quota.tokens))
    return max([0.0, *((count / allowed - at_once) * quota.minute for count, allowed in amounts if allowed)])


def _packed(jobs: list[Job], limit: int) -> float:
    """Over pairs (h, t): jobs that start no sooner than h and are followed by t or more need h + work/limit + t.

    Every head with every tail would be quadratic, so only the earliest heads are tried: while a work begins, places
    stay empty; a later head leaves out more work than it adds waiting.
    """
    by_tail = sorted(jobs, key=lambda job: -job.tail)
    best = 0.0
    for head in sorted({job.head for job in jobs})[: limit + TRIED]:
        work = 0.0
        for begins, seconds, tail in by_tail:
            if begins >= head:
                work += seconds
                if (needs := head + work / limit + tail) > best:
                    best = needs
    return best


def _model_jobs(drawn: Drawn) -> list[Job]:
    chain, after = _chain_heads(drawn), _chain_tails(drawn)
    jobs = []
    follow = 0.0
    for scene in reversed(range(drawn.scenes)):
        content, actions = drawn.content[scene], drawn.actions[scene]
        jobs.append(Job(chain[scene], actions, after[scene]))
        jobs.append(Job(drawn.outlined(scene), content, actions + after[scene]))
        follow = max(follow, content + actions + after[scene])
        if drawn.streams:
            piece = drawn.outline / drawn.scenes
            jobs.append(Job(piece * scene, piece, follow))
            follow += piece
    if not drawn.streams:
        jobs.append(Job(0.0, drawn.outline, follow))
    return jobs


def _voice_jobs(drawn: Drawn) -> list[Job]:
    chain = _chain_heads(drawn)
    return [
        Job(chain[scene] + drawn.spoken(scene, clip), seconds, 0.0)
        for scene in range(drawn.scenes)
        for clip, seconds in enumerate(drawn.clips[scene])
    ]


def _chain_heads(drawn: Drawn) -> list[float]:
    """By scene: seconds before its actions can start."""
    heads, free = [], 0.0
    for scene in range(drawn.scenes):
        head = max(drawn.outlined(scene) + drawn.content[scene], free)
        heads.append(head)
        free = head + drawn.actions[scene]
    return heads


def _chain_tails(drawn: Drawn) -> list[float]:
    """By scene: seconds that must follow the end of its actions."""
    tails, tail = [], 0.0
    for scene in reversed(range(drawn.scenes)):
        own = max(
            (s + drawn.spoken(scene, k) - drawn.actions[scene] for k, s in enumerate(drawn.clips[scene])), default=0
        )
        tail = max(own, tail, 0.0)
        tails.append(tail)
        tail += drawn.actions[scene]
    return tails[::-1]
