"""Keys never show: they are taken out of every text that leaves this package."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

_NAMED_LIKE_A_KEY = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)(?:_|$)", re.IGNORECASE)
_LOOKS_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|rk|gsk|xai|hf|AIza|r8)[-_][A-Za-z0-9_-]{12,}|\bAIza[A-Za-z0-9_-]{20,}")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[^\s'\",}]{6,}")
_SHORTEST = 6  # shorter values ("no", "1234") would take ordinary words out of messages
_HIDDEN = "[key]"


class Secrets:
    """What must not show: the values of all variables that are named like keys."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        values = {value for name, value in environ.items() if _NAMED_LIKE_A_KEY.search(name)}
        self._values = sorted((value for value in values if len(value) >= _SHORTEST), key=len, reverse=True)

    def __repr__(self) -> str:
        return f"Secrets({len(self._values)} hidden)"

    def scrub(self, text: str) -> str:
        """The text with every key replaced by "[key]"; also what merely looks like one."""
        for value in self._values:
            text = text.replace(value, _HIDDEN)
        return _BEARER.sub(rf"\1{_HIDDEN}", _LOOKS_LIKE_A_KEY.sub(_HIDDEN, text))

    def show_in(self, exc: BaseException) -> bool:
        """Whether a key can be read in the exception or in anything it was raised from."""
        return any(text != self.scrub(text) for link in chain(exc) for text in (str(link), repr(link), repr(link.args)))


class Hidden(Exception):
    """Stands for a foreign exception whose text contained a key."""


def chain(exc: BaseException | None) -> Iterator[BaseException]:
    """The exception, its causes, contexts and grouped exceptions, each once."""
    waiting, seen = [exc], set[int]()
    while waiting:
        link = waiting.pop()
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [link.__cause__, link.__context__]
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions
