"""Cuts text that is meant to be JSON into tokens while it arrives. Forgiving; each character is looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["{", "}", "[", "]", ":", ",", "string", "atom"]
_STRUCTURE = "{}[]:,"
_BLANK = re.compile(r"[\s\ufeff]+")
_ATOM = re.compile(r"""[^\s{}\[\]:,"']+""")
_PLAIN = {'"': re.compile(r'[^"\\]+'), "'": re.compile(r"[^'\\]+")}
# After a closing quote comes structure; after its comma, something that can begin a value or a name.
_CLOSES = re.compile(
    r"""\s*(?:[:}\]]|,\s*(?:["'{\[\]}\d-]|true\b|false\b|null\b|None\b|True\b|False\b|\w{1,40}\s*:)|\n\s*["{\[])"""
)
_UNDECIDED = re.compile(r"\s*(?:,\s*(?:\w{1,40}\s*)?)?\Z")
_LONGEST_WAIT = 4096  # characters looked ahead for the end of a string before it is taken as ended


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str = ""  # of a string: what is between its quotes, with inner quotes escaped


class Lexer:
    """`feed` gives the tokens that are certain; `end` the rest."""

    def __init__(self) -> None:
        self._rest = ""
        self._at = 0
        self._quote = ""  # the quote of the string being read
        self._string: list[str] = []
        self._atom: list[str] = []
        self.chat = True  # quotes mean nothing yet: the answer has not begun; whoever reads the tokens says when it has
        self.odd = False  # a quote stood inside a string without a backslash, or quotes were single

    @property
    def in_string(self) -> bool:
        return bool(self._quote)

    def feed(self, text: str, *, final: bool = False) -> Iterator[Token]:
        self._rest = self._rest[self._at :] + text
        self._at = 0
        while self._at < len(self._rest):
            token = self._in_string(final) if self._quote else self._outside()
            if token is _WAIT:
                return
            if token is not None:
                yield token

    def end(self) -> Iterator[Token]:
        """The last tokens. A string that was not closed, and a number at the very end, are not complete: no tokens."""
        return self.feed("", final=True)

    def _outside(self) -> Token | None:
        letter = self._rest[self._at]
        if found := _ATOM.match(self._rest, self._at):
            self._atom.append(found[0])
            self._at = found.end()
            return None
        if self._atom:
            return self._close_atom()
        if found := _BLANK.match(self._rest, self._at):
            self._at = found.end()
            return None
        self._at += 1
        if letter in _STRUCTURE:
            return Token(letter)  # type: ignore[arg-type]
        if self.chat:
            return None
        self._quote = letter
        self.odd = self.odd or letter == "'"
        return None

    def _close_atom(self) -> Token | None:
        text, self._atom = "".join(self._atom), []
        return Token("atom", text) if text else None

    def _in_string(self, final: bool) -> Token | None:
        if found := _PLAIN[self._quote].match(self._rest, self._at):
            self._string.append(found[0] if self._quote == '"' else found[0].replace('"', '\\"'))
            self._at = found.end()
            return None
        if self._rest[self._at] == "\\":
            if self._at + 1 == len(self._rest):
                return _WAIT
            pair = self._rest[self._at : self._at + 2]
            self._string.append("'" if pair == "\\'" else pair)
            self._at += 2
            return None
        return self._at_quote(final)

    def _at_quote(self, final: bool) -> Token | None:
        after = self._at + 1
        closes = bool(_CLOSES.match(self._rest, after))
        if not closes and _UNDECIDED.match(self._rest, after):
            if not final and len(self._rest) - after < _LONGEST_WAIT:
                return _WAIT
            closes = True
        self._at = after
        if closes:
            text, self._string, self._quote = "".join(self._string), [], ""
            return Token("string", text)
        self.odd = True
        self._string.append('\\"' if self._quote == '"' else "'")
        return None


_WAIT = Token(",", "more is needed")
