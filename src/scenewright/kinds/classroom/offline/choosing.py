"""Which sentences and items of a section a slide shows, and which are only said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from scenewright.kinds.classroom.offline.definitions import is_definition, titular
from scenewright.kinds.classroom.offline.grammar import grammar
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.tidy import leading, matcher
from scenewright.text import inline
from scenewright.text.language import detect
from scenewright.text.ranking import rank
from scenewright.text.sentences import base

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


_UNFIT = 0.55  # such a sentence is shown only if there is no better one; it may still be said


def scores(found: Sequence[Unit], language: str) -> list[float]:
    """How well each unit stands alone on a slide, higher is better."""
    words = [inline.plain(unit.text) for unit in found]
    return [
        weight * _fitness(unit, text, language)
        for unit, text, weight in zip(found, words, rank(words, language), strict=True)
    ]


def best(found: Sequence[Unit], language: str, count: int) -> tuple[Unit, ...]:
    """The `count` units that stand alone best, in the order of the text; none says the same as another."""
    chosen = strongest(found, language, count)
    places = {id(unit): index for index, unit in enumerate(found)}
    return tuple(sorted(chosen, key=lambda unit: places[id(unit)]))


def strongest(found: Sequence[Unit], language: str, count: int) -> tuple[Unit, ...]:
    """The same, the best one first: what defines the section's own term, then by rank."""
    weighed = scores(found, language)
    fit = [index for index, unit in enumerate(found) if stands_alone(unit, language)]
    named = {index for index in fit if titular(found[index].text, found[index].heading, language)}
    order = sorted(fit or range(len(found)), key=lambda index: (index not in named, -weighed[index], index))
    chosen: dict[str, int] = {}
    for index in order:
        if len(chosen) < count:
            chosen.setdefault(re.sub(r"\W+", "", found[index].text.lower()), index)
    return tuple(found[index] for index in chosen.values())


def stands_alone(unit: Unit, language: str) -> bool:
    """Whether it can be shown with nothing before it."""
    return _fitness(unit, inline.plain(unit.text), language) > _UNFIT


def leans(sentence: str, language: str) -> bool:
    """Whether a sentence needs the one before it: it opens with a pronoun or a connective."""
    notes = grammar(language)
    words = inline.plain(sentence)
    return bool(matcher(notes.pronouns).match(words) or matcher(notes.connectives).match(words))


def telling(chosen: Unit, around: Sequence[Unit], shown: Sequence[Unit], language: str) -> tuple[str, ...]:
    """The sentences to say for one that is shown: itself in full, what it leans on, and what carries it further."""
    if chosen.kind == "item":
        return with_details(chosen, language)
    if chosen not in around:
        return (chosen.text,)
    at = around.index(chosen)
    said = [chosen.text]
    before = around[at - 1] if at else None
    if before and before not in shown and before.group == chosen.group and leans(chosen.text, language):
        said.insert(0, before.text)
    room = 110 if _HAN.search(chosen.text) else 300
    for unit in around[at + 1 : at + 3]:
        if unit in shown or unit.kind != "sentence" or unit.section != chosen.section:
            break
        upcoming = around[around.index(unit) + 1 :][:1]
        if upcoming and upcoming[0] in shown and leans(upcoming[0].text, language):
            break  # it will be said with the next one, which leans on it
        if foreign(inline.plain(unit.text), language):
            break
        if sum(map(len, said)) + len(unit.text) > room or matcher(grammar(language).weak).match(
            inline.plain(unit.text)
        ):
            break
        said.append(unit.text)
    return tuple(said)


def with_details(item: Unit, language: str) -> tuple[str, ...]:
    """A list item and what stands under it, as far as it can be listened to."""
    said = [leading(item.text, language, 330)]
    for detail in item.details:
        if sum(map(len, said)) + len(detail) > (110 if _HAN.search(item.text) else 300):
            break
        said.append(detail)
    return tuple(said)


@lru_cache(maxsize=4096)
def foreign(words: str, language: str) -> bool:
    """Whether a sentence is clearly in another language than the classroom: what a translator left over."""
    return len(words) > 60 and detect(words, default=base(language)) != base(language)


def _fitness(unit: Unit, words: str, language: str) -> float:
    notes = grammar(language)
    wide = bool(_HAN.search(words))
    fit = 1.0
    if unit.kind == "sentence":
        fit *= 0.35 if matcher(notes.pronouns).match(words) else 1.0
        fit *= 0.85 if matcher(notes.connectives).match(words) else 1.0
        fit *= 0.6 if words[:1].islower() and not unit.text.startswith("`") else 1.0
        fit *= 0.5 if len(words) < (8 if wide else 28) else 1.0
        fit *= (1.6 if "**" in unit.text else 1.25) if is_definition(unit.text, language) else 1.0
    fit *= 0.4 if matcher(notes.references).match(words) else 1.0
    fit *= 0.25 if matcher(notes.weak).match(words) else 1.0
    fit *= 0.6 if len(words) > (70 if wide else 180) else 1.0
    fit *= 0.6 if len(words) > (90 if wide else 230) else 1.0
    fit *= 0.5 if words.rstrip().endswith(("?", "？", ":", "：")) else 1.0
    fit *= 0.4 if foreign(words, language) else 1.0
    fit *= 0.6 if words.startswith(("(", "（", "[", "…")) else 1.0
    return fit * (1.15 if "**" in unit.text else 1.0)
