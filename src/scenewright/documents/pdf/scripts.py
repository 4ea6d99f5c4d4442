"""Symbols with something raised or lowered beside them, read as formulas inside the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from scenewright.documents import symbols
from scenewright.documents.pdf.values import Word

_BASE = re.compile(r"(?:\d+(?:[.,]\d+)?|[^\W\d_])$")
_LETTERS = re.compile(r"[^\W_]+$")
_SCRIPT = re.compile(r"[^\s,.;:()\[\]]{1,6}")
_LATEX = re.compile(r"[\x20-\x7e]+")
_ALPHABETS = re.compile("[\U0001d400-\U0001d7ff\u210e]")


def plain(text: str) -> str:
    """Mathematical alphabets as plain letters: 𝜆 is λ."""
    return _ALPHABETS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def scripted(row: Sequence[Word], at: int) -> tuple[str, str, int] | None:
    """Of the word at `at` and its scripts: what stands before the symbol, the LaTeX, and how many words these are.

    None if there are no scripts, if they are digits alone (which have characters of their own, as in m² and z₀), or
    if the symbol is no mathematics.
    """
    base = row[at]
    symbol = (_LETTERS if base.face.math else _BASE).search(plain(base.text))
    if symbol is None:
        return None
    raised, lowered, end = "", "", at + 1
    is_math = base.face.math  # or 10 with a minus raised beside it; not the raised A of a logo
    reach = base.box.x1
    while end < len(row) and (side := _side(base, row[end], reach)):
        if side > 0:
            raised += row[end].text
        else:
            lowered += row[end].text
        is_math = is_math or (row[end].face.math and symbol[0].isdigit())
        reach = max(reach, row[end].box.x1)
        end += 1
    if end == at + 1 or not is_math or (symbol[0].isdigit() and not raised):
        return None
    if (raised + lowered).isdecimal() and not (raised and lowered):
        return None
    parts = [symbols.latex(symbol[0])]
    parts += [mark + _grouped(symbols.latex(plain(text))) for mark, text in (("_", lowered), ("^", raised)) if text]
    latex = "".join(parts)
    if not _LATEX.fullmatch(latex):
        return None
    return plain(base.text)[: symbol.start()], latex, end - at


def is_attached(row: Sequence[Word], at: int) -> bool:
    """True for a script and for punctuation close to what it follows, even if the file has a space between them."""
    word, before = row[at], row[max(0, at - 3) : at]
    if _side(before[-1], word, before[-1].box.x1) and word.text.isdecimal():
        return True
    gap = word.box.x0 - max(one.box.x1 for one in before)
    return word.text[0] in ",.;:)" and gap < 0.12 * word.face.size


def _grouped(latex: str) -> str:
    return latex if len(latex) == 1 else f"{{{latex}}}"


def _side(base: Word, word: Word, reach: float) -> int:
    """1 if the word is a script above the base, -1 below it, 0 if it is none."""
    size = base.face.size
    near = base.box.x1 - 0.45 * size <= word.box.x0 <= reach + 0.15 * size
    if word.face.size > 0.85 * size or not near or not _SCRIPT.fullmatch(word.text):
        return 0
    shift = base.base - word.base
    return 1 if shift > 0.12 * size else -1 if shift < -0.06 * size else 0
