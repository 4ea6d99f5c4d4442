"""Rewriting: the elements of a scene that findings name, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.domain.assessment import Finding
from scenewright.domain.base import Json
from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Dialogue, Element, ScriptScene
from scenewright.kinds.episode.llm import prompts
from scenewright.kinds.episode.llm.clean import clean
from scenewright.kinds.episode.llm.forms import ChangesForm, schema
from scenewright.kinds.episode.llm.names import finder, people_of
from scenewright.kinds.episode.llm.page import Citations, numbered
from scenewright.kinds.episode.llm.punchlines import inserted, rewritten
from scenewright.kinds.episode.patches import base_of, patched
from scenewright.kinds.mending import listed, member, text
from scenewright.plan import Step
from scenewright.providers.llm.asking import Asker, Question

INSERTS = 2  # behind one element
PLANNED = ("title", "purpose", "characters", "setups", "payoffs", "callbacks", "reveals", "act_out", "handoff")


async def refine(asker: Asker, step: Step) -> dict[str, Any]:
    """The value of the step."""
    context = step.context
    task = Refining.of(context)
    patches = await asker.ask(refine_question(context, step.note), task.read)
    return {"patches": [each.model_dump(mode="json") for each in patches], "made_for": context["made_for"]}


def refine_question(context: Mapping[str, Any], note: str = "") -> Question:
    """What is asked of a scene. `context`, `note`: of its step."""
    task = Refining.of(context)
    wishes = {**context["wishes"], "language": context["wishes"]["language"] or context["show"]["language"]}
    plan = context["scene"]
    return Question(
        messages=prompts.messages(
            "refine",
            prompts.task(wishes),
            prompts.show(context["show"]),
            prompts.fact("The scene", {key: plan[key] for key in PLANNED}) if plan else "",
            f"# Text\n{numbered([task.scene], task.names)}",
            "# Findings\n" + "\n".join(map(_told, context["findings"])),
            prompts.wish(note),
        ),
        schema=schema(ChangesForm),
        name="changes",
    )


@dataclass(frozen=True, kw_only=True)
class Refining:
    """A scene, what was found in it, and who may speak in it."""

    scene: ScriptScene
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    speakers: Mapping[str, str]
    multi: bool  # no shots

    @classmethod
    def of(cls, context: Mapping[str, Any]) -> Refining:
        show, scene = context["show"], ScriptScene.model_validate(context["text"])
        names = {each["id"]: each["name"] for each in [*show["characters"], *show.get("others", ())]}
        speaking = {each.character for each in scene.elements if isinstance(each, Dialogue)}
        people = people_of(show, context["scene"])
        people |= {who: name for who, name in names.items() if who in speaking}
        findings = tuple(Finding.model_validate(each) for each in context["findings"])
        return cls(
            scene=scene, findings=findings, names=names, speakers=people or names, multi=show["camera"] == "multi"
        )

    def read(self, value: Json) -> list[Patch]:
        """Raises: ValueError: changes, and none that names an element of a finding; or what is left says nothing."""
        if not isinstance(value, dict) or not isinstance(value.get("changes"), list):
            raise ValueError("`changes` is missing; give an empty list if nothing should change")
        raws = [raw for raw in listed(value["changes"]) if isinstance(raw, dict)]
        fitting = [(raw, element) for raw in raws if (element := self._element(raw))]
        if raws and not fitting:
            raise ValueError(f"no change names an element of a finding; those are: {', '.join(sorted(self._named))}")
        patches = list(self._patches(fitting))
        return patches if self._still_told(patches) else [each for each in patches if each.op != "remove"]

    @property
    def _named(self) -> Mapping[str, Element]:
        ids = {each.element for each in self.findings}
        return {each.id: each for each in self.scene.elements if each.id in ids}

    def _element(self, raw: Mapping[str, Json]) -> Element | None:
        place = Citations([self.scene]).one(raw.get("element"))
        bare = text(raw.get("element")).strip("[]")
        return self._named.get(place[1] if place else bare)

    def _patches(self, fitting: Sequence[tuple[Mapping[str, Json], Element]]) -> list[Patch]:
        """One change of an element itself, and a few behind it; none that changes nothing."""
        found, count = dict[tuple[str, ...], Patch](), dict[str, int]()
        for raw, element in fitting:
            patch = self._patch(raw, element)
            if patch is None:
                continue
            if patch.op == "insert":
                count[element.id] = count.get(element.id, 0) + 1
                if count[element.id] <= INSERTS:
                    found.setdefault((element.id, patch.text), patch)
            else:
                found.setdefault((element.id,), patch)
        return list(found.values())

    def _patch(self, raw: Mapping[str, Json], element: Element) -> Patch | None:
        place, why = (self.scene.id, element.id), clean(member(raw, "why")) or self._found(element)
        op = text(raw.get("op"))
        if op == "remove":
            return Patch(scene=place[0], element=place[1], base=base_of(element), op="remove", why=why)
        if op == "insert":
            patch = inserted(place, element, raw, self.names, finder(self.speakers), multi=self.multi)
        else:
            patch = rewritten(place, element, raw, self.names, multi=self.multi)
        if patch is None or (patch.op == "replace" and self._same(element, patch)):
            return None
        return patch.model_copy(update={"why": why})

    def _found(self, element: Element) -> str:
        """Why it is changed, if the model does not say."""
        return next(each.text for each in self.findings if each.element == element.id)

    def _same(self, element: Element, patch: Patch) -> bool:
        news, _ = patched(self.scene, [patch])
        return news == self.scene

    def _still_told(self, patches: Sequence[Patch]) -> bool:
        """Whether as much as one line, or one direction where there never was a line, is left."""
        news, _ = patched(self.scene, patches)
        spoken = [isinstance(each, Dialogue) for each in self.scene.elements]
        return any(isinstance(each, Dialogue) for each in news.elements) if any(spoken) else bool(news.elements)


def _told(finding: Mapping[str, Any]) -> str:
    other = f" (compare {finding['other_scene']}.{finding['other_element']})" if finding["other_scene"] else ""
    return f"[{finding['scene']}.{finding['element']}] {finding['kind']}: {finding['text']}{other}"
