"""The shape of a step's inputs is a stored format: works in people's data folders were adopted with these digests.

If a test here fails, every classroom made so far would be written (and paid for) again when it is resumed. Give the
plan a form in which the old inputs stay as they were; change a digest here only if that is really what is wanted.
"""

from __future__ import annotations

from typing import Any

import pytest

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.document import Code, Document, Formula, Image, Listing, Prose, Quotation, Section, Table
from scenewright.domain.events import BriefSet, PartAppended, StepAdopted, StepStarted
from scenewright.kinds.classroom.plan import OUTLINE, ClassroomPlan, actions_of
from scenewright.plan import Known, Step

SECTIONS = (
    Section(id="moon", title="The Moon", blocks=(Prose(text="It **pulls**."), Formula(latex="F = G m M / r^2"))),
    Section(
        id="sea",
        title="The sea",
        level=2,
        blocks=(
            Listing(items=("it rises", "it falls")),
            Table(header=("place", "range"), rows=(("Brest", "6.1"),), caption="Ranges"),
            Code(language="python", text="print(6.1)"),
            Image(asset="brest.png", alt="a harbour", caption="Brest"),
            Quotation(text="Time and tide wait for no man."),
        ),
    ),
)
BRIEF = Brief(
    documents=(Document(name="tides.md", title="Tides", language="en", sections=SECTIONS),),
    assets={"brest.png": "0" * 64},
    language="en",
    audience="sailors",
    instructions="be brief",
    scenes=2,
    speakers=(Speaker(id="teacher", name="Ada", persona="dry", voice="espeak:en-us+f3"),),
    lexicon={"Brest": "brest", "M2": "em two"},
)
HEADER = {
    "type": "header",
    "title": "Tides",
    "language": "en",
    "objectives": ["tell a spring tide"],
    "planned": ["The Moon", "The sea"],
}
OUTLINES = [
    {
        "type": "scene",
        "id": scene,
        "title": title,
        "form": "slide",
        "purpose": "why",
        "key_points": ["one"],
        "sections": [section],
        "part": 1,
        "parts": 1,
        "handoff": {"ends_on": "this", "next_opens_on": "that"},
    }
    for scene, title, section in (("s1", "The Moon", "moon"), ("s2", "The sea", "sea"))
]
CONTENT = {"type": "slide", "title": "The Moon", "blocks": [{"id": "b1", "type": "paragraph", "text": "It pulls."}]}
SPEECH = {"type": "speech", "id": "a1", "speaker": "teacher", "text": "At Brest the sea rises."}


def adopted(step: Step, value: dict[str, Any]) -> StepAdopted:
    return StepAdopted(step=step.id, inputs=step.inputs_digest, context=step.context_digest, value=value)


def wanted(author: str = "offline") -> dict[str, Step]:
    """Every step of a work whose outline and slides are there, and whose scenes have each said one thing."""
    plan, known = ClassroomPlan(), Known()
    known.apply(BriefSet(brief=Brief.model_validate({**BRIEF.model_dump(), "author": author})))
    (outline,) = plan.work_steps(known)
    known.apply(StepStarted(step=OUTLINE, reads=outline.reads))
    for index, part in enumerate([HEADER, *OUTLINES]):
        known.apply(PartAppended(step=OUTLINE, index=index, value=part))
    steps = [outline]
    for position, (scene, carrier) in enumerate((("s1", ""), ("s2", "s1"))):
        content, *_ = plan.scene_steps(known, scene, position, carrier)
        known.apply(adopted(content, CONTENT))
        actions = plan.scene_steps(known, scene, position, carrier)[1]
        assert actions.id == actions_of(scene)
        known.apply(StepStarted(step=actions.id, reads=actions.reads))
        known.apply(PartAppended(step=actions.id, index=0, value=SPEECH))
        known.apply(adopted(actions, {"parts": [SPEECH]}))
        steps += plan.scene_steps(known, scene, position, carrier)
    assert all(step.inputs is not None for step in steps)
    return {str(step.id): step for step in steps}


PINNED: dict[str, tuple[str, str]] = {
    "outline": ("5f513d34c01ea6bf", "6bfefdfb6d87fdc3"),
    "content@s1": ("d90ecb4f81fe7198", "74234e98afe7498f"),
    "actions@s1": ("7e758cbd47fef1b1", "08cd11ccfded8a75"),
    "clip@s1/a1": ("1eca61cb44a77a68", "74234e98afe7498f"),
    "content@s2": ("0f9875101db067ec", "74234e98afe7498f"),
    "actions@s2": ("58e297c7a1b417e2", "d8fd8adafa442c7e"),
    "clip@s2/a1": ("1eca61cb44a77a68", "74234e98afe7498f"),
}


@pytest.mark.parametrize("name", PINNED)
def test_a_step_reads_what_it_read_when_works_were_stored(name: str) -> None:
    step = wanted()[name]
    assert (step.inputs_digest[:16], step.context_digest[:16]) == PINNED[name]


def test_every_step_is_pinned() -> None:
    assert wanted().keys() == PINNED.keys()


def test_who_writes_is_no_input() -> None:
    """Another author or model takes over without writing anything again."""
    assert {name: step.reads for name, step in wanted("llm").items()} == {
        name: step.reads for name, step in wanted("offline").items()
    }
