"""Splitting text into sentences. Nothing but white space is lost; when in doubt, a sentence goes on."""

from __future__ import annotations

import re

from scenewright.text import inline
from scenewright.text.abbreviations import abbreviations
from scenewright.text.stopwords import stopwords

_CLOSERS = r"[\"'”’»›)\]」』）】》〉＂]*"
_END = re.compile(
    r"(?P<paragraph>\n[^\S\n]*\n\s*)"
    rf"|(?P<wide>[。！？；｡]+{_CLOSERS})"
    rf"|(?P<western>(?:[.!?…؟।॥۔]+|(?<=\S)……){_CLOSERS})(?=\s|$|[\u3040-\u30ff\u4e00-\u9fff])"
)
# Abbreviations that end a sentence where a small word with a capital follows; some are words as well.
_MAY_END = frozenset(("etc", "usw", "inc", "ltd", "co", "corp", "al", "ecc", "enz", "ff", "no", "so", "art"))
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SAID = re.compile(r"[，,、：]|\w{1,4}(?:说|道|问|答|喊|写)")
_TOKEN = re.compile(r"[^\s(\[{\"'“‘«„]+$")
_NEXT = re.compile(r"[^\w\ufffc`$]*(\w+|\ufffc)?")


def base(language: str) -> str:
    """The two-letter code of a BCP 47 tag: "en-GB" -> "en"."""
    return language.replace("_", "-").split("-")[0].lower()


def sentences(text: str, language: str) -> list[str]:
    """The sentences of plain text, in order, stripped; joined they are the text again, apart from white space."""
    return [piece for start, end in _bounds(text, base(language)) if (piece := text[start:end].strip())]


def inline_sentences(text: str, language: str) -> list[str]:
    """The sentences of inline text. A mark that spans several sentences is repeated in each."""
    spans = inline.parse(text)
    # Code and formulas hide behind a letter-like stand-in of the same length: their stops end nothing.
    shape = inline.shape(spans)
    pieces = [inline.cut(spans, *_trimmed(shape, a, b)) for a, b in _bounds(shape, base(language))]
    return [rendered for piece in pieces if (rendered := inline.render(piece).strip())]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _bounds(text: str, language: str) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if _ends(text, start, found, language):
            bounds.append((start, found.end()))
            start = found.end()
    return [*bounds, (start, len(text))]


def _ends(text: str, start: int, found: re.Match[str], language: str) -> bool:
    if found.lastgroup == "paragraph":
        return True
    after = text[found.end() :] if found.end() + 80 > len(text) else text[found.end() : found.end() + 80]
    if not after.strip():
        return True
    mark = found[0]
    if found.lastgroup == "wide":
        quoted = mark[-1] not in "。！？；｡"
        return not (quoted and _SAID.match(after))
    if not after[0].isspace() and not (_HAN.match(after[0]) and _stops_before_han(text, found)):
        return False
    following = _NEXT.match(after.lstrip())
    word = (following and following[1]) or ""
    if word[:1].islower():
        return False
    if mark.lstrip("!?…؟।॥۔")[:1] != "." or mark.startswith(("..", "…")):
        return True
    return _stop_ends(text[max(start, found.start() - 40) : found.start()], text[start : found.start()], word, language)


def _stops_before_han(text: str, found: re.Match[str]) -> bool:
    """A Western mark glued to Chinese ends a sentence after a word, not within "第3.章"."""
    before = text[found.start() - 1 : found.start()]
    return found[0][0] in "!?…" or (before.isalpha() or before == "\ufffc")


def _stop_ends(before: str, sentence: str, word: str, language: str) -> bool:
    """Whether a single full stop after `before` ends the sentence, when `word` comes next."""
    token = _TOKEN.search(before)
    last = token[0] if token else ""
    starts = word.lower() in stopwords(language) and len(word) > 1  # "The", "Es": a capital that means a beginning
    if re.fullmatch(r"\d{1,3}|[IVXLC]{1,5}", last) and sentence.strip() == last:
        return False  # "1. Introduction"
    if re.fullmatch(r"\d{1,2}", last) and language in ("de", "da", "fi", "cs", "hu", "no", "nb"):
        return starts  # "3. Mai"
    if re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", last) and not _HAN.search(last):
        return (starts and last != "z") or last == "I"  # "J. Smith", "e. g.", "U.S."
    if last.lower() in abbreviations(language):
        return starts and last.lower() in _MAY_END
    return True
