"""The voices of the embedded engine, read from its data folder without loading the engine.

A voice is a language and, optionally, a variant that changes the speaker and a pitch from 0 to 99 (50 is its own):
"en-us", "en-us+f3", "en-us+f3~65". "+f3" alone means that variant of whatever language is spoken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from scenewright.domain.errors import BadSettings
from scenewright.providers.speech.voices import Gender, Voice

# In the order people get them: alternating, the most natural first. The plain voice is male.
CAST = ("", "f2", "m3", "f4", "m7", "f5", "m1", "f3", "m4", "f1", "m2", "m6")
PITCHES = ("", "~62", "~38", "~74", "~26")
# Whom people get first, alternating. Any two differ clearly in median pitch or in mean spectrum (a test measures it);
# the plain variants do not: several of the men are within half a tone of each other and sound alike.
DISTINCT = ("", "f2", "m7", "f4~32", "Michael~70", "belinda", "m8~40", "Annie", "Gene~32", "f5~60", "m4~70", "f1~70")
WOMEN = ("f", "belinda", "Annie")  # how their variants begin

# What a language tag means here, where dropping its last subtag would not find it.
ALIASES = {
    "zh": "cmn",
    "zh-hk": "yue",
    "zh-mo": "yue",
    "zh-yue": "yue",
    "zh-hant-hk": "yue",
    "zh-hak": "hak",
    "en": "en-us",
    "en-ca": "en-us",
    "es-es": "es",
    "pt-pt": "pt",
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "mo": "ro",
    "sh": "sr",
}
REGIONS = {"en": "en-gb", "es": "es-419"}  # any other region of these

# Listed by the engine, but it spells out most of their characters or drops their vowels: heard, it is not the language.
UNFIT = frozenset({"ja", "hak", "th", "my"})

_SPEC = re.compile(r"(?P<language>[A-Za-z0-9-]*)(?:\+(?P<variant>[A-Za-z0-9_ -]+))?(?:~(?P<pitch>\d{1,2}))?")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the engine is told: `file` is a voice file's base name with its variant, `pitch` is 0 to 99."""

    tag: str
    file: str
    pitch: int


def library_path() -> Path:
    import espeakng_loader  # only the paths; the library itself is loaded in the worker

    return Path(espeakng_loader.get_library_path())


def data_path() -> Path:
    return library_path().parent / "espeak-ng-data"


@lru_cache(maxsize=1)
def languages() -> dict[str, tuple[str, str]]:
    """Language tag -> (base name of the voice file, name for people)."""
    own: dict[str, tuple[str, str]] = {}
    others: list[tuple[int, str, tuple[str, str]]] = []
    for path in sorted((data_path() / "lang").rglob("*"), key=lambda path: (len(path.name), path.name)):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        tags = re.findall(r"^language[ \t]+(\S+)(?:[ \t]+(\d+))?", text, re.MULTILINE)
        name = re.search(r"^name[ \t]+(.+?)\s*$", text, re.MULTILINE)
        voice = (path.name, name[1] if name else path.name)
        for tag, _ in tags[:1]:  # its own; the others are tags it can stand in for, lower numbers first
            own.setdefault(tag.lower(), voice)
        others += [(int(priority or 5), tag.lower(), voice) for tag, priority in tags[1:]]
    for _, tag, voice in sorted(others):
        own.setdefault(tag, voice)
    return {tag: voice for tag, voice in own.items() if tag not in UNFIT}


@lru_cache(maxsize=1)
def variants() -> frozenset[str]:
    return frozenset(file.name for file in (data_path() / "voices" / "!v").iterdir())


def tag_for(language: str) -> str:
    """The engine's tag for a BCP 47 language, for example "zh-CN" -> "cmn".

    Raises: BadSettings: if no embedded voice speaks it.
    """
    known, asked = languages(), language.lower().replace("_", "-")
    tag = asked
    while tag:
        if (found := ALIASES.get(tag, tag)) in known:
            if tag != asked and tag in REGIONS and len(asked.split("-")[-1]) == 2:
                return REGIONS[tag]
            return found
        tag = tag.rpartition("-")[0]
    raise BadSettings(
        f'No embedded voice speaks "{language}": choose another voice (for example --voice openai:alloy), '
        "another --language, or --no-audio. `scenewright doctor` lists the languages."
    )


def choose(voice: str, language: str) -> Chosen:
    """Reads a voice such as "en-us+f3~65"; what it leaves out follows from `language`.

    Raises: BadSettings: unknown language or variant.
    """
    found = _SPEC.fullmatch(voice.strip())
    if not found:
        raise BadSettings(f'"{voice}" is not an embedded voice: write for example "en-us", "de+f2" or "en-gb+m3~60".')
    tag = tag_for(found["language"] or language or "en")
    variant = found["variant"] or ""
    if variant and variant not in variants():
        near = get_close_matches(variant, sorted(variants()), n=3, cutoff=0.3) or ["f2", "m3"]
        raise BadSettings(f'The embedded voices have no variant "{variant}": try {", ".join(near)}.')
    file = languages()[tag][0] + (f"+{variant}" if variant else "")
    return Chosen(tag=tag, file=file, pitch=int(found["pitch"] or 50))


def voices(language: str = "") -> tuple[Voice, ...]:
    """Every voice people are likely to want: each language (or one) with each speaker of the cast."""
    tags = [tag_for(language)] if language else _one_each()
    return tuple(_voice(tag, variant) for tag in tags for variant in CAST)


def pick(language: str, n: int) -> tuple[Voice, ...]:
    """`n` different voices for a language: the leading one first, then those that are told apart most easily.

    Fewer if there are not so many. Raises: BadSettings: if no embedded voice speaks the language.
    """
    tag = tag_for(language)
    return tuple(_voice(tag, *_parts(speaker)) for speaker in _crowd()[:n])


@lru_cache(maxsize=1)
def _crowd() -> tuple[str, ...]:
    """Every speaker that is offered, as variant~pitch, each once."""
    return tuple(dict.fromkeys((*DISTINCT, *(variant + pitch for pitch in PITCHES for variant in CAST))))


def _parts(speaker: str) -> tuple[str, str]:
    variant, mark, pitch = speaker.partition("~")
    return variant, mark + pitch


def _one_each() -> list[str]:
    """One tag for each voice file, the shortest."""
    found: dict[str, str] = {}
    for tag in sorted(languages(), key=lambda tag: (len(tag), tag)):
        found.setdefault(languages()[tag][0], tag)
    return sorted(found.values())


def _voice(tag: str, variant: str, pitch: str = "") -> Voice:
    gender: Gender = "female" if variant.startswith(WOMEN) else "male"
    suffix = (f"+{variant}" if variant else "") + pitch
    name = languages()[tag][1] + (f", {suffix.lstrip('+')}" if suffix else "")
    return Voice(id=f"espeak:{tag}{suffix}", language="zh" if tag == "cmn" else tag, name=name, gender=gender)
