"""Whatever a model answers: a usable value, or a readable refusal."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.assessment import Assessment, Finding
from scenewright.domain.episode import Patch
from scenewright.domain.errors import BadAnswer
from scenewright.domain.show import EpisodePlan, Joke, Show
from scenewright.kinds.episode.draft import Beat, Line
from scenewright.kinds.episode.patches import patched
from scenewright.plan import Step
from scenewright.testing.episode import beat, invented, line, phrase, scene
from scenewright.testing.provider import Seen
from tests.kinds.episode.llm.room import (
    Model,
    comedy_step,
    dialogue_step,
    directions_step,
    finding,
    outline_step,
    perform,
    plan,
    refine_step,
    review_step,
    scene_plan,
)
from tests.kinds.episode.llm.test_llm_comedy import BIBLE, CALLING, TEXT, joke
from tests.kinds.episode.llm.test_llm_review import found
from tests.kinds.episode.llm.test_llm_scenes import LINES

Json = Any
NAMES = (
    "ada",
    "ADA",
    "l1",
    "s1.l1",
    "s1.l2",
    "s2.l2",
    "s1",
    "d1",
    "g1",
    "A",
    "B",
    "bucket",
    "s2-c1",
    "COLD OPEN",
    "TAG",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 10**6)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from([*NAMES, "**", "\u202e", "\ud800", "\x00", "<script>", "x" * 5000])
)
JUNK = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner), max_leaves=6
)


def paths(value: Json, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([at] if at else []), *(path for key, each in inside for path in paths(each, (*at, key)))]


@st.composite
def answers(draw: st.DrawFn, good: Json) -> Json:
    """A good answer with some of its places spoilt: other values, fields that are missing, items twice; or junk."""
    if draw(st.integers(0, 9)) == 0:
        return draw(JUNK)
    answer = deepcopy(good)
    for path in draw(st.lists(st.sampled_from(paths(good)), max_size=5)):
        spoil(answer, path, draw(st.sampled_from(("other", "other", "gone", "twice"))), draw(JUNK))
    return answer


def spoil(answer: Json, path: tuple[Any, ...], how: str, junk: Json) -> None:
    holder = answer
    for key in path[:-1]:
        try:
            holder = holder[key]
        except (TypeError, KeyError, IndexError):  # spoilt before
            return
    key = path[-1]
    try:
        holder[key]
    except (TypeError, KeyError, IndexError):
        return
    if isinstance(holder, str):
        return
    if how == "other":
        holder[key] = junk
    elif how == "gone":
        del holder[key]
    elif isinstance(holder, list):
        holder.append(deepcopy(holder[key]))


def good(name: str) -> Json:
    """What the scripted model would answer."""
    people = ["Mo", "Nell"]
    planned = [scene(number, 3, "x", people, phrase) for number in (1, 2, 3)]
    header = {
        "title": "T",
        "logline": "L",
        "stories": [{"story": "A", "about": "x"}],
        "planned": [{"title": f"S{n}", "act": "ACT ONE", "story": "A", "seconds": 60} for n in (1, 2, 3)],
        "show": invented(people, phrase),
    }
    alternatives = [
        {"joke": name, "text": f"Wholly other words for {name}.", "parenthetical": None} for name in ("s1.l2", "s2.l2")
    ]
    callback = {"callback": "s2-c1", "after": "s2.l1", "character": "ada", "text": "Not that bucket."}
    versions = [
        {"group": f"g{n}", "version": label, "score": score, "reason": "r"}
        for n in (1, 2, 3)
        for label, score in (("A", 0.9), ("B", 0.2))
    ]
    change = {"character": None, "parenthetical": None, "why": "w"}
    return {
        "outline": {"header": header, "scenes": planned},
        "lines": {"lines": [line(who, f"{who} says so.") for who in ("ada", "bo", "ada")]},
        "beats": {"beats": [beat(f"Step {n}", f"l{n}", "after", "setup") for n in (1, 2, 3)]},
        "jokes": {"jokes": [joke("s1.l2", setup="s1.l1"), joke("s2.l2", setup="s1.l2", form="callback")]},
        "punchlines": {"alternatives": alternatives, "callbacks": [callback]},
        "scores": {"scores": versions},
        "findings": {"findings": [found("s1.l2"), found("s2.l1", other="s1.l1"), found("s1")]},
        "changes": {
            "changes": [
                {**change, "element": "s1.l2", "op": "replace", "text": "Other."},
                {**change, "element": "d1", "op": "insert", "character": "bo", "text": "More."},
                {**change, "element": "d1", "op": "remove", "text": ""},
            ]
        },
    }[name]


def outcome(step: Step, answer: Callable[[Seen], Json]) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    try:
        return perform(Model(answer), step)
    except BadAnswer:
        return None


@pytest.fixture(scope="module")
def planned() -> EpisodePlan:
    return plan()


@settings(max_examples=60)
@given(answer=answers(good("outline")))
def test_outlines(answer: Json) -> None:
    if made := outcome(outline_step(Show(title="", minutes=5)), lambda _: answer):
        value, parts = made
        assert value["parts"] == parts
        show = Show.model_validate(parts[0]["show"])
        scenes = [scene_plan(part) for part in parts[1:]]
        assert len({each.id for each in scenes}) == len(scenes) == len(parts[0]["planned"])
        people = {each.id for each in show.characters}
        assert all(people.issuperset(each.characters) for each in scenes)
        assert sum(each.seconds or 0 for each in scenes) == pytest.approx(300)


@settings(max_examples=60)
@given(answer=answers(good("lines")))
def test_dialogues(planned: EpisodePlan, answer: Json) -> None:
    if made := outcome(dialogue_step(planned), lambda _: answer):
        lines = [Line.model_validate(part) for part in made[0]["parts"]]
        assert {each.character for each in lines} <= {"ada", "bo"}
        assert all(each.text.strip() for each in lines)


@settings(max_examples=60)
@given(answer=answers(good("beats")))
def test_directions(planned: EpisodePlan, answer: Json) -> None:
    if made := outcome(directions_step(planned, LINES), lambda _: answer):
        beats = [Beat.model_validate(part) for part in made[0]["parts"]]
        assert {each.line for each in beats} <= {"", "l1", "l2", "l3"}


@settings(max_examples=60)
@given(jokes=answers(good("jokes")), better=answers(good("punchlines")), scores=answers(good("scores")))
@pytest.mark.parametrize("well", [True, False])
def test_comedies(well: bool, jokes: Json, better: Json, scores: Json) -> None:
    """`well`: the first question is answered well, so that the others are asked."""
    first = {"jokes": [joke("s1.l2"), joke("s2.l2")]} if well else jokes
    given = {"jokes": first, "punchlines": better, "scores": scores}
    if made := outcome(comedy_step(BIBLE, CALLING, TEXT), lambda seen: given[seen.asks_for]):
        value = made[0]
        patches = [Patch.model_validate(each) for each in value["patches"]]
        news = {scene.id: patched(scene, patches) for scene in TEXT}
        assert sum(len(done) for _, done in news.values()) == len(patches)  # each was made for what stands there
        ids = {(scene, each.id) for scene, (text, _) in news.items() for each in text.elements}
        for each in value["jokes"]:
            mark = Joke.model_validate(each)
            assert (mark.scene, mark.punchline) in ids
            assert not mark.setup or (mark.scene, mark.setup) in ids
        assert {(each["scene"], each["element"]) for each in value["callbacks"]} <= ids


@settings(max_examples=60)
@given(answer=answers(good("findings")))
def test_reviews(answer: Json) -> None:
    if made := outcome(review_step(BIBLE, CALLING, TEXT), lambda _: answer):
        Assessment.model_validate(made[0]["assessment"])
        ids = {(scene.id, each.id) for scene in TEXT for each in scene.elements}
        for each in made[0]["findings"]:
            cited = Finding.model_validate(each)
            assert (cited.scene, cited.element) in ids
            assert not cited.other_scene or (cited.other_scene, cited.other_element) in ids


@settings(max_examples=60)
@given(answer=answers(good("changes")))
def test_refinements(answer: Json) -> None:
    findings = [finding("s1", "l2"), finding("s1", "d1")]
    if made := outcome(refine_step(BIBLE, CALLING, TEXT[0], findings), lambda _: answer):
        patches = [Patch.model_validate(each) for each in made[0]["patches"]]
        assert {each.element for each in patches} <= {"l2", "d1"}
        assert {each.character for each in patches} <= {"", "ada", "bo"}
        news, done = patched(TEXT[0], patches)
        assert len(done) == len(patches)
        assert news != TEXT[0] or not patches
