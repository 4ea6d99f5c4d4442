"""Cleaning single sentences and titles of what belongs on paper: references, citations, addresses, numbering."""

from __future__ import annotations

import re
from functools import lru_cache

from scenewright.kinds.classroom.offline.grammar import Grammar
from scenewright.text import inline
from scenewright.text.latex import latex_words
from scenewright.text.sentences import inline_sentences

_CITATION = re.compile(r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]")
_AUTHOR_YEAR = re.compile(r"\s*\((?:[^()]{0,80}\bet al\.?[^()]{0,80}|[A-Z][^()]{2,80},? (?:19|20)\d\d[a-z]?)\)")
_ADDRESS = re.compile(r"(?:https?|ftp)://(?:www\.)?([^\s/<>()\[\]（），。]+)[^\s<>()\[\]（），。]*")
_BRACKETED_ADDRESS = re.compile(r"\s*[(（\[<](?:https?|ftp)://[^)\]）>\s]*[)）\]>]")
_ISSUE = re.compile(r"(?:\s*[,(]?\s*(?<![\w/])#\d{2,6}\)?)+(?=\s*[.。]?\s*$)")
_EMAIL = re.compile(r"\S+@[\w-]+\.\w+")
_META = re.compile(
    r"\W*(?:version|authors?|date|status|license|licence|maintainer|e-?mail|home ?page|url|copyright|doi|keywords|arxiv"
    r"|autor|datum|lizenz|stand|作者|日期|版本|关键词|邮箱|last (?:updated|modified)|published)\W{0,4}[:：].{0,90}",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS = re.compile(r"[^\W\d_]")
_NUMBERING = re.compile(
    r"(?:(?:chapter|section|part|appendix|kapitel|abschnitt|teil|chapitre|capítulo)\s+(?=[\dIVX]+\W))?"
    r"(?:\d+(?:\.\d+)+\.?|\d+[.):]|[IVX]{1,5}\.|[A-Z]\.(?:\d+\.?)*|\d{1,2}(?=\s+[A-ZÄÖÜ]\w*[^\Ws]\b)|第[一二三四五六七八九十\d]+[章节部分篇讲课]+[:：]?|[一二三四五六七八九十]+[、.]|（[一二三四五六七八九十]+）)\s*"
    r"(?:[–—:-]\s+)?",
    re.IGNORECASE,
)
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200b-\u200f\u00ad\ufeff\ue000-\uf8ff¶]")


@lru_cache(maxsize=256)
def matcher(pattern: str) -> re.Pattern[str]:
    """An empty pattern matches nothing, rather than everything."""
    return re.compile(pattern or r"(?!)", re.IGNORECASE | re.DOTALL)


def tidy(text: str, grammar: Grammar) -> str:
    """The sentence without asides and citations; "" if it only points elsewhere or says nothing to a listener."""
    text = _CITATION.sub("", _BRACKETED_ADDRESS.sub("", _AUTHOR_YEAR.sub("", text)))
    text = _ISSUE.sub("", text)
    if grammar.asides:
        text = matcher(rf"\s*[(（](?:{grammar.asides})[)）]").sub("", text)
    text = inline.render(_readable(span) for span in inline.parse(text)).strip()
    text = re.sub(r"\s+", " ", text)
    words = inline.plain(text).strip()
    if not _LETTERS.search(words) or _EMAIL.search(words) or _META.fullmatch(words):
        return ""
    if matcher(grammar.references).fullmatch(words) or len(re.findall(r"\s[|·•]\s", words)) > 1:
        return ""
    return text


def leading(text: str, language: str, room: int) -> str:
    """The first sentences of a text that fit in so many characters; at least one. Chinese gets a third of the room."""
    sentences = inline_sentences(text, language)
    room = room // 3 if re.search("[\u4e00-\u9fff]", text) else room
    kept: list[str] = []
    for sentence in sentences:
        if kept and sum(map(len, kept)) + len(sentence) > room:
            break
        kept.append(sentence)
    return ("" if re.search("[\u4e00-\u9fff]", text) else " ").join(kept) or text


def title_text(title: str) -> str:
    """A heading as plain words: no numbering, no trailing colon, no pictures, no shouting."""
    spans = inline.parse(title)
    text = "".join(latex_words(span.text, "") if span.math else span.text for span in spans)
    text = re.sub(r"\s+", " ", _PICTURES.sub("", text)).strip().lstrip("#").strip()
    bare = _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text
    text = (bare or text).strip().rstrip(":：#").strip()
    return _calm(text)


def capital(text: str) -> str:
    """With a capital first letter, unless it starts with code or a formula."""
    found = re.match(r"[*\s]*([^\W\d_])", text)
    if not found or text[: found.end()].count("`") or not found[1].islower():
        return text
    word = re.match(r"[\w.-]+", text[found.start(1) :])
    if word and re.search(r"[A-Z_.\d]", word[0].rstrip(".")):
        return text  # iPhone, e.g. names that are written so
    return text[: found.start(1)] + found[1].upper() + text[found.end() :]


def bare(text: str) -> str:
    """Without the full stop at its end (also inside a closing mark); question marks stay."""
    return re.sub(r"(?:(?<![.])[.]|[。;；,，:：])(\**)$", r"\1", text.strip())


def _readable(span: inline.Span) -> inline.Span:
    if span.code or span.math:
        return span
    text = _ADDRESS.sub(lambda found: found[1], _PICTURES.sub("", span.text))
    return inline.Span(text=text, bold=span.bold, italic=span.italic)


def _calm(text: str) -> str:
    if text.isupper() and max((len(word) for word in text.split()), default=0) >= 6:
        return " ".join(
            word if len(word) < 4 and index else word.capitalize() for index, word in enumerate(text.split())
        )
    return text
