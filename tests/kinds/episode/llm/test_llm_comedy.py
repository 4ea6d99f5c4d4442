from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scenewright.domain.episode import Patch
from scenewright.domain.errors import BadAnswer
from scenewright.domain.screenplay import ScriptScene, Slug
from scenewright.domain.show import Callback, Character, EpisodePlan, ScenePlan, SetUp, Show, VoiceProfile
from scenewright.kinds.episode.draft import Beat
from scenewright.kinds.episode.patches import base_of, patched
from scenewright.testing.episode import episode
from scenewright.testing.provider import Seen
from tests.kinds.episode.llm.room import Model, comedy_step, page, perform, said

ADA = Character(id="ada", name="ADA", voice=VoiceProfile(catchphrases=("not on my lamp",)))
BIBLE = Show(title="The Lantern Room", minutes=2, characters=(ADA, Character(id="bo", name="BO")))
CALLBACK = Callback(id="s2-c1", to="bucket", text="The bucket returns", terms=("that bucket",))
PLAN = EpisodePlan(
    title="Fog",
    scenes=(
        ScenePlan(
            id="s1",
            title="One",
            slug=Slug(place="PIER"),
            setups=(SetUp(id="bucket", text="A green bucket", terms=("green bucket",)),),
        ),
        ScenePlan(id="s2", title="Two", slug=Slug(place="LAMP ROOM")),
    ),
)
CALLING = PLAN.model_copy(
    update={"scenes": (PLAN.scenes[0], PLAN.scenes[1].model_copy(update={"callbacks": (CALLBACK,)}))}
)
TEXT = (
    page(
        PLAN.scenes[0],
        [
            said(1, "Somebody left a green bucket in the middle of the stairs again."),
            said(2, "Perhaps the tide carried it up during the night.", "bo"),
            said(3, "Tides do not climb ninety steps without a written invitation."),
        ],
        [Beat(id="d1", text="Bo trips over the mop.", line="l2")],
    ),
    page(PLAN.scenes[1], [said(1, "Have you counted every ship?"), said(2, "Only those that waved.", "bo")]),
)
Answer = Callable[[Seen], Any]


def joke(punchline: str, score: Any = 0.3, setup: str | None = None, form: str = "character") -> dict[str, Any]:
    return {"punchline": punchline, "setup": setup, "form": form, "score": score}


def alternative(name: str, text: str) -> dict[str, Any]:
    return {"joke": name, "text": text, "parenthetical": None}


def placed(after: str, text: str, callback: str = "s2-c1", character: str | None = "ada") -> dict[str, Any]:
    return {"callback": callback, "after": after, "character": character, "text": text}


def model(jokes: Any = (), alternatives: Any = (), callbacks: Any = ()) -> Model:
    """Its judge likes spoons and dislikes forks, as the scripted one does."""

    def answer(seen: Seen) -> Any:
        match seen.asks_for:
            case "jokes":
                return {"jokes": list(jokes)}
            case "punchlines":
                return {"alternatives": list(alternatives), "callbacks": list(callbacks)}
            case _:
                return episode(seen)

    return Model(answer)


def work(made: Model, plan: EpisodePlan = PLAN, text: tuple[ScriptScene, ...] = TEXT, **fields: Any) -> dict[str, Any]:
    value, parts = perform(made, comedy_step(BIBLE, plan, text, **fields), window=fields.pop("window", 32_000))
    assert not parts
    return value


def after(value: dict[str, Any]) -> list[list[str]]:
    patches = [Patch.model_validate(each) for each in value["patches"]]
    return [[each.text for each in patched(scene, patches)[0].elements] for scene in TEXT]


def test_an_alternative_that_wins_changes_the_text_and_one_that_loses_does_not() -> None:
    better = [alternative("s1.l2", "It came up for a spoon."), alternative("s1.l2", "It came up for a fork.")]
    worse = [alternative("s2.l2", "Only those with a fork aboard.")]
    value = work(model([joke("s1.l2"), joke("s2.l2")], better + worse))
    (patch,) = value["patches"]
    assert (patch["scene"], patch["element"], patch["op"]) == ("s1", "l2", "replace")
    assert patch["base"] == base_of(next(each for each in TEXT[0].elements if each.id == "l2"))
    assert "(0.40 → 0.90)" in patch["why"]
    assert "It came up for a spoon." in after(value)[0]
    assert after(value)[1] == [each.text for each in TEXT[1].elements]
    assert [(each["punchline"], each["score"]) for each in value["jokes"]] == [("l2", 0.9), ("l2", 0.3)]
    assert value["made_for"] == {"s1": "", "s2": ""}


def test_a_better_version_has_to_be_better_by_a_margin() -> None:
    def answer(seen: Seen) -> Any:
        if seen.asks_for != "scores":
            return model([joke("s1.l2")], [alternative("s1.l2", "A spoon.")]).answer(seen)
        scores = episode(seen)["scores"]
        for each in scores:
            each["score"] = 0.55 if each["score"] == 0.9 else 0.5
        return {"scores": scores}

    assert work(Model(answer))["patches"] == []


def test_nothing_is_asked_where_every_joke_is_good() -> None:
    made = model([joke("s1.l2", 0.5), joke("s2.l2", 0.9)])
    value = work(made)
    assert made.questions == ["jokes"]
    assert value["patches"] == value["callbacks"] == []
    assert len(value["jokes"]) == 2


def test_the_judge_is_not_told_which_version_stands_in_the_script() -> None:
    orders = set()
    for word in ("spoon", "kettle spoon", "silver spoon", "wooden spoon"):
        made = model([joke("s1.l2")], [alternative("s1.l2", f"It wants a {word}.")])
        work(made)
        shown = made.asked[2].text.split("# Versions\n")[1]
        assert "original" not in made.asked[2].text.lower()
        orders.add(shown.split("\nA:\n  ")[1].split("\n")[0] == "BO: Perhaps the tide carried it up during the night.")
        again = model([joke("s1.l2")], [alternative("s1.l2", f"It wants a {word}.")])
        work(again)
        assert again.asked[2].text == made.asked[2].text
    assert orders == {True, False}


def test_a_missing_callback_is_placed_in_its_scene_in_its_words() -> None:
    callbacks = [
        placed("s1.l1", "I mean that bucket."),
        placed("s2.l2", "No words of it."),
        placed("s2.l1", "Not that bucket."),
    ]
    made = model([joke("s1.l2", 0.8)], [], callbacks)
    value = work(made, CALLING)
    assert [(each["op"], each["element"], each["text"]) for each in value["patches"]] == [
        ("insert", "l1", "Not that bucket.")
    ]
    assert value["callbacks"] == [
        {"scene": "s2", "element": "l1-1", "to": "bucket", "text": "Not that bucket.", "planned": True}
    ]
    assert value["jokes"][-1]["punchline"] == "l1-1"
    assert after(value)[1][1] == "Not that bucket."


def test_a_callback_that_the_text_has_is_not_asked_for() -> None:
    has = (TEXT[0], page(PLAN.scenes[1], [said(1, "Is it that bucket?"), said(2, "Only those that waved.", "bo")]))
    made = model([joke("s1.l2", 0.8)])
    work(made, CALLING, has)
    assert made.questions == ["jokes"]


def test_callbacks_that_are_found_are_told_with_what_they_call_back_to() -> None:
    value = work(model([joke("s1.l2", 0.8), joke("s2.l2", 0.8, "s1.l2", "callback")]))
    assert value["callbacks"] == [
        {"scene": "s2", "element": "l2", "to": "s1.l2", "text": "Only those that waved.", "planned": False}
    ]
    assert value["jokes"][1]["setup"] == ""  # a set-up of the same scene only


def test_an_unplanned_callback_has_to_win_and_to_come_behind_its_joke() -> None:
    good = placed("s2.l2", "Waved with a spoon.", "s1.l3", "bo")
    early = placed("s1.l1", "A spoon, too early.", "s1.l3")
    dull = placed("s2.l1", "Hardly.", "s1.l3")
    value = work(model([joke("s1.l2"), joke("s1.l3", 0.8)], [], [good, early, dull]))
    assert [(each["element"], each["character"]) for each in value["patches"]] == [("l2", "bo")]
    assert value["callbacks"][0]["to"] == "s1.l3"


def test_citations_that_do_not_exist_are_told_once_and_then_dropped() -> None:
    made = model([joke("s9.l1", 0.9), joke("s1.x", 0.9)])
    value = work(made)
    assert made.questions == ["jokes", "jokes"]
    assert "these places do not exist: s9.l1, s1.x" in made.asked[1].text
    assert value["jokes"] == []


def test_of_two_jokes_on_one_line_the_better_counts_and_scores_are_brought_into_range() -> None:
    value = work(model([joke("s1.l2", 0.6), joke("[S1.L2]", 8), joke("s2.l2", "funny")]))
    assert [(each["punchline"], each["score"]) for each in value["jokes"]] == [("l2", 0.8), ("l2", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Tides do not climb ninety steps without a written spoon invitation.",  # nearly a line that stands there
        "Not on my lamp, you spoon.",  # Ada's catchphrase
        "Perhaps, Bo, it was a spoon, Bo",  # he calls himself by name
    ],
)
def test_a_winner_that_makes_the_script_worse_as_measured_is_not_taken(text: str) -> None:
    fine = alternative("s2.l2", "Only the one with the spoon.")
    value = work(model([joke("s1.l2"), joke("s2.l2")], [alternative("s1.l2", text), fine]))
    assert [each["text"] for each in value["patches"]] == ["Only the one with the spoon."]
    assert [each["score"] for each in value["jokes"]] == [0.3, 0.9]


def test_useless_alternatives_are_told_once_and_then_done_without() -> None:
    made = model([joke("s1.l2"), joke("s2.l2", 0.9)], [alternative("s2.l2", "A spoon."), alternative("s7.l1", "x")])
    value = work(made)
    assert made.questions == ["jokes", "punchlines", "punchlines"]
    assert "no alternative names a weak joke" in made.asked[2].text
    assert value["patches"] == []


@pytest.mark.parametrize("scores", [[], [{"group": "g1", "version": "A", "score": 1, "reason": ""}], "many"])
def test_a_judge_who_does_not_judge_changes_nothing(scores: Any) -> None:
    made = model([joke("s1.l2")], [alternative("s1.l2", "A spoon.")])
    well = made.answer
    made.answer = lambda seen: {"scores": scores} if seen.asks_for == "scores" else well(seen)
    value = work(made)
    assert made.questions == ["jokes", "punchlines", "scores", "scores"]
    assert value["patches"] == []
    assert [each["score"] for each in value["jokes"]] == [0.3]


def test_a_model_that_will_not_look_for_jokes_fails_readably() -> None:
    with pytest.raises(BadAnswer, match="jokes"):
        work(Model(lambda _: {"verdict": "hilarious"}))


def test_a_physical_joke_is_rewritten_as_a_direction() -> None:
    value = work(model([joke("s1.d1", form="physical")], [alternative("s1.d1", "(Bo trips over a spoon.)")]))
    assert "Bo trips over a spoon." in after(value)[0]


@pytest.mark.parametrize(
    "form", ["wordplay", "situational", "physical", "callback", "character", "misdirection", "running_gag"]
)
def test_every_form_of_joke_is_asked_for_and_kept(form: str) -> None:
    made = model([joke("s1.l2", 0.8, form=form), joke("s2.l2", 0.8, form="knock-knock")])
    assert [each["form"] for each in work(made)["jokes"]] == [form, ""]
    assert f'"{form}"' in made.asked[0].text


def test_before_an_audience_no_shot_is_a_better_punchline() -> None:
    alternatives = [alternative("s1.d1", "CLOSE ON a spoon."), alternative("s1.d1", "Bo trips over a spoon.")]
    made = model([joke("s1.d1", form="physical")], alternatives)
    value, _ = perform(made, comedy_step(BIBLE.model_copy(update={"camera": "multi"}), PLAN, TEXT))
    assert [each["text"] for each in value["patches"]] == ["Bo trips over a spoon."]
    assert "CLOSE ON" not in made.asked[-1].text


def test_the_note_reaches_every_question_and_pacing_is_measured() -> None:
    made = model([joke("s1.l2"), joke("s1.l3")], [alternative("s1.l2", "A spoon.")])
    work(made, note="less bucket")
    assert len(made.asked) == 3
    assert all(seen.text.endswith("less bucket") for seen in made.asked)
    assert "Jokes: 2; average spacing" in made.asked[1].text
    assert "s after the last one" in made.asked[1].text  # a cluster


def test_a_long_episode_is_asked_in_runs_of_scenes() -> None:
    scenes = [PLAN.scenes[0].model_copy(update={"id": f"s{n}", "setups": ()}) for n in range(1, 9)]
    long = tuple(page(scene, [said(n, f"{scene.id} {n} " + "word " * 40) for n in range(1, 11)]) for scene in scenes)
    found = {"s1.l2": 0.3, "s8.l2": 0.3}
    made = model()
    made.answer = lambda seen: (
        {"jokes": [joke(name, score) for name, score in found.items() if f"[{name}]" in seen.text]}
        if seen.asks_for == "jokes"
        else episode(seen)
    )
    value, _ = perform(made, comedy_step(BIBLE, EpisodePlan(title="x", scenes=tuple(scenes)), long), window=2_500)
    assert made.questions.count("jokes") > 2
    assert made.questions.count("punchlines") == 2  # only about runs with a weak joke
    assert [(each["scene"], each["element"]) for each in value["patches"]] == [("s1", "l2"), ("s8", "l2")]
    for scene in scenes:
        assert sum(f"## {scene.id}:" in seen.text for seen in made.asked if seen.asks_for == "jokes") == 1
