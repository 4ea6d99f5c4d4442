"""What a work will probably cost and how long it will take, said before anything is spent. Nobody is called."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scenewright.app.figures import CASES, Figures, Maker, figures
from scenewright.app.history import past_runs
from scenewright.app.preflight import completed, model_of
from scenewright.app.pricing import EMBEDDED, FREE, of_model, of_voice
from scenewright.app.settings import Settings
from scenewright.app.times import MOST_SIMULATED, Case, Time
from scenewright.domain.brief import Brief
from scenewright.domain.ranges import Range
from scenewright.kinds.plugin import Forecast, Plugin, load
from scenewright.limits.rates import Cost
from scenewright.observe import History
from scenewright.providers.prices import Prices
from scenewright.providers.speech.registry import resolve
from scenewright.providers.speech.voices import VoiceSpec
from scenewright.simulation import Setting, setting

SETTINGS = ("off", "3", "auto")


@dataclass(frozen=True, kw_only=True)
class Money:
    """US dollars."""

    low: Decimal
    likely: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class StepEstimate:
    """All steps of one name."""

    name: str
    by: str  # the model or voice that makes them; "" = this machine
    steps: Range
    calls: Range
    input_tokens: Range
    output_tokens: Range
    characters: Range
    seconds: Range  # of one step
    cost: Money | None  # None = price unknown
    spoken: bool  # made by a voice
    seen: int  # past steps that the figures rest on; 0 = they are assumptions


@dataclass(frozen=True, kw_only=True)
class TimeEstimate:
    """Under one setting; seconds."""

    parallel: str
    whole: Range
    first_scene: Range | None
    bound: Range  # no schedule within the setting ends sooner


@dataclass(frozen=True, kw_only=True)
class Estimate:
    scenes: Range
    steps: Sequence[StepEstimate]
    times: Sequence[TimeEstimate]
    past_works: int  # of this machine, that were looked at
    assumed: Sequence[str]  # in sentences for people

    @property
    def cost(self) -> Money | None:
        """Of everything; None if a price is unknown."""
        return None if self.unpriced else self.known_cost

    @property
    def known_cost(self) -> Money:
        """Of what has a known price."""
        known = [step.cost for step in self.steps if step.cost is not None]
        return Money(
            low=sum((cost.low for cost in known), FREE),
            likely=sum((cost.likely for cost in known), FREE),
            high=sum((cost.high for cost in known), FREE),
        )

    @property
    def unpriced(self) -> Sequence[str]:
        """Models and voices of unknown price."""
        return tuple(dict.fromkeys(step.by for step in self.steps if step.cost is None))

    def total(self, of: str, *, spoken: bool | None = None) -> Range:
        """Of calls, input_tokens, output_tokens or characters. `spoken`: only of what a voice makes, or does not."""
        whole = Range.exactly(0)
        for step in self.steps:
            if spoken is None or spoken is step.spoken:
                whole += getattr(step, of)
        return whole


async def estimate(brief: Brief, settings: Settings, prices: Prices) -> Estimate:
    """Raises: BadSettings: no such model, voice or kind; BadInput; StoreError."""
    plugin = load(brief.kind)
    history = await past_runs(settings.home, brief.kind)
    return await asyncio.to_thread(reckon, completed(brief, settings), plugin, settings, prices, history)


def reckon(brief: Brief, plugin: Plugin, settings: Settings, prices: Prices, history: History) -> Estimate:
    """From a completed brief. Runs the engine on a virtual clock, so not where an event loop runs."""
    likely = plugin.forecast(brief, settings.window)
    cases = [_forecast(plugin, brief, settings.window, likely, scenes) for scenes in likely.scenes.values]
    makers = makers_of(brief, plugin, settings, prices, likely)
    by_case = [figures(forecast, makers, history, case) for forecast, case in zip(cases, CASES, strict=True)]
    voice = voice_of(brief, settings)
    works = [
        Case(
            scenes=max(1, round(forecast.scenes.likely)),
            figures=found,
            chain=plugin.plan.chain if likely.in_a_row is None else likely.in_a_row,
            embedded=voice is None or voice.engine == EMBEDDED,
        )
        for forecast, found in zip(cases, by_case, strict=True)
    ]
    return Estimate(
        scenes=likely.scenes,
        steps=[_step(makers[rows[0].name], rows) for rows in zip(*by_case, strict=True)],
        times=[_times(works, setting(name)) for name in SETTINGS],
        past_works=history.works,
        assumed=(*likely.assumed, *_bounded(works)),
    )


def _forecast(plugin: Plugin, brief: Brief, window: int, likely: Forecast, scenes: float) -> Forecast:
    """With so many scenes, if their number is open."""
    if likely.scenes.exact or scenes == likely.scenes.likely:
        return likely
    return plugin.forecast(brief.model_copy(update={"scenes": max(1, round(scenes))}), window)


def makers_of(
    brief: Brief, plugin: Plugin, settings: Settings, prices: Prices, forecast: Forecast
) -> Mapping[str, Maker]:
    """By step name."""
    found = dict[str, Maker]()
    for step in forecast.steps:
        match step.pool:
            case "model":
                found[step.name] = _model(model_of(step.name, brief, settings), settings.base_url, prices)
            case "voice":
                found[step.name] = _voice(voice_of(brief, settings), prices)
            case "cpu":
                found[step.name] = Maker(model="", title="", price=lambda _: FREE)
    return found


def voice_of(brief: Brief, settings: Settings) -> VoiceSpec | None:
    """The voice that says most: the first teacher's."""
    if not brief.audio:
        return None
    leading = next((who.voice for who in brief.speakers if who.role == "teacher"), brief.voice)
    return resolve(leading, brief.language or "en", base_url=settings.speech_url)


def _model(model: str, base_url: str, prices: Prices) -> Maker:
    from scenewright.providers.llm.names import understand

    understand(model, base_url)  # a name that means nothing has no price either

    def price(cost: Cost) -> Decimal | None:
        return of_model(model, base_url, cost, prices)

    return Maker(model=model, title=model, price=price)


def _voice(spec: VoiceSpec | None, prices: Prices) -> Maker:
    if spec is None or spec.engine == EMBEDDED:
        return Maker(model="", title=spec.id if spec else "", price=lambda _: FREE)

    def price(cost: Cost) -> Decimal | None:
        return of_voice(spec, cost.input_tokens, prices)

    return Maker(model=spec.model, title=spec.id, price=price)


def _step(maker: Maker, rows: Sequence[Figures]) -> StepEstimate:
    costs = [row.cost for row in rows if row.cost is not None]
    return StepEstimate(
        name=rows[0].name,
        by=maker.title,
        steps=_spread(row.steps for row in rows),
        calls=_spread(row.calls for row in rows),
        spoken=rows[0].pool == "voice",
        input_tokens=_spread(row.input_tokens for row in rows),
        output_tokens=_spread(row.output_tokens for row in rows),
        characters=_spread(row.characters for row in rows),
        seconds=_spread(row.seconds for row in rows),
        cost=Money(**dict(zip(("low", "likely", "high"), sorted(costs), strict=True))) if len(costs) == 3 else None,
        seen=min(row.seen for row in rows),
    )


def _times(works: Sequence[Case], parallel: Setting) -> TimeEstimate:
    found: list[Time] = [work.time(parallel) for work in works]
    firsts = [each.first for each in found if each.first is not None]
    return TimeEstimate(
        parallel=parallel.name,
        whole=_spread(each.whole for each in found),
        first_scene=_spread(firsts) if len(firsts) == len(found) else None,
        bound=_spread(each.bound for each in found),
    )


def _bounded(works: Sequence[Case]) -> tuple[str, ...]:
    if works[-1].scenes <= MOST_SIMULATED:
        return ()
    return (f"Times of more than {MOST_SIMULATED} scenes are lower bounds: the work takes at least so long.",)


def _spread(values: object) -> Range:
    return Range(*sorted(values))  # type: ignore[call-overload]
