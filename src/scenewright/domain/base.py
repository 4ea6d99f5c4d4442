"""The root of every value: frozen, keyword-only, strict about unknown fields; and how a value is addressed."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from pydantic import BaseModel, ConfigDict

Json = Any  # made of dict, list, str, int, float, bool and None only


class Value(BaseModel):
    """A frozen value. Equal fields mean equal values; a field that is not declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(value: Json) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces: equal values give equal bytes on every machine.

    Raises: ValueError: if a number is NaN or infinite, or a text holds half a character (a lone surrogate).
    """
    return _CANONICAL.encode(value).encode()


def digest(value: Json) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def writable(value: Json) -> Json:
    """The value as `canonical` takes it: numbers that are none become None, half characters become "\ufffd"."""
    match value:
        case str():
            return value.encode(errors="surrogatepass").decode(errors="replace") if _broken(value) else value
        case float():
            return value if math.isfinite(value) else None
        case list() | tuple():
            return [writable(item) for item in value]
        case dict():
            return {writable(key): writable(item) for key, item in value.items()}
        case _:
            return value


def _broken(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
