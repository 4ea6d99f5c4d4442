"""What a call costs: as a person gave the price, or else from the list that genai-prices ships. No network."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scenewright.limits.rates import Cost
from scenewright.providers.llm.names import COMPATIBLE, ModelRef, understand
from scenewright.providers.prices import Prices, of_tokens

NONE: Prices = {}


def expected(
    model: str, base_url: str, cost: Cost, prices: Prices = NONE, environ: Mapping[str, str] = os.environ
) -> Decimal | None:
    """US dollars for a call that uses so much; None if the price is not known. Raises: BadSettings: no such model."""
    from pydantic_ai.usage import RequestUsage

    used = RequestUsage(input_tokens=cost.input_tokens, output_tokens=cost.output_tokens)
    return cost_of(used, understand(model, base_url, environ), written=model, prices=prices)


def cost_of(
    usage: Any, ref: ModelRef, said_model: str | None = None, *, written: str = "", prices: Prices = NONE
) -> Decimal | None:
    """US dollars for a pydantic-ai usage; None if the price is not known.

    `prices`: what a person gave, also by the name as it is `written`; it goes before the list.
    A server at an address of one's own has no known price unless the address is a provider's: it may be a machine
    under the desk or a gateway that bills, so nothing is claimed. `said_model`: the name that the answer gave itself,
    tried when the asked name ("...-latest") is not listed.
    """
    import genai_prices  # its list takes a third of a second to read

    where: dict[str, str] = (
        {"provider_api_url": ref.base_url} if ref.provider == COMPATIBLE else {"provider_id": _listed(ref)}
    )
    if not (usage.input_tokens or usage.output_tokens):
        return None
    names = (written, f"{ref.provider}:{ref.model}", ref.model)
    if (given := of_tokens(prices, names, usage.input_tokens, usage.output_tokens)) is not None:
        return given
    for name in dict.fromkeys((ref.model, said_model or ref.model)):
        try:
            price = genai_prices.calc_price(usage, name, **where)  # type: ignore[call-overload]
        except (LookupError, ValueError):
            continue
        return Decimal(price.total_price)
    return None


def _listed(ref: ModelRef) -> str:
    """The provider's name in the price list."""
    head = ref.provider.removeprefix("gateway/")
    for family in ("openai", "azure", "google"):
        if head.startswith(family):
            return family
    return {"bedrock": "aws", "xai": "x-ai"}.get(head, head)
