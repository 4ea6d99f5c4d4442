"""Matches an edited draft with the script it came from: what is the same keeps its id, what changed is an edit."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from scenewright.documents.draft import Draft
from scenewright.documents.fountain_marks import one_line
from scenewright.domain.screenplay import Action, Dialogue, Element, Script, ScriptScene

_MAX_COMPARED = 2_000  # lines of one scene; comparing takes the square of it


def matched(draft: Draft, base: Script) -> Script:
    """The draft, with the ids of `base` where it stems from it.

    Scenes are matched by the id that stood in the file, the others (programs drop what they do not know) by their
    heading, in order. Inside a matched scene equal lines keep their ids, and so does a line that was rewritten in its
    place by the same speaker; new lines have ids that the scene has never had.
    """
    pairs, taken = _pairs(draft, base), {scene.id for scene in base.scenes}
    acts = tuple(
        act.model_copy(update={"scenes": tuple(_scene(scene, pairs, taken) for scene in act.scenes)})
        for act in draft.script.acts
    )
    return draft.script.model_copy(update={"acts": acts, "id": draft.script.id or base.id})


def _scene(scene: ScriptScene, pairs: dict[str, ScriptScene], taken: set[str]) -> ScriptScene:
    if scene.id in pairs:
        return _kept(scene, pairs[scene.id])
    ident = scene.id
    while ident in taken:  # a scene of an earlier draft was new, too
        ident += "x"
    taken.add(ident)
    return scene.model_copy(update={"id": ident})


def _pairs(draft: Draft, base: Script) -> dict[str, ScriptScene]:
    """From scene ids of the draft to scenes of the base."""
    by_id = {scene.id: scene for scene in base.scenes}
    pairs = {scene.id: by_id[scene.id] for scene in draft.script.scenes if scene.id in draft.kept & by_id.keys()}
    free = [scene for scene in base.scenes if scene.id not in pairs]
    for scene in draft.script.scenes:
        same = next((one for one in free if _heading(one) == _heading(scene)), None)
        if scene.id not in pairs and same is not None:
            pairs[scene.id] = same
            free.remove(same)
    return pairs


def _heading(scene: ScriptScene) -> tuple[str, str, str]:
    return scene.slug.interior, one_line(scene.slug.place).upper(), one_line(scene.slug.time).upper()


def _kept(scene: ScriptScene, base: ScriptScene) -> ScriptScene:
    title = scene.title or base.title
    elements = _elements(scene.elements, base.elements)
    return scene.model_copy(update={"id": base.id, "title": title, "seconds": base.seconds, "elements": elements})


def _elements(now: Sequence[Element], before: Sequence[Element]) -> tuple[Element, ...]:
    if max(len(now), len(before)) > _MAX_COMPARED:
        before_of: dict[int, Element] = {}
    else:
        before_of = _alignment(now, before)
    taken = {element.id for element in before}
    return tuple(_with_id(element, before_of.get(index), taken) for index, element in enumerate(now))


def _alignment(now: Sequence[Element], before: Sequence[Element]) -> dict[int, Element]:
    """From positions now to the lines they were."""
    matcher = SequenceMatcher(None, [_key(one) for one in before], [_key(one) for one in now], autojunk=False)
    found: dict[int, Element] = {}
    for _, start, end, start_now, end_now in matcher.get_opcodes():
        for old, index in zip(before[start:end], range(start_now, end_now), strict=False):
            if _speaker(old) == _speaker(now[index]):
                found[index] = old
    return found


def _key(element: Element) -> tuple[str, ...]:
    return (*_speaker(element), one_line(element.text))


def _speaker(element: Element) -> tuple[str, ...]:
    return (element.type, element.character if isinstance(element, Dialogue) else "")


def _with_id(element: Element, old: Element | None, taken: set[str]) -> Element:
    if old is None:
        count = len(taken) + 1
        while f"e{count}" in taken:
            count += 1
        taken.add(f"e{count}")
        return element.model_copy(update={"id": f"e{count}"})
    if isinstance(old, Action) and isinstance(element, Action):  # what no file carries
        return element.model_copy(update={"id": old.id, "camera": old.camera, "comedy": old.comedy})
    return element.model_copy(update={"id": old.id})
