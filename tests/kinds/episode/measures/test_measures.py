"""What each measure finds, and where."""

from __future__ import annotations

from random import Random

import pytest

from scenewright.domain.screenplay import Act, Action, Dialogue, Person, Script, ScriptScene, Slug, Transition
from scenewright.domain.show import (
    Character,
    ContinuityFact,
    EpisodePlan,
    Joke,
    PayOff,
    ScenePlan,
    SetPlace,
    SetUp,
    Show,
    VoiceProfile,
)
from scenewright.kinds.episode.measures import (
    Assessment,
    assess,
    element_seconds,
    scene_eighths,
    scene_seconds,
    script_seconds,
    telling_apart,
)
from scenewright.kinds.episode.measures.reading import read
from tests.kinds.episode.measures.samples import SAMPLES, dealt, swapped

KITCHEN = Slug(place="Kitchen")
SHOW = Show(
    title="Two",
    minutes=1,
    characters=(
        Character(id="ann", name="Ann", voice=VoiceProfile(catchphrases=("heavens above",))),
        Character(id="bob", name="Bob"),
    ),
    sets=(SetPlace(id="kitchen", name="Kitchen", aliases=("Pantry",)),),
)


def script(*scenes: tuple[str, ...], place: str = "Kitchen") -> Script:
    """Lines as "who: words"; elements are e0, e1 ... in scenes s0, s1 ..."""
    made = []
    for number, lines in enumerate(scenes):
        said = [line.partition(": ") for line in lines]
        elements = tuple(Dialogue(id=f"e{at}", character=who, text=text) for at, (who, _, text) in enumerate(said))
        made.append(ScriptScene(id=f"s{number}", number=str(number), slug=Slug(place=place), elements=elements))
    cast = (Person(id="ann", name="ANN"), Person(id="bob", name="BOB"))
    return Script(title="Two", cast=cast, acts=(Act(name="ACT ONE", scenes=tuple(made)),))


def cited(found: Assessment, kind: str) -> list[tuple[str, str]]:
    return [(finding.scene, finding.element) for finding in found.findings if finding.kind == kind]


def planned(*scenes: ScenePlan) -> EpisodePlan:
    return EpisodePlan(title="Two", scenes=scenes)


def scene(number: int, **fields: object) -> ScenePlan:
    return ScenePlan.model_validate({"id": f"s{number}", "title": "", "slug": KITCHEN, **fields})


def test_a_catchphrase_in_the_wrong_mouth_is_cited() -> None:
    found = assess(script(("ann: Heavens above, a hat.", "bob: Heavens above! Mine.")), SHOW)
    assert cited(found, "wrong_catchphrase") == [("s0", "e1")]


def test_who_speaks_to_themselves_by_name_is_cited() -> None:
    assert cited(assess(script(("ann: Ann, sit down.", "bob: You sit down, Ann.")), SHOW), "own_name") == [("s0", "e0")]


def test_a_line_said_again_cites_both_places() -> None:
    found = assess(
        script(("ann: There is a horse in the bath.",), ("bob: There’s one. There is a horse in the bath!",)), SHOW
    )
    again = assess(script(("ann: There is a horse in the bath.",), ("bob: There is a horse in the bath!",)), SHOW)
    assert cited(found, "repeated_line") == []
    [finding] = [each for each in again.findings if each.kind == "repeated_line"]
    assert (finding.scene, finding.element, finding.other_scene, finding.other_element) == ("s1", "e0", "s0", "e0")


def test_a_phrase_in_three_lines_is_cited_once() -> None:
    lines = (
        "ann: My uncle ate a wooden boat once.",
        "bob: He ate a wooden boat?",
        "ann: Whoever ate a wooden boat slept.",
    )
    assert cited(assess(script(lines), SHOW), "repeated_phrase") == [("s0", "e2")]


SETUP = SetUp(id="gun", text="A gun", terms=("rusty gun",))
FIRED = PayOff(setup="gun", text="It fires", terms=("bang",))


@pytest.mark.parametrize(
    ("first", "second", "kind", "place"),
    [
        ("ann: A rusty gun.", "bob: Bang.", "", ("", "")),
        ("ann: A rusty gun.", "bob: Tea?", "setup_unpaid", ("s0", "e0")),
        ("ann: A new hat.", "bob: Bang.", "setup_missing", ("s1", "e0")),
    ],
)
def test_set_ups_are_followed_to_their_pay_off(first: str, second: str, kind: str, place: tuple[str, str]) -> None:
    found = assess(script((first,), (second,)), SHOW, planned(scene(0, setups=[SETUP]), scene(1, payoffs=[FIRED])))
    threads = found.part("threads")
    assert threads.value == (0 if kind else 1)
    assert [(each.kind, each.scene, each.element) for each in threads.findings] == ([(kind, *place)] if kind else [])


def test_a_pay_off_before_its_set_up_is_early() -> None:
    plan = planned(scene(1, setups=[SETUP]), scene(0, payoffs=[FIRED]))
    assert cited(assess(script(("bob: Bang.",), ("ann: A rusty gun.",)), SHOW, plan), "payoff_early") == [("s0", "e0")]


def test_what_stands_nowhere_and_has_no_line_to_cite_is_a_note() -> None:
    found = assess(script(), SHOW, planned(scene(0, setups=[SETUP])))
    assert not found.findings
    assert "“A gun” is planned and stands nowhere." in found.notes


def test_a_fact_that_comes_out_too_early_is_cited() -> None:
    fact = ContinuityFact(id="twin", text="Bob has a twin", terms=("twin",))
    lines = script(("ann: How is your twin?",), ("bob: I have a twin.",))
    assert cited(assess(lines, SHOW, planned(scene(0), scene(1, reveals=[fact]))), "fact_early") == [("s0", "e0")]


def test_a_secret_is_known_to_those_who_heard_it() -> None:
    fact = ContinuityFact(id="twin", text="Bob has a twin", terms=("twin",), known_by=("bob",))
    show = SHOW.model_copy(update={"facts": (fact,)})
    heard = script(("bob: I have a twin.", "ann: No!"), ("ann: Is that your twin?",))
    guessed = script(("ann: Is that your twin?", "bob: Who?"), ("bob: I have a twin.",))
    assert assess(heard, show).part("order").value == 1
    assert cited(assess(guessed, show), "fact_unknown_to") == [("s0", "e0")]


CALLBACK = {"id": "again", "to": "gun", "text": "The gun again", "terms": ["that gun"]}


def test_a_callback_that_is_missing_or_comes_before_its_origin_is_cited() -> None:
    plan = planned(scene(0, setups=[SETUP]), scene(1, callbacks=[CALLBACK]))
    gone = assess(script(("ann: A rusty gun.",), ("bob: Tea?", "bob: A rusty gun, you said.")), SHOW, plan)
    assert cited(gone, "callback_missing") == [("s0", "e0")]
    early = assess(script(("bob: Not that gun.",), ("ann: A rusty gun.", "bob: A rusty gun.")), SHOW, plan)
    assert cited(early, "callback_early") == [("s0", "e0")]


def test_a_fact_that_nobody_says_is_cited_where_it_was_to_come_out() -> None:
    fact = ContinuityFact(id="twin", text="Bob has a twin", terms=("twin",))
    found = assess(script(("ann: Hello.", "bob: Yes?")), SHOW, planned(scene(0, reveals=[fact])))
    assert cited(found, "fact_unsaid") == [("s0", "e1")]


def test_a_scene_behind_one_that_comes_later_is_cited() -> None:
    lines = script(("ann: One.", "bob: Yes."), ("ann: Two.", "bob: No."))
    found = assess(lines, SHOW, planned(scene(1), scene(0)))
    assert cited(found, "scene_order") == [("s0", "e0")]
    assert cited(assess(lines, SHOW, planned(scene(0), scene(1))), "scene_order") == []


def test_a_scene_that_is_far_off_its_planned_time_is_cited() -> None:
    lines = script(("ann: Hello.", "bob: Yes?"))
    assert cited(assess(lines, SHOW, planned(scene(0, seconds=90))), "scene_time") == [("s0", "e1")]
    assert cited(assess(lines, SHOW, planned(scene(0, seconds=2))), "scene_time") == []


def test_what_breaks_a_fact_is_cited() -> None:
    fact = ContinuityFact(id="only", text="Bob is an only child", broken_by=("my sister",))
    show = SHOW.model_copy(update={"facts": (fact,)})
    assert cited(assess(script(("bob: Ask my sister.",)), show), "fact_broken") == [("s0", "e0")]


def test_acts_end_on_what_was_planned() -> None:
    plan = planned(scene(0, act_out="The door opens", act_out_terms=["the door"]))
    assert assess(script(("ann: Who is it?", "bob: Look! The door!")), SHOW, plan).part("order").value == 1
    early = assess(script(("ann: The door!", "bob: No.", "ann: Yes.", "bob: Tea.", "ann: Milk.")), SHOW, plan)
    assert cited(early, "act_out") == [("s0", "e0")]


def test_jokes_are_spaced_only_where_they_are_marked() -> None:
    lines = script(tuple(f"ann: {'word ' * 60}{number}." for number in range(8)))
    assert assess(lines, SHOW).part("pacing").value is None
    marks = [Joke(scene="s0", punchline=name) for name in ("e0", "e0", "e7", "gone")]
    pacing = assess(lines, SHOW, jokes=marks).part("pacing")
    assert [each.kind for each in pacing.findings] == ["joke_twice", "dead_zone"]
    assert pacing.details["jokes"] == 3
    assert pacing.notes


def lasting(*lines: int) -> tuple[Script, list[Joke]]:
    """Jokes that are seen, each as far from the next one as its lines on the page: 54 of them are a minute."""
    seen = tuple(Action(id=f"e{at}", text="x" * 60 * count) for at, count in enumerate(lines))
    page = ScriptScene(id="s0", number="1", slug=KITCHEN, elements=seen)
    made = Script(title="Two", acts=(Act(name="ACT ONE", scenes=(page,)),))
    return made, [Joke(scene="s0", punchline=each.id) for each in seen]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ((18, 18), []),  # 20 s apart is no cluster
        ((17, 17), ["joke_cluster"]),
        ((108, 1), []),  # 120 s is not dead yet
        ((109, 1), ["dead_zone"]),
    ],
)
def test_below_20_s_is_a_cluster_and_above_120_s_is_dead(lines: tuple[int, int], kinds: list[str]) -> None:
    made, jokes = lasting(*lines)
    found = assess(made, SHOW, jokes=jokes).part("pacing")
    assert [each.kind for each in found.findings] == kinds
    assert [(each.scene, each.element) for each in found.findings] == [("s0", "e1" if lines[1] == 17 else "e0")][
        : len(kinds)
    ]
    assert (found.details["clusters"], found.details["dead zones"]) == (
        kinds.count("joke_cluster"),
        kinds.count("dead_zone"),
    )


def test_an_average_of_45_s_is_the_target() -> None:
    even = lasting(*[40, 41] * 3)
    dense, thin = lasting(*[20] * 9), lasting(*[90] * 4)
    values = [assess(made, SHOW, jokes=jokes).part("pacing") for made, jokes in (dense, even, thin)]
    assert values[1].details["average spacing, s"] == pytest.approx(45, abs=0.2)
    assert values[1].details["wanted spacing, s"] == 45
    assert values[1].value == pytest.approx(1, abs=0.01)
    assert [round(each.value or 0, 2) for each in (values[0], values[2])] == [0.49, 0.45]


def test_strangers_and_places_that_the_bible_does_not_know_are_cited() -> None:
    found = assess(script(("ann: Hello.", "carl: Hello."), place="Moon"), SHOW)
    assert cited(found, "unknown_character") == [("s0", "e1")]
    assert cited(found, "unknown_set") == [("s0", "e0")]
    assert not cited(assess(script(("ann: Hello.", "bob: Hello."), place="PANTRY"), SHOW), "unknown_set")


def test_a_scene_with_one_speaker_is_cited() -> None:
    assert cited(assess(script(("ann: Hello?", "ann: Nobody."), ("ann: Hi.", "bob: Hi.")), SHOW), "one_speaker") == [
        ("s0", "e0")
    ]


def test_an_episode_that_is_too_short_says_so() -> None:
    assert cited(assess(script(("ann: Hello.", "bob: Hello.")), SHOW), "running_time") == [("s0", "e1")]


def test_time_and_pages_are_estimated_from_words_and_lines() -> None:
    action = Action(id="a", text="x" * 60 * 27)  # half a page
    assert element_seconds(action, language="en") == pytest.approx(30)
    assert element_seconds(action.model_copy(update={"camera": True}), language="en") == 0
    assert element_seconds(Transition(id="t", text="CUT TO:"), language="en") == 0
    place = ScriptScene(id="s", number="1", slug=KITCHEN, elements=(action,))
    assert scene_seconds(place, language="en") == 30
    assert scene_eighths(place) == 5  # 27 lines, one above, three of the heading: a little more than a half
    honest = SAMPLES["lowtide"].script
    assert script_seconds(honest) == pytest.approx(read(honest).seconds, abs=1)


def test_lines_in_anybody_s_mouth_tell_nobody_apart() -> None:
    honest = SAMPLES["afterlight"].script
    assert min(telling_apart(read(honest)).values()) == 1
    values = telling_apart(read(dealt(honest, Random(1)))).values()
    assert sum(values) / len(values) < 0.5


def test_the_weakest_voice_is_named() -> None:
    sample = SAMPLES["lowtide"]
    found = sample.assess(swapped(sample.script, Random(1), two=True))
    assert len([each for each in found.findings if each.kind == "voice"]) == 2


def test_weights_add_up_over_what_was_measured() -> None:
    sample = SAMPLES["lowtide"]
    for found in (sample.assess(), assess(sample.script, sample.show)):
        assert sum(part.weight for part in found.parts) == pytest.approx(1)
        assert Assessment.model_validate_json(found.model_dump_json()) == found
