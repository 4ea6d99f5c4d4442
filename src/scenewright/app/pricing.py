"""What calls cost: as a person said with `--price` and `--voice-price`, else as the price list says, else unknown."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from scenewright.domain.calls import SpeechRequest
from scenewright.domain.errors import BadSettings
from scenewright.limits import Cost
from scenewright.providers.prices import Prices, parse_prices
from scenewright.providers.speech.voices import VoiceSpec

MOST = Decimal(1_000_000)  # US dollars; more is a slip of the finger
FREE = Decimal(0)
EMBEDDED = "espeak"
ASK = "its price is unknown: give --price IN/OUT, in US dollars for a million tokens of input and of output"
ASK_VOICE = "its price is unknown: give --voice-price, in US dollars for a million characters"


def said_prices(models: str, voices: str = "") -> Prices:
    """ "0.25/2" or "openai:gpt-5-mini=0.25/2,..."; of voices "15" or "openai/tts-1=15,...". Raises: BadSettings."""
    of_models, of_voices = _parsed(models), _parsed(voices)
    if wrong := [name for name, price in of_models.items() if price.input is None]:
        raise BadSettings(f"--price needs two amounts, of input and output, such as 0.25/2{_of(wrong[0])}.")
    if wrong := [name for name, price in of_voices.items() if price.characters is None]:
        raise BadSettings(f"--voice-price needs one amount, for a million characters, such as 15{_of(wrong[0])}.")
    merged = {**of_voices, **of_models}
    for name in of_models.keys() & of_voices.keys():
        merged[name] = of_models[name].model_copy(update={"characters": of_voices[name].characters})
    return merged


def parse_amount(text: str, name: str) -> Decimal:
    """US dollars, 0 or more: "2.50", "$2.50". Raises: BadSettings."""
    try:
        amount = Decimal(text.strip().removeprefix("$"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount.is_signed() or amount > MOST:
        raise BadSettings(f"{name} {text.strip()!r} is no amount of US dollars; write a number such as 2.50.")
    return amount


def of_model(model: str, base_url: str, used: Cost, prices: Prices) -> Decimal | None:
    """US dollars for one call; None = unknown."""
    from scenewright.providers.llm.prices import expected  # the list takes a while to load

    return expected(model, base_url, used, prices)


def of_voice(spec: VoiceSpec, characters: float, prices: Prices) -> Decimal | None:
    """US dollars for so many characters; None = unknown."""
    asked = SpeechRequest(
        engine=spec.engine, base_url=spec.base_url, model=spec.model, voice=spec.voice, language="", text=""
    )
    return of_speech(asked, round(characters), prices)


def of_speech(request: SpeechRequest, characters: int, prices: Prices) -> Decimal | None:
    from scenewright.providers.speech.openai import price

    return FREE if request.engine == EMBEDDED else price(request, characters, prices)


def _parsed(text: str) -> Prices:
    return parse_prices(one for one in text.split(",") if one.strip())


def _of(name: str) -> str:
    return f", for {name}" if name else ""
