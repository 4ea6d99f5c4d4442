"""Answers of models, as they come: streamed, fenced, chatty, malformed, cut off. Pure; no I/O.

`Items` gives what is complete while an answer streams; `read` and `parse` take a whole answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from scenewright.domain.base import Json
from scenewright.domain.errors import BadAnswer
from scenewright.providers.llm.salvage.latex import unescape
from scenewright.providers.llm.salvage.lexer import Lexer, Token
from scenewright.providers.llm.salvage.reader import Item, Reader

__all__ = ["Item", "Items", "Reading", "Unparsable", "parse", "read", "unescape"]

_THOUGHT = re.compile(r"\A\s*<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_LONE_END = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_FENCE = re.compile(r"```[ \t]*(?:json[c5]?)?[ \t]*\r?\n(.*?)(?:\r?\n[ \t]*```|\Z)", re.DOTALL | re.IGNORECASE)

_LONGEST_REPAIR = 400_000  # characters; what is longer and this broken is not an answer


class Unparsable(BadAnswer):
    """Nothing in the answer could be read as JSON."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A whole answer, read. `mended`: it was not proper JSON. `truncated`: it had no end, and `value` holds only what
    was complete."""

    value: Json
    mended: bool = False
    truncated: bool = False


class Items:
    """Reads an answer while it streams.

    For `{"header": {...}, "scenes": [{...}, {...}]}` it gives ("header", {...}), then ("scenes", {...})
    twice, each as soon as its last character has come. Linear in the length of the answer.
    `keys`: the names that the answer's members have, if known; braces in chat before the answer are then passed over.
    """

    def __init__(self, keys: Collection[str] = ()) -> None:
        self._reader = Reader(keys)

    def feed(self, text: str) -> list[Item]:
        return list(self._reader.feed(text))

    def end(self) -> list[Item]:
        """To be called when the answer has ended: what only became certain by that."""
        return list(self._reader.end())

    @property
    def complete(self) -> bool:
        """Whether the answer's last bracket has come."""
        return self._reader.complete and not self._reader.broken

    @property
    def truncated(self) -> bool:
        """Whether an answer began and has not come to its end (so far)."""
        return self._reader.begun and not self._reader.complete

    @property
    def mended(self) -> bool:
        """Whether the answer was not proper JSON."""
        return self._reader.mended


def parse(text: str, keys: Collection[str] = ()) -> Json:
    """The JSON value of an answer; of one that was cut off, what is complete.

    Raises: Unparsable: if there is none.
    """
    return read(text, keys).value


def read(text: str, keys: Collection[str] = ()) -> Reading:
    """Strict JSON as it is; otherwise without thinking, chat and fences, mended where it is malformed.

    Raises: Unparsable: if nothing usable is in it.
    """
    if (strict := _strict(text)) is not None:
        return strict
    if not text.strip():
        raise Unparsable("The model gave an empty answer. Ask again, or use another model.")
    for candidate in _candidates(text):
        reader = Reader(keys)
        for _ in (*reader.feed(candidate), *reader.end()):
            pass
        if not reader.begun:
            continue
        if reader.complete and not reader.broken:
            return Reading(value=reader.value, mended=reader.mended or candidate != text)
        if (found := _rescued(reader, candidate)) is not None:
            return found
    raise Unparsable(
        f"The model did not answer with JSON but with “{_excerpt(text)}”. Ask again, or use another model."
    )


def _strict(text: str) -> Reading | None:
    if "\\" in text:
        return None  # legal, and still perhaps not what was meant: see latex.py
    try:
        value = json.loads(text.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    return Reading(value=value) if isinstance(value, (dict, list)) else None


def _candidates(text: str) -> list[str]:
    """Where the answer may be, the likeliest first."""
    text = _THOUGHT.sub("", text.lstrip("\ufeff"), count=1)
    ends = list(_LONE_END.finditer(text))
    tries = [text[ends[-1].end() :]] if ends else []
    tries.append(text)
    fenced = [found[1] for one in tries for found in _FENCE.finditer(one) if found[1].lstrip()[:1] in ("{", "[")]
    # A fence inside a string of the answer (a code block on a slide) must not be taken for the answer.
    starts = [one for one in tries if one.lstrip()[:1] in ("{", "[")]
    return list(dict.fromkeys([*starts, *fenced, *tries]))


def _rescued(reader: Reader, candidate: str) -> Reading | None:
    truncated = not reader.complete
    # An answer that ends like one, and yet seems open, has its quotes in disorder.
    ends_well = candidate.rstrip(" \t\r\n`")[-1:] in ("}", "]")
    if truncated and not reader.broken and not (reader.mended and ends_well):
        value = reader.without_the_rest()
        return None if value is None else Reading(value=value, mended=True, truncated=True)
    if reader.too_deep or len(candidate) > _LONGEST_REPAIR:
        return None
    value = _repaired(candidate[min(at for at in map(candidate.find, "{[") if at >= 0) :])
    return Reading(value=value, mended=True, truncated=truncated and not ends_well) if value else None


def _repaired(candidate: str) -> Json:
    """json-repair's best guess, with the backslashes put right first; None if it has none."""
    import json_repair

    try:
        found = json_repair.loads(_with_sound_strings(candidate), skip_json_loads=True)
    except (ValueError, RecursionError, IndexError):
        return None
    if isinstance(found, list) and len(found) == 1 and isinstance(found[0], dict) and candidate.lstrip()[:1] != "[":
        found = found[0]
    return found if isinstance(found, (dict, list)) else None


def _with_sound_strings(text: str) -> str:
    lexer = Lexer()
    lexer.chat = False
    key, out, last = "", [], Token(",")
    for token in (*lexer.feed(text), *lexer.end()):
        if token.kind == ":" and last.kind == "string":
            key = last.text
        out.append(_sound(token, key))
        last = token
    # Quotes in such disorder that a string never ends: its text is left as it came.
    return text if lexer.in_string else " ".join(out)


def _sound(token: Token, key: str) -> str:
    if token.kind == "string":
        return json.dumps(unescape(token.text, key), ensure_ascii=False)
    return token.text if token.kind == "atom" else token.kind


def _excerpt(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= 80 else short[:79] + "…"
