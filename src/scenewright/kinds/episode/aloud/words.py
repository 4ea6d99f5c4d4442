"""A text as a voice should get it. What stands on the page, and in captions, is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scenewright.domain.screenplay import Slug
from scenewright.kinds.episode.aloud.tongues import tongue
from scenewright.providers.speech.hygiene import has_words


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# In capitals everywhere: read letter by letter, or as the names they are.
_ABBREVIATIONS = _set(
    "AI AKA ATM BBC CEO CIA CNN DIY DJ DNA DOA ESP EU FAQ FBI FM GPS HQ IOU IQ IRS ISBN MIT MRI NASA NATO NBA NYC NYPD"
    " LAPD OK PR RAF RSVP SOS SUV TLC UFO UK UPS USA USB VIP WIFI WWI WWII YMCA"
    " ADAC ARD ZDF EDV GMBH KFZ LKW PKW SNCF TGV RATP RENFE ONU OTAN OVNI"
)
_NOISES = _set("BRR BRRR GRR GRRR HM HMM HMMM MM MMM NTH PFFT PSST SH SHH SHHH TSK TSKS ZZZ ZZZZ MR MRS MS DR ST")
_ROMAN = re.compile(r"(?=[IVX]{2,5}$)X{0,2}(?:IX|IV|V?I{0,3})$")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDING = re.compile(r"(.+?)((?:['’](?:S|LL|D|VE|RE|M))?)")  # what is said after a name or an abbreviation
_MARKS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*_])")
_DASH = re.compile(r"[^\S\n]*(?:-{2,}|[—―]+|(?<=\s)[–-](?=\s))[^\S\n]*")
_CUT_OFF = re.compile(r"(?:-{2,}|[—―–])[\"'”’»)]*\s*$")
_DOTS = re.compile(r"…|\.(?:\s?\.){2,}")
_OPENING = re.compile(r"(\A|\n\n)[\s.,;:]+")
_DOUBLED = re.compile(r"([,.;:!?])(?:\s*,)+")
_REPEATED = re.compile(r"([!?,;:])\1+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s|\n)[\s\"'“‘«(¿¡]*$")


@dataclass(frozen=True, kw_only=True)
class Ear:
    """How the texts of one work are made into what is said."""

    language: str = "en"  # BCP 47
    names: Mapping[str, str] = field(default_factory=dict)  # word in capitals -> as a name is written: "MCKAY": "McKay"
    kept: frozenset[str] = frozenset()  # words that stay as they are: somebody says how they are spoken


def names_in(names: Iterable[str]) -> Mapping[str, str]:
    """For `Ear.names`, from the names over the lines; one in capitals is written like a name."""
    words = (word for name in names for word in _LETTERS.findall(name))
    return {word.upper(): _written(word) if word.isupper() else word for word in words}


def _written(name: str) -> str:
    """MAE as Mae, O'BRIEN as O'Brien."""
    first, mark, rest = re.split("(['’])", name, maxsplit=1) if name[1:2] in ("'", "’") else ("", "", name)
    return first + mark + _capital(rest.lower())


def said(text: str, ear: Ear) -> str:
    """The words of a line or a direction; "" if there is nothing to say."""
    text = _MARKS.sub("", re.sub(r"[^\S\n]+", " ", text.replace("\r\n", "\n")))
    text = _DOTS.sub("...", text)
    text = re.sub(r"#(?=\d)", f"{tongue(ear.language).number} ".lstrip(), text)
    text = _OPENING.sub(r"\1", _DASH.sub(", ", text))
    text = _REPEATED.sub(r"\1", _DOUBLED.sub(r"\1", text))
    text = _spaced(_lowered(text, ear))
    return text if _sounds(text) else ""


def cut_off(text: str) -> bool:
    """Whether somebody is interrupted at its end."""
    return bool(_CUT_OFF.search(text))


def heading(slug: Slug, ear: Ear, act: str = "") -> str:
    """As a narrator says it: "Interior. Kitchen. Night."; with the act that begins here before it."""
    where = tongue(ear.language).interiors.get(slug.interior, "")
    places = re.split(r"[/\n]|\s[-–—]+\s", f"{slug.place} - {slug.time}")
    told = [where, *(titled(said(place, ear), ear) for place in places)]
    scene = " ".join(_ended(part) for part in told if _sounds(part))
    begins = _act(act, ear)
    return f"{begins}\n\n{scene}" if begins and scene else begins or scene


def titled(text: str, ear: Ear) -> str:
    """Each word with a capital, as the names of places are said."""
    return _LETTERS.sub(lambda found: _capital(found[0]), text)


def _act(name: str, ear: Ear) -> str:
    plain = " ".join(name.split())
    told = tongue(ear.language).acts.get(plain.upper()) or titled(said(plain, ear), ear)
    return _ended(told) if _sounds(told) else ""


def _lowered(text: str, ear: Ear) -> str:
    def lower(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < 2 or not word.isupper() or word in ear.kept:
            return word
        stem, rest = _ENDING.fullmatch(word).groups()  # type: ignore[union-attr]  # it fits every word
        if name := ear.names.get(word):
            return name
        if name := ear.names.get(stem):
            return name + rest.lower()
        if _spelled(stem):
            return stem + rest.lower()
        low = word.lower()
        if stem == "I" or _SENTENCE_START.search(text[max(0, found.start() - 12) : found.start()]):
            return _capital(low)
        return low

    return _LETTERS.sub(lower, text)


def _spelled(word: str) -> bool:
    """Whether capitals are how the word is always written."""
    if word in _ABBREVIATIONS or _ROMAN.match(word):
        return True
    return word.isascii() and 2 <= len(word) <= 4 and word not in _NOISES and not set(word) & set("AEIOUY")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _spaced(text: str) -> str:
    """Single spaces, but for borders of paragraphs."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n[^\S\n]*\n", text))
    return "\n\n".join(paragraph for paragraph in paragraphs if _sounds(paragraph))


def _sounds(text: str) -> bool:
    return has_words(text)
