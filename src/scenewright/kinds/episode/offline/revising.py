"""Review, by measuring alone, and refinement: what a finding names is put right by a rule, if there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenewright.domain.assessment import Finding
from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene
from scenewright.domain.show import Character, Joke, ScenePlan
from scenewright.kinds.episode.offline.acting import capitals, stop
from scenewright.kinds.episode.offline.clauses import forms
from scenewright.kinds.episode.offline.dealing import Deck, number
from scenewright.kinds.episode.offline.frames import frames
from scenewright.kinds.episode.offline.given import Given, given
from scenewright.kinds.episode.offline.marks import catchphrases, holds, marks_of
from scenewright.kinds.episode.offline.pages import pages
from scenewright.kinds.episode.offline.planned import payoffs, reveals, setups, terms_of
from scenewright.kinds.episode.offline.saying import fact_said, term_said
from scenewright.kinds.episode.offline.stage import tidy
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.kinds.episode.offline.voice import Voice, fitting, worked_in
from scenewright.kinds.episode.patches import base_of

_REWORD = frozenset(("repeated_line", "repeated_phrase", "fact_early", "fact_unknown_to", "fact_broken", "joke_twice"))
_INSERT = frozenset(("setup_missing", "setup_unpaid", "callback_missing", "fact_unsaid"))


def review(context: Mapping[str, Any]) -> dict[str, Any]:
    """The value of the step `review`: what was measured, and nothing else."""
    jokes = [Joke.model_validate(each) for each in context.get("jokes") or ()]
    found = pages(context).assess(jokes or None)
    return {
        "quality": found.quality,
        "assessment": found.model_dump(mode="json"),
        "findings": [each.model_dump(mode="json") for each in found.findings],
    }


def refine(context: Mapping[str, Any], *, take: int = 0) -> dict[str, Any]:
    """The value of a step `refine`: at most one patch for an element, and only for those that findings name."""
    text = ScriptScene.model_validate(context["text"])
    plan = context["scene"] or ScenePlan(id=text.id, title=text.title or text.id, slug=text.slug).model_dump(
        mode="json"
    )
    room = _Room(given({"show": context["show"], "scene": plan}), text, take)
    patches: dict[str, Patch] = {}
    for each in (Finding.model_validate(raw) for raw in context["findings"]):
        element = room.elements.get(each.element)
        if element is not None and each.element not in patches and (patch := room.mended(each, element)):
            patches[each.element] = patch
    return {"patches": [patch.model_dump(mode="json") for patch in patches.values()], "made_for": context["made_for"]}


class _Room:
    """One scene and who is in it."""

    def __init__(self, scene: Given, text: ScriptScene, take: int) -> None:
        self.given, self.text = scene, text
        self.elements: dict[str, Element] = {each.id: each for each in text.elements}
        self.people = {each.id: each for each in scene.characters}
        self.deck = Deck((text.id, take, "refine"), number(text.id))

    def mended(self, finding: Finding, element: Element) -> Patch | None:
        if finding.kind in _REWORD:
            return self._reworded(finding, element)
        if finding.kind in _INSERT:
            return self._planned(finding, element)
        match finding.kind:
            case "wrong_catchphrase":
                return self._without_phrase(finding, element)
            case "own_name":
                return self._without_name(element)
            case "act_out":
                return self._act_out(element)
            case "voice":
                return self._marked(element)
            case "one_speaker" | "dead_zone":
                return self._answered(finding, element)
            case _:
                return None

    def _patch(self, element: Element, text: str, why: str, **fields: Any) -> Patch | None:
        if not text.strip() or (not fields and text == element.text):
            return None
        return Patch(scene=self.text.id, element=element.id, base=base_of(element), text=text, why=why, **fields)

    def _reworded(self, finding: Finding, element: Element) -> Patch | None:
        if not isinstance(element, Dialogue) or self._needed(element.text):
            return None
        return self._patch(element, self._fresh(element.character), finding.text)

    def _needed(self, text: str) -> bool:
        return any(holds(text, term) for term in terms_of(self.given.plan))

    def _fresh(self, who: str) -> str:
        """Something short that has not been said in this scene."""
        said = " ".join(each.text for each in self.text.elements)
        options = [each for each in frames()["reply"] if each not in said]
        text = self.deck.deal("reply", options) or "Hm."
        person = self.people.get(who)
        return (
            tidy(Voice(person, self.deck, number(self.text.id) % 6).speaks(text, names=self._names)) if person else text
        )

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.given.names.values())

    def _without_phrase(self, finding: Finding, element: Element) -> Patch | None:
        if not isinstance(element, Dialogue):
            return None
        text = element.text
        for other in self.given.characters:
            for phrase in catchphrases(other) if other.id != element.character else ():
                text = re.sub(rf"[,;]?\s*\b{re.escape(phrase)}\b[.!?]?", " ", text, flags=re.IGNORECASE)
        # The owner may not be in the scene: then the finding names the phrase.
        for phrase in re.findall("“([^”]+)”", finding.text):
            text = re.sub(rf"[,;]?\s*\b{re.escape(phrase)}\b[.!?]?", " ", text, flags=re.IGNORECASE)
        text = tidy(text)
        return self._patch(element, text if len(text) > 2 else self._fresh(element.character), finding.text)

    def _without_name(self, element: Element) -> Patch | None:
        if not isinstance(element, Dialogue):
            return None
        text = element.text
        for form in forms(self.given.names.get(element.character, "")):
            text = re.sub(rf"^{re.escape(form)},\s*|,\s*{re.escape(form)}(?=[.!?]*$)", "", text, flags=re.IGNORECASE)
        return self._patch(element, tidy(text), "Nobody calls themselves by name.")

    def _planned(self, finding: Finding, element: Element) -> Patch | None:
        plan = self.given.plan
        for each in (*setups(plan), *payoffs(plan), *reveals(plan)):
            if each.text not in finding.text:
                continue
            who = next((one for one in each.known_by if one in self.people), self._speaker(element))
            said = self._said(each.text, each.terms, who)
            if not holds(self._all(), said):
                return self._patch(element, said, finding.text, op="insert", character=who)
        return None

    def _all(self) -> str:
        return " ".join(each.text for each in self.text.elements)

    def _said(self, text: str, terms: tuple[str, ...], who: str) -> str:
        view = View(speaker=who, addressee="", names=self.given.names, genders=self.given.genders)
        return tidy(fact_said(text, terms, view, self.given.named))

    def _speaker(self, element: Element) -> str:
        """Somebody of the scene who did not say this one."""
        before = element.character if isinstance(element, Dialogue) else ""
        return next((who for who in self.people if who != before), next(iter(self.people), ""))

    def _act_out(self, element: Element) -> Patch | None:
        plan = self.given.plan
        last = [each for each in self.text.elements if isinstance(each, Dialogue | Action)]
        if not last or element.id != last[-1].id or not (plan.act_out or plan.act_out_terms):
            return None
        text = plan.act_out or term_said(plan.act_out_terms[0])
        if plan.act_out_terms and not any(holds(text, term) for term in plan.act_out_terms):
            text = term_said(plan.act_out_terms[0])
        return self._patch(
            element, capitals(stop(text), self.given.named), "The act ends on what is planned.", op="insert"
        )

    def _marked(self, element: Element) -> Patch | None:
        person = self.people.get(element.character) if isinstance(element, Dialogue) else None
        if not person:
            return None
        for mark in self._marks(person):
            if fitting(mark, element.text) and not holds(element.text, mark.text):
                text = tidy(worked_in(mark, element.text, self._names, self.deck))
                return self._patch(element, text, f"Now it sounds like {person.name}.")
        return None

    def _marks(self, person: Character) -> Iterator[Any]:
        tics, vocabulary = marks_of(person)
        yield from (*tics, *vocabulary)

    def _answered(self, finding: Finding, element: Element) -> Patch | None:
        who = self._speaker(element)
        if not who or (finding.kind == "one_speaker" and isinstance(element, Dialogue) and who == element.character):
            return None
        return self._patch(element, self._fresh(who), finding.text, op="insert", character=who)
