"""What a call cost, from the price list that genai-prices ships. No network."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scenewright.providers.llm.names import COMPATIBLE, ModelRef


def cost_of(usage: Any, ref: ModelRef, said_model: str | None = None) -> Decimal | None:
    """US dollars for a pydantic-ai usage; None if the price is not known.

    A server at an address of one's own has no known price unless the address is a provider's: it may be a machine
    under the desk or a gateway that bills, so nothing is claimed. `said_model`: the name that the answer gave itself,
    tried when the asked name ("...-latest") is not listed.
    """
    import genai_prices

    where: dict[str, str] = (
        {"provider_api_url": ref.base_url} if ref.provider == COMPATIBLE else {"provider_id": _listed(ref)}
    )
    if not (usage.input_tokens or usage.output_tokens):
        return None
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
