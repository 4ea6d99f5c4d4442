"""Counting tokens: about four characters to one."""

from __future__ import annotations

from scenewright.testing.provider.quota import Tokens
from scenewright.testing.provider.script import Seen

CHARACTERS = 4  # to a token


def asked(seen: Seen) -> int:
    return max(1, len(seen.text) // CHARACTERS)


def written(text: str) -> int:
    return len(text) // CHARACTERS


def estimate(seen: Seen) -> Tokens:
    """What a provider knows of a request before it is answered."""
    into, out = asked(seen), 0 if seen.speech else _most(seen)
    return Tokens(input=into, output=out, both=max(into, out))


def used(seen: Seen, out: int) -> Tokens:
    return Tokens(input=asked(seen), output=out, both=asked(seen) + out)


def _most(seen: Seen) -> int:
    found = seen.body.get("max_completion_tokens") or seen.body.get("max_tokens")
    return max(0, found) if isinstance(found, int) else 0
