"""From a sentence to a bullet: what can be left out is left out at a clause's border, never in mid-thought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenewright.kinds.classroom.offline.grammar import Grammar, grammar
from scenewright.kinds.classroom.offline.tidy import bare, capital, matcher
from scenewright.text import inline

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BRACKETS = re.compile(r"\s+\([^()（）]*\)|\s*（[^()（）]*）")
_CALCULATED = re.compile(r"[=+−×/^<>≤≥]|\s-\s")
_DASH = re.compile(r"\s+[–—]\s+|\s+-\s+|——")
_COLON = re.compile(r":\s+(?=\w)|：")
_SEMICOLON = re.compile(r"[;；]\s*")
_COMMA = re.compile(r"[,，]\s*")
_REST = re.compile(r"[^;；]*")  # what is left out at a comma, as far as it may come back to the main clause
_SHORTEST = 0.3  # of the limit: what is left must still say something


def bullet(sentence: str, language: str, limit: int | None = None) -> str:
    """Inline text without its final stop, about `limit` characters where clauses allow (92, or 40 in Chinese).

    What is left is a complete statement: where no cut leaves one, the sentence stays whole.
    """
    wide = bool(_HAN.search(sentence))
    limit = limit or (40 if wide else 92)
    text = without_connective(bare(sentence), language)
    for step in (_without_brackets, _without_clause, _at_break, _without_clause):
        if len(inline.plain(text)) <= limit:
            break
        text = step(text, language, limit)
    return capital(bare(text))


def without_connective(sentence: str, language: str) -> str:
    """ "However, it works." -> "It works." """
    found = matcher(grammar(language).connectives).match(sentence)
    return capital(sentence[found.end() :]) if found and found.end() < len(sentence) else sentence


def complete(kept: str, cut: str, language: str, *, ended: bool = False) -> bool:
    """Whether plain text says something whole once `cut`, which followed it, is left out.

    `ended`: what is kept reached the end of its sentence (a semicolon), so its last clause may be subordinate.
    """
    notes = grammar(language)
    kept = kept.rstrip(" ,，")
    segments = _COMMA.split(kept)
    return not (
        _unpaired(kept)
        or (len(segments) == 1 and matcher(rf"\W*{notes.hanging or '(?!)'}").match(kept))
        or (not ended and len(segments) > 1 and matcher(notes.subordinate).match(segments[-1]))
        or (notes.stumps and matcher(rf"(?:.*[^\w-])?(?:{_ending(notes)})").fullmatch(kept))
        or any(matcher(said).search(kept) and matcher(answer).match(cut) for said, answer in notes.contrasts)
    )


def _ending(notes: Grammar) -> str:
    return notes.stumps if not _HAN.search(notes.stumps) else f".*{notes.stumps}"


def _without_brackets(text: str, language: str, limit: int) -> str:
    spans = inline.parse(text)
    shape = inline.shape(spans)
    for found in reversed(list(_BRACKETS.finditer(shape))):
        if _CALCULATED.search(found[0]) or ("\ufffc" in found[0] and len(shape) - len(found[0]) < limit * _SHORTEST):
            continue
        spans = (*inline.cut(spans, 0, found.start()), *inline.cut(spans, found.end(), len(shape)))
        shape = inline.shape(spans)
    return inline.render(spans) or text


def _without_clause(text: str, language: str, limit: int) -> str:
    """Cut at the last comma that fits and opens a clause that can be spared; else at the first such comma."""
    if not grammar(language).clauses:
        return text
    spans = inline.parse(text)
    commas = list(_spared(inline.shape(spans), language, limit))
    if not commas:
        return text
    fitting = [comma for comma in commas if comma <= limit]
    return inline.render(inline.cut(spans, 0, fitting[-1] if fitting else commas[0]))


def _spared(shape: str, language: str, limit: int) -> Iterator[int]:
    notes = grammar(language)
    for found in matcher(rf"[,，]\s*(?={notes.clauses})").finditer(shape):
        cut = shape[found.end() :]
        if (
            found.start() >= limit * _SHORTEST
            and complete(shape[: found.start()], cut, language)
            and _stays_away(cut, notes)
        ):
            yield found.start()


def _stays_away(cut: str, notes: Grammar) -> bool:
    """Whether the sentence does not come back to its main clause behind a clause that is cut."""
    if matcher(notes.closing).match(cut):
        return True
    rest = _REST.match(cut)
    return all(matcher(notes.clauses).match(part) for part in _COMMA.split(rest[0] if rest else cut))


def _at_break(text: str, language: str, limit: int) -> str:
    """Cut at a colon, a semicolon, or the only dash."""
    spans = inline.parse(text)
    shape = inline.shape(spans)
    places = [
        place
        for place, after in _breaks(shape, language)
        if limit * _SHORTEST <= place <= limit * 1.2 and complete(shape[:place], shape[after:], language, ended=True)
    ]
    return inline.render(inline.cut(spans, 0, max(places))) if places else text


def _breaks(shape: str, language: str) -> Iterator[tuple[int, int]]:
    """Where each break begins and ends."""
    announcing = grammar(language).announcing
    yield from (found.span() for found in _SEMICOLON.finditer(shape))
    for found in _COLON.finditer(shape):
        if not matcher(announcing).fullmatch(shape[: found.start()].rstrip()):
            yield found.span()
    dashes = list(_DASH.finditer(shape))
    if len(dashes) == 1:  # a pair of them holds something in the middle of the sentence
        yield dashes[0].span()


def _unpaired(text: str) -> bool:
    """Whether a bracket or quote that opens is not closed."""
    pairs = (("(", ")"), ("（", "）"), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("[", "]"))
    if any(text.count(a) != text.count(b) for a, b in pairs if a != "„" and not (a == "“" and "„" in text)):
        return True
    return text.count('"') % 2 != 0
