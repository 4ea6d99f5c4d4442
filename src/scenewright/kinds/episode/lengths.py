"""Running times that add up. Pure."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 10.0  # seconds of a scene, where nothing is left for it


def shared(total: float, weights: Sequence[float]) -> list[float]:
    """`total` seconds in shares as the weights are, whole seconds if there are enough of them; they add up exactly.

    A weight that is none (zero, less, infinite) counts as the mean of the others.
    """
    if not weights:
        return []
    sound = [weight for weight in weights if 0 < weight < float("inf")]
    usual = sum(sound) / len(sound) if sound else 1.0
    filled = [weight if weight in sound else usual for weight in weights]
    unit = 1.0 if total >= 2 * len(weights) else total / (100 * len(weights))
    units = round(total / unit)
    exact = [units * weight / sum(filled) for weight in filled]
    whole = [max(1, int(share)) for share in exact]
    for at in sorted(range(len(whole)), key=lambda at: whole[at] - exact[at])[: max(0, units - sum(whole))]:
        whole[at] += 1
    whole[whole.index(max(whole))] += units - sum(whole)
    given = [round(count * unit, 6) for count in whole]
    given[given.index(max(given))] += total - sum(given)
    return given


def completed(total: float, given: Sequence[float | None]) -> list[float]:
    """What is given stays; what is missing shares evenly what is left of `total` seconds, `LEAST` at least."""
    missing = sum(seconds is None for seconds in given)
    left = max(total - sum(seconds for seconds in given if seconds), LEAST * missing)
    shares = iter(shared(left, [1.0] * missing))
    return [next(shares) if seconds is None else seconds for seconds in given]
