from __future__ import annotations

import json
from typing import Any

import pytest

from scenewright.domain.errors import BadAnswer
from scenewright.domain.show import Show
from scenewright.testing.episode import by_content, episode, show
from scenewright.testing.provider import Seen
from tests.kinds.episode.llm.room import Model, outline_step, perform, scene_plan

NOBODY = Show(title="", minutes=5)


def three(seen: Seen) -> Any:
    return episode(seen, 3)


def changed(**fields: Any) -> Model:
    """A model whose first scene has other fields."""

    def answer(seen: Seen) -> Any:
        whole = three(seen)
        whole["scenes"][0] |= fields
        return whole

    return Model(answer)


def first(model: Model, **fields: Any) -> Any:
    value, _ = perform(model, outline_step(**fields))
    return scene_plan(value["parts"][1])


def test_header_and_scenes_are_parts_and_the_value() -> None:
    value, parts = perform(Model(three), outline_step())
    assert value["parts"] == parts
    assert [part["type"] for part in parts] == ["header", "scene", "scene", "scene"]
    assert [part["id"] for part in parts[1:]] == ["s1", "s2", "s3"]
    assert [part["act"] for part in parts[1:]] == ["COLD OPEN", "ACT TWO", "TAG"]
    assert all(part["act_out"] for part in parts[1:])
    assert parts[-1]["handoff"] == {"ends_on": "", "next_opens_on": ""}  # nothing comes behind it


@pytest.mark.parametrize("seconds", [[10, 20, 30], [0, 0, 0], [-5, 1e300, None], ["60", True, 7]])
def test_running_times_add_up_to_the_format(seconds: list[Any]) -> None:
    def answer(seen: Seen) -> Any:
        whole = three(seen)
        for planned, lasts in zip(whole["header"]["planned"], seconds, strict=True):
            planned["seconds"] = lasts
        return whole

    value, _ = perform(Model(answer), outline_step())
    given = [part["seconds"] for part in value["parts"][1:]]
    assert sum(given) == show().minutes * 60
    assert all(lasts > 0 for lasts in given)


def test_a_show_that_is_not_there_is_invented_with_voices_and_sets() -> None:
    value, _ = perform(Model(three), outline_step(NOBODY))
    invented = Show.model_validate(value["parts"][0]["show"])
    assert [each.id for each in invented.characters] == ["mo", "nell"]
    assert invented.characters[0].voice.tics
    assert invented.characters[0].voice.catchphrases
    assert invented.characters[0].relationships.keys() == {"nell"}
    assert invented.sets[0].name == "LAMP ROOM"
    assert invented.facts[0].known_by == ("mo",)
    assert invented.minutes == 5
    assert scene_plan(value["parts"][1]).characters == ("mo", "nell")


def test_what_the_person_said_of_the_show_stays() -> None:
    given = NOBODY.model_copy(update={"title": "Fog", "camera": "multi", "rules": ("Nobody leaves.",)})
    model = Model(three)
    value, _ = perform(model, outline_step(given))
    invented = Show.model_validate(value["parts"][0]["show"])
    assert (invented.title, invented.camera, invented.rules[0]) == ("Fog", "multi", "Nobody leaves.")
    assert "Nobody leaves." in model.asked[0].text


def test_people_and_places_are_those_of_the_show() -> None:
    found = first(changed(characters=["Ada", "BO (V.O.)", "Zorro"], place="Lamp-Room", interior="EXT."))
    assert found.characters == ("ada", "bo")
    assert (found.slug.interior, found.slug.place) == ("INT.", "LAMP ROOM")
    assert first(changed(characters=["Zorro"])).characters == ("ada", "bo", "cy")
    assert first(changed(place="ROOF", interior="ext")).slug.model_dump() == {
        "interior": "EXT.",
        "place": "ROOF",
        "time": "NIGHT",
    }


def test_what_pays_off_nothing_is_dropped() -> None:
    paid: list[dict[str, Any]] = [{"setup": name, "text": "x", "terms": []} for name in ("The Bucket", "the moon", "")]
    assert [each.setup for each in first(changed(payoffs=paid)).payoffs] == ["the-bucket"]


def test_set_ups_have_names_in_any_script() -> None:
    planted = [{"name": "绿色水桶", "text": "桶", "terms": ["桶"]}]
    found = first(changed(setups=planted, payoffs=[{"setup": "绿色水桶", "text": "倒", "terms": []}]))
    assert found.payoffs[0].setup == found.setups[0].id


def test_a_fact_of_the_bible_is_revealed_as_it_stands_there() -> None:
    fact = {"id": "debt", "text": "Bo owes the harbour", "terms": ["owes"], "known_by": ["bo"]}
    bible = Show.model_validate({**show().model_dump(), "facts": [fact]})
    told = [{"text": "Bo owes the harbour.", "terms": ["money"], "known_by": []}] * 2
    found = first(changed(reveals=told), bible=bible)
    assert [each.model_dump() for each in found.reveals] == [bible.facts[0].model_dump()]


def test_premise_transformation_documents_and_note_are_told() -> None:
    section = {"id": "a", "title": "Treatment", "blocks": [{"type": "prose", "text": "The lamp is sold."}]}
    model = Model(three)
    step = outline_step(premise="A lighthouse.", transform="on a space station", documents=[{"sections": [section]}])
    perform(model, step)
    asked = model.asked[0].text
    assert "A lighthouse." in asked
    assert "# What becomes of it\non a space station" in asked
    assert "The lamp is sold." in asked
    assert "Number of scenes: exactly 3" in asked
    assert "540 seconds" in asked


def test_documents_that_do_not_fit_are_told_by_their_beginnings() -> None:
    blocks = [{"type": "prose", "text": "word " * 3000}]
    sections = [{"id": f"p{n}", "title": f"Part {n}", "blocks": blocks} for n in range(10)]
    model = Model(three)
    perform(model, outline_step(documents=[{"sections": sections}]), window=8_000)
    assert "Part 9" in model.asked[0].text
    assert len(model.asked[0].text) < 8_000 * 4


def test_an_answer_that_broke_off_goes_on_behind_its_parts() -> None:
    def answer(seen: Seen) -> Any:
        whole = json.dumps(by_content(seen, 3))
        return ("length", whole[: int(len(whole) * 0.8)]) if len(model.asked) == 1 else whole

    model = Model(answer)
    value, parts = perform(model, outline_step())
    assert [part.get("id") for part in parts] == [None, "s1", "s2", "s3"]
    assert value["parts"] == parts
    assert len(model.asked) == 2
    titles = parts[0]["planned"]
    assert [part["title"] for part in parts[1:]] == titles


def test_an_interrupted_step_only_appends() -> None:
    whole, _ = perform(Model(lambda seen: by_content(seen, 3)), outline_step())
    value, parts = perform(Model(lambda seen: by_content(seen, 3)), outline_step(), parts=whole["parts"][:2])
    assert value["parts"][:2] == whole["parts"][:2]
    assert [part["id"] for part in parts] == ["s2", "s3"]


def test_a_show_with_nobody_in_it_is_of_no_use() -> None:
    def answer(seen: Seen) -> Any:
        whole = three(seen)
        whole["header"]["show"]["characters"] = []
        return whole

    model = Model(answer)
    with pytest.raises(BadAnswer, match="no characters"):
        perform(model, outline_step(NOBODY))
    assert len(model.asked) == 2


def test_scenes_that_are_missing_are_asked_for() -> None:
    def answer(seen: Seen) -> Any:
        whole = by_content(seen, 3)
        return {**whole, "scenes": whole["scenes"][:1]} if len(model.asked) == 1 else whole

    model = Model(answer)
    value, _ = perform(model, outline_step())
    assert len(value["parts"]) == 4
    assert "are missing for" in model.asked[1].text


@pytest.mark.parametrize("count", [None, 2])
def test_more_scenes_than_anybody_wants_are_not_planned(count: int | None) -> None:
    model = Model(lambda seen: episode(seen, 40))
    value, _ = perform(model, outline_step(scenes=count))
    assert len(value["parts"]) - 1 == (2 if count else 10)
