"""Patches: made for an element as it was, dropped when it is another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scenewright.domain.base import digest
from scenewright.domain.episode import Change, Patch
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene


def base_of(element: Element) -> str:
    """What a patch for the element, as it is now, must name as its base."""
    return digest(element.model_dump(mode="json"))


def patched(scene: ScriptScene, patches: Iterable[Patch], step: str = "") -> tuple[ScriptScene, tuple[Change, ...]]:
    """The scene with those patches that were made for it as it is, and what they changed."""
    found: dict[str, list[Patch]] = {}
    for patch in patches:
        if patch.scene == scene.id:
            found.setdefault(patch.element, []).append(patch)
    if not found:
        return scene, ()
    elements, changes, taken = list[Element](), list[Change](), {element.id for element in scene.elements}
    for element in scene.elements:
        fitting = _fitting(element, found.get(element.id, ()))
        elements += _applied(element, fitting, taken)
        before = element.text
        changes += [Change(step=step, patch=patch, before=before) for patch in fitting]
    return scene.model_copy(update={"elements": tuple(elements)}), tuple(changes)


def _fitting(element: Element, patches: Sequence[Patch]) -> Sequence[Patch]:
    base = base_of(element) if patches else ""  # most elements have none, and a digest is dear
    return [patch for patch in patches if patch.base == base]


def _applied(element: Element, patches: Sequence[Patch], taken: set[str]) -> list[Element]:
    kept: list[Element] = [element]
    for patch in patches:
        match patch.op:
            case "replace":
                kept[:1] = [_rewritten(kept[0], patch)] if kept else []
            case "remove":
                kept[:1] = []
            case "insert":
                kept.append(_inserted(element.id, patch, taken))
    return kept


def _rewritten(element: Element, patch: Patch) -> Element:
    fields: dict[str, Any] = {"text": patch.text}
    if isinstance(element, Dialogue) and patch.parenthetical is not None:
        fields["parenthetical"] = patch.parenthetical
    return element.model_copy(update=fields)


def _inserted(after: str, patch: Patch, taken: set[str]) -> Element:
    number = next(n for n in range(1, len(taken) + 2) if f"{after}-{n}" not in taken)
    taken.add(ident := f"{after}-{number}")
    if not patch.character:
        return Action(id=ident, text=patch.text)
    return Dialogue(id=ident, character=patch.character, text=patch.text, parenthetical=patch.parenthetical or "")


def of_value(value: Mapping[str, Any] | None) -> tuple[Patch, ...]:
    """The patches in the result of a comedy or refine step."""
    return tuple(Patch.model_validate(each) for each in value["patches"]) if value else ()
