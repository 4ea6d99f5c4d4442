"""Text on a grid of cells: a typewriter's columns, where a Chinese character takes two and an accent none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SPACES = re.compile(r"[^\S\n]+")
_CLOSING = frozenset("。，、！？；：）」』】》〉”’…")


def clean(text: str) -> str:
    """One line or several ("\\n"): no control characters, single spaces, no half characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = (_SPACES.sub(" ", _visible(line)).strip() for line in whole.splitlines())
    return "\n".join(line for line in lines if line)


def flat(text: str) -> str:
    """The same on one line."""
    return clean(text).replace("\n", " ")


def _visible(line: str) -> str:
    return "".join(" " if c == "\t" else c for c in line if c == "\t" or not _hidden(c))


def _hidden(character: str) -> bool:
    """Controls, and the marks that turn the direction of writing: they would show another text than is stored."""
    return unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in (
        *("LRE", "RLE", "LRO", "RLO", "PDF"),
        *("LRI", "RLI", "FSI", "PDI"),
    )


@lru_cache(maxsize=4096)
def cell(character: str) -> int:
    """0, 1 or 2 columns."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Columns."""
    return len(text) if text.isascii() else sum(map(cell, text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns` (2 or more); "\\n" begins a new one. Only spaces at line ends are dropped."""
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, columns)]


def units(text: str, columns: int) -> list[str]:
    """The least that a line is made of; joined and wrapped, they give the lines of the text."""
    paragraphs = [list(_words(paragraph, columns)) for paragraph in text.split("\n")]
    for words in paragraphs[:-1]:
        words[-1:] = [f"{word.rstrip(' ')}\n" for word in words[-1:]]
    found = [word for words in paragraphs for word in words]
    return [*found[:-1], f"{found[-1].rstrip(' ')} "] if found and text[-1:] == " " else found


def _wrapped(paragraph: str, columns: int) -> Iterator[str]:
    line, used = "", 0
    for word in _words(paragraph, columns):
        size = width(word)
        if line and used + size - (word[-1] == " ") > columns:
            yield line.rstrip(" ")
            line, used = "", 0
        line, used = line + word, used + size
    if line.strip(" "):
        yield line.rstrip(" ")


def _words(paragraph: str, columns: int) -> Iterator[str]:
    """What may not be broken, with the space after it; together the paragraph."""
    for word in re.findall(r"\S+ ?", paragraph.strip(" ")):
        for piece in [word] if word.isascii() else _breakable(word):
            yield from _cut(piece, columns) if width(piece) > columns else (piece,)


def _breakable(word: str) -> Iterator[str]:
    """Between wide characters a line may end; not before a closing mark."""
    piece = ""
    for character in word:
        breaks = piece and (cell(character) == 2 or cell(piece[-1]) == 2)
        if breaks and cell(character) and character not in _CLOSING and character != " ":
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(word: str, columns: int) -> Iterator[str]:
    piece, used = "", 0
    for character in word:
        size = 0 if character == " " else cell(character)
        if used + size > columns:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + size
    yield piece
