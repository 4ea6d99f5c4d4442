from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.brief import Brief
from scenewright.domain.calls import no_note
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Slug
from scenewright.domain.show import Character, EpisodePlan, ScenePlan, Show
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.kind import PLUGIN
from scenewright.kinds.episode.lengths import completed, shared
from scenewright.kinds.episode.ready import ready_outline, usual_acts
from scenewright.kinds.plugin import Source
from scenewright.plan import Desk, Step

SHOW = Show(title="Fog", minutes=10, characters=(Character(id="ada", name="ADA"),))


def scene(name: str, **fields: Any) -> ScenePlan:
    return ScenePlan(id=name, title=f"Scene {name}", slug=Slug(place="PIER"), **fields)


def emitted(
    *scenes: ScenePlan, show: Show = SHOW, title: str = "", parts: list[dict[str, Any]] | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    plan = EpisodePlan(title="Ready", logline="It is.", stories={"A": "Fog"}, scenes=scenes)
    inputs = {"plan": plan.model_dump(mode="json"), "title": title}
    context = {"show": show.model_dump(mode="json"), "documents": []}
    step, given = Step(id=StepId(name="outline"), pool="cpu", inputs=inputs, context=context), list[dict[str, Any]]()

    async def part(value: dict[str, Any]) -> None:
        given.append(value)

    async def run() -> dict[str, Any]:
        desk = Desk(parts=parts or (), part=part, note=no_note, leave=asyncio.Event())
        return await ready_outline(step, desk)

    return asyncio.run(run()), given


def test_an_outline_is_handed_on_as_it_is() -> None:
    scenes = [scene(f"x{n}", act="ACT ONE", seconds=100, purpose="p", act_out="a") for n in range(3)]
    value, parts = emitted(*scenes)
    assert value["parts"] == parts
    assert parts[0] == {
        "type": "header",
        "title": "Ready",
        "logline": "It is.",
        "stories": {"A": "Fog"},
        "planned": [each.title for each in scenes],
        "show": None,
    }
    assert parts[1:] == [{"type": "scene", **each.model_dump(mode="json")} for each in scenes]


def test_an_interrupted_one_only_goes_on() -> None:
    scenes = [scene(f"x{n}") for n in range(3)]
    whole, _ = emitted(*scenes)
    value, parts = emitted(*scenes, parts=whole["parts"][:2])
    assert value == whole
    assert [part["id"] for part in parts] == ["x1", "x2"]


def test_missing_times_share_what_is_left() -> None:
    value, _ = emitted(scene("a", seconds=100), scene("b"), scene("c"))
    assert [part["seconds"] for part in value["parts"][1:]] == [100, 250, 250]


def test_ids_that_come_twice_become_free_ones() -> None:
    value, _ = emitted(scene("s2"), scene("s2"), scene("a"), scene("s2"))
    assert [part["id"] for part in value["parts"][1:]] == ["s2", "s1", "a", "s3"]


def test_a_scene_without_an_act_is_in_that_of_the_one_before() -> None:
    value, _ = emitted(scene("a"), scene("b", act="Act Two"), scene("c"))
    assert [part["act"] for part in value["parts"][1:]] == ["ACT TWO"] * 3


def test_where_no_act_is_given_there_are_the_usual_ones() -> None:
    value, _ = emitted(*(scene(f"x{n}") for n in range(6)))
    acts = [part["act"] for part in value["parts"][1:]]
    assert acts == ["COLD OPEN", "ACT ONE", "ACT ONE", "ACT TWO", "ACT TWO", "TAG"]
    assert usual_acts(2, 22) == ["ACT ONE"] * 2


def test_people_whom_only_the_outline_names_are_in_the_show() -> None:
    named = scene("a", characters=("mrs-day", "bo", "No Id"))
    value, _ = emitted(named, show=Show(title=""), title="Mine")
    invented = Show.model_validate(value["parts"][0]["show"])
    assert [(each.id, each.name) for each in invented.characters] == [("mrs-day", "MRS DAY"), ("bo", "BO")]
    assert (invented.title, value["parts"][0]["title"]) == ("Ready", "Mine")


@given(
    total=st.floats(0.6, 1e5), weights=st.lists(st.floats(-10, 1e6) | st.just(float("inf")), min_size=1, max_size=40)
)
def test_shares_add_up_and_none_is_empty(total: float, weights: list[float]) -> None:
    found = shared(total, weights)
    assert sum(found) == pytest.approx(total)
    assert all(share > 0 for share in found)


@given(total=st.floats(1, 1e4), given_=st.lists(st.none() | st.floats(1, 1e4), min_size=1, max_size=20))
def test_what_is_given_stays(total: float, given_: list[float | None]) -> None:
    found = completed(total, given_)
    assert [one for one, other in zip(found, given_, strict=True) if other is not None] == [
        each for each in given_ if each is not None
    ]
    assert all(seconds > 0 for seconds in found)
    if None in given_ and total - sum(each or 0 for each in given_) > 10 * given_.count(None):
        assert sum(found) == pytest.approx(total)


def test_an_outline_that_names_nobody_says_how_they_are_named() -> None:
    read = PLUGIN.read(Source(name="fog.fountain", data=b"INT. LAMP ROOM - NIGHT\n\n= The ships are counted.\n"))
    with pytest.raises(BadInput, match=r"names nobody: .*in capitals, or after an @.*--show.*--model"):
        PLUGIN.complete(Brief(**{"audio": False, **read.fields}), lambda *_: {})
    named = b"INT. LAMP ROOM - NIGHT\n\n= ADA counts the ships with @Bo.\n"
    read = PLUGIN.read(Source(name="fog.fountain", data=named))
    people = PLUGIN.complete(Brief(**{"audio": False, **read.fields}), lambda *_: {}).speakers
    assert {"Ada", "Bo"} <= {each.name for each in people}
