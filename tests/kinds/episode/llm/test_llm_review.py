from __future__ import annotations

from typing import Any

import pytest

from scenewright.domain.assessment import Assessment, Finding
from scenewright.domain.errors import BadAnswer
from scenewright.kinds.episode.measures import assess
from tests.kinds.episode.llm.room import Model, perform, review_step
from tests.kinds.episode.llm.test_llm_comedy import BIBLE, PLAN, TEXT
from tests.kinds.episode.measures.samples import SAMPLES


def found(at: Any, kind: str = "stakes", text: str = "Nobody minds.", other: Any = None) -> dict[str, Any]:
    return {"kind": kind, "at": at, "text": text, "other": other}


def judged(model: Model, **fields: Any) -> dict[str, Any]:
    return perform(model, review_step(BIBLE, PLAN, TEXT, **fields))[0]


def saying(*findings: Any) -> Model:
    return Model(lambda _: {"findings": list(findings)})


def test_findings_are_the_measured_ones_and_the_models() -> None:
    value = judged(saying(found("s2.l1", other="s1.l1")))
    by_model = [Finding.model_validate(each) for each in value["findings"] if each["by"] == "model"]
    assert [(each.scene, each.element, each.other_scene, each.other_element) for each in by_model] == [
        ("s2", "l1", "s1", "l1")
    ]
    assert any(each["by"] == "measure" for each in value["findings"])
    assert value["quality"] == Assessment.model_validate(value["assessment"]).quality


def test_every_finding_cites_a_line_that_exists() -> None:
    value = judged(saying(found("s2.l9"), found("s1.l1", other="s8.l8"), found("s1"), found(None)))
    ids = {(scene.id, each.id) for scene in TEXT for each in scene.elements}
    assert {(each["scene"], each["element"]) for each in value["findings"]} <= ids
    by_model = [each for each in value["findings"] if each["by"] == "model"]
    # A scene is cited by its first element; what is the same twice is there once.
    assert [(each["scene"], each["element"], each["other_scene"]) for each in by_model] == [("s1", "l1", "")]


def test_a_model_that_cites_nothing_that_exists_is_told_once() -> None:
    model = saying(found("s9.l9"), found("Bo"))
    value = judged(model)
    assert len(model.asked) == 2
    assert "these places do not exist: s9.l9, Bo" in model.asked[1].text
    assert not [each for each in value["findings"] if each["by"] == "model"]


def test_a_kind_that_does_not_exist_is_another_one() -> None:
    value = judged(saying(found("s1.l1", kind="unknown_set")))
    assert [each["kind"] for each in value["findings"] if each["by"] == "model"] == ["other"]


def test_what_no_line_can_mend_is_assessed_and_not_refined() -> None:
    value = judged(saying())
    kinds = {each["kind"] for part in value["assessment"]["parts"] for each in part["findings"]}
    assert "running_time" in kinds
    assert "running_time" not in {each["kind"] for each in value["findings"]}


def test_an_answer_without_findings_is_no_answer() -> None:
    with pytest.raises(BadAnswer, match="`findings` is missing"):
        judged(Model(lambda _: {"verdict": "fine"}))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_part_counts_findings_a_scene_and_leaves_the_others_as_they_are(name: str) -> None:
    sample = SAMPLES[name]
    without = assess(sample.script, sample.show, sample.plan, sample.jokes)
    assert [part.name for part in without.parts][-1] == "world"  # nobody has read it: nothing is different
    one = [
        Finding(kind="voice", scene=scene.id, element=scene.elements[0].id, text="x", by="model")
        for scene in sample.script.scenes
    ]
    clean, faulty = (
        assess(sample.script, sample.show, sample.plan, sample.jokes, reviewed=findings) for findings in ([], one)
    )
    assert (clean.part("review").value, faulty.part("review").value) == (1.0, 0.5)
    assert faulty.quality < clean.quality
    assert sum(part.weight for part in faulty.parts) == pytest.approx(1.0)
    assert clean.part("review").weight == 0.15
    for part in without.parts:
        assert faulty.part(part.name).value == part.value
        assert faulty.part(part.name).weight == pytest.approx(part.weight * 0.85)


def test_findings_of_places_that_are_not_there_and_floods_in_one_scene_do_not_count() -> None:
    sample = SAMPLES["lowtide"]
    scene = sample.script.scenes[0]
    ghost = Finding(kind="voice", scene="s77", element="e1", text="x", by="model")
    flood = [Finding(kind="voice", scene=scene.id, element=each.id, text="x", by="model") for each in scene.elements]

    def value(findings: list[Finding]) -> float | None:
        return assess(sample.script, sample.show, reviewed=findings).part("review").value

    assert value([ghost]) == 1.0
    assert value(flood) == value(flood[:3])
    assert value(flood[:1] * 5) == value(flood[:1])


def test_a_long_episode_is_read_in_runs_of_scenes() -> None:
    model = saying(found("s1.l1"))
    value = perform(model, review_step(BIBLE, PLAN, TEXT), window=60)[0]
    assert len(model.asked) == 2
    assert ["Only these scenes are shown" in seen.text for seen in model.asked] == [True, True]
    assert len([each for each in value["findings"] if each["by"] == "model"]) == 1  # found twice, counted once
