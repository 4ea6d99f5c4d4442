"""What people write: files that come back in, locks, and what the rest of the work makes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.base import digest
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput
from scenewright.domain.events import (
    AnyEvent,
    BriefSet,
    RefreshAsked,
    RunEnded,
    SceneEdited,
    SceneLocked,
    ScenesArranged,
    SceneSkipped,
    SceneUnlocked,
    SceneWanted,
    StepFailed,
    StepRetaken,
)
from scenewright.domain.screenplay import ScriptScene
from scenewright.exports.episode.fdx import to_fdx
from scenewright.exports.episode.fountain import to_fountain
from scenewright.kinds.episode.assemble import assembled
from scenewright.kinds.episode.details import details_of
from scenewright.kinds.episode.edits import done, imported, standing, texts
from scenewright.kinds.episode.story import dialogue_of, directions_of
from scenewright.kinds.plugin import Imported, Source
from scenewright.plan import Step
from tests.kinds.episode.desk import Desk, brief, dialogue, no_comedy, patch, rewrite

Rewrite = Callable[[str], str]
DONE = RunEnded(run="r", outcome="done")


def funny(step: Step) -> dict[str, Any]:
    """A comedy pass that finds a joke in every scene, and a better line for it."""
    scenes = [ScriptScene.model_validate(each) for each in step.context["text"]]
    spoken = [(scene, scene.elements[1].id) for scene in scenes if len(scene.elements) > 1]
    text = [f"Soup, {scene.id}." for scene, _ in spoken]
    patches = [patch(scene, line, said) for (scene, line), said in zip(spoken, text, strict=True)]
    jokes = [{"scene": scene.id, "punchline": line} for scene, line in spoken]
    return {**no_comedy(step), "patches": patches, "jokes": jokes}


def naming(*scenes: str, qualities: tuple[float, ...] = (0.5, 0.8)) -> Callable[[Step], dict[str, Any]]:
    def review(step: Step) -> dict[str, Any]:
        there = {each["id"] for each in step.context["text"]}
        findings = [
            {"kind": "other", "scene": scene, "element": "l1", "text": "Dull.", "by": "model"}
            for scene in scenes
            if scene in there
        ]
        return {"quality": qualities[int(step.id.item) - 1], "assessment": {}, "findings": findings}

    return review


def refining(step: Step) -> dict[str, Any]:
    return rewrite(step, "l1", f"Round {step.id.item}.")


def desk(**answers: Any) -> Desk:
    return Desk({"comedy": funny, "review": naming("s2"), "refine": refining, **answers})


def lines(made: Desk) -> dict[str, list[str]]:
    return {scene: made.lines(scene) for scene in made.best.text}


def fountain(made: Desk) -> str:
    return to_fountain(assembled(made.known).script)


def back(made: Desk, text: str, name: str = "draft.fountain") -> Imported:
    return imported(made.known, Source(name=name, data=text.encode()))


def events(found: Imported) -> list[AnyEvent]:
    edits = [SceneEdited(scene=scene, value=value, why="imported") for scene, value in found.edits.items()]
    return [*edits, ScenesArranged(scenes=found.scenes), *(SceneSkipped(scene=scene) for scene in found.gone)]


def locking(made: Desk, scene: str) -> list[AnyEvent]:
    value = standing(made.known, scene)
    assert value is not None
    return [SceneEdited(scene=scene, value=value, why="locked", written=False), SceneLocked(scene=scene)]


# Files


@pytest.mark.parametrize("form", ["draft.fountain", "draft.fdx"])
def test_a_file_that_nobody_touched_changes_nothing(form: str) -> None:
    made = desk().start(brief(threshold=1.0, rounds=1))
    script = assembled(made.known).script
    text = to_fdx(script) if form.endswith("fdx") else to_fountain(script)
    found = back(made, text, form)
    assert (found.edits, found.scenes, found.gone, found.matched) == ({}, ("s1", "s2", "s3"), (), 3)


def test_a_changed_line_is_an_edit_of_its_scene_and_of_no_other() -> None:
    made = desk().start(brief(threshold=1.0, rounds=1))
    before = lines(made)
    found = back(made, fountain(made).replace("Soup, s2.", "It is bisque."))
    assert list(found.edits) == ["s2"]
    made.tell(*events(found)).run()
    assert lines(made) == {**before, "s2": [line.replace("Soup, s2.", "It is bisque.") for line in before["s2"]]}
    assert assembled(made.known).edited == ("s2",)


def test_scenes_are_added_moved_and_left_out() -> None:
    made = desk().start(brief(threshold=1.0, rounds=1))
    head, *scenes = (fountain(made) + "\n").split("## ")
    new = "INT. PIER - DAY\n\nA gull lands.\n\nGULL\nMine.\n\n"
    found = back(made, "## ".join([head, scenes[2], scenes[0]]) + new)
    assert found.scenes == ("s3", "s1", "new-1")
    assert (found.gone, list(found.edits)) == (("s2",), ["new-1"])
    made.tell(*events(found)).run()
    assert list(made.best.text) == ["s3", "s1", "new-1"]
    assert made.lines("new-1") == ["A gull lands.", "Mine."]
    script = assembled(made.known).script
    assert [scene.number for scene in script.scenes] == ["1", "2", "3"]
    assert [person.name for person in script.cast] == ["ADA", "BO", "GULL"]
    assert "outline" not in made.performed[made.performed.index("review/2") :]


@pytest.mark.parametrize("camera", ["single", "multi"])
def test_a_shot_comes_in_as_one_where_a_show_has_shots(camera: str) -> None:
    given = brief(threshold=1.0, rounds=0)
    show = {**given.details["show"], "camera": camera}
    made = desk().start(given.model_copy(update={"details": {**given.details, "show": show}}))
    text = to_fdx(assembled(made.known).script).replace('ScenewrightCamera="multi"', "")
    shot = '<Paragraph Type="Shot"><Text>CLOSE ON THE LAMP</Text></Paragraph>'
    found = back(made, text.replace("</Content>", f"{shot}</Content>"), "draft.fdx")
    (edit,) = found.edits.values()
    seen = next(each for each in edit["scene"]["elements"] if each["text"] == "CLOSE ON THE LAMP")
    assert (seen["type"], seen["camera"]) == ("action", camera == "single")


def test_a_scene_that_failed_can_be_written_by_hand() -> None:
    made = desk()
    made.start(brief()).tell(StepFailed(step=directions_of("s2"), policy="mark", reason="r", useless=True))
    made.known.adopted.pop(directions_of("s2"))
    made.tell(BriefSet(brief=made.known.brief))
    assert not made.board.finished()
    assert list(texts(made.known)) == ["s1", "s3"]
    head, first, third = fountain(made).split("## ")
    found = back(made, "## ".join([head, first, "Scene 2\n\nINT. LAMP ROOM\n\nBO\nNothing.\n\n", third]))
    assert list(found.edits) == ["s2"]
    made.performed.clear()
    made.tell(*events(found)).run()
    assert made.board.finished()
    assert made.lines("s2") == ["Nothing."]
    assert not made.known.failed
    assert "directions@s2" not in made.performed


def test_what_stands_in_a_file_names_no_scene_of_a_later_plan() -> None:
    made = desk().start(brief(2))
    text = (
        fountain(made) + "\nINT. PIER - DAY\n\n[[scene s7]]\n\nFog.\n\nINT. ATTIC\n\n[[scene ../../x%20y]]\n\nDust.\n"
    )
    assert back(made, text).scenes == ("s1", "s2", "new-1", "new-2")


@pytest.mark.parametrize(("name", "data"), [("a.pdf", b"%PDF"), ("a.fountain", b"no scene"), ("a.fdx", b"<no/>")])
def test_what_is_no_script_is_refused(name: str, data: bytes) -> None:
    made = desk().start(brief())
    with pytest.raises(BadInput, match=r"a\.(pdf|fountain|fdx)"):
        imported(made.known, Source(name=name, data=data))


def test_other_programs_drop_acts_and_ids_and_that_changes_nothing() -> None:
    made = desk().start(brief())
    script = assembled(made.known).script
    text = "\n".join(line for line in to_fountain(script, ids=False).split("\n") if not line.startswith("#"))
    assert back(made, text).edits == {}


# Locks


def test_a_lock_takes_no_line_back_anywhere() -> None:
    """Only the second round found something in scene 1: it was a round because scene 2 was rewritten in the first."""
    found = {"1": "s2", "2": "s1", "3": ""}

    def review(step: Step) -> dict[str, Any]:
        return naming(found[step.id.item], qualities=(0.5, 0.6, 0.7))(step)

    made = desk(review=review).start(brief(threshold=1.0, rounds=2))
    before, jokes = lines(made), made.best.jokes
    assert before["s1"][0] == "Round 2.s1."
    made.performed.clear()
    made.tell(*locking(made, "s2")).run()
    assert (lines(made), made.best.jokes, made.performed) == (before, jokes, [])
    made.tell(SceneSkipped(scene="s2")).run()
    assert lines(made) == {"s1": before["s1"], "s3": before["s3"]}


def test_a_lock_of_what_the_finale_left_alone_makes_nothing_stale() -> None:
    made = desk(comedy=no_comedy).start(brief(threshold=1.0, rounds=1))
    made.tell(*locking(made, "s3")).run()
    assert not made.board.stale()


@pytest.mark.parametrize("scene", ["s1", "s2"])
def test_nothing_changes_a_locked_scene(scene: str) -> None:
    made = desk().start(brief(threshold=1.0, rounds=1))
    made.tell(*locking(made, scene))
    before = made.lines(scene)
    made.answers = {**made.answers, "comedy": lambda step: {**funny(step)}, "review": naming("s1", "s2", "s3")}
    made.tell(RefreshAsked()).run().tell(DONE)
    assert "comedy" in made.performed[-6:]
    assert made.lines(scene) == before
    assert not any(f"refine/1.{scene}" in step for step in made.performed[made.performed.index("review/2") + 1 :])
    made.tell(StepRetaken(step=dialogue_of(scene), take=1), BriefSet(brief=renamed(made.known.brief))).run()
    assert made.lines(scene) == before


def test_a_scene_that_was_locked_as_it_was_drafted_stays_so_when_jokes_are_looked_for_again() -> None:
    made = desk(comedy=no_comedy, review=naming()).start(brief(threshold=1.0, rounds=1))
    made.tell(*locking(made, "s3"))
    before = lines(made)
    made.answers = {**made.answers, "comedy": funny}
    made.tell(StepRetaken(step=dialogue_of("s1"), take=1), RefreshAsked()).run().tell(DONE)
    assert "Soup, s2." in made.lines("s2")
    assert made.lines("s3") == before["s3"]
    assert not [change for change in made.best.changes if change.patch.scene == "s3"]


def renamed(before: Brief) -> Brief:
    """As after a change of the bible: everybody in every scene talks otherwise."""
    details = details_of(before)
    people = tuple(each.model_copy(update={"humour": "dry"}) for each in details.show.characters)
    changed = details.model_copy(update={"show": details.show.model_copy(update={"characters": people})})
    return before.model_copy(update={"details": changed.model_dump(mode="json")})


def test_an_unlocked_scene_reads_on_as_it_did_and_is_refined_when_that_is_asked_for() -> None:
    made = desk().start(brief(threshold=1.0, rounds=1))
    made.tell(*locking(made, "s2"), SceneUnlocked(scene="s2"))
    before = made.lines("s2")
    made.performed.clear()
    made.run()
    assert (made.lines("s2"), made.performed) == (before, [])
    made.answers = {**made.answers, "refine": lambda step: rewrite(step, "l1", "Anew.")}
    made.tell(RefreshAsked()).run().tell(DONE)
    assert made.lines("s2")[0] == "Anew."


# What the rest makes of an edit


def edited(made: Desk, scene: str, **changes: str) -> SceneEdited:
    """`changes`: element -> text."""
    value = texts(made.known)[scene]
    elements = [{**each, "text": changes.get(each["id"], each["text"])} for each in value["scene"]["elements"]]
    kept = {key: value[key] for key in ("act", "cast")}
    return SceneEdited(scene=scene, value={**kept, "scene": {**value["scene"], "elements": elements}})


def test_an_edit_survives_a_changed_bible_and_a_refresh_that_does_not_name_it() -> None:
    made = desk(comedy=no_comedy, review=naming()).start(brief())
    made.tell(edited(made, "s2", l1="Mine.")).run()
    made.performed.clear()
    made.tell(BriefSet(brief=renamed(made.known.brief))).run()
    assert [step for step in made.performed if "s2" in step] == []
    assert "dialogue@s3" in made.performed
    made.tell(RefreshAsked()).run().tell(DONE)
    assert made.lines("s2")[0] == "Mine."


def test_what_follows_on_an_edit_is_stale_and_is_made_anew_when_that_is_asked_for() -> None:
    made = desk(review=naming(qualities=(0.9,))).start(brief())
    made.tell(edited(made, "s1", l2="The tide is out.")).run()
    assert {str(step.id) for step in made.board.stale()} == {"directions@s2", "comedy", "review/1"}
    made.performed.clear()
    made.tell(RefreshAsked()).run().tell(DONE)
    assert made.performed == ["directions@s2", "comedy", "review/1"]
    assert not made.board.stale()


def noted(step: Step) -> dict[str, Any]:
    """A review that finds something in two scenes, and says which text it read."""
    read = {scene["id"]: digest(scene) for scene in step.context["text"]}
    return {**naming("s1", "s2")(step), "as_read": read}


def test_an_edit_makes_no_review_better() -> None:
    def parts() -> list[str]:
        quality = assembled(made.known).quality
        return [part.name for part in quality.parts] if quality else []

    by_model = brief(threshold=0.4, rounds=0).model_copy(update={"author": "llm", "model": "openai:test"})
    made = desk(review=noted).start(by_model)
    assert "review" in parts()
    made.tell(edited(made, "s2", l1="Mine."))
    assert "review" not in parts()
    made.run().tell(RefreshAsked()).run()
    assert "review" in parts()


def test_what_a_review_found_in_another_text_starts_nothing_and_is_not_told() -> None:
    made = desk(review=noted).start(brief(threshold=0.4, rounds=1))
    assert {each.scene for each in made.best.findings} == {"s1", "s2"}
    made.tell(edited(made, "s2", l1="Mine."))
    strict = made.known.brief.model_copy(update={"details": {**made.known.brief.details, "threshold": 1.0}})
    made.performed.clear()
    made.tell(BriefSet(brief=strict)).run()
    assert [step for step in made.performed if step.startswith("refine")] == ["refine/1.s1"]
    assert made.lines("s2")[0] == "Mine."


def test_jokes_whose_lines_are_gone_are_not_told() -> None:
    made = desk().start(brief())
    assert [joke.scene for joke in made.best.jokes] == ["s1", "s2", "s3"]
    value = texts(made.known)["s2"]
    cut = {**value, "scene": {**value["scene"], "elements": value["scene"]["elements"][:1]}}
    made.tell(SceneEdited(scene="s2", value=cut))
    assert [joke.scene for joke in made.best.jokes] == ["s1", "s3"]


def test_a_scene_that_is_written_again_gives_the_edit_up() -> None:
    made = desk(comedy=no_comedy, review=naming()).start(brief())
    made.tell(edited(made, "s2", l1="Mine.")).run()
    again = [StepRetaken(step=step, take=1, note="darker") for step in (dialogue_of("s2"), directions_of("s2"))]
    made.tell(*again).run()
    assert made.lines("s2")[0] == "Is this the fog of s2, take 1?"
    assert assembled(made.known).edited == ()


def test_a_scene_that_comes_back_is_as_it_was() -> None:
    made = desk(comedy=no_comedy).start(brief())
    made.tell(edited(made, "s2", l1="Mine."), SceneSkipped(scene="s2"), SceneWanted(scene="s2")).run()
    assert made.lines("s2")[0] == "Mine."


def test_what_a_step_did_is_said_for_people() -> None:
    made = desk().start(brief(threshold=1.0, rounds=1))
    said = {str(step): done(step) for step in made.known.adopted}
    assert said["dialogue@s1"] == "draft"
    assert said["comedy"] == "after the comedy pass"
    assert said["refine/1.s2"] == "refined, round 1"
    assert said["review/1"] == ""


def test_a_draft_is_what_the_authors_gave() -> None:
    made = desk(dialogue=dialogue).start(brief())
    assert texts(made.known)["s1"]["carry"] == made.known.adopted[dialogue_of("s1")].value["parts"]


def test_a_file_with_more_scenes_than_any_episode_is_refused() -> None:
    made = desk().start(brief())
    with pytest.raises(BadInput, match="give one episode"):
        back(made, "INT. PIER\n\nFog.\n\n" * 501)


PIECES = st.sampled_from(
    [
        "## Scene 2",
        "[[scene s2]]",
        "[[scene s9]]",
        "INT. PIER",
        "INT. LAMP ROOM",
        "ADA\n",
        "BO ^\nNo.",
        "# ACT",
        "===",
        ">",
    ]
) | st.text(max_size=30)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2), PIECES), max_size=8))
def test_whatever_is_done_to_a_file_it_comes_back_in_or_is_refused(changes: list[tuple[int, int, str]]) -> None:
    made = desk().start(brief())
    lines = fountain(made).split("\n")
    for at, cut, piece in changes:
        lines[at : at + cut] = [piece, ""]
    try:
        found = back(made, "\n".join(lines))
    except BadInput:
        return
    made.tell(*events(found)).run()
    read = made.best.text
    assert list(read) == list(found.scenes)
    assert all(len({each.id for each in scene.elements}) == len(scene.elements) for scene in read.values())
    assert back(made, fountain(made)).edits == {}
