"""Which paid answers a finished work does not contain. Pure."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator

from scenewright.domain.base import Json
from scenewright.testing.provider.ledger import Answered

LEAST = 12  # characters; anything shorter may stand in a work by accident
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class Work:
    """A finished work, to look texts and sounds up in: any JSON, a text (a page, a script), bytes, or several."""

    def __init__(self, work: Json | bytes) -> None:
        self._leaves: set[str] = set()
        self._audio: set[str] = set()
        for leaf in _leaves(work):
            if isinstance(leaf, bytes):
                self._audio.add(hashlib.sha256(leaf).hexdigest())
                leaf = leaf.decode(errors="replace")
            self._leaves.add(_normal(leaf))
            if "&" in leaf:
                self._leaves.add(_normal(html.unescape(leaf)))
        self._text = "\n".join(self._leaves)

    def contains(self, answer: Answered, least: int = LEAST) -> bool:
        if answer.audio:
            said = _normal(answer.text)
            return answer.audio in self._audio or (self._has(said) if len(said) >= least else said in self._leaves)
        return any(self._has(text) for text in _proofs(answer, least))

    def _has(self, text: str) -> bool:
        return text in self._leaves or text in self._text


def absent(answers: Iterable[Answered], work: Json | bytes, least: int = LEAST) -> tuple[Answered, ...]:
    """The answers of which no text of `least` characters or more occurs in the work.

    White space counts as one space. What stands in the request itself proves nothing and is not looked for; an answer
    with nothing to look for is absent. Speech is judged by the text that was to be spoken, since audio is joined,
    levelled and encoded on its way into a work; or by its very bytes if the work brings them.
    """
    looked_up = Work(work)
    return tuple(answer for answer in answers if not looked_up.contains(answer, least))


def _proofs(answer: Answered, least: int) -> Iterator[str]:
    asked = _normal(answer.seen.text)
    for text in texts(answer.text):
        found = _normal(text)
        if len(found) >= least and found not in asked:
            yield found


def texts(answer: str) -> Iterator[str]:
    """The texts in an answer: of JSON its strings, also if it is cut off or wrapped; otherwise its lines."""
    try:
        found = [leaf for leaf in _leaves(json.loads(answer)) if isinstance(leaf, str)]
    except ValueError:
        found = []
        for literal in _STRING.findall(answer) if re.search(r"[\[{]", answer) else ():
            try:
                found.append(json.loads(literal, strict=False))
            except ValueError:
                continue
    yield from found or answer.splitlines()


def _leaves(value: Json | bytes) -> Iterator[str | bytes]:
    match value:
        case str() | bytes():
            yield value
        case dict():
            for part in value.values():
                yield from _leaves(part)
        case list() | tuple():
            for part in value:
                yield from _leaves(part)


def _normal(text: str) -> str:
    return " ".join(text.split())
