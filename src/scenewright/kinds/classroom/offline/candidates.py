"""A question that could be asked, before a quiz picks among many."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from scenewright.domain.quiz import Option, Question
from scenewright.kinds.classroom.offline.phrases.lookup import chance
from scenewright.kinds.classroom.offline.shorten import bullet
from scenewright.text import inline

MOST_OPTIONS = 4
_COMPARED = 40  # wrong options that are looked at


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """`about`: what it asks for; no quiz asks for the same twice, and none gives away what another asks."""

    question: Question
    kind: str
    quality: float
    section: str
    about: str


def choice(
    kind: str, prompt: str, right: Sequence[str], wrong: Sequence[str], explanation: str, seed: str
) -> Question | None:
    """A question with the right options among wrong ones, in an order that depends on the seed alone; None if there
    are too few different ones."""
    right = distinct(right)
    wrong = [text for text in distinct([*right, *wrong]) if text not in right][: max(MOST_OPTIONS - len(right), 1)]
    if not right or not wrong or (len(right) == 1 and len(wrong) < 2):
        return None
    order = sorted([*right, *wrong], key=lambda text: chance(seed, text))
    options = tuple(Option(id=f"o{index}", text=text) for index, text in enumerate(order, start=1))
    answers = tuple(option.id for option in options if option.text in right)
    multiple = kind == "multiple"
    return Question(
        id="q", type="multiple" if multiple else "single", prompt=prompt, options=options, answers=answers,
        explanation=explanation, points=2 if multiple else 1,
    )  # fmt: skip


def short(prompt: str, answers: Sequence[str], explanation: str) -> Question:
    return Question(id="q", type="short", prompt=prompt, answers=tuple(distinct(answers)), explanation=explanation)


def distinct(texts: Iterable[str]) -> list[str]:
    """Without empty ones and those that read the same, whatever their case, marks and punctuation."""
    kept: dict[str, str] = {}
    for text in texts:
        if key := folded(text):
            kept.setdefault(key, text)
    return list(kept.values())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """What a reader would take for the same: case, marks, accents of width and punctuation folded."""
    words = unicodedata.normalize("NFKC", inline.plain(text)).casefold()
    return re.sub(r"[\s\"'“”„«».,;:!?。，；：！？]+", " ", words).strip() or words.strip()


def by_likeness(wanted: str, offered: Iterable[str], seed: str) -> list[str]:
    """The offered texts, those of a similar length first, so that the right one does not stand out."""
    length = len(inline.plain(wanted))

    def unlike(text: str) -> tuple[float, int]:
        other = len(inline.plain(text))
        strange = _looks(text) != _looks(wanted)
        return (round(abs(other - length) / max(other, length, 1) * 4) + 2 * strange, chance(seed, text))

    return sorted(islice(offered, _COMPARED), key=unlike)


def _looks(text: str) -> tuple[bool, ...]:
    """What tells words apart at a glance: brackets, capitals, several words."""
    words = inline.plain(text)
    return ("(" in words, words[:1].isupper(), " " in words.strip(), words.startswith("-"), "_" in words)


def quoted(sentence: str, language: str) -> str:
    """A sentence as it stands inside quotation marks: no quotes of the same sort, not too long."""
    text = sentence.strip().rstrip(";；,，")
    if len(inline.plain(text)) > (90 if re.search("[\u4e00-\u9fff]", text) else 240):
        text = bullet(text, language, 200)
    return text.replace("“", "‘").replace("”", "’")
