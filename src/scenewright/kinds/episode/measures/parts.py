"""Small arithmetic that all parts share."""

from __future__ import annotations

from collections.abc import Iterable


def clip(value: float) -> float:
    """Between 0 and 1."""
    return min(1.0, max(0.0, value))


def mean(values: Iterable[float]) -> float | None:
    """None for nothing."""
    found = list(values)
    return sum(found) / len(found) if found else None
