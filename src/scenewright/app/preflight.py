"""Before the first paid call: are the models, keys, voices and languages such that the work can be made?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenewright.app.pricing import ASK, ASK_VOICE, EMBEDDED, of_model, of_voice
from scenewright.app.series import with_series
from scenewright.app.settings import Settings
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.errors import BadSettings
from scenewright.kinds.plugin import load
from scenewright.limits import Cost
from scenewright.providers.prices import Prices
from scenewright.providers.speech.registry import cast, resolve
from scenewright.providers.speech.voices import VoiceSpec

LONGEST = 5.0  # seconds for all checks, which are made side by side
SOME = Cost(input_tokens=1000, output_tokens=1000)  # whether there is a price does not depend on how much


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a work is made with: models as they are asked for, and voices, each once."""

    models: Sequence[str]
    voices: Sequence[VoiceSpec]
    base_url: str = ""  # of the models

    def unpriced(self, prices: Prices) -> list[tuple[str, str]]:
        """(what it is, how to say its price) of those whose price is unknown."""
        models = [(model, ASK) for model in self.models if of_model(model, self.base_url, SOME, prices) is None]
        return models + [(voice.id, ASK_VOICE) for voice in self.voices if of_voice(voice, 1, prices) is None]


def completed(brief: Brief, settings: Settings) -> Brief:
    """As the kind fills in what the person left open, with what is kept of its series.

    Raises: BadSettings; BadInput; StoreError: what is kept cannot be read.
    """

    def chosen(speakers: Sequence[Speaker], language: str, default: str) -> Mapping[str, str]:
        voices = cast(speakers, language, default=default, base_url=settings.speech_url)
        return {speaker: voice.id for speaker, voice in voices.items()}

    return load(brief.kind).complete(with_series(brief, settings.home), chosen)


def model_of(step: str, brief: Brief, settings: Settings) -> str:
    return brief.models.get(step) or settings.models.get(step) or brief.model or settings.model


def means_of(brief: Brief, settings: Settings) -> Means:
    """Of a completed brief. Raises: BadSettings: no such voice, or it does not speak the language."""
    models: list[str] = []
    if brief.author == "llm":
        steps = load(brief.kind).written_steps
        models = [
            brief.models.get(step) or settings.models.get(step) or brief.model or settings.model for step in steps
        ]
    written = [who.voice or brief.voice for who in brief.speakers] if brief.audio else []
    language = brief.language or "en"
    voices = [resolve(voice, language, base_url=settings.speech_url) for voice in written]
    return Means(
        models=tuple(dict.fromkeys(models)),
        voices=tuple({voice.id: voice for voice in voices}.values()),
        base_url=settings.base_url,
    )


def check_prices(means: Means, prices: Prices) -> None:
    """For a budget. Raises: BadSettings: the price of something is unknown."""
    if unknown := means.unpriced(prices):
        told = "; ".join(f"{name}: {how}" for name, how in unknown)
        raise BadSettings(f"No budget can be kept without prices. {told}.")


async def check_means(means: Means, *, timeout: float = LONGEST) -> None:
    """Asks for nothing that is paid. Only what would surely fail is refused; what cannot be found out is not.

    `timeout`: seconds. Raises: BadSettings: a key is missing or not accepted, a model or voice is unknown, a server is
    not there.
    """
    problems = await asyncio.gather(
        *(_of_model(model, means.base_url, timeout) for model in means.models),
        *(_of_voice(voice, timeout) for voice in _one_each(means.voices)),
    )
    if found := list(dict.fromkeys(problem for problem in problems if problem)):
        raise BadSettings("Nothing has been paid: " + " ".join(found))


async def _of_model(model: str, base_url: str, timeout: float) -> str:
    from scenewright.providers.llm.checking import check  # heavy

    found = await check(model, base_url, timeout=timeout)
    return "" if found.ok or not found.sure else found.text


async def _of_voice(voice: VoiceSpec, timeout: float) -> str:
    from scenewright.providers.speech.checking import problem

    try:
        async with asyncio.timeout(timeout):
            return await problem(voice, timeout=timeout)
    except TimeoutError:
        return ""


def _one_each(voices: Sequence[VoiceSpec]) -> list[VoiceSpec]:
    """The embedded engine is looked at once; a server's voices are tried one by one."""
    embedded = [voice for voice in voices if voice.engine == EMBEDDED][:1]
    return embedded + [voice for voice in voices if voice.engine != EMBEDDED]
