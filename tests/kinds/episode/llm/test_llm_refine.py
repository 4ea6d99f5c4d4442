from __future__ import annotations

from typing import Any

import pytest

from scenewright.domain.episode import Patch
from scenewright.domain.errors import BadAnswer
from scenewright.kinds.episode.patches import patched
from tests.kinds.episode.llm.room import Model, finding, page, perform, refine_step, said
from tests.kinds.episode.llm.test_llm_comedy import BIBLE, PLAN, TEXT

SCENE = TEXT[0]
NAMED = [finding("s1", "l2"), finding("s1", "d1")]


def change(element: str, text: str = "", op: str = "replace", character: str | None = None) -> dict[str, Any]:
    return {"element": element, "op": op, "text": text, "character": character, "parenthetical": None, "why": "shorter"}


def refined(*changes: Any, findings: Any = NAMED) -> list[Patch]:
    value, parts = perform(Model(lambda _: {"changes": list(changes)}), refine_step(BIBLE, PLAN, SCENE, findings))
    assert not parts
    assert value["made_for"] == {"s1": ""}
    return [Patch.model_validate(each) for each in value["patches"]]


def test_only_elements_that_findings_name_are_rewritten() -> None:
    patches = refined(change("s1.l2", "BO: It swam."), change("l3", "Not asked for."), change("[d1]", "(Bo trips.)"))
    assert [(each.element, each.text, each.why) for each in patches] == [
        ("l2", "It swam.", "shorter"),
        ("d1", "Bo trips.", "shorter"),
    ]
    news, done = patched(SCENE, patches)
    assert len(done) == 2
    unchanged = [each for each in SCENE.elements if each.id not in ("l2", "d1")]
    assert [each for each in news.elements if each.id not in ("l2", "d1")] == unchanged


def test_behind_an_element_somebody_known_may_say_more() -> None:
    patches = refined(
        change("l2", "And why?", "insert", "Ada"),
        change("l2", "Who am I?", "insert", "Zorro"),
        change("l2", "He waits.", "insert"),
        change("l2", "And more.", "insert", "bo"),
    )
    assert [(each.op, each.character, each.text) for each in patches] == [
        ("insert", "ada", "And why?"),
        ("insert", "", "He waits."),
    ]


def test_without_a_reason_of_the_model_the_finding_is_the_reason() -> None:
    (made,) = refined(change("l2", "It swam.") | {"why": " "})
    assert made.why == "Mend it."


@pytest.mark.parametrize("camera", ["single", "multi"])
def test_before_an_audience_no_shot_comes_in_by_refinement(camera: str) -> None:
    shots = [change("d1", "CLOSE ON the mop."), change("l2", "ANGLE ON the stairs.", "insert")]
    spoken = change("l2", "CLOSE ON what?", "insert", "bo")
    bible = BIBLE.model_copy(update={"camera": camera})
    value, _ = perform(Model(lambda _: {"changes": [*shots, spoken]}), refine_step(bible, PLAN, SCENE, NAMED))
    assert [(each["element"], each["character"]) for each in value["patches"]] == (
        [("l2", "bo")] if camera == "multi" else [("d1", ""), ("l2", ""), ("l2", "bo")]
    )


def test_what_changes_nothing_is_dropped() -> None:
    same = SCENE.elements[[each.id for each in SCENE.elements].index("l2")].text
    assert refined(change("l2", same), change("d1", "  "), change("d1", "", "remove"))[0].op == "remove"
    assert refined(change("l2", same)) == []
    assert refined() == []


def test_changes_of_nothing_that_was_named_are_told_to_the_model() -> None:
    model = Model(lambda _: {"changes": [change("l1", "x"), change("s4.l2", "y"), change("", "z")]})
    with pytest.raises(BadAnswer, match="those are: d1, l2"):
        perform(model, refine_step(BIBLE, PLAN, SCENE, NAMED))
    assert len(model.asked) == 2


def test_a_scene_does_not_lose_its_last_line() -> None:
    short = page(PLAN.scenes[1], [said(1, "Fog."), said(2, "Sea.", "bo")])
    findings = [finding("s2", "l1"), finding("s2", "l2")]
    model = Model(lambda _: {"changes": [change("l1", op="remove"), change("l2", op="remove")]})
    value, _ = perform(model, refine_step(BIBLE, PLAN, short, findings))
    assert value["patches"] == []


def test_one_change_of_an_element_counts() -> None:
    assert [each.text for each in refined(change("l2", "One."), change("l2", "Two."), change("l2", op="remove"))] == [
        "One."
    ]


def test_findings_and_note_are_told() -> None:
    model = Model()
    perform(model, refine_step(BIBLE, PLAN, SCENE, NAMED, note="keep the mop"))
    asked = model.asked[0].text
    assert "[s1.l2] voice: Mend it." in asked
    assert "[s1.l3] ADA: Tides" in asked
    assert "green bucket" in asked
    assert asked.endswith("keep the mop")
    assert PLAN.scenes[1].title not in asked


def test_a_scene_that_nobody_planned_is_refined_too() -> None:
    added = SCENE.model_copy(update={"id": "x1"})
    model = Model(lambda _: {"changes": [change("l2", "It swam.")]})
    value, _ = perform(model, refine_step(BIBLE, PLAN, added, [finding("x1", "l2")]))
    assert [each["text"] for each in value["patches"]] == ["It swam."]
