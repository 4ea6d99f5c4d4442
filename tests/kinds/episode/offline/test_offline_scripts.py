from __future__ import annotations

import asyncio

import pytest

from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Action, Dialogue, Slug
from scenewright.domain.show import Character, ContinuityFact, ScenePlan, SetPlace, Show, VoiceProfile
from scenewright.domain.steps import StepId
from scenewright.kinds.episode.draft import Beat, Line
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.measures import followed, read, scene_seconds, script_seconds
from scenewright.kinds.episode.offline import check_language, performers
from scenewright.kinds.episode.offline.marks import catchphrases, holds
from scenewright.kinds.episode.offline.performers import dialogue, directions
from scenewright.plan import Desk, Step
from tests.kinds.episode.offline import writing
from tests.kinds.episode.offline.writing import Written

CASES = pytest.mark.parametrize("work", writing.every(), ids=["low-tide", "afterlight", "lowtide", "afterlight-6"])

ADA = Character(
    id="ada",
    name="Ada",
    description="She keeps the light.",
    voice=VoiceProfile(tics=("mind you",), catchphrases=("not on my watch",), sentence_length="short"),
)
BO = Character(id="bo", name="Bo", voice=VoiceProfile(catchphrases=("by my boots",), vocabulary=("lantern",)))
CY = Character(id="cy", name="Cy")
SHOW = Show(title="The Lantern Room", characters=(ADA, BO, CY), sets=(SetPlace(id="room", name="Lamp Room"),))


def inputs(show: Show, scene: ScenePlan, *earlier: ScenePlan) -> dict[str, object]:
    return {
        "show": bible_for(show, scene),
        "header": {"title": "Fog"},
        "scene": scene.model_dump(mode="json"),
        "earlier": [each.model_dump(mode="json") for each in earlier],
        "knows": known_before(show, earlier, scene),
    }


def scene(*beats: str, **fields: object) -> ScenePlan:
    given = {"id": "s1", "title": "Fog", "slug": Slug(place="Lamp Room"), "characters": ("ada", "bo")}
    return ScenePlan.model_validate({**given, "beats": beats, "seconds": 60, **fields})


def said(show: Show, plan: ScenePlan, *earlier: ScenePlan, **options: object) -> list[Line]:
    return list(dialogue(inputs(show, plan, *earlier), **options))  # type: ignore[arg-type]


def played(show: Show, plan: ScenePlan, lines: list[Line]) -> list[Beat]:
    given = {**inputs(show, plan), "lines": [line.model_dump(mode="json") for line in lines]}
    return list(directions(given, {"before": None}))


@CASES
def test_a_script_passes_by_its_measures_and_has_no_line_twice(work: Written) -> None:
    found = work.assess()
    assert found.quality >= 0.85
    assert found.part("threads").value == 1.0
    assert found.part("order").value == 1.0
    assert found.part("variety").details["repeated lines"] <= 1


@CASES
def test_an_episode_has_eight_to_twelve_scenes_and_its_planned_length(work: Written) -> None:
    multi = work.script.camera == "multi"
    assert 8 <= len(work.script.scenes) <= 12
    assert script_seconds(work.script) == pytest.approx(work.show.minutes * 60, rel=0.15)
    for each in work.script.scenes:
        assert each.seconds is not None
        assert scene_seconds(each, language="en", multi=multi) == pytest.approx(each.seconds, rel=0.3)


@CASES
def test_set_ups_are_paid_off_and_callbacks_are_in_place(work: Written) -> None:
    threads = followed(read(work.script), work.show, work.plan)
    assert threads
    assert {thread.state for thread in threads} == {"paid"}


@CASES
def test_nobody_says_a_catchphrase_that_is_not_their_own(work: Written) -> None:
    for who in work.show.characters:
        for phrase in catchphrases(who):
            speakers = {line.character for line in work.lines() if holds(line.text, phrase)}
            assert speakers <= {who.id}
    assert any(
        holds(line.text, phrase)
        for line in work.lines()
        for who in work.show.characters
        for phrase in catchphrases(who)
    )


@CASES
def test_directions_stand_at_lines_that_exist_and_cameras_only_where_there_is_one(work: Written) -> None:
    for plan in work.plan.scenes:
        spoken, seen = (work.desk.known.value(StepId(name=name, scene=plan.id)) for name in ("dialogue", "directions"))
        assert spoken is not None
        assert seen is not None
        lines = {part["id"] for part in spoken["parts"]}
        beats = [Beat.model_validate(part) for part in seen["parts"]]
        assert beats
        assert {beat.line for beat in beats} - {""} <= lines
        if work.show.camera == "multi":
            assert not any(beat.camera for beat in beats)


def test_the_same_brief_gives_the_same_lines() -> None:
    plan = scene("Ada hides the oil in the stove.", "Bo asks where the oil is.")
    assert said(SHOW, plan) == said(SHOW, plan)


def test_another_take_gives_other_lines() -> None:
    plan = scene("Ada hides the oil in the stove.", "Bo asks where the oil is.")
    assert said(SHOW, plan, take=1) != said(SHOW, plan)


def test_a_note_becomes_something_that_happens() -> None:
    plan = scene("Ada polishes the lamp.")
    lines = said(SHOW, plan, note="Bo should confess that the lamp is his. ")
    assert any("lamp is mine" in line.text for line in lines if line.character == "bo")


def test_what_somebody_says_is_said_in_the_first_person() -> None:
    lines = said(SHOW, scene("Ada announces that she sold the lamp."))
    assert any("I sold the lamp" in line.text for line in lines if line.character == "ada")


def test_what_is_asked_of_somebody_is_said_to_them() -> None:
    lines = said(SHOW, scene("Ada asks Bo to fetch the ladder."))
    assert any("fetch the ladder" in line.text and "Bo" not in line.text for line in lines if line.character == "ada")


def test_what_is_done_is_seen_before_it_is_answered() -> None:
    plan = scene("Ada drops the lantern.", "Bo says that it was a good lantern.")
    lines = said(SHOW, plan)
    beats = played(SHOW, plan, lines)
    seen = next(beat for beat in beats if "ADA drops the lantern" in beat.text)
    answered = next(line for line in lines if "good lantern" in line.text)
    order = [line.id for line in lines]
    assert order.index(seen.line) <= order.index(answered.id)


def test_a_physical_gag_plays_in_four_steps() -> None:
    gag = (
        "Ada lifts the ladder. It swings round, then it takes the lamp with it, and Bo catches the lamp with his teeth."
    )
    plan = scene("Ada says that she needs no help.", comic_beats=[gag])
    steps = [beat.comedy for beat in played(SHOW, plan, said(SHOW, plan)) if beat.comedy]
    assert list(dict.fromkeys(steps)) == ["setup", "escalation", "climax", "resolution"]


def test_nobody_speaks_of_a_secret_before_it_is_out() -> None:
    secret = ContinuityFact(id="oil", text="Ada drank the lamp oil", terms=("drank the lamp oil",), known_by=("ada",))
    show = SHOW.model_copy(update={"facts": (secret,)})
    plan = scene("Bo looks for the lamp oil.", "Bo blames Ada.", reveals=[secret.model_dump(mode="json")])
    lines = said(show, plan)
    first = next(line for line in lines if holds(line.text, "drank the lamp oil"))
    assert first.character == "ada"


def test_act_outs_end_the_act() -> None:
    plan = scene("Bo counts the matches.", act_out="The light goes out", act_out_terms=["goes out"])
    lines = said(SHOW, plan)
    beats = played(SHOW, plan, lines)
    assert beats[-1].text == "FADE OUT."
    assert any(holds(beat.text, "goes out") and beat.line in ("", lines[-1].id) for beat in beats)


def test_cameras_are_suggested_in_single_camera_shows_only() -> None:
    plan = scene(
        "Ada says that the brass key is under the lamp.",
        setups=[{"id": "k", "text": "The brass key is under the lamp"}],
    )
    single, multi = SHOW, SHOW.model_copy(update={"camera": "multi"})
    assert [beat.text for beat in played(single, plan, said(single, plan)) if beat.camera] == [
        "CLOSE ON the brass key."
    ]
    assert not [beat for beat in played(multi, plan, said(multi, plan)) if beat.camera]


def test_people_who_do_not_know_names_of_others_in_lines() -> None:
    """Who speaks is in the scene; whoever is not, is only spoken of."""
    lines = said(SHOW, scene("Cy telephones from the harbour.", "Ada hopes to sleep."))
    assert {line.character for line in lines} <= {"ada", "bo"}


def test_lines_carry_the_words_of_whoever_speaks() -> None:
    work = writing.example("low-tide")
    orrin = [each for each in work.lines() if each.character == "orrin"]
    pip = [each for each in work.lines() if each.character == "pip"]
    assert sum(len(each.text.split()) for each in orrin) / len(orrin) > 1.3 * sum(
        len(each.text.split()) for each in pip
    ) / len(pip)


def test_directions_without_any_lines_are_still_a_picture() -> None:
    beats = played(SHOW, scene("Ada drops the lantern."), [])
    assert any("ADA drops the lantern" in beat.text for beat in beats)


def test_lines_that_somebody_else_wrote_get_their_directions_near_the_words_they_share() -> None:
    lines = [
        Line(id=f"x{n}", character="ada", text=text) for n, text in enumerate(("Evening.", "Mind the ladder!", "Soup?"))
    ]
    plan = scene("Bo falls from the ladder.")
    beat = next(each for each in played(SHOW, plan, lines) if "falls from the ladder" in each.text)
    assert beat.line == "x1"


@CASES
def test_every_scene_opens_on_a_picture(work: Written) -> None:
    for each in work.script.scenes:
        assert isinstance(each.elements[0], Action)
        assert any(isinstance(element, Dialogue) for element in each.elements)


def test_an_interrupted_scene_goes_on_behind_its_accepted_lines() -> None:
    plan = scene("Ada hides the oil in the stove.", "Bo asks where the oil is.")
    whole = [line.model_dump(mode="json") for line in said(SHOW, plan)]
    step = Step(id=StepId(name="dialogue", scene="s1"), pool="cpu", inputs=inputs(SHOW, plan))
    rest: list[dict[str, object]] = []

    async def append(part: dict[str, object]) -> None:
        rest.append(part)

    async def again() -> dict[str, object]:
        at = Desk(parts=whole[:2], part=append, note=append, leave=asyncio.Event())  # type: ignore[arg-type]
        return await performers()["dialogue"](step, at)

    assert asyncio.run(again()) == {"parts": whole}
    assert rest == whole[2:]


def test_other_languages_are_refused_with_the_remedy() -> None:
    check_language("en-GB")
    with pytest.raises(BadInput, match="model"):
        check_language("de")
