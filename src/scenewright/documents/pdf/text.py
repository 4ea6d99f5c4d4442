"""Words of lines to runs of text: lines joined, hyphens at line ends taken out, raised digits kept raised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from scenewright.documents.pdf.scripts import is_attached, scripted
from scenewright.documents.pdf.scripts import plain as plain_letters
from scenewright.documents.pdf.values import Word
from scenewright.documents.runs import Run

_ACCENTS = {"¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "¸": "\u0327"}
_LOOSE = re.compile(r"([¨´`ˆ˜ˇ¸])\s?([A-Za-zı])")
_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUB = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ENDS_HYPHENATED = re.compile(r"[^\W\d_]{2,}-$")


def runs_of(rows: Sequence[Sequence[Word]], *, plain: bool = False, hyphenated: Collection[str] = ()) -> list[Run]:
    """`plain`: without bold and italic. `hyphenated`: words that keep their hyphen wherever a line ends in them."""
    out: list[Run] = []
    for number, row in enumerate(rows):
        size = max((word.face.size for word in row), default=1.0)
        base = next((word.base for word in row if word.face.size == size), 0.0)
        index = 0
        while index < len(row):
            word = row[index]
            if index == 0 and number:
                _join_lines(out, word.text, hyphenated)
            elif index and word.spaced and not is_attached(row, index):
                out.append(Run(text=" "))
            found = None if plain or word.face.mono else scripted(row, index)
            if found:
                before, latex, count = found
                out += [Run(text=before, bold=word.face.bold, italic=word.face.italic), Run(text=latex, math=True)]
                index += count
                continue
            out.append(_run(word, _raised(word, size, base), plain))
            index += 1
    return [run if run.math else replace(run, text=_composed(run.text)) for run in _merged(out)]


def _run(word: Word, text: str, plain: bool) -> Run:
    face = word.face
    if face.mono and not plain:
        return Run(text=text, code=True)
    return Run(text=plain_letters(text), bold=face.bold and not plain, italic=face.italic and not plain)


def _join_lines(out: list[Run], following: str, hyphenated: Collection[str]) -> None:
    last = out[-1]
    first_word = re.match(r"\w*", following)
    head = first_word[0] if first_word else ""
    if _ENDS_HYPHENATED.search(last.text) and head[:1].islower():
        whole = re.split(r"\W(?!$)", last.text)[-1] + head
        if whole.casefold() not in hyphenated:
            out[-1] = replace(last, text=last.text[:-1])
        return
    out.append(Run(text="\n"))


def _raised(word: Word, size: float, base: float) -> str:
    if word.face.size > size * 0.85 or not word.text.isascii() or not word.text.isdecimal():
        return word.text
    shift = base - word.base
    if shift > size * 0.15:
        return word.text.translate(_SUPER)
    return word.text.translate(_SUB) if shift < -size * 0.08 else word.text


def _merged(runs: Sequence[Run]) -> list[Run]:
    """White space takes the style on both sides of it, so that two bold words are one bold run."""
    out: list[Run] = []
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else None
        after = runs[index + 1] if index + 1 < len(runs) else None
        if before and after and not run.text.strip():
            same = (before.bold, before.italic, before.code) == (after.bold, after.italic, after.code)
            if same:
                run = Run(text=run.text, bold=before.bold, italic=before.italic, code=before.code)
        out.append(run)
    return out


def _composed(text: str) -> str:
    """Old TeX fonts set an accent and a letter beside each other: "¨a" is "ä"."""
    text = _LOOSE.sub(lambda found: found[2].replace("ı", "i") + _ACCENTS[found[1]], text)
    return unicodedata.normalize("NFC", text)
