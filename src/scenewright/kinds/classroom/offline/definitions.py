"""What a text defines, and which words are its terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scenewright.kinds.classroom.offline.grammar import Grammar, grammar
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.shorten import bullet
from scenewright.kinds.classroom.offline.tidy import bare, matcher
from scenewright.text import inline
from scenewright.text.sentences import base, inline_sentences
from scenewright.text.stopwords import stopwords

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BREAK = re.compile(r"\s*(?:[:：]|\s[–—-])\s*")
_CLAUSE = re.compile(
    r"[越不在会使用把被]|\b(?:don't|do|always|never|avoid|use|keep|is|are|immer|nie|nicht)\b", re.IGNORECASE
)
_RELATIVE = re.compile(r"[,:;]|\s(?:that|which|who|whose|where|when|with|que|qui|dont)\s", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:an?|the|eine?[rsnm]?|der|die|das|den|dem|une?|la|le|les|l['’]|el|los|las|una?)\s+", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """`term` and `meaning` are inline text; `sentence` is where they stand, as it is written."""

    term: str
    meaning: str
    sentence: str
    section: str
    marked: bool = False  # the author set the term in bold or as code: it is meant as one

    @property
    def name(self) -> str:
        """The term as plain words."""
        return inline.plain(self.term).strip()


def definitions(found: Iterable[Unit], language: str) -> tuple[Definition, ...]:
    """In order, one for each term."""
    notes = grammar(language)
    seen: dict[str, Definition] = {}
    for unit in found:
        if unit.kind in ("sentence", "item", "note") and (made := _defined(unit, language, notes)):
            seen.setdefault(made.name.lower(), made)
    return tuple(seen.values())


@lru_cache(maxsize=4096)
def is_definition(sentence: str, language: str) -> bool:
    return _by_sentence(sentence, grammar(language), language) is not None


def terms(found: Iterable[Unit], language: str) -> tuple[str, ...]:
    """Plain words that are marked as terms: bold, code or defined. In order, each once."""
    found = tuple(found)
    marked: dict[str, str] = {}
    for definition in definitions(found, language):
        marked.setdefault(definition.name.lower(), definition.name)
    for unit in found:
        for span in inline.parse(unit.text) if unit.kind in ("sentence", "item", "note", "quote") else ():
            word = span.text.strip(" .:：,;")
            if (span.bold or span.code) and _is_term(word, grammar(language), language):
                marked.setdefault(word.lower(), word)
    return tuple(marked.values())


def _defined(unit: Unit, language: str, notes: Grammar) -> Definition | None:
    parts = _by_label(unit.text, notes, language, item=unit.kind == "item") or _by_sentence(unit.text, notes, language)
    if not parts:
        return None
    term, meaning = parts
    short = bullet(meaning, language, 110 if not _HAN.search(meaning) else 60)
    # Definitions go on in lower case; a capital is kept where it is written.
    if meaning[:1].islower():
        short = short[:1].lower() + short[1:]
    words, name = inline.plain(short), inline.plain(term).strip()
    if len(words) > 180 or _names(name, words) or len(words) < (6 if _HAN.search(words) else 15):
        return None
    if not is_nominal(words, notes):
        return None
    marked = any(span.bold or span.code for span in inline.parse(unit.text) if name.lower() in span.text.lower())
    return Definition(term=term, meaning=short, sentence=unit.text, section=unit.section, marked=marked)


def is_nominal(words: str, notes: Grammar) -> bool:
    """Whether a meaning names a thing, rather than being a clause that only made sense in its sentence."""
    opening = words if _HAN.search(words) else _RELATIVE.split(words, maxsplit=1)[0]
    return not matcher(notes.not_meanings).match(words) and not matcher(notes.predicates).search(opening)


def titular(sentence: str, heading: str, language: str) -> bool:
    """Whether a sentence defines what the heading above it names."""
    found = _by_sentence(sentence, grammar(language), language) or _by_label(
        sentence, grammar(language), language, item=False
    )
    if not found:
        return False
    name = _ARTICLE.sub("", inline.plain(found[0]).strip()).lower()
    if _HAN.search(name):
        return name in heading
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?:s|es|n|en)?(?!\w)", heading.lower()))


def _names(name: str, words: str) -> bool:
    """Whether the meaning gives the term away."""
    core = _ARTICLE.sub("", name).lower()
    return core in words.lower() or (len(core) > 5 and core.rstrip("s") in words.lower())


def _by_label(text: str, notes: Grammar, language: str, *, item: bool) -> tuple[str, str] | None:
    """ "**Term**: meaning", "`term` – meaning", and in lists "Term: meaning"."""
    spans = inline.parse(text)
    words = inline.plain(text)
    if not spans:
        return None
    if spans[0].bold or spans[0].code:
        head = spans[0].text.rstrip(":： ")
        after = words[len(spans[0].text) :]
        found = _BREAK.match(after) if head == spans[0].text else re.match(r"\s*", after)
        start = len(spans[0].text) + found.end() if found else -1
        term = inline.render((inline.Span(text=head, code=spans[0].code),))
    elif item and (found := re.match(r"([^:：.。\ufffc]{2,40}?)\s*(?:[:：]\s*|\s[–—-]\s)(?=\S)", inline.shape(spans))):
        start, head = found.end(), found[1]
        term = inline.escape(head)
    else:
        return None
    if (
        start < 0
        or not _is_term(head, notes, language)
        or (not spans[0].bold and not spans[0].code and _CLAUSE.search(head))
    ):
        return None
    meaning = inline_sentences(inline.render(inline.cut(spans, start, len(words))), "")
    return (term, meaning[0]) if meaning else None


def _by_sentence(text: str, notes: Grammar, language: str) -> tuple[str, str] | None:
    spans = inline.parse(bare(text))
    words = inline.plain(bare(text))
    if len(words) > 320:
        return None
    if re.search(r"[.!?]\**\s+\S", words):
        return None  # more than one sentence
    for pattern in notes.definitions:
        found = matcher(pattern).fullmatch(words)
        if not found:
            continue
        groups = found.groupdict()
        term = inline.render(inline.cut(spans, *found.span("term"))).strip().replace("**", "").replace("*", "")
        name = inline.plain(term)
        marked = any(span.bold or span.code for span in inline.cut(spans, *found.span("term")))
        if not _is_term(name, notes, language) or (groups.get("definite") and not marked):
            continue
        return term, inline.render(inline.cut(spans, *found.span("meaning"))).strip()
    return None


def _is_term(name: str, notes: Grammar, language: str) -> bool:
    name = name.strip()
    if not re.match(r"[\w.@<-]*[^\W\d_]", name) or not 2 <= len(name) <= 48:
        return False
    if _HAN.search(name):
        return len(name) <= 16 and not any(name.startswith(word) for word in notes.not_terms if _HAN.search(word))
    parts = name.lower().split()
    if (
        len(parts) > 5
        or parts[0].strip("'’\"“") in notes.not_terms | stopwords(base(language))
        or re.search(r"[.!?]\s", name)
    ):
        return False
    stops = {
        "is",
        "are",
        "was",
        "can",
        "will",
        "has",
        "have",
        "and",
        "or",
        "but",
        "that",
        "which",
        "ist",
        "sind",
        "wird",
        "kann",
        "dass",
    }
    return not stops & set(parts)
