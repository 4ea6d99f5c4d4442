"""Numbers on a chart: nice steps, short figures, one data model."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenewright.domain.slides import ChartBlock
from scenewright.layout.clean import one_line

_SUFFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"))


@dataclass(frozen=True)
class Data:
    """Rectangular: every series has a value, or None, for every label. All values are finite."""

    labels: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]  # by series, then label
    unit: str

    @property
    def known(self) -> list[float]:
        return [value for series in self.values for value in series if value is not None]


@dataclass(frozen=True)
class Scale:
    """A linear axis with its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    def at(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)


def data_of(block: ChartBlock) -> Data:
    count = max([len(block.labels), *(len(series.values) for series in block.series)], default=0)
    labels = (*(one_line(label).strip() for label in block.labels), *[""] * (count - len(block.labels)))
    values = []
    for series in block.series:
        padded = [*series.values, *[math.nan] * (count - len(series.values))]
        values.append(tuple(value if math.isfinite(value) and abs(value) < 1e15 else None for value in padded))
    names = tuple(one_line(series.name).strip() for series in block.series)
    return Data(tuple(labels), names, tuple(values), one_line(block.unit).strip())


def scale_of(values: list[float], *, zero: bool, wanted: int = 5) -> Scale:
    """A range of nice round ticks around the values; `zero`: bars must start at nothing."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if zero or (low > 0 and low < (high - low) * 2):
        low, high = min(0.0, low), max(0.0, high)
    if high - low < 1e-12 * max(abs(high), abs(low), 1e-3):
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    step = _nice((high - low) / wanted)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(index * step, 12) for index in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, step)


def figure(value: float, step: float = 0.0) -> str:
    """A number in few characters: 12.5, 1,200, 3.4M."""
    size = abs(value)
    for limit, suffix in _SUFFIXES:
        if size >= limit:
            return _trimmed(f"{value / limit:.2f}") + suffix
    if step:
        digits = max(0, min(6, -math.floor(math.log10(step) + 1e-9) + (0 if _is_power(step) else 1)))
        return _trimmed(f"{value:,.{digits}f}")
    if size >= 1000:
        return _trimmed(f"{value:,.1f}")
    return f"{value:.3g}" if size >= 0.001 or not size else f"{value:.1e}"


def with_unit(text: str, unit: str) -> str:
    if not unit:
        return text
    if unit in ("$", "€", "£", "¥"):
        return unit + text
    return text + unit if unit in ("%", "‰", "°", "°C", "°F") else f"{text} {unit}"


def _nice(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * nice for nice in (1, 2, 2.5, 5) if rough <= power * nice * 1.0001), power * 10)


def _is_power(step: float) -> bool:
    lead = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    return abs(lead - round(lead)) < 1e-6


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
