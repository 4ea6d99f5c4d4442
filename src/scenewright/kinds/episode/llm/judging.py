"""The third question of the comedy pass: which version is best, asked without saying which one stands in the script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from textwrap import indent

from scenewright.domain.base import Json, digest
from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Dialogue, Element, ScriptScene
from scenewright.kinds.episode.llm import prompts
from scenewright.kinds.episode.llm.clean import clean
from scenewright.kinds.episode.llm.forms import ScoresForm, schema
from scenewright.kinds.episode.llm.jokes import score
from scenewright.kinds.episode.llm.mend_show import as_told
from scenewright.kinds.episode.llm.page import Whole, element_text
from scenewright.kinds.episode.llm.punchlines import Candidate
from scenewright.kinds.mending import listed, member, text
from scenewright.providers.llm.asking import Question

MARGIN = 0.1  # by which a new version has to be better than what stands there
LEAD = 3  # elements shown before it


@dataclass(frozen=True, kw_only=True)
class Group:
    """Versions of one place. `versions`: label -> candidate; None = as it stands."""

    name: str  # "g1"
    lead: str  # what comes before
    versions: Mapping[str, Candidate | None]
    texts: Mapping[str, str]  # label -> as it would read

    @property
    def planned(self) -> bool:
        """It places what the plan wants there, so the better of the new versions stands in any case."""
        return any(each and each.callback for each in self.versions.values())


@dataclass(frozen=True, kw_only=True)
class Winner:
    candidate: Candidate
    score: float


def groups(whole: Whole, candidates: Sequence[Candidate]) -> list[Group]:
    """One for each place and callback; the order of its versions follows from their words, not from who wrote them."""
    found: dict[tuple[str, str, str], list[Candidate]] = {}
    for each in candidates:
        key = each.callback or (each.patch.scene, each.patch.element)
        found.setdefault((each.patch.op, *key) if isinstance(key, tuple) else ("", "", key), []).append(each)
    scenes = {scene.id: scene for scene in whole.scenes}
    return [_group(f"g{n}", scenes, whole.names, inside) for n, inside in enumerate(found.values(), 1)]


def judge_question(whole: Whole, asked: Sequence[Group], wishes: str, note: str) -> Question:
    return Question(
        messages=prompts.messages(
            "comedy-judge",
            wishes,
            prompts.show(as_told(whole.show.model_dump(mode="json"))),
            "\n\n".join(["# Versions", *map(_shown, asked)]),
            prompts.wish(note),
        ),
        schema=schema(ScoresForm),
        name="scores",
    )


def read_scores(value: Json, asked: Sequence[Group]) -> dict[tuple[str, str], tuple[float, str]]:
    """(group, label) -> (score, reason). Raises: ValueError: no group has a score for each version."""
    labels = {(group.name, label) for group in asked for label in group.versions}
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for raw in listed(member(value, "scores")):
        key = text(member(raw, "group")).lower(), text(member(raw, "version")).upper()
        judged = score(member(raw, "score"))
        if key in labels and judged is not None:
            found.setdefault(key, (judged, clean(member(raw, "reason"))))
    if not any(all((group.name, label) in found for label in group.versions) for group in asked):
        raise ValueError("`scores` needs one for every version of every group, named like g1 and A")
    return found


def winners(asked: Sequence[Group], scores: Mapping[tuple[str, str], tuple[float, str]]) -> list[Winner]:
    return [winner for group in asked if (winner := _winner(group, scores))]


def runs_of_groups(whole: Whole, asked: Sequence[Group], room: int) -> list[list[Group]]:
    """As many at a time as fit into `room` tokens."""
    found: list[list[Group]] = []
    left = 0
    for group in asked:
        size = prompts.tokens(_shown(group))
        if not found or size > left:
            found.append([])
            left = room
        found[-1].append(group)
        left -= size
    return found


def _winner(group: Group, scores: Mapping[tuple[str, str], tuple[float, str]]) -> Winner | None:
    if any((group.name, label) not in scores for label in group.versions):
        return None
    judged = {label: scores[group.name, label] for label in group.versions}
    standing = next(judged[label][0] for label, each in group.versions.items() if each is None)
    new = {label: each for label, each in group.versions.items() if each is not None}
    best = max(new, key=lambda label: judged[label][0])
    value, reason = judged[best]
    if not group.planned and value < standing + MARGIN:
        return None
    said = f"{reason.rstrip('.')} " if reason else ""
    why = f"{said}({standing:.2f} → {value:.2f})"
    patch = new[best].patch.model_copy(update={"why": why})
    return Winner(candidate=replace(new[best], patch=patch), score=value)


def _group(
    name: str, scenes: Mapping[str, ScriptScene], names: Mapping[str, str], inside: Sequence[Candidate]
) -> Group:
    patch = inside[0].patch
    elements = scenes[patch.scene].elements
    at = next(number for number, each in enumerate(elements) if each.id == patch.element)
    texts = [(element_text(elements[at], names), None)]
    texts += [(_reads(scenes[each.patch.scene], each.patch, names), each) for each in inside]  # type: ignore[misc]
    texts.sort(key=lambda each: digest([patch.scene, patch.element, each[0]]))
    labelled = dict(zip(ascii_uppercase, texts, strict=False))
    return Group(
        name=name,
        lead="\n".join(element_text(each, names) for each in elements[max(0, at - LEAD) : at]),
        versions={label: each for label, (_, each) in labelled.items()},
        texts={label: words for label, (words, _) in labelled.items()},
    )


def _reads(scene: ScriptScene, patch: Patch, names: Mapping[str, str]) -> str:
    element = next(each for each in scene.elements if each.id == patch.element)
    if patch.op == "insert":
        behind = f"{names.get(patch.character, patch.character)}: {patch.text}" if patch.character else patch.text
        return f"{element_text(element, names)}\n{behind}"
    return element_text(_as_patched(element, patch), names)


def _as_patched(element: Element, patch: Patch) -> Element:
    fields = {"text": patch.text}
    if isinstance(element, Dialogue) and patch.parenthetical is not None:
        fields["parenthetical"] = patch.parenthetical
    return element.model_copy(update=fields)


def _shown(group: Group) -> str:
    versions = "\n".join(f"{label}:\n{indent(words, '  ')}" for label, words in group.texts.items())
    return f"## {group.name}\nBefore it:\n{indent(group.lead or '(the scene begins)', '  ')}\n{versions}"
