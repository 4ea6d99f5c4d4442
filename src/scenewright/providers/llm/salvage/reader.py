"""Builds values from tokens while they arrive, so that what is complete can be used before the rest is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from scenewright.domain.base import Json
from scenewright.providers.llm.salvage.latex import unescape
from scenewright.providers.llm.salvage.lexer import Lexer, Token

_DEEPEST = 60  # answers that people use are not deeper; validators recurse
_WORDS: dict[str, Json] = {
    "true": True, "false": False, "null": None, "True": True, "False": False, "None": None,
    "NaN": None, "Infinity": None, "-Infinity": None, "undefined": None,
}  # fmt: skip
_INTEGER = re.compile(r"-?\d{1,400}\Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")

Item = tuple[str, Json]
"""Something complete at the top of an answer: a member, or one item of a member that is a list, with the member's
name ("" if the answer itself is a list)."""


@dataclass(slots=True)
class _Open:
    """A container that has not closed."""

    value: dict[str, Any] | list[Any]
    key: str = ""  # the member of the parent that it is
    name: str | None = None  # the member being read, in an object
    waiting: bool = False  # for the value of that member


@dataclass
class Reader:
    """Feed it an answer in pieces; it gives what is complete at the top.

    What stands before the answer (chat, a fence, thinking) is passed over, and so is what stands behind it.
    `keys`: names that the answer's own members have; an object that begins with another is taken for chat.
    """

    keys: Collection[str] = ()
    value: Json = None  # the answer so far, with incomplete containers in their place
    complete: bool = False  # the answer's last bracket has come
    mended: bool = False  # it was not proper JSON
    broken: bool = False  # it was worse than what is mended here
    too_deep: bool = False  # nobody's answer; not worth mending
    _lexer: Lexer = field(default_factory=Lexer)
    _stack: list[_Open] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        return self.value is not None

    def feed(self, text: str) -> Iterator[Item]:
        yield from self._take_all(self._lexer.feed(text))

    def end(self) -> Iterator[Item]:
        """When the text has ended: what became certain by that."""
        yield from self._take_all(self._lexer.end())

    def without_the_rest(self) -> Json:
        """The answer with what was incomplete taken out: cut behind the last whole item of the outermost open list,
        or, without such a list, behind the last whole member. None if nothing is whole."""
        if not self._stack:
            return self.value
        chain = self._stack
        lists = [place for place, opened in enumerate(chain) if isinstance(opened.value, list)]
        keep = next((place for place in lists if len(chain[place].value) > _unfinished(chain, place)), None)
        if keep is None:
            keep = 0
        _drop_last(chain, keep)
        return self.value if chain[0].value else None

    def _take_all(self, tokens: Iterator[Token]) -> Iterator[Item]:
        for token in tokens:
            if self.complete:
                return
            if self.begun:
                yield from self._take(token)
            else:
                self._seek(token)
        self.mended = self.mended or (self.begun and self._lexer.odd)

    def _seek(self, token: Token) -> None:
        if token.kind in ("{", "["):
            self._lexer.chat = self._lexer.odd = False
            self._push(token)

    def _push(self, token: Token) -> None:
        if len(self._stack) >= _DEEPEST:
            self.too_deep = self.broken = self.complete = True
            return
        value: dict[str, Any] | list[Any] = {} if token.kind == "{" else []
        if not self._stack:
            self.value = value
            self._stack.append(_Open(value))
            return
        key = self._key()
        self._put(value)
        self._stack.append(_Open(value, key))

    def _take(self, token: Token) -> Iterator[Item]:
        match token.kind:
            case "{" | "[":
                if self._not_yet(token):
                    return
                self._push(token)
            case "}" | "]":
                yield from self._close(token)
            case ":":
                self._colon()
            case ",":
                self._comma()
            case _:
                yield from self._scalar(token)

    def _not_yet(self, token: Token) -> bool:
        """Chat with braces in it: an object that begins with something else than a name."""
        if self._stack[-1].waiting or not self._only({}):
            return False
        self._restart()
        self._seek(token)
        return True

    def _only(self, empty: Json) -> bool:
        """Whether the answer so far is nothing but its first bracket."""
        return len(self._stack) == 1 and bool(self._stack[0].value == empty)

    def _restart(self) -> None:
        self.value, self._stack = None, []
        self._lexer.chat = self.mended = True

    def _scalar(self, token: Token) -> Iterator[Item]:
        top = self._stack[-1]
        if isinstance(top.value, dict) and not top.waiting:
            self._name(token, top)
            return
        if token.kind == "atom" and self._only([]) and not (token.text in _WORDS or _NUMBER.match(token.text)):
            self._restart()  # "[see below]" is chat
            return
        value = self._atom(token.text) if token.kind == "atom" else unescape(token.text, self._key())
        yield from self._put_whole(value)

    def _name(self, token: Token, top: _Open) -> None:
        name = unescape(token.text) if token.kind == "string" else token.text
        strange = (bool(self.keys) and name not in self.keys) or (token.kind == "atom" and not name.isidentifier())
        if (strange or top.name is not None) and self._only({}):
            self._restart()
            return
        if token.kind == "atom" or top.name is not None:
            self.mended = True
        top.name = name

    def _atom(self, text: str) -> Json:
        if text in _WORDS:
            self.mended = self.mended or text not in ("true", "false", "null")
            return _WORDS[text]
        if _INTEGER.match(text):
            return int(text)
        if _NUMBER.match(text):
            return float(text)
        self.mended = self.broken = True
        return text

    def _colon(self) -> None:
        top = self._stack[-1]
        if isinstance(top.value, dict) and top.name is not None and not top.waiting:
            top.waiting = True
        else:
            self.broken = self.mended = True

    def _comma(self) -> None:
        top = self._stack[-1]
        if isinstance(top.value, dict) and top.name is not None:
            self.mended = True  # a name without a value
            top.name, top.waiting = None, False

    def _close(self, token: Token) -> Iterator[Item]:
        wanted = dict if token.kind == "}" else list
        while self._stack and not isinstance(self._stack[-1].value, wanted):
            if not any(isinstance(opened.value, wanted) for opened in self._stack):
                self.mended = True  # closes what was never opened
                return
            self.mended = True  # the inner bracket was forgotten
            yield from self._pop()
        yield from self._pop()

    def _pop(self) -> Iterator[Item]:
        closed = self._stack.pop()
        if not self._stack:
            self.complete = True
            return
        yield from self._told(closed.key, closed.value)

    def _key(self) -> str:
        """The member that the next value belongs to."""
        for opened in reversed(self._stack):
            if opened.name is not None:
                return opened.name
        return ""

    def _put(self, value: Json) -> None:
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            return
        if top.name is None:
            self.mended = self.broken = True
            return
        top.value[top.name] = value
        # The name stays until a container has closed, so that `_key` finds it.
        top.waiting = False
        if not isinstance(value, (dict, list)):
            top.name = None

    def _put_whole(self, value: Json) -> Iterator[Item]:
        key = self._key()
        self._put(value)
        yield from self._told(key, value)

    def _told(self, key: str, value: Json) -> Iterator[Item]:
        top = self._stack[-1]
        if isinstance(top.value, dict):
            top.name = None
        if len(self._stack) == 1:
            if isinstance(top.value, list):
                yield "", value
            elif not isinstance(value, list):
                yield key, value
        elif len(self._stack) == 2 and isinstance(top.value, list) and isinstance(self._stack[0].value, dict):
            yield top.key, value


def _unfinished(chain: list[_Open], place: int) -> int:
    """1 if the last child of the container at `place` is still open."""
    return int(place + 1 < len(chain))


def _drop_last(chain: list[_Open], place: int) -> None:
    """Takes the open child out of the container at `place`."""
    if place + 1 >= len(chain):
        return
    holder = chain[place].value
    if isinstance(holder, list):
        holder.pop()
    else:
        holder.pop(chain[place + 1].key, None)
