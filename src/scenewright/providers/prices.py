"""Prices that a person gives, for what the price list does not know or knows otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from scenewright.domain.base import Value
from scenewright.domain.errors import BadSettings

MILLION = 1_000_000

_AMOUNT = r"\$?(\d{1,9}(?:\.\d{1,9})?)"
_OF_TOKENS = re.compile(rf"(?:(.+)=\s*)?{_AMOUNT}/{_AMOUNT}")
_OF_CHARACTERS = re.compile(rf"(?:(.+)=\s*)?{_AMOUNT}")


class Price(Value):
    """US dollars for a million; None = not given. Input that a cache spared counts like other input."""

    input: Decimal | None = None  # tokens
    output: Decimal | None = None  # tokens
    characters: Decimal | None = None  # spoken


Prices = Mapping[str, Price]
"""By name, as people write it ("openai:gpt-6-luna", "openai/tts-1") or as the provider has it; "" = all others."""


def parse_prices(given: Iterable[str]) -> Prices:
    """Reads "MODEL=INPUT/OUTPUT", and of voices "MODEL=CHARACTERS": US dollars for a million. Without a model: for all.

    Raises: BadSettings: one cannot be read.
    """
    found: dict[str, Price] = {}
    for text in given:
        name, price = _parsed(text.strip())
        found[name] = found.get(name, Price()).model_copy(update=price)
    return found


def of_tokens(prices: Prices, names: Iterable[str], input_tokens: int, output_tokens: int) -> Decimal | None:
    """US dollars by the first of the names that has a price; None if none was given."""
    for name in (*filter(None, names), ""):
        price = prices.get(name)
        if price is not None and price.input is not None and price.output is not None:
            return (price.input * input_tokens + price.output * output_tokens) / MILLION
    return None


def of_characters(prices: Prices, names: Iterable[str], characters: int) -> Decimal | None:
    """US dollars by the first of the names that has a price; None if none was given."""
    for name in (*filter(None, names), ""):
        price = prices.get(name)
        if price is not None and price.characters is not None:
            return price.characters * characters / MILLION
    return None


def _parsed(text: str) -> tuple[str, dict[str, Decimal]]:
    if found := _OF_TOKENS.fullmatch(text):
        return (found[1] or "").strip(), {"input": Decimal(found[2]), "output": Decimal(found[3])}
    if found := _OF_CHARACTERS.fullmatch(text):
        return (found[1] or "").strip(), {"characters": Decimal(found[2])}
    raise BadSettings(
        f'"{text}" is not a price: write INPUT/OUTPUT in US dollars for a million tokens, for example "0.15/0.60", '
        'or DOLLARS for a million characters of a voice; "openai:gpt-6-luna=0.15/0.60" is for one model only.'
    )
