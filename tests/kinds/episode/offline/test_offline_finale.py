from __future__ import annotations

from typing import Any

import pytest

from scenewright.domain.assessment import Finding
from scenewright.domain.base import Json
from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Dialogue, ScriptScene
from scenewright.domain.show import Joke
from scenewright.kinds.episode.knowledge import bible_for
from scenewright.kinds.episode.measures import assess
from scenewright.kinds.episode.offline.comedy import comedy
from scenewright.kinds.episode.offline.pages import pages
from scenewright.kinds.episode.offline.revising import refine, review
from scenewright.kinds.episode.patches import of_value, patched
from tests.kinds.episode.measures.samples import SAMPLES, Sample
from tests.kinds.episode.offline import writing

BOTH = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


def context(sample: Sample, text: tuple[ScriptScene, ...] | None = None, **more: Any) -> dict[str, Json]:
    scenes = text or sample.script.scenes
    return {
        "show": sample.show.model_dump(mode="json"),
        "plan": sample.plan.model_dump(mode="json"),
        "text": [scene.model_dump(mode="json") for scene in scenes],
        "made_for": {scene.id: "" for scene in scenes},
        **more,
    }


def applied(sample: Sample, value: dict[str, Json]) -> tuple[ScriptScene, ...]:
    patches = of_value(value)
    return tuple(patched(scene, patches)[0] for scene in sample.script.scenes)


def replaced(sample: Sample, scene: str, element: str, text: str) -> tuple[ScriptScene, ...]:
    def changed(each: ScriptScene) -> ScriptScene:
        if each.id != scene:
            return each
        elements = tuple(it.model_copy(update={"text": text}) if it.id == element else it for it in each.elements)
        return each.model_copy(update={"elements": elements})

    return tuple(map(changed, sample.script.scenes))


@BOTH
def test_what_the_comedy_pass_changes_makes_no_script_worse(sample: Sample) -> None:
    value = comedy(context(sample))
    before = sample.assess(jokes=[Joke.model_validate(each) for each in value["jokes"]])
    after = pages(context(sample, applied(sample, value))).assess(
        [Joke.model_validate(each) for each in value["jokes"]]
    )
    assert after.quality >= before.quality - 0.0001


@BOTH
def test_jokes_cite_lines_that_exist_and_are_scored(sample: Sample) -> None:
    value = comedy(context(sample))
    there = {(scene.id, each.id) for scene in applied(sample, value) for each in scene.elements}
    assert value["jokes"]
    for joke in (Joke.model_validate(each) for each in value["jokes"]):
        assert (joke.scene, joke.punchline) in there
        assert joke.score is not None
        assert joke.form


def test_a_missing_callback_is_put_where_it_is_planned() -> None:
    sample = SAMPLES["afterlight"]
    spoilt = replaced(sample, "a8", "e9", "It's hot.")
    value = comedy(context(sample, spoilt))
    patch = next(each for each in of_value(value) if each.scene == "a8" and each.op == "insert")
    assert "tomato" in patch.text
    assert "planned callback" in patch.why


def test_a_missing_set_up_is_planted_where_it_is_planned() -> None:
    sample = SAMPLES["lowtide"]
    spoilt = replaced(sample, "s3", "e7", "The Patience, aye, and I would not trust her with a kite.")
    patch = next(each for each in of_value(comedy(context(sample, spoilt))) if each.op == "insert")
    assert patch.scene == "s3"
    assert patch.text == "The rope is rotten."


def test_a_better_punchline_is_applied_with_the_reason() -> None:
    changes = [change for work in writing.every() for change in work.version.changes if change.step == "comedy"]
    replaced = [change for change in changes if change.patch.op == "replace"]
    assert replaced
    for change in replaced:
        assert change.patch.text != change.before
        assert "instead of" in change.patch.why


@BOTH
def test_a_review_is_measured_and_cites_what_exists(sample: Sample) -> None:
    jokes = [each.model_dump(mode="json") for each in sample.jokes]
    value = review(context(sample, jokes=jokes))
    assert value["quality"] == sample.assess().quality
    there = {(scene.id, each.id) for scene in sample.script.scenes for each in scene.elements}
    assert {(each["scene"], each["element"]) for each in value["findings"]} <= there


def refined(sample: Sample, text: tuple[ScriptScene, ...], scene: str) -> tuple[list[Patch], list[Finding]]:
    found = [Finding.model_validate(each) for each in review(context(sample, text))["findings"]]
    mine = [each for each in found if each.scene == scene]
    plan = next(each for each in sample.plan.scenes if each.id == scene)
    # these two plans name nobody: everybody is there
    plan = plan.model_copy(update={"characters": tuple(each.id for each in sample.show.characters)})
    page = next(each for each in text if each.id == scene)
    value = refine(
        {
            "show": bible_for(sample.show, plan),
            "scene": plan.model_dump(mode="json"),
            "text": page.model_dump(mode="json"),
            "findings": [each.model_dump(mode="json") for each in mine],
            "made_for": {scene: ""},
        }
    )
    return list(of_value(value)), mine


SPOILT = {
    "said twice": ("s4", "e5", "There's literally a gull on the cake stand.", "repeated_line"),
    "somebody else's": ("s3", "e2", "My foot just went through it. Not on my lino.", "wrong_catchphrase"),
    "too early": ("s3", "e6", "Mabel says that Orrin has never left the harbour.", "fact_early"),
    "own name": ("s2", "e2", "Scone, Mabel.", "own_name"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_a_finding_names_is_put_right(case: str) -> None:
    sample = SAMPLES["lowtide"]
    scene, element, text, kind = SPOILT[case]
    spoilt = replaced(sample, scene, element, text)
    patches, found = refined(sample, spoilt, scene)
    assert kind in {each.kind for each in found}
    assert {patch.element for patch in patches} <= {each.element for each in found}
    mended = tuple(patched(each, patches)[0] for each in spoilt)
    left = pages(context(sample, mended)).assess(None)
    before = pages(context(sample, spoilt)).assess(None)
    assert not {each.kind for each in left.findings if each.scene == scene} & {kind}
    assert left.quality >= before.quality


def test_a_scene_without_a_plan_is_refined_as_well() -> None:
    page = SAMPLES["lowtide"].script.scenes[0]
    line = next(each for each in page.elements if isinstance(each, Dialogue))
    finding = Finding(kind="repeated_line", scene=page.id, element=line.id, text="Said before.")
    value = refine(
        {
            "show": SAMPLES["lowtide"].show.model_dump(mode="json"),
            "scene": None,
            "text": page.model_dump(mode="json"),
            "findings": [finding.model_dump(mode="json")],
            "made_for": {page.id: ""},
        }
    )
    assert [patch.element for patch in of_value(value)] == [line.id]


def test_refinement_never_returns_less_than_the_first_review_saw() -> None:
    for work in writing.every():
        script, jokes = work.script, work.version.jokes or None
        assert assess(script, work.show, work.plan, jokes).quality >= (work.version.quality or 0.0) - 0.0001
