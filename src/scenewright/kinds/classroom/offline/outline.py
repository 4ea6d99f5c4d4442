"""The plan of a classroom from a document's own structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenewright.domain.brief import Brief
from scenewright.domain.document import Document, Section
from scenewright.domain.errors import BadInput
from scenewright.domain.outline import Handoff, Header, SceneOutline
from scenewright.kinds.classroom.offline.choosing import strongest
from scenewright.kinds.classroom.offline.grammar.lookup import every_grammar
from scenewright.kinds.classroom.offline.grouping import Atom, Group, group, natural_count
from scenewright.kinds.classroom.offline.material import Unit, share, teaches, units
from scenewright.kinds.classroom.offline.memorable import memorable
from scenewright.kinds.classroom.offline.naming import (
    chapter_paths,
    document_title,
    group_title,
    part_title,
    stem,
    unlike,
)
from scenewright.kinds.classroom.offline.objectives import objective
from scenewright.kinds.classroom.offline.phrases import labelled, phrases
from scenewright.kinds.classroom.offline.quiz import askable, capped
from scenewright.kinds.classroom.offline.shorten import bullet
from scenewright.kinds.classroom.offline.slides import CHECK, CLOSING, EXPLAIN, OPENING
from scenewright.kinds.classroom.offline.tidy import matcher, title_text
from scenewright.kinds.classroom.offline.tongue import language_of
from scenewright.text import inline

_FEWEST, _MOST = 6, 14  # scenes, when nobody says how many
_BETWEEN = re.compile(r"\s*(?:/|&|,|\band\b|\bund\b|\bet\b|\by\b|[与和及、])\s*", re.IGNORECASE)
_OBJECTIVES = 4
_REMEMBERED = 110  # characters of a line in the summary
_SCRAP = 2.0  # weight; less than that before the introduction is left out
_INTRO_WEIGHT = 6.0  # more than that is told in scenes of its own


@dataclass(frozen=True, kw_only=True)
class Outline:
    """Scenes in order, with ids "s1", "s2" ..."""

    header: Header
    scenes: tuple[SceneOutline, ...]


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A scene before it has its id and its seams."""

    title: str
    purpose: str
    sections: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    points: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()


def outline(brief: Brief) -> Outline:
    """Raises: BadInput: if there is no document, nothing in it to teach, or its language is not the one asked for."""
    if not brief.documents:
        raise BadInput(
            "Without a model a classroom is built from a document, and there is only a topic: "
            "give a file, a folder or an address, or configure a model with --model."
        )
    language = language_of(brief)
    material = _Material(brief.documents, language)
    if not material.atoms:
        raise BadInput(
            f"{brief.documents[0].name} has no text that could be taught: "
            "give a document with paragraphs or lists, or configure a model with --model."
        )
    plans = _plans(material, brief.scenes, language)
    return _finished(plans, document_title(brief.documents, language), language)


class _Material:
    """The sections that teach something, with their units."""

    def __init__(self, documents: Sequence[Document], language: str) -> None:
        self.language = language
        sections = [section for document in documents for section in taught(document.sections)]
        self.title = document_title(documents, language)
        paths = chapter_paths(sections)
        self.units: dict[str, tuple[Unit, ...]] = {}
        self.atoms: list[Atom] = []
        self.intro: Section | None = None
        self.ending: Section | None = None
        for section, path in zip(sections, paths, strict=True):
            found = units((section,), language) if section.blocks else ()
            if found and section.id not in self.units:
                self.units[section.id] = found
                weight = sum(unit.weight for unit in found)
                title = title_text(section.title)
                self.atoms.append(Atom(section=section.id, title=title, chapter=path, weight=weight, units=len(found)))
        by_id = {section.id: section for section in reversed(sections)}
        if len(self.atoms) > 1 and not teaches(by_id[self.atoms[0].section], language):
            del self.atoms[0]
        if len(self.atoms) > 1:
            self._set_rims(by_id)

    def _set_rims(self, by_id: dict[str, Section]) -> None:
        for index, atom in enumerate(self.atoms[:3]):
            first = by_id[atom.section]
            if not any(unit.kind == "sentence" for unit in self.units[atom.section]):
                continue  # a title page, a motto
            if not first.title or title_text(first.title) == self.title or _titled(first, "intros"):
                self.intro = first
                self.atoms = [
                    atom,
                    *(other for other in self.atoms[:index] if other.weight > _SCRAP),
                    *self.atoms[index + 1 :],
                ]
            break
        last = by_id[self.atoms[-1].section]
        if len(self.atoms) > 3 and _titled(last, "endings"):
            self.ending = last

    def of(self, one: Group, part: int) -> tuple[Unit, ...]:
        return share([unit for atom in one.atoms for unit in self.units[atom.section]], part, one.parts)


def taught(sections: Sequence[Section]) -> list[Section]:
    """Without licences, references, contents and the like, nor what stands under them; all, if nothing else is left."""
    kept: list[Section] = []
    skipped_level: int | None = None
    for section in sections:
        if skipped_level is not None and section.level > skipped_level:
            continue
        skipped_level = section.level if section.title and _titled(section, "skipped") else None
        if skipped_level is None:
            kept.append(section)
    return kept if any(section.blocks for section in kept) else list(sections)


def _titled(section: Section, field: str) -> bool:
    title = title_text(section.title)
    parts = _BETWEEN.split(title) if len(title) < 60 else [title]

    def known(text: str) -> bool:
        return any(matcher(getattr(notes, field)).fullmatch(text) for notes in every_grammar())

    return known(title) or (len(parts) > 1 and all(part and known(part) for part in parts))


def _plans(material: _Material, wanted: int | None, language: str) -> list[_Plan]:
    if wanted == 1:
        everything = Group(atoms=tuple(material.atoms))
        return [replace(_body_plan(material, everything, 1), title=material.title)]
    wanted = wanted or _natural(material)
    if wanted == 1:
        return _plans(material, 1, language)
    ending = material.ending if wanted >= 5 else None
    quizzes = 0
    if wanted >= 3 and askable(_sample(material), language, 2):
        quizzes = 1 if wanted < 8 else round((wanted - 2) / 5)
    closing = 1 if wanted >= 5 or (wanted >= 3 and not quizzes) else 0
    rims = {section.id for section in (material.intro, ending) if section}
    atoms = [atom for atom in material.atoms if atom.section not in rims]
    opening, middle = _middle(material, atoms, wanted - 1 - closing, quizzes)
    if not closing:
        return [opening, *middle]
    return [opening, *middle, _closing(material, [plan for plan in middle if plan.purpose == EXPLAIN], ending)]


def _middle(material: _Material, atoms: Sequence[Atom], count: int, quizzes: int) -> tuple[_Plan, list[_Plan]]:
    """The opening scene, and `count` scenes after it; fewer where there is nothing more to tell or to ask."""
    intro = material.atoms[0] if material.intro else None
    room = sum(atom.units for atom in atoms)
    heavy = max(1, min(round(intro.weight / _INTRO_WEIGHT), intro.units, (count + 2) // 4)) if intro else 1
    longest: tuple[_Plan, list[_Plan]] | None = None
    for asked in dict.fromkeys((quizzes, quizzes // 2, 0)):
        bodies = max(1, count - asked)
        parts = min(intro.units, max(heavy, bodies - room + 1)) if intro else 1
        groups = group(atoms, max(1, bodies - parts + 1)) if atoms else ()
        body = (
            [_body_plan(material, Group(atoms=(intro,), parts=parts), n) for n in range(2, parts + 1)] if intro else []
        )
        body += [_body_plan(material, one, part) for one in groups for part in range(1, one.parts + 1)]
        middle = _with_own_titles(_with_quizzes(body, asked, material.language), material.language)
        if longest is None or len(middle) > len(longest[1]):
            longest = _opening(material, parts), middle
        if len(middle) >= count:
            break
    assert longest is not None
    return longest


def _opening(material: _Material, parts: int) -> _Plan:
    """The opening scene takes the introduction, or its first share if that is long."""
    if not material.intro:
        return _Plan(title=material.title, purpose=OPENING)
    own = material.intro.id
    found = share(material.units[own], 1, parts)
    return _Plan(title=material.title, purpose=OPENING, sections=(own,), parts=parts, units=found)


def _natural(material: _Material) -> int:
    rims = {s.id for s in (material.intro, material.ending) if s}
    atoms = [atom for atom in material.atoms if atom.section not in rims] or material.atoms
    body = natural_count(atoms, 3, _MOST - 4)
    if body == 1 and sum(atom.units for atom in atoms) < 4:
        return 2 if sum(atom.units for atom in atoms) > 1 else 1
    quizzes = 1 if body < 6 else 2
    return min(body + quizzes + (2 if body > 1 else 1), _MOST)


def _with_own_titles(plans: Sequence[_Plan], language: str) -> list[_Plan]:
    taken = {plan.title for plan in plans}
    used: set[str] = set()
    named = []
    for plan in plans:
        title, number = plan.title, 2
        while title in used or (number > 2 and title in taken):
            title, number = unlike(plan.title, number, language), number + 1
        used.add(title)
        named.append(replace(plan, title=title))
    return named


def _body_plan(material: _Material, one: Group, part: int) -> _Plan:
    found = material.of(one, part)
    title = group_title(one.atoms, material.title, material.language)
    if one.parts > 1:
        title = part_title(title, part, found, material.language)
    return _Plan(
        title=title,
        purpose=EXPLAIN,
        sections=tuple(atom.section for atom in one.atoms),
        part=part,
        parts=one.parts,
        points=_points(found, material.language),
        units=found,
    )


def _points(found: Sequence[Unit], language: str) -> tuple[str, ...]:
    texts = [u for u in found if u.kind == "sentence"] or [u for u in found if u.kind in ("item", "note", "quote")]
    return tuple(bullet(unit.text, language) for unit in strongest(texts, language, 3))


def _with_quizzes(body: Sequence[_Plan], quizzes: int, language: str) -> list[_Plan]:
    """Quizzes after runs of equal length, as soon as there is enough to ask; each asks about what came since."""
    plans: list[_Plan] = []
    since: list[_Plan] = []
    due = 0
    for index, plan in enumerate(body, start=1):
        plans.append(plan)
        since.append(plan)
        due += index * quizzes // len(body) - (index - 1) * quizzes // len(body)
        if due and askable(capped(unit for told in since for unit in told.units), language, 2):
            plans.append(_quiz(since, language))
            since, due = [], due - 1
    return plans


def _quiz(since: Sequence[_Plan], language: str) -> _Plan:
    return _Plan(
        title=phrases(language).quiz,
        purpose=CHECK,
        sections=tuple(dict.fromkeys(section for plan in since for section in plan.sections)),
        points=tuple(plan.title for plan in since),
    )


def _closing(material: _Material, body: Sequence[_Plan], ending: Section | None) -> _Plan:
    language = material.language
    if ending:
        found = material.units[ending.id]
        title = title_text(ending.title)
        return _Plan(title=title, purpose=CLOSING, sections=(ending.id,), points=_points(found, language), units=found)
    remembered = [(plan, memorable(plan.units, language, _REMEMBERED)) for plan in body]
    told = [(plan, text) for plan, text in remembered if text] or [(p, p.points[0]) for p in body if p.points]
    if len(told) > 6:  # a section that fills several scenes is summed up once
        told = list({stem(plan.title, language): (plan, text) for plan, text in reversed(told)}.values())[::-1]
    step = max(1, -(-len(told) // 6))
    points = tuple(labelled(inline.escape(plan.title), text, language) for plan, text in told[::step])
    return _Plan(title=phrases(language).summary or material.title, purpose=CLOSING, points=points[:6])


def _sample(material: _Material) -> tuple[Unit, ...]:
    return capped(unit for found in material.units.values() for unit in found)


def _finished(plans: Sequence[_Plan], title: str, language: str) -> Outline:
    taught_ones = [plan for plan in plans if plan.purpose == EXPLAIN]
    taught_ones = list({stem(plan.title, language): plan for plan in reversed(taught_ones)}.values())[::-1]
    most = max(1, min(_OBJECTIVES, len(taught_ones)))
    spread = (
        [taught_ones[round(n * (len(taught_ones) - 1) / max(most - 1, 1))] for n in range(most)] if taught_ones else []
    )
    objectives = tuple(objective(stem(p.title, language), p.units, language) for p in spread) if len(plans) > 1 else ()
    header = Header(
        title=title,
        language=language,
        objectives=tuple(dict.fromkeys(objectives)),
        planned=tuple(p.title for p in plans),
    )
    scenes = []
    for index, plan in enumerate(plans):
        following = plans[index + 1].title if index + 1 < len(plans) else ""
        ends_on = inline.plain(plan.points[-1]) if plan.points else plan.title
        scenes.append(
            SceneOutline(
                id=f"s{index + 1}", title=plan.title, form="quiz" if plan.purpose == CHECK else "slide",
                purpose=plan.purpose, key_points=plan.points, sections=plan.sections, part=plan.part, parts=plan.parts,
                handoff=Handoff(ends_on=ends_on, next_opens_on=following),
            )
        )  # fmt: skip
    return Outline(header=header, scenes=tuple(scenes))
