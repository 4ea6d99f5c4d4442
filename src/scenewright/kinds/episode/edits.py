"""What people write in a script: every scene as it reads now, and a file that comes back from another program. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import count
from pathlib import PurePath
from typing import Any

from scenewright.documents.draft import Draft
from scenewright.documents.fountain_marks import lines_of, one_line
from scenewright.documents.redraft import matched
from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Action, Dialogue, Element, Person, Script, ScriptScene, Slug
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.finale import Text, finale, stamp
from scenewright.kinds.episode.story import act_of, carried, first_text, plans_of, scenes_of, script_of, show_of
from scenewright.kinds.plugin import Imported, Source
from scenewright.plan import Known

MAX_SCENES = 500  # of one episode; a feature film has about 150
SUFFIXES = (".fountain", ".spmd", ".txt", ".fdx")
_DONE = {
    "dialogue": "draft",
    "directions": "draft",
    "comedy": "after the comedy pass",
}


def now_of(known: Known) -> Text:
    """The scenes as they read now: the best version of the finale."""
    return finale(known, lambda step: known.value(step.id)).best.text


def texts(known: Known) -> Mapping[str, Json]:
    """Every scene that is written and not skipped, in order, in the form of SceneEdited."""
    strangers = _strangers(known)
    return {name: _value(known, name, scene, strangers) for name, scene in now_of(known).items()}


def _value(known: Known, name: str, scene: ScriptScene, strangers: Mapping[str, Person]) -> Json:
    said_by = dict.fromkeys(each.character for each in scene.elements if isinstance(each, Dialogue))
    return {
        "scene": scene.model_dump(mode="json"),
        "act": act_of(known, name),
        "cast": [strangers[who].model_dump(mode="json") for who in said_by if who in strangers],
        "carry": list(carried(known, name)),
        "title": _title(scene),
    }


def standing(known: Known, scene: str) -> Json | None:
    """The scene as it reads now, to be written down so that nothing changes it; None: it is not written.

    Where the finale has changed nothing of it, its stamp stays, so that nothing turns stale.
    """
    value = texts(known).get(scene)
    if value is None:
        return None
    unchanged = now_of(known)[scene] == first_text(known, scene)
    return {**value, "stamp": stamp(known, scene)} if unchanged else value


def done(step: StepId) -> str:
    """What a result of the step did to the text, for people; "" = nothing of its own."""
    if step.name == "refine":
        return f"refined, round {step.item.partition('.')[0]}"
    return _DONE.get(step.name, "")


def imported(known: Known, source: Source) -> Imported:
    """Raises: BadInput: the file is no script, or of a form that is not read here."""
    base = _base(known)
    draft = _read(source, base)
    if len(draft.script.scenes) > MAX_SCENES:
        raise BadInput(
            f"{source.name} has {len(draft.script.scenes):,} scenes, more than {MAX_SCENES}; give one episode."
        )
    script = matched(draft, base)
    return _compared(known, base, script, draft)


def _read(source: Source, base: Script) -> Draft:
    suffix = PurePath(source.name).suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"{source.name} is not a script; give a Fountain file (.fountain) or Final Draft (.fdx).")
    if suffix == ".fdx":
        from scenewright.documents.fdx import read_fdx  # lxml

        return read_fdx(source.data, source.name, base)
    from scenewright.documents.fountain import read_fountain

    return read_fountain(source.data, source.name, base)


def _base(known: Known) -> Script:
    """What a file is matched with: the script, and behind its back the planned scenes that nobody has written yet."""
    scenes, written = dict[str, ScriptScene](), now_of(known)
    for name in scenes_of(known):
        plan = plans_of(known).get(name)
        if name in written:
            scenes[name] = written[name]
        elif plan is not None and name not in known.skipped:
            scenes[name] = ScriptScene(id=name, number="", title=plan.title, slug=plan.slug, seconds=plan.seconds)
    return script_of(known, scenes)


def _compared(known: Known, base: Script, script: Script, draft: Draft) -> Imported:
    before = {scene.id: scene for scene in base.scenes}
    script = _named(script, {*scenes_of(known), *known.edits, *before})
    script = _without_shots(script) if base.camera == "multi" else script
    acts = _acts(script, {scene: act_of(known, scene) for scene in before})
    found = {scene.id: scene for scene in script.scenes}
    edits = {
        name: _edit(script, scene, before.get(name), acts[name])
        for name, scene in found.items()
        if name not in before or _differs(scene, before[name]) or _other(acts[name], act_of(known, name))
    }
    return Imported(
        edits=edits,
        scenes=_order(list(found), [name for name in scenes_of(known) if name not in found], known),
        gone=tuple(name for name in now_of(known) if name not in found),
        matched=sum(name in before for name in found),
        work=draft.script.id,
        warnings=draft.warnings,
    )


def _named(script: Script, ours: Set[str]) -> Script:
    """Scenes that were never ours have ids of our making: what stands in a file may be anything, or a later plan's."""
    fresh, acts = (name for number in count(1) if (name := f"new-{number}") not in ours), []
    for act in script.acts:
        scenes = []
        for scene in act.scenes:
            ident = scene.id if scene.id in ours else next(fresh)
            scenes.append(scene.model_copy(update={"id": ident}))
        acts.append(act.model_copy(update={"scenes": tuple(scenes)}))
    return script.model_copy(update={"acts": tuple(acts)})


def _without_shots(script: Script) -> Script:
    """Before an audience there are none: whatever a file calls a shot is a direction like others."""

    def scene(each: ScriptScene) -> ScriptScene:
        seen = (it.model_copy(update={"camera": False}) if isinstance(it, Action) else it for it in each.elements)
        return each.model_copy(update={"elements": tuple(seen)})

    acts = (act.model_copy(update={"scenes": tuple(map(scene, act.scenes))}) for act in script.acts)
    return script.model_copy(update={"acts": tuple(acts)})


def _acts(script: Script, before: Mapping[str, str]) -> Mapping[str, str]:
    """The act of each scene; as it was, if the file has no acts at all: other programs drop them."""
    named = {scene.id: act.name for act in script.acts for scene in act.scenes}
    if any(named.values()):
        return {name: _spelt(act, before.values()) for name, act in named.items()}
    acts, last = dict[str, str](), next(iter(before.values()), "")
    for name in named:
        acts[name] = last = before.get(name, last)
    return acts


def _spelt(act: str, known: Any) -> str:
    return next((each for each in known if not _other(each, act)), act)


def _other(one: str, two: str) -> bool:
    return one_line(one).upper() != one_line(two).upper()


def _edit(script: Script, scene: ScriptScene, before: ScriptScene | None, act: str) -> Json:
    """What is the same to a reader stays as it was, down to what no file carries."""
    if before is not None:
        kept = {each.id: each for each in before.elements}
        elements = tuple(_same_or_new(each, kept.get(each.id)) for each in scene.elements)
        slug = scene.slug if _slug(scene.slug) != _slug(before.slug) else before.slug
        scene = scene.model_copy(
            update={"elements": elements, "slug": slug, "synopsis": scene.synopsis or before.synopsis}
        )
    said_by = {each.character for each in scene.elements if isinstance(each, Dialogue)}
    return {
        "scene": scene.model_copy(update={"number": ""}).model_dump(mode="json"),
        "act": act,
        "cast": [person.model_dump(mode="json") for person in script.cast if person.id in said_by],
        "title": _title(scene),
    }


def _title(scene: ScriptScene) -> str:
    return scene.title or " ".join(filter(None, (scene.slug.interior, scene.slug.place, scene.slug.time)))


def _same_or_new(now: Element, before: Element | None) -> Element:
    if before is None or _said(now) != _said(before):
        return now
    return before.model_copy(update={"dual": now.dual}) if isinstance(now, Dialogue) else before


def _differs(now: ScriptScene, before: ScriptScene) -> bool:
    if _slug(now.slug) != _slug(before.slug) or list(_page(now.elements)) != list(_page(before.elements)):
        return True
    return any(one and _line(one) != _line(two) for one, two in _told(now, before))


def _told(now: ScriptScene, before: ScriptScene) -> Iterator[tuple[str, str]]:
    yield now.title, before.title
    yield now.synopsis, before.synopsis


def _page(elements: Sequence[Element]) -> Iterator[tuple[object, ...]]:
    """What a reader sees: no empty lines, and no third column."""
    free = False
    for element in elements:
        speech = isinstance(element, Dialogue)
        if not speech and not element.text.strip():
            continue
        dual = isinstance(element, Dialogue) and element.dual and free
        free = speech and not dual
        yield (*_said(element), dual)


def _said(element: Element) -> tuple[object, ...]:
    text = (element.type, *lines_of(element.text))
    if not isinstance(element, Dialogue):
        return text
    extension = one_line(element.extension.replace("(", "").replace(")", ""))
    return (*text, element.character, extension, one_line(element.parenthetical))


def _slug(slug: Slug) -> tuple[str, str, str]:
    return slug.interior, one_line(slug.place).upper(), one_line(slug.time).upper()


def _line(text: str) -> str:
    return " ".join(lines_of(text))


def _order(found: Sequence[str], others: Sequence[str], known: Known) -> tuple[str, ...]:
    """The file's order; scenes that nobody has written, or that were left out already, stay behind their neighbour."""
    order, before = list(found), list(scenes_of(known))
    written = now_of(known)
    for name in others:
        if name in written:  # taken out of the file
            continue
        earlier = [each for each in before[: before.index(name)] if each in order]
        order.insert(order.index(earlier[-1]) + 1 if earlier else 0, name)
    return tuple(order)


def _strangers(known: Known) -> Mapping[str, Person]:
    """People that the show does not know."""
    ours = {each.id for each in show_of(known).characters}
    people = script_of(known, now_of(known)).cast
    return {person.id: person for person in people if person.id not in ours}


class TakesScripts:
    """The half of the kind that takes edits (see kinds.plugin.TakesEdits)."""

    milestones = ("comedy", "review")

    def done(self, step: StepId) -> str:
        return done(step)

    def texts(self, known: Known) -> Mapping[str, Json]:
        return texts(known)

    def standing(self, known: Known, scene: str) -> Json | None:
        return standing(known, scene)

    def imported(self, known: Known, source: Source) -> Imported:
        return imported(known, source)
