"""What `estimate` does: reads the source, reckons, and prints the settings side by side. Nobody is called."""

from __future__ import annotations

import asyncio
import json as jsonlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from scenewright.app.estimate import Estimate, Money, StepEstimate, estimate
from scenewright.app.pricing import ASK, ASK_VOICE
from scenewright.app.sources import authored, read_source
from scenewright.cli.failure import say, tell
from scenewright.cli.running import Running
from scenewright.domain.ranges import Range

TOTALS: tuple[tuple[str, str, bool | None], ...] = (
    ("model calls", "calls", False),
    ("input tokens", "input_tokens", None),
    ("output tokens", "output_tokens", None),
    ("voice calls", "calls", True),
    ("characters spoken", "characters", None),
)


def show_estimate(source: str, options: dict[str, Any], show: str | None, model: str | None, running: Running) -> None:
    settings = running.settings()
    options = {**({"voice": settings.voice} if settings.voice else {}), **options}
    request = authored(asyncio.run(read_source(source, options, show)), model, settings.model)
    for warning in request.warnings:
        say(f"Note: {warning}")
    found = asyncio.run(estimate(request.brief, settings, settings.prices))
    tell(jsonlib.dumps(as_json(found), indent=2) if running.json else as_text(found))


def as_text(found: Estimate) -> str:
    return "\n".join([f"Scenes: {_amount(found.scenes)}", "", *_table(found), "", *_notes(found)])


def _table(found: Estimate) -> list[str]:
    """One column for each setting; what is spent is the same in all of them."""
    rows = [["parallel", *(time.parallel for time in found.times)]]
    for title, name, spoken in TOTALS:
        rows.append([title, *[_amount(found.total(name, spoken=spoken))] * len(found.times)])
    rows.append(["cost", *[_cost(found)] * len(found.times)])
    rows.append(["time", *(_span(time.whole, _seconds) for time in found.times)])
    if all(time.first_scene is not None for time in found.times):
        rows.append(["first scene", *(_span(time.first_scene, _seconds) for time in found.times if time.first_scene)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _notes(found: Estimate) -> list[str]:
    priced = [_unpriced(step) for step in found.steps if step.cost is None]
    return [*dict.fromkeys(priced), *_known(found.steps, found.past_works), *found.assumed, AUTO]


AUTO = "Likely figures first, in brackets from little to much. Auto is what it takes if the account bears it."


def _unpriced(step: StepEstimate) -> str:
    return f"{step.by}: {ASK_VOICE if step.characters.high else ASK}."


def _known(steps: Sequence[StepEstimate], works: int) -> list[str]:
    """Which figures come from past runs, and which are assumptions."""
    seen = [f"{step.name} ({step.seen})" for step in steps if step.seen]
    guessed = [step.name for step in steps if not step.seen]
    plural = "" if works == 1 else "s"
    told = [f"From {works} past work{plural} of this machine (steps seen): {', '.join(seen)}."] if seen else []
    return told + ([f"Assumed, for no past runs tell: {', '.join(guessed)}."] if guessed else [])


def as_json(found: Estimate) -> dict[str, Any]:
    cost = found.cost
    return {
        "scenes": _whole(found.scenes),
        **{title.replace(" ", "_"): _whole(found.total(name, spoken=spoken)) for title, name, spoken in TOTALS},
        "cost": _dollars(cost),
        "unpriced": list(found.unpriced),
        "times": [_tidy(asdict(time)) for time in found.times],
        "steps": [{**_tidy(asdict(step)), "cost": _dollars(step.cost)} for step in found.steps],
        "past_works": found.past_works,
        "assumed": list(found.assumed),
    }


def _whole(found: Range) -> dict[str, int]:
    return {name: round(value) for name, value in asdict(found).items()}


def _tidy(value: Any) -> Any:
    """Numbers with as many digits as anybody reads."""
    if isinstance(value, dict):
        return {name: _tidy(each) for name, each in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def _dollars(cost: Money | None) -> dict[str, str] | None:
    return None if cost is None else {name: str(_cents(value)) for name, value in asdict(cost).items()}


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))


def _cost(found: Estimate) -> str:
    if not found.unpriced:
        return _money(found.known_cost)
    return f"{_money(found.known_cost)} + unknown" if found.known_cost.high else "price unknown"


def _money(cost: Money) -> str:
    shown = [_price(value) for value in (cost.likely, cost.low, cost.high)]
    return shown[0] if len(set(shown)) == 1 else f"{shown[0]} ({shown[1]}-{shown[2]})"


def _price(value: Decimal) -> str:
    if not value:
        return "$0"
    return f"${value:.2f}" if value >= 1 else f"${value:.4f}".rstrip("0")


def _amount(found: Range) -> str:
    return _span(found, lambda value: f"{_rounded(value):,}")


def _rounded(value: float) -> int:
    """Two digits that count, beyond a hundred: more would not be true."""
    whole = round(value)
    return whole if whole < 100 else round(whole, 2 - len(str(whole)))


def _seconds(value: float) -> str:
    if value < 120:
        return f"{value:.0f} s" if value >= 10 else f"{value:.1f} s"
    hours, minutes = divmod(round(value / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def _span(found: Range, write: Callable[[float], str]) -> str:
    likely, low, high = (write(value) for value in (found.likely, found.low, found.high))
    return likely if low == high else f"{likely} ({low}-{high})"
