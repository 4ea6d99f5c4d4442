"""Which steps a classroom needs, from what is known of it. Pure: no model, no voice, no clock.

outline -> for each scene: content -> actions (after the carry) -> one clip for each speech
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenewright.domain.actions import Speech
from scenewright.domain.base import Json
from scenewright.domain.brief import Brief
from scenewright.domain.document import Section
from scenewright.domain.outline import Carry, Header
from scenewright.domain.steps import StepId
from scenewright.plan import Known, Pool, Step

OUTLINE = StepId(name="outline")
CARRIED_SPEECHES = 3
NEAR = 40  # titles of so many scenes up to its own are read by a scene: a long work is not read again for each
CHAIN_FIRST, THEN_CONTENT = 0, 1


def content_of(scene: str) -> StepId:
    return StepId(name="content", scene=scene)


def actions_of(scene: str) -> StepId:
    return StepId(name="actions", scene=scene)


def clip_of(scene: str, speech: str) -> StepId:
    return StepId(name="clip", scene=scene, item=speech)


class ClassroomPlan:
    """The kind's pure half (see plan.Kind)."""

    name = "classroom"
    chain = "actions"

    def scenes(self, known: Known) -> Sequence[str]:
        return known.names(OUTLINE)

    def work_steps(self, known: Known) -> Sequence[Step]:
        return [known.of_brief(_outline)]

    def finale_steps(self, known: Known) -> Sequence[Step]:
        return ()

    def seconds(self, known: Known, scene: str) -> float | None:
        if known.value(actions_of(scene)) is None:
            return None
        clips = [known.value(clip_of(scene, speech.id)) for speech in speeches(known, scene)]
        spoken = [float(clip["duration"]) for clip in clips if clip is not None]
        return sum(spoken) if len(spoken) == len(clips) else None

    def scene_steps(self, known: Known, scene: str, position: int, carrier: str | None) -> Sequence[Step]:
        # Scenes of an outline that is about to be replaced wait for the new one.
        held = not known.current(known.of_brief(_outline))
        content = self._content(known, scene, position, held)
        actions = self._actions(known, scene, position, held or carrier is None, carrier, known.result(content))
        clips = self._clips(known, scene, position, not known.current(actions)) if known.brief.audio else ()
        return known.once(("scene", scene), (content, actions, *clips), lambda: (content, actions, *clips))

    def _content(self, known: Known, scene: str, position: int, held: bool) -> Step:
        outline, brief = known.named_parts(OUTLINE)[scene], known.brief

        def make() -> Step:
            inputs = {
                "scene": outline,
                "header": _header(known, position),
                "sections": _cited(known, outline.get("sections", ())),
                "wishes": _wishes(brief),
            }
            return Step(
                id=content_of(scene),
                pool=_pool(brief),
                inputs=inputs,
                held=held,
                rank=(THEN_CONTENT, position),
                on_failure="mark",
            )

        return known.once(("content", scene), (brief, _head(known), outline, position, held), make)

    def _actions(
        self, known: Known, scene: str, position: int, held: bool, carrier: str | None, content: Json | None
    ) -> Step:
        """`content`: what the scene shows now; None while it is still to be written, or written anew."""
        outline, brief = known.named_parts(OUTLINE)[scene], known.brief

        def make() -> Step:
            return Step(
                id=actions_of(scene),
                pool=_pool(brief),
                inputs=_staging(known, outline, position, content) if content is not None else None,
                context={
                    "carry": _carry(known, carrier, position).model_dump(mode="json") if carrier is not None else None,
                    "first": _all_skipped(known, range(position)),
                    "last": _all_skipped(known, range(position + 1, len(_planned(known)))),
                },
                held=held,
                rank=(CHAIN_FIRST, position),
                on_failure="pause",
                needs=(content_of(scene),) + ((actions_of(carrier),) if carrier else ()),
            )

        heard = known.emitted(actions_of(carrier)) if carrier else ()
        facts = (brief, _head(known), outline, position, held, content, carrier, heard, len(heard), known.skipped)
        return known.once(("actions", scene), facts, make)

    def _clips(self, known: Known, scene: str, position: int, held: bool) -> Sequence[Step]:
        """`held`: the speeches are about to be replaced, so no more of them are spoken."""
        brief, head, parts = known.brief, _head(known), known.emitted(actions_of(scene))

        def make(order: int, part: Mapping[str, Any]) -> Step:
            speech = Speech.model_validate(part)
            return Step(
                id=clip_of(scene, speech.id),
                pool="voice",
                inputs=_spoken(brief, head.get("language", brief.language), speech),
                held=held,
                rank=(position, order),
                on_failure="pause",
                needs=(actions_of(scene),),
            )

        def clip(order: int, part: Mapping[str, Any]) -> Step:
            facts = (brief, head, position, part, held)
            return known.once(("clip", scene, order), facts, lambda: make(order, part))

        return [clip(order, part) for order, part in enumerate(part for part in parts if part["type"] == "speech")]


def speeches(known: Known, scene: str) -> list[Speech]:
    parts = known.emitted(actions_of(scene))
    return [Speech.model_validate(part) for part in parts if part["type"] == "speech"]


def _outline(brief: Brief) -> Step:
    wishes = {"topic": brief.topic, "scenes": brief.scenes, **_wishes(brief)}
    # The documents are context: once there are scenes, a changed document re-runs those that cite the change,
    # and shows the outline as stale instead of planning everything anew.
    documents = [document.model_dump(mode="json") for document in brief.documents]
    return Step(id=OUTLINE, pool=_pool(brief), inputs=wishes, context=documents, rank=(-1,), on_failure="pause")


def _pool(brief: Brief) -> Pool:
    return "model" if brief.author == "llm" else "cpu"


def _wishes(brief: Brief) -> Json:
    return {"language": brief.language, "audience": brief.audience, "instructions": brief.instructions}


def _head(known: Known) -> Mapping[str, Any]:
    parts = known.emitted(OUTLINE)
    return parts[0] if parts else {}


def _planned(known: Known) -> Sequence[str]:
    planned: Sequence[str] = _head(known).get("planned", ())
    return planned


def _header(known: Known, position: int) -> Json:
    """The header as a scene may read it: what is planned behind the scene is not its business, nor what is far."""
    head = _head(known)
    whole = known.once(("header",), (head,), lambda: Header.model_validate(head).model_dump(mode="json"))
    return {**whole, "planned": whole["planned"][max(0, position + 1 - NEAR) : position + 1]}


def _carry(known: Known, carrier: str, position: int) -> Carry:
    said = speeches(known, carrier)[-CARRIED_SPEECHES:] if carrier else []
    near = [name for name in known.names(OUTLINE)[max(0, position - NEAR) : position] if name not in known.skipped]
    outlines = map(known.named_parts(OUTLINE).__getitem__, near)
    told = tuple(outline["title"] for outline in outlines if outline.get("form") != "quiz")
    return Carry(speeches=tuple(said), covered=told)


def _all_skipped(known: Known, positions: range) -> bool:
    """Also of no scenes at all. A scene that is planned and not known yet is not skipped."""
    names = known.names(OUTLINE)
    return all(position < len(names) and names[position] in known.skipped for position in positions)


def _staging(known: Known, outline: Mapping[str, Any], position: int, content: Json) -> Json:
    """What the actions of a scene are made from."""
    return {
        "scene": outline,
        "header": _header(known, position),
        "content": content,
        "sections": _cited(known, outline.get("sections", ())),
        "speakers": [speaker.model_dump(exclude={"voice"}) for speaker in known.brief.speakers],
        "wishes": _wishes(known.brief),
    }


def _spoken(brief: Brief, language: str, speech: Speech) -> Json:
    """What a clip is made from."""
    voices = {speaker.id: speaker.voice for speaker in brief.speakers}
    text = speech.text.lower()
    return {
        "text": speech.text,
        "voice": voices.get(speech.speaker, brief.voice),
        "language": language,
        "encoding": brief.encoding,
        "lexicon": {word: said for word, said in brief.lexicon.items() if word.lower() in text},
    }


def _cited(known: Known, cited: Sequence[str]) -> Json:
    sections = known.of_brief(_sections)
    return [sections[name].model_dump(mode="json") for name in cited if name in sections]


def _sections(brief: Brief) -> dict[str, Section]:
    return {section.id: section for document in brief.documents for section in document.sections}
