"""What calls cost: as a person said with `--price` and `--voice-price`, else as the price list says, else unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from scenewright.domain.errors import BadSettings
from scenewright.limits.rates import Cost

MILLION = 1_000_000
MOST = Decimal(1_000_000)  # US dollars; more is a slip of the finger
EVERY = ""  # in `Prices.models`: of every model that is not named
EMBEDDED = "espeak"


@dataclass(frozen=True, kw_only=True)
class ModelPrice:
    """US dollars for a million tokens."""

    input: Decimal
    output: Decimal

    def of(self, cost: Cost) -> Decimal:
        return (self.input * cost.input_tokens + self.output * cost.output_tokens) / MILLION


@dataclass(frozen=True, kw_only=True)
class Prices:
    """`models`: by the model's name as it is asked; `voice`: US dollars for a million characters."""

    models: Mapping[str, ModelPrice] = field(default_factory=dict)
    voice: Decimal | None = None

    def said(self, model: str) -> ModelPrice | None:
        return self.models.get(model) or self.models.get(EVERY)

    def of_model(self, model: str, base_url: str, cost: Cost) -> Decimal | None:
        """US dollars for one call; None = unknown."""
        if said := self.said(model):
            return said.of(cost)
        from scenewright.providers.llm.names import understand
        from scenewright.providers.llm.prices import price_of  # the list takes a while to load

        return price_of(cost.input_tokens, cost.output_tokens, understand(model, base_url))

    def of_voice(self, engine: str, model: str, base_url: str, characters: float) -> Decimal | None:
        """US dollars for so many characters; None = unknown."""
        from scenewright.providers.speech.openai import price_of_voice

        if engine == EMBEDDED:
            return Decimal(0)
        price = self.voice if self.voice is not None else price_of_voice(model, base_url)
        return None if price is None else price * Decimal(str(characters)) / MILLION


def parse_prices(models: str, voice: str = "") -> Prices:
    """ "0.25/2", "openai:gpt-5-mini=0.25/2,anthropic:claude-haiku-5=1/5"; "15". Raises: BadSettings."""
    return Prices(
        models=dict(_priced(one) for one in models.split(",") if one.strip()),
        voice=parse_amount(voice, "--voice-price") if voice.strip() else None,
    )


def parse_amount(text: str, name: str) -> Decimal:
    """US dollars, 0 or more: "2.50", "$2.50". Raises: BadSettings."""
    try:
        amount = Decimal(text.strip().removeprefix("$"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount.is_signed() or amount > MOST:
        raise BadSettings(f"{name} {text.strip()!r} is no amount of US dollars; write a number such as 2.50.")
    return amount


def _priced(text: str) -> tuple[str, ModelPrice]:
    model, equals, prices = text.strip().rpartition("=")
    parts = prices.split("/")
    if len(parts) != 2 or (equals and not model.strip()):
        raise BadSettings(
            f"--price {text.strip()!r} is not IN/OUT; write US dollars for a million tokens of input and of output, "
            "such as 0.25/2, or of one model: openai:gpt-5-mini=0.25/2."
        )
    paid, made = (parse_amount(part, "--price") for part in parts)
    return model.strip(), ModelPrice(input=paid, output=made)
