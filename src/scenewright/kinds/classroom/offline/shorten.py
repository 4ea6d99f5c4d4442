"""From a sentence to a bullet: what can be left out is left out at a clause's border, never in mid-thought."""

from __future__ import annotations

import re

from scenewright.kinds.classroom.offline.grammar import grammar
from scenewright.kinds.classroom.offline.tidy import bare, capital, matcher
from scenewright.text import inline

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_BREAKS = re.compile(r"\s+[–—]\s+|\s+-\s+|——|[;；]\s*|:\s+(?=\w)|：")
_HANGING = re.compile(  # a clause that opens so needs the one after it
    r"\W*(?:(?:if|when|while|although|though|because|since|as|unless|once|after|before|instead of|unlike|by|to"
    r"|in order to|for|wenn|falls|obwohl|weil|da|während|nachdem|bevor|um|si|quand|lorsque|cuando|aunque)\b"
    r"|(?:如果|当|虽然|尽管|由于|为了|除了|即使|只要|无论))",
    re.IGNORECASE,
)
_SHORTEST = 0.3  # of the limit: what is left must still say something


def bullet(sentence: str, language: str, limit: int | None = None) -> str:
    """Inline text without its final stop, about `limit` characters where clauses allow (92, or 40 in Chinese)."""
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


def _without_brackets(text: str, language: str, limit: int) -> str:
    spans = inline.parse(text)
    shape = inline.shape(spans)
    for found in reversed(list(_BRACKETS.finditer(shape))):
        if "\ufffc" in found[0] and len(shape) - len(found[0]) < limit * _SHORTEST:
            continue
        spans = (*inline.cut(spans, 0, found.start()), *inline.cut(spans, found.end(), len(shape)))
        shape = inline.shape(spans)
    return inline.render(spans) or text


def _without_clause(text: str, language: str, limit: int) -> str:
    """Cut at the last comma that fits and opens a clause that can be spared; else at the first such comma."""
    clauses = grammar(language).clauses
    if not clauses:
        return text
    spans = inline.parse(text)
    shape = inline.shape(spans)
    commas = [
        found.start()
        for found in matcher(rf"[,，]\s*(?={clauses})").finditer(shape)
        if found.start() >= limit * _SHORTEST and _whole(shape[: found.start()])
    ]
    if not commas:
        return text
    fitting = [comma for comma in commas if comma <= limit]
    return inline.render(inline.cut(spans, 0, fitting[-1] if fitting else commas[0]))


def _at_break(text: str, language: str, limit: int) -> str:
    """Cut at a dash, colon or semicolon."""
    spans = inline.parse(text)
    shape = inline.shape(spans)
    places = [
        f.start() for f in _BREAKS.finditer(shape) if f.start() >= limit * _SHORTEST and _whole(shape[: f.start()])
    ]
    fitting = [place for place in places if place <= limit * 1.2]
    return inline.render(inline.cut(spans, 0, fitting[-1])) if fitting else text


def _whole(text: str) -> bool:
    """Whether every bracket and quote that opens is closed, and no subordinate opening is left hanging."""
    pairs = (("(", ")"), ("（", "）"), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("[", "]"))
    if any(text.count(a) != text.count(b) for a, b in pairs if a != "„" and not (a == "“" and "„" in text)):
        return False
    opening = _HANGING.match(text)
    return text.count('"') % 2 == 0 and not (opening and not re.search(r"[,，]", text))
