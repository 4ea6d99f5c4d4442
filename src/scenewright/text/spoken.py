"""Inline text as it is said: words only, with no trace of markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from scenewright.text import inline
from scenewright.text.latex import latex_words
from scenewright.text.sentences import base


@dataclass(frozen=True, kw_only=True)
class _Symbols:
    signs: dict[str, str]
    money: dict[str, str]  # currency sign -> word after the amount
    address: str  # said instead of a bare web address that has no readable host


_EN = _Symbols(
    signs={"→": " to ", "⇒": " so ", "≥": " at least ", "≤": " at most ", "≠": " is not ", "≈": " about ",
           "×": " times ", "±": " plus or minus ", "&": " and ", "°": " degrees ", "==": " equals ",
           "!=": " is not equal to ", ">=": " at least ", "<=": " at most ", "->": " to ",
           "=>": " to ", "=": " equals ", " < ": " is less than ", " > ": " is greater than ", "C#": "C sharp"},
    money={"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"},
    address="the address on the slide",
)  # fmt: skip
_DE = _Symbols(
    signs={"→": " zu ", "⇒": " also ", "≥": " mindestens ", "≤": " höchstens ", "≠": " ungleich ", "≈": " etwa ",
           "×": " mal ", "±": " plus oder minus ", "&": " und ", "°": " Grad ", "==": " gleich ", "!=": " ungleich ",
           ">=": " mindestens ", "<=": " höchstens ", "->": " zu ", "=>": " zu ", "=": " gleich ",
           " < ": " ist kleiner als ", " > ": " ist größer als ", "C#": "C sharp", "§": " Paragraf "},
    money={"$": "Dollar", "€": "Euro", "£": "Pfund", "¥": "Yen"},
    address="die Adresse auf der Folie",
)  # fmt: skip
_ZH = _Symbols(
    signs={"→": "到", "⇒": "所以", "≥": "大于等于", "≤": "小于等于", "≠": "不等于", "≈": "约", "×": "乘", "±": "正负",
           "&": "和", "°": "度", "==": "等于", "!=": "不等于", ">=": "大于等于", "<=": "小于等于", "->": "到",
           "=>": "到", "=": "等于", " < ": "小于", " > ": "大于", "C#": "C sharp"},
    money={"$": "美元", "€": "欧元", "£": "英镑", "¥": "元"},
    address="幻灯片上的地址",
)  # fmt: skip
_OTHER = _Symbols(signs={"->": " → ", "=>": " ⇒ "}, money={"$": "USD"}, address="")
_TABLES = {"en": _EN, "de": _DE, "zh": _ZH}

_ADDRESS = re.compile(r"(?:https?|ftp)://(?:www\.)?([^\s/<>()（），。]+)[^\s<>()（），。]*|www\.([^\s/]+)\S*")
_MONEY = re.compile(
    r"([$€£¥])\s?(\d+(?:[.,]\d+)*)(\s?(?:million|billion|thousand|Millionen|Milliarden|万|亿|[kKMB])\b)?"
)
_CITATION = re.compile(r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]")
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200b-\u200f\u2060\u00ad\ufeff\ue000-\uf8ff]"
)
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")  # letters drawn as mathematics, as they come out of PDF files
_KEEP = "\uf8ff"  # before code that begins with punctuation, which is not the sentence's own
_EMPTY_BRACKETS = re.compile(r"[(\[（]\s*[)\]）]")


def spoken(text: str, language: str) -> str:
    """Inline text as plain words on one line; LaTeX is put into words, code is read without its punctuation."""
    symbols = _TABLES.get(base(language), _OTHER)
    text = _STYLED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    said = "".join(_span(span, language, symbols) for span in inline.parse(text))
    return _tidy(said)


def spoken_plain(text: str, language: str) -> str:
    """The same for text without marks, such as a chart's label."""
    return spoken(inline.escape(text), language)


def _span(span: inline.Span, language: str, symbols: _Symbols) -> str:
    if span.math:
        return f" {latex_words(span.text, language)} "
    if span.code:
        return _code(span.text, symbols)
    return _words(span.text, symbols)


def _words(text: str, symbols: _Symbols) -> str:
    text = _ADDRESS.sub(lambda found: found[1] or found[2] or symbols.address, text)
    text = _CITATION.sub("", text)
    text = _MONEY.sub(lambda m: f"{m[2]}{m[3] or ''} {symbols.money.get(m[1], m[1])}", text)
    text = _signs(text, symbols)
    text = re.sub(r"(?<=\d)\s?%", "%", text)
    return _stripped(text)


def _code(text: str, symbols: _Symbols) -> str:
    text = re.sub(r"(?<!\w)-{1,2}(?=\w)", "", text)  # --option
    text = re.sub(r"\(\s*\)|[;\"'`<>\[\]]|^[@#]", " ", text)
    text = re.sub(r"(?<=\w)_(?=\w)|__", " ", text)
    said = _stripped(_signs(text, symbols)).strip()
    return _KEEP + said if re.match(r"\W", said) else said


def _signs(text: str, symbols: _Symbols) -> str:
    for sign, word in symbols.signs.items():
        if sign in text:
            text = text.replace(sign, word)
    return text


def _stripped(text: str) -> str:
    text = _PICTURES.sub("", text)
    text = re.sub(r"[\\{}$*`|~^<>#]|(?<!\w)_+|_+(?!\w)", " ", text)
    return text.replace("_", " ")


def _tidy(text: str) -> str:
    text = _EMPTY_BRACKETS.sub("", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:!?，。；：！？、）)])", r"\1", text)
    text = re.sub(r"([(（])\s+", r"\1", text)
    text = re.sub(r"(?<=[，。：；、？！（]) ", "", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)
    return text.replace(_KEEP, "").strip()
