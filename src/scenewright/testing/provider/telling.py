"""What a provider says of its limits, in the formats of OpenAI's headers and errors. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from email.utils import formatdate

from scenewright.domain.base import Json
from scenewright.testing.provider.quota import Meter, Refused


def span(seconds: float) -> str:
    """As Go writes durations: "20ms", "8.64s", "6m0s", "1h0m0s"; rounded up to a millisecond."""
    milliseconds = max(0, math.ceil(seconds * 1000 - 1e-6))
    if milliseconds < 1000:
        return f"{milliseconds}ms" if milliseconds else "0s"
    whole, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(whole, 60)
    text = f"{rest / 1000:.3f}".rstrip("0").rstrip(".") + "s"
    if hours:
        return f"{hours}h{minutes}m{text}"
    return f"{minutes}m{text}" if minutes else text


def standing(meter: Meter, now: float, scale: float) -> dict[str, str]:
    """`x-ratelimit-{limit,remaining,reset}-{requests,tokens}`, in real seconds."""
    if meter.quota.hidden:
        return {}
    headers: dict[str, str] = {}
    for what in ("requests", "tokens"):
        if (one := meter.standing(what, now)) is not None:
            headers[f"x-ratelimit-limit-{what}"] = str(one.allowed)
            headers[f"x-ratelimit-remaining-{what}"] = str(one.left)
            headers[f"x-ratelimit-reset-{what}"] = span(one.reset * scale)
    return headers


def retry_after(meter: Meter, wait: float, wall: float) -> dict[str, str]:
    """`wait`: real seconds. `wall`: seconds since 1970. The date is counted from the `Date` that goes with it."""
    way = meter.quota.retry_after or ("none" if meter.quota.hidden else "seconds")
    if way == "none" or math.isinf(wait):
        return {}
    if way == "date":
        return {"date": formatdate(wall, usegmt=True), "retry-after": formatdate(math.ceil(wall + wait), usegmt=True)}
    exact = {"retry-after-ms": str(math.ceil(wait * 1000))}
    return exact if way == "milliseconds" else {**exact, "retry-after": str(math.ceil(wait))}


def refusal(refused: Refused, model: str, wait: float) -> Mapping[str, Json]:
    """The body of a 429. `wait`: real seconds."""
    name, counted = model or "this model", f"Limit {refused.allowed}, Used {refused.used}, Requested {refused.asked}."
    if math.isinf(wait):
        said = f"Request too large for {name} on {refused.per}: {counted} The input or output tokens must be reduced."
    else:
        said = f"Rate limit reached for {name} on {refused.per}: {counted} Please try again in {span(wait)}."
    return {"error": {"message": said, "type": refused.limit, "param": None, "code": "rate_limit_exceeded"}}
