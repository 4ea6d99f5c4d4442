from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scenewright.domain.errors import BadAnswer
from scenewright.domain.show import EpisodePlan
from scenewright.kinds.episode.draft import Beat, Line
from scenewright.testing.episode import beat, by_content, line, show
from scenewright.testing.provider import Seen
from tests.kinds.episode.llm.room import Model, dialogue_step, directions_step, perform, plan, said

LINES = [said(1, "Fog."), said(2, "Sea.", "bo"), said(3, "Still fog.")]


@pytest.fixture(scope="module")
def planned() -> EpisodePlan:
    return plan()


def lines(planned: EpisodePlan, *written: Any) -> list[Line]:
    value, _ = perform(Model(lambda _: {"lines": list(written)}), dialogue_step(planned))
    return [Line.model_validate(part) for part in value["parts"]]


def beats(planned: EpisodePlan, *written: Any, camera: str = "single") -> list[Beat]:
    bible = show(camera=camera)
    value, _ = perform(Model(lambda _: {"beats": list(written)}), directions_step(planned, LINES, bible))
    return [Beat.model_validate(part) for part in value["parts"]]


def test_lines_have_ids_of_ours_and_people_of_the_scene(planned: EpisodePlan) -> None:
    found = lines(
        planned,
        line("Ada", "ADA: (flat) One."),
        line("cy", "I am not here."),
        line("Zorro", "Nor I."),
        line("bo", "Two."),
    )
    assert [(each.id, each.character, each.text, each.parenthetical) for each in found] == [
        ("l1", "ada", "One.", "flat"),
        ("l2", "bo", "Two.", ""),
    ]


def test_a_line_that_says_nothing_is_no_line(planned: EpisodePlan) -> None:
    assert [each.text for each in lines(planned, line("ada", " "), line("ada", "**"), line("bo", "Yes."))][-1] == "Yes."


def test_the_first_line_interrupts_nobody(planned: EpisodePlan) -> None:
    both = [{**line("ada", text), "dual": True, "extension": "vo"} for text in ("One.", "Two.")]
    assert [(each.dual, each.extension) for each in lines(planned, *both)] == [(False, "V.O."), (True, "V.O.")]


def test_a_scene_in_which_nobody_known_speaks_is_asked_for_again(planned: EpisodePlan) -> None:
    model = Model(lambda _: {"lines": [line("Zorro", "It is I.")]})
    with pytest.raises(BadAnswer, match="ada, bo"):
        perform(model, dialogue_step(planned))
    assert len(model.asked) == 2


def test_dialogue_is_told_of_what_was_before_and_of_nothing_later(planned: EpisodePlan) -> None:
    model = Model()
    perform(model, dialogue_step(planned, 2, note="Bo should win"))
    asked = model.asked[0].text
    one, two, three = planned.scenes
    assert one.title in asked
    assert "green bucket" in asked  # planted before, so that it may be paid off
    assert two.purpose in asked
    assert f"It opens on: {one.handoff.next_opens_on}" in asked
    assert three.title not in asked
    assert three.purpose not in asked
    assert asked.endswith("# What should be different\nBo should win")
    assert "about 420 spoken words" in asked


def test_where_there_are_no_spaces_characters_are_counted(planned: EpisodePlan) -> None:
    model = Model()
    perform(model, dialogue_step(planned, 2, show().model_copy(update={"language": "zh"})))
    assert "about 710 spoken characters" in model.asked[0].text


def test_what_is_the_same_for_all_scenes_comes_first(planned: EpisodePlan) -> None:
    model = Model()
    for number in (2, 3):
        perform(model, dialogue_step(planned, number))
    one, two = (seen.body["messages"] for seen in model.asked)
    assert one[0] == two[0]
    common = one[1]["content"].split("# Scenes before")[0]
    assert "The Lantern Room" in common
    assert two[1]["content"].startswith(common)


def test_earlier_scenes_that_do_not_fit_are_told_in_short(planned: EpisodePlan) -> None:
    step = dialogue_step(planned, 3)
    many = {**step.given, "earlier": [*step.given["earlier"]] * 40}
    model = Model()
    perform(model, type(step)(id=step.id, pool="model", inputs=many), window=8_000)
    assert len(model.asked[0].text) < 8_000 * 3
    assert planned.scenes[1].purpose in model.asked[0].text


@pytest.mark.parametrize(
    ("written", "kept"),
    [("l2", "l2"), ("s2.l2", "l2"), ("[L2]", "l2"), (2, "l2"), ("l9", ""), ("the moon", ""), (None, "")],
)
def test_a_direction_belongs_to_a_line_that_is_there(planned: EpisodePlan, written: Any, kept: str) -> None:
    (found,) = beats(planned, {**beat("He waits.", None, "after", None), "line": written})
    assert (found.id, found.line, found.where) == ("d1", kept, "after")


def test_shots_are_dropped_before_an_audience(planned: EpisodePlan) -> None:
    written = [
        {**beat("The lamp, close.", "l1", "before", None), "camera": True},
        beat("CLOSE ON the lamp.", "l1", "before", None),
        beat("The camera pans to the door.", "l1", "before", None),
        beat("DOLLY enters with a mop", "l1", "before", "setup"),
    ]
    assert [each.camera for each in beats(planned, *written)] == [True, True, True, False]
    (left,) = beats(planned, *written, camera="multi")
    assert (left.id, left.text, left.comedy) == ("d1", "DOLLY enters with a mop.", "setup")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("setup escalation escalation climax resolution", "setup escalation escalation climax resolution"),
        ("setup climax resolution setup climax resolution", "setup climax resolution setup climax resolution"),
        ("climax setup escalation resolution climax resolution", "- setup escalation - climax resolution"),
        ("setup setup climax setup resolution escalation", "setup - climax - resolution -"),
        ("resolution - pratfall", "- - -"),
    ],
)
def test_a_physical_gag_goes_through_its_phases_in_their_order(planned: EpisodePlan, written: str, kept: str) -> None:
    steps = [beat(f"Bo slips, {at}", "l1", "before", each) for at, each in enumerate(written.split())]
    assert " ".join(each.comedy or "-" for each in beats(planned, *steps)) == kept


def test_only_shots_are_no_directions_for_an_audience(planned: EpisodePlan) -> None:
    with pytest.raises(BadAnswer, match="shots do not count"):
        beats(planned, beat("ANGLE ON Bo.", "l1", "before", None), camera="multi")


@pytest.mark.parametrize("written", ["smash cut to", "SMASH CUT TO:"])
def test_a_transition_is_one(planned: EpisodePlan, written: str) -> None:
    (found,) = beats(planned, {**beat(written, None, "after", None), "transition": True})
    assert (found.transition, found.text) == (True, "SMASH CUT TO:")


def test_directions_read_the_lines_and_the_end_of_the_scene_before(planned: EpisodePlan) -> None:
    model = Model()
    perform(model, directions_step(planned, LINES, note="more mops"))
    asked = model.asked[0].text
    assert "[l3] ada: Still fog." in asked
    assert "# The end of the scene before (INT. LAMP ROOM - NIGHT)\nada: Fog." in asked
    assert asked.endswith("more mops")


@pytest.mark.parametrize("name", ["dialogue", "directions"])
def test_an_interrupted_scene_only_goes_on(planned: EpisodePlan, name: str) -> None:
    steps: dict[str, Callable[[], Any]] = {
        "dialogue": lambda: dialogue_step(planned),
        "directions": lambda: directions_step(planned, LINES),
    }
    whole, _ = perform(Model(by_content), steps[name]())
    value, parts = perform(Model(by_content), steps[name](), parts=whole["parts"][:2])
    assert value == whole
    assert parts == whole["parts"][2:]


def test_an_answer_at_its_length_goes_on(planned: EpisodePlan) -> None:
    import json

    def answer(seen: Seen) -> Any:
        whole = json.dumps(by_content(seen))
        return ("length", whole[: len(whole) // 2]) if len(model.asked) == 1 else whole

    model = Model(answer)
    value, _ = perform(model, dialogue_step(planned))
    assert value == perform(Model(by_content), dialogue_step(planned))[0]
    assert len(model.asked) == 2
