"""What is sent for an episode: the stable rules, then what is the same for all scenes, then the facts of this step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenewright.domain.calls import Message
from scenewright.kinds import prompting
from scenewright.kinds.episode.measures.timing import PACE
from scenewright.kinds.prompting import gist, source, tokens, wish
from scenewright.text.sentences import base
from scenewright.text.timing import speaking_seconds

__all__ = ["common", "fact", "gist", "messages", "people", "show", "source", "spoken_words", "task", "tokens", "wish"]

TALK = 0.8  # share of a scene's time in which somebody speaks


def messages(name: str, *facts: str) -> tuple[Message, ...]:
    return prompting.messages("scenewright.kinds.episode", name, *facts)


def task(wishes: Mapping[str, Any], *more: str) -> str:
    lines = [f"Language: {wishes['language'] or 'that of the show'}"]
    lines += [f"Audience: {wishes['audience']}"] if wishes["audience"] else []
    lines += [f"Wishes: {wishes['instructions']}"] if wishes["instructions"] else []
    return "\n".join(["# Task", *lines, *(line for line in more if line)])


def fact(title: str, value: Any) -> str:
    """Without what is empty: a bible is mostly empty fields, and every scene reads it."""
    return prompting.fact(title, _told(value))


def show(bible: Mapping[str, Any]) -> str:
    return f"{common(bible)}\n\n{people(bible)}".strip()


def common(bible: Mapping[str, Any]) -> str:
    """What is the same for every scene; it comes before what is not, for prompt caches."""
    return fact("Show", {key: bible[key] for key in bible if key not in (*_PEOPLE, "format", "version", "id")})


def people(bible: Mapping[str, Any]) -> str:
    return "\n\n".join(fact(key.capitalize(), bible[key]) for key in _PEOPLE if bible.get(key))


def spoken_words(seconds: float | None, language: str) -> str:
    """How much is spoken in a scene that plays so long: "420 spoken words"; "" if nobody knows."""
    if not seconds:
        return ""
    count = words_in(seconds, language) * (per_word(language) if _wide(language) else 1)
    return f"{max(10, round(count / 10) * 10)} spoken {'characters' if _wide(language) else 'words'}"


def words_in(seconds: float, language: str) -> float:
    letter = "字" if _wide(language) else "x"
    a_word = speaking_seconds(letter * round(100 * per_word(language)), language) / 100 / PACE
    return seconds * TALK / a_word


def per_word(language: str) -> float:
    """Characters of a spoken word, with its space where there are spaces."""
    return 1.7 if _wide(language) else 5.7


def _wide(language: str) -> bool:
    return base(language) in ("zh", "ja", "ko")


def shortened(plans: Sequence[Mapping[str, Any]], room: int) -> list[Mapping[str, Any]]:
    """Plans of earlier scenes: the nearest in full, those from which they do not fit any more in short."""
    kept = list[Mapping[str, Any]]()
    for plan in reversed(plans):
        whole = {key: plan[key] for key in _EARLIER if plan[key]}
        room -= tokens(fact("", whole))
        kept.append(whole if room > 0 else {key: plan[key] for key in _SHORT if plan[key]})
    return kept[::-1]


def _told(value: Any) -> Any:
    match value:
        case dict():
            return {key: told for key, each in value.items() if (told := _told(each)) not in ("", [], {}, None)}
        case list() | tuple():
            return [_told(each) for each in value]
        case _:
            return value


_PEOPLE = ("characters", "others", "sets")
_SHORT = ("id", "title", "setups", "reveals")
_EARLIER = (
    "id", "title", "story", "slug", "characters", "purpose", "beats", "setups", "payoffs", "callbacks", "reveals"
)  # fmt: skip
