"""The root of every value: frozen, keyword-only, strict about unknown fields; and how a value is addressed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict

Json = Any  # made of dict, list, str, int, float, bool and None only


class Value(BaseModel):
    """A frozen value. Equal fields mean equal values; a field that is not declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def canonical(value: Json) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text on every machine.

    Raises: ValueError: if a number is NaN or infinite.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(value: Json) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
