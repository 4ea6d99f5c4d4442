"""What past works took, step by step: a fold of their event logs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from scenewright.domain.events import (
    CallMade,
    Logged,
    PartAppended,
    RunStarted,
    SceneReleased,
    StepAdopted,
    StepFailed,
    StepStarted,
)
from scenewright.domain.ranges import Range
from scenewright.domain.steps import StepId

FEW = 5  # samples below which their spread says little
FEW_SPREAD = (0.7, 1.4)
TAILS = 1.2816  # standard deviations of the logarithm beyond which lies a tenth of the samples, on either side
EVENTS = ("run.started", "scene.released", "step.started", "step.adopted", "step.failed", "part.appended", "call.made")


@dataclass
class Samples:
    """A running mean, and the spread of the logarithm: what people and models take is never negative, often long."""

    count: int = 0
    mean: float = 0.0
    _log_mean: float = 0.0
    _log_squares: float = 0.0
    _logs: int = 0

    def add(self, value: float) -> None:
        """Raises: ValueError: it is negative, or no number."""
        if not (math.isfinite(value) and value >= 0):
            raise ValueError(f"not an amount: {value}")
        self.count += 1
        self.mean += (value - self.mean) / self.count
        if value > 0:
            self._logs += 1
            away = math.log(value) - self._log_mean
            self._log_mean += away / self._logs
            self._log_squares += away * (math.log(value) - self._log_mean)

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm: near the relative deviation while it is small."""
        return math.sqrt(self._log_squares / (self._logs - 1)) if self._logs > 1 else 0.0

    def range(self) -> Range:
        """The mean, and within what nine in ten lie on either side; wider while there are few."""
        factor = math.exp(TAILS * self.spread)
        down, up = 1 / factor, factor
        if self.count < FEW:
            down, up = min(down, FEW_SPREAD[0]), max(up, FEW_SPREAD[1])
        return Range.around(self.mean, down, up)


@dataclass
class StepHistory:
    """Of the steps of one name, as far as one model (or voice) made them, and paid for it."""

    calls: Samples = field(default_factory=Samples)  # of one step
    input_tokens: Samples = field(default_factory=Samples)  # of one call
    output_tokens: Samples = field(default_factory=Samples)  # of one call
    characters: Samples = field(default_factory=Samples)  # of one call
    parts: Samples = field(default_factory=Samples)  # of one step
    per_part: Samples = field(default_factory=Samples)  # output tokens, of a step that emits parts
    seconds: Samples = field(default_factory=Samples)  # of one step, from its start until it was adopted
    per_token: Samples = field(default_factory=Samples)  # seconds for a token of output
    per_character: Samples = field(default_factory=Samples)  # seconds for a character spoken
    per_scene: Samples = field(default_factory=Samples)  # steps of a scene that has several of the name


@dataclass
class _Open:
    """A step that has started."""

    at: float
    calls: list[CallMade] = field(default_factory=list)
    parts: int = 0


class History:
    """By step name and model. A model is written as it was asked; "" for what makes no calls that are recorded.

    Nothing that the memo answered is in it, and no step that was interrupted or used such an answer.
    """

    def __init__(self) -> None:
        self.works = 0
        self.steps: dict[tuple[str, str], StepHistory] = {}

    def of(self, name: str, model: str) -> StepHistory:
        return self.steps.get((name, model)) or StepHistory()

    def of_model(self, model: str) -> Samples:
        """Seconds for a token, over all steps that the model wrote."""
        mine = [found.per_token for (_, one), found in self.steps.items() if one == model and found.per_token.count]
        merged = Samples()
        for samples in mine:
            for _ in range(samples.count):
                merged.add(samples.mean)
        return merged

    def add(self, events: Iterable[Logged]) -> Self:
        """The log of one more work, in its order."""
        fold = _Fold(self)
        for logged in events:
            fold.take(logged)
        self.works += fold.end()
        return self

    def _step(self, name: str, model: str) -> StepHistory:
        return self.steps.setdefault((name, model), StepHistory())


class _Fold:
    """Reads one log."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._open: dict[StepId, _Open] = {}
        self._items: dict[tuple[str, str, str], set[str]] = {}  # name, model, scene -> its items
        self._released: set[str] = set()
        self._used = False

    def take(self, logged: Logged) -> None:
        match logged.event:
            case RunStarted():
                self._open.clear()  # what a killed run had begun
            case StepStarted(step=step):
                self._open[step] = _Open(at=logged.at)
            case PartAppended(step=step) if step in self._open:
                self._open[step].parts += 1
            case CallMade() as call:
                self._call(call)
            case SceneReleased(scene=scene):
                self._released.add(scene)
            case StepFailed(step=step):
                self._open.pop(step, None)
            case StepAdopted(step=step) if step in self._open:
                self._adopt(step, self._open.pop(step), logged.at)
            case _:
                pass

    def end(self) -> bool:
        """Whether the log held anything of use."""
        for (name, model, scene), items in self._items.items():
            if scene in self._released:  # of the others there may be more to come
                self._history._step(name, model).per_scene.add(len(items))
        return self._used

    def _call(self, call: CallMade) -> None:
        if call.step in self._open:
            self._open[call.step].calls.append(call)
        if call.remembered:
            return
        found = self._history._step(call.step.name, call.model)
        usage = call.usage
        for samples, used in (
            (found.input_tokens, usage.input_tokens),
            (found.output_tokens, usage.output_tokens),
            (found.characters, usage.characters),
        ):
            if used > 0:  # some servers do not count
                samples.add(used)

    def _adopt(self, step: StepId, began: _Open, at: float) -> None:
        calls, seconds = began.calls, at - began.at
        model = calls[-1].model if calls else ""
        if step.item:
            self._items.setdefault((step.name, model, step.scene), set()).add(step.item)
        if any(call.remembered for call in calls) or seconds < 0:  # a clock may have been set back
            return
        self._used = True
        found = self._history._step(step.name, model)
        found.seconds.add(seconds)
        if calls:
            found.calls.add(len(calls))
        if began.parts:
            found.parts.add(began.parts)
        self._pace(found, began, seconds)

    def _pace(self, found: StepHistory, began: _Open, seconds: float) -> None:
        output = sum(call.usage.output_tokens for call in began.calls)
        spoken = sum(call.usage.characters for call in began.calls)
        if output:
            found.per_token.add(seconds / output)
            if began.parts:
                found.per_part.add(output / began.parts)
        if spoken:
            found.per_character.add(seconds / spoken)
