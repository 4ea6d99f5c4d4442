"""From a scene's units to what its slide shows, and what there is to say about each thing shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scenewright.domain.document import Section
from scenewright.domain.outline import Header, SceneOutline
from scenewright.domain.slides import (
    BulletsBlock,
    CalloutBlock,
    ComparisonBlock,
    HeadingBlock,
    ParagraphBlock,
    Slide,
    SlideBlock,
    StepsBlock,
)
from scenewright.kinds.classroom.offline.candidates import folded
from scenewright.kinds.classroom.offline.choosing import best, stands_alone, strongest, telling, with_details
from scenewright.kinds.classroom.offline.definitions import is_definition, titular
from scenewright.kinds.classroom.offline.material import Unit, share, units
from scenewright.kinds.classroom.offline.naming import stem
from scenewright.kinds.classroom.offline.phrases import labelled, phrases
from scenewright.kinds.classroom.offline.procedures import is_procedure
from scenewright.kinds.classroom.offline.rich import RICH, pick_rich, shown
from scenewright.kinds.classroom.offline.shorten import bullet, without_connective
from scenewright.kinds.classroom.offline.sides import comparison
from scenewright.kinds.classroom.offline.tidy import bare, capital
from scenewright.text import inline

OPENING, EXPLAIN, CHECK, CLOSING = "opening", "explain", "check", "closing"  # purposes of the offline author's scenes
_MOST_ITEMS, _MOST_STEPS = 6, 8
_MOST_LABEL = 48  # characters of a heading before a bullet


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing on the slide (a block, or one item of it) and the source's own sentences about it, inline text."""

    block: SlideBlock
    item: int | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Composed:
    slide: Slide
    told: tuple[Told, ...]  # in the order of the slide


def compose(scene: SceneOutline, sections: Sequence[Section], header: Header) -> Composed:
    """Never empty: a scene without material shows its key points, or its title."""
    language = header.language
    found = share(units(sections, language), scene.part, scene.parts) if sections else ()
    told = _Slide(language, stem(scene.title, language))
    if scene.purpose == OPENING:
        _opening(told, found, header)
    elif scene.purpose == CLOSING:
        _closing(told, found, scene)
    elif found:
        _explain(told, found)
    if not told.made:
        _points(told, scene)
    blocks = tuple(dict.fromkeys(entry.block for entry in told.made))
    return Composed(slide=Slide(title=inline.escape(scene.title), blocks=blocks), told=tuple(told.made))


class _Slide:
    """Collects blocks and hands out their ids."""

    def __init__(self, language: str, title: str) -> None:
        self.language = language
        self.title = title  # without the number of its part
        self.made: list[Told] = []
        self._blocks = 0

    def id(self) -> str:
        self._blocks += 1
        return f"b{self._blocks}"

    def add(self, block: SlideBlock, *said: str) -> None:
        self.made.append(Told(block=block, said=tuple(text for text in said if text)))

    def add_items(self, block: BulletsBlock | StepsBlock, lead: str, said: Sequence[tuple[str, ...]]) -> None:
        self.add(block, lead)
        self.made += [Told(block=block, item=index, said=texts) for index, texts in enumerate(said)]

    def heading(self, text: str) -> None:
        """Not where the slide's title says it already."""
        if folded(text) != folded(self.title):
            self.add(HeadingBlock(id=self.id(), text=inline.escape(text)))

    def bullets(
        self, items: Sequence[str], said: Sequence[tuple[str, ...]], lead: str = "", steps: bool = False
    ) -> None:
        make = StepsBlock if steps else BulletsBlock
        self.add_items(make(id=self.id(), items=tuple(items)), lead, said)


def _explain(slide: _Slide, found: Sequence[Unit]) -> None:
    rich = pick_rich(found)
    sides = comparison(found, slide.language)
    heavy = len(rich) + (sides is not None)
    limit = (_MOST_ITEMS, 4, 3)[min(heavy, 2)]
    texts = [u for u in found if u.kind in ("sentence", "item") and not (sides and u in sides.used)]
    headings = list(dict.fromkeys(u.heading for u in texts))
    if len({u.section for u in texts}) > 2:
        _labelled(slide, texts, min(_MOST_ITEMS, limit + 1))
    elif len({u.section for u in texts}) == 2 and len(headings) == 2 and all(headings):
        for heading in headings:
            slide.heading(heading)
            _texts(slide, [u for u in texts if u.heading == heading], 3 if heavy < 2 else 2, headed=True)
            own = [u for u in rich if u.heading == heading]
            _rich(slide, own)
            rich = tuple(u for u in rich if u not in own)
    else:
        _texts(slide, texts, limit)
    if sides:
        slide.add(
            ComparisonBlock(
                id=slide.id(), left_title=sides.left_title, left=sides.left,
                right_title=sides.right_title, right=sides.right,
            )
        )  # fmt: skip
    _rich(slide, rich)
    for unit in [u for u in found if u.kind == "note"][: (2, 1, 0 if len(headings) == 2 else 1)[min(heavy, 2)]]:
        slide.add(CalloutBlock(id=slide.id(), tone=_tone(unit.tone), text=unit.text), unit.text)


def _rich(slide: _Slide, found: Sequence[Unit]) -> None:
    for unit in found:
        slide.add(shown(unit, slide.id(), slide.language), unit.lead)


def _texts(slide: _Slide, texts: Sequence[Unit], limit: int, *, headed: bool = False) -> None:
    """Sentences and lists of one section."""
    listed = _main_list(texts)
    sentences = [u for u in texts if u.kind == "sentence"]
    if listed:
        lead = strongest(sentences, slide.language, 1) if not headed else ()
        if lead and stands_alone(lead[0], slide.language):
            _paragraph(slide, lead[0], sentences)
        _list(slide, listed, limit)
        other = [u for u in texts if u.kind == "item" and u not in listed]
        if other and limit == _MOST_ITEMS and len(listed) <= 4 and (second := _main_list(other)) and second[0].lead:
            _list(slide, second, 3)
        return
    loose = list(texts)
    if not loose:
        return
    shown_units = best(loose, slide.language, limit)
    if len(shown_units) == 1:
        _paragraph(slide, shown_units[0], loose)
        return
    key = _key_definition(shown_units, slide.language) if len(shown_units) > 3 else None
    if key:
        slide.add(
            CalloutBlock(id=slide.id(), tone="key", text=key.text),
            *telling(key, loose, shown_units, slide.language),
        )
        shown_units = tuple(unit for unit in shown_units if unit is not key)
    slide.bullets(
        [bullet(u.text, slide.language) for u in shown_units],
        [telling(u, loose, shown_units, slide.language) for u in shown_units],
    )


def _key_definition(chosen: Sequence[Unit], language: str) -> Unit | None:
    """What stands above the bullets: the definition of the section's own term, or one that opens them."""
    own = [unit for unit in chosen if titular(unit.text, unit.heading, language)]
    first = [unit for unit in chosen[:1] if is_definition(unit.text, language)]
    return next((unit for unit in (*own, *first) if len(unit.text) < 220), None)


def _paragraph(slide: _Slide, unit: Unit, around: Sequence[Unit]) -> None:
    said = telling(unit, around, (unit,), slide.language)
    slide.add(ParagraphBlock(id=slide.id(), text=_opening_words(unit, slide.language)), *said)


def _opening_words(unit: Unit, language: str) -> str:
    """On a slide nothing came before, so a connective is left out."""
    return capital(without_connective(unit.text, language))


def _list(slide: _Slide, items: Sequence[Unit], limit: int) -> None:
    steps = is_procedure(items, slide.language) and len(items) > 1
    counted = items[0].ordered and len(items) <= _MOST_ITEMS  # "Four reasons": all of them, or the count is wrong
    chosen = tuple(items[:_MOST_STEPS]) if steps or counted else best(items, slide.language, limit)
    slide.bullets(
        [bullet(u.text, slide.language, _item_limit(u.text)) for u in chosen],
        [with_details(u, slide.language) for u in chosen],
        lead=items[0].lead,
        steps=steps,
    )


def _item_limit(text: str) -> int | None:
    """Items that explain a term get room for it."""
    return 120 if text.startswith(("**", "`")) and not re.search("[\u4e00-\u9fff]", text) else None


def _main_list(texts: Sequence[Unit]) -> list[Unit]:
    lists: dict[tuple[str, int], list[Unit]] = {}
    for unit in texts:
        if unit.kind == "item":
            lists.setdefault((unit.section, unit.group), []).append(unit)
    longest = max(lists.values(), key=len, default=[])
    return longest if len(longest) > 1 else []


def _labelled(slide: _Slide, texts: Sequence[Unit], limit: int) -> None:
    """Many small sections: one line each, with its heading."""
    sections = list(dict.fromkeys(u.section for u in texts))
    heaviest = sorted(sections, key=lambda s: -sum(u.weight for u in texts if u.section == s))[:limit]
    items, said = [], []
    for section in [s for s in sections if s in heaviest]:
        own = [u for u in texts if u.section == section]
        unit = best([u for u in own if u.kind == "sentence"] or own, slide.language, 1)[0]
        listed = [bare(u.text) for u in own if u.kind == "item"]
        text = bullet(unit.text, slide.language, 80)
        if unit.kind == "item" and len(listed) > 1 and all(len(item) < 40 for item in listed[:3]):
            text = phrases(slide.language).comma.join(listed[:3])
        label = labelled(inline.escape(unit.heading), text, slide.language)
        items.append(label if 0 < len(unit.heading) <= _MOST_LABEL else text)
        said.append(telling(unit, own, (unit,), slide.language))
    slide.bullets(items, said)


def _opening(slide: _Slide, found: Sequence[Unit], header: Header) -> None:
    sentences = [u for u in found if u.kind == "sentence"]
    if sentences:
        unit = best(sentences[:2], slide.language, 1)[0]
        text = _opening_words(unit, slide.language)
        slide.add(ParagraphBlock(id=slide.id(), text=text), *_beginning(sentences, unit))
    elif items := [u for u in found if u.kind == "item"]:
        _list(slide, items, 4)
    for unit in pick_rich(found, most=1):
        if unit.kind != "code" or not sentences:
            slide.add(shown(unit, slide.id(), slide.language), unit.lead)
    goals = header.objectives or header.planned[1:6]
    if goals:
        if heading := phrases(slide.language).goals:
            slide.add(HeadingBlock(id=slide.id(), text=heading))
        texts = [inline.escape(goal) for goal in goals[:5]]
        slide.bullets(texts, [(text,) for text in texts])


def _beginning(sentences: Sequence[Unit], chosen: Unit) -> tuple[str, ...]:
    """The opening sentences of the text, up to the one shown and a little beyond."""
    at = sentences.index(chosen)
    around = sentences[max(0, at - 1) : at + 3]
    return tuple(u.text for u in around)


def _closing(slide: _Slide, found: Sequence[Unit], scene: SceneOutline) -> None:
    texts = [u for u in found if u.kind in ("sentence", "item")]
    if len(texts) > 1:
        _texts(slide, texts, 5)
    else:
        _points(slide, scene)


def _points(slide: _Slide, scene: SceneOutline) -> None:
    points = [point for point in scene.key_points if point.strip()][:_MOST_ITEMS]
    if len(points) > 1:
        slide.bullets(points, [(point,) for point in points])
    else:
        text = points[0] if points else inline.escape(scene.title) or "…"
        slide.add(ParagraphBlock(id=slide.id(), text=text), text)


def _tone(tone: str) -> str:
    return tone if tone in ("key", "tip", "info", "warning") else "info"


__all__ = ["CHECK", "CLOSING", "EXPLAIN", "OPENING", "RICH", "Composed", "Told", "compose"]
