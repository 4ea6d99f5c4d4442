"""How a script reads as a whole: who speaks after whom, how scenes open, and what an outline is planned from."""

from __future__ import annotations

from collections import Counter

import pytest

from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput
from scenewright.domain.outline import Handoff
from scenewright.domain.screenplay import Action, Dialogue, Slug
from scenewright.domain.show import Character, ScenePlan, SetPlace, Show, VoiceProfile
from scenewright.kinds.episode import kind
from scenewright.kinds.episode.details import EpisodeDetails
from scenewright.kinds.episode.draft import Line
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.offline.dealing import Deck
from scenewright.kinds.episode.offline.outline import outlined
from scenewright.kinds.episode.offline.performers import dialogue, directions
from scenewright.kinds.episode.offline.sources import sentences_of, setting_of
from scenewright.kinds.episode.offline.voice import Voice
from tests.kinds.episode.offline import writing

SHOW = Show(
    title="Lamp",
    minutes=8,
    characters=(Character(id="ada", name="Ada"), Character(id="bo", name="Bo"), Character(id="cy", name="Cy")),
    sets=(SetPlace(id="lamp", name="Lamp Room", description="Glass on all sides.", props=("a brass lamp",)),),
)


def scene(*beats: str, name: str = "s2", **fields: object) -> ScenePlan:
    given = {"id": name, "title": "Fog", "slug": Slug(place="Lamp Room"), "characters": ("ada", "bo"), "seconds": 40}
    return ScenePlan.model_validate({**given, "beats": beats, **fields})


def said(plan: ScenePlan, *earlier: ScenePlan) -> list[Line]:
    return list(
        dialogue(
            {
                "show": bible_for(SHOW, plan),
                "header": {"title": "Fog"},
                "scene": plan.model_dump(mode="json"),
                "earlier": [each.model_dump(mode="json") for each in earlier],
                "knows": known_before(SHOW, earlier, plan),
            }
        )
    )


def seen(plan: ScenePlan, lines: list[Line], before: dict[str, object] | None = None) -> list[str]:
    given = {
        "show": bible_for(SHOW, plan),
        "scene": plan.model_dump(mode="json"),
        "lines": [line.model_dump(mode="json") for line in lines],
    }
    return [beat.text for beat in directions(given, {"before": before})]


@pytest.mark.parametrize("work", writing.every(), ids=["low-tide", "afterlight", "lowtide", "afterlight-premise"])
def test_nobody_speaks_twice_in_a_row_without_something_seen_between(work: writing.Written) -> None:
    again = [
        second.text
        for each in work.script.scenes
        for first, second in zip(each.elements, each.elements[1:], strict=False)
        if isinstance(first, Dialogue) and isinstance(second, Dialogue) and first.character == second.character
    ]
    assert len(again) <= 1  # the comedy pass may put a line in


def test_a_question_is_answered_by_the_beat_that_answers_it() -> None:
    lines = said(scene("Ada asks Bo where the oil is.", "Bo says that he drank it."))
    asked = next(at for at, line in enumerate(lines) if "Where is the oil?" in line.text)
    assert lines[asked + 1].character == "bo"
    assert "I drank it" in lines[asked + 1].text


def test_what_is_seen_is_not_told_again() -> None:
    lines = said(scene("Ada hides the oil in the stove.", "Bo counts the matches."))
    assert not any("hiding" in line.text or "hid the" in line.text for line in lines)


def test_a_scene_opens_on_what_the_one_before_hands_over() -> None:
    handoff = Handoff(ends_on="A knock.", next_opens_on="Fog, and in it a very small bell.")
    plan = scene("Ada counts the matches.")
    before: dict[str, object] = {"slug": None, "lines": [], "next_opens_on": handoff.next_opens_on}
    assert seen(plan, said(plan), before)[0] == "Fog, and in it a very small bell."


def test_what_is_handed_over_may_be_said() -> None:
    first = scene("Bo sleeps.", name="s1", handoff=Handoff(next_opens_on="Bo says that the fog is late."))
    lines = said(scene("Ada counts the matches."), first)
    assert (lines[0].character, lines[0].text) == ("bo", "The fog is late.")


def test_a_scene_ends_on_what_it_hands_over() -> None:
    plan = scene("Ada counts the matches.", handoff=Handoff(ends_on="Bo says that the boat is gone."))
    lines = said(plan)
    assert (lines[-1].character, lines[-1].text) == ("bo", "The boat is gone.")


def test_an_act_out_is_seen_and_said() -> None:
    plan = scene(
        "Ada counts the matches.", act_out="In the dark something groans, and Bo says that it was not the fish."
    )
    lines = said(plan)
    assert "It was not the fish" in lines[-1].text
    assert "In the dark something groans." in seen(plan, lines)


def test_openings_differ_from_scene_to_scene() -> None:
    for work in writing.every():
        first = [next(e.text for e in each.elements if isinstance(e, Action)) for each in work.script.scenes]
        assert max(Counter(first).values()) <= 3
        second = [each.elements[1].text.split(" ", 1)[-1] for each in work.script.scenes]
        assert len(set(second)) > len(second) // 2


def test_only_nouns_are_tagged_on() -> None:
    voice = VoiceProfile(vocabulary=("lowkey", "unhinged", "iconic", "kettle"))
    speaker = Voice(Character(id="p", name="Pip", voice=voice), Deck("x", 0), 0)
    heard = " ".join(speaker.speaks("The door is open.") for _ in range(30))
    assert not any(word in heard for word in ("lowkey", "unhinged", "iconic"))
    assert heard.count("kettle") == 1


@pytest.mark.parametrize(
    ("transform", "words"),
    [
        ("this 1950s sitcom, on a space station", "on a space station"),
        ("The same, but in a lighthouse with robots.", "in a lighthouse"),
        ("darker", None),
        ("in the style of a western", None),
        ("", None),
    ],
)
def test_a_setting_is_found_where_one_is_named(transform: str, words: str | None) -> None:
    found = setting_of(transform)
    assert (found.words if found else None) == words


def test_a_premise_is_moved_to_its_new_setting() -> None:
    given = {"show": SHOW.model_dump(mode="json"), "premise": "A ship is late.", "transform": "all on a space station"}
    header, *scenes = outlined(given)
    assert "on a space station" in header["logline"]
    assert any("space station" in beat for beat in scenes[0]["beats"])
    _bare, first, *_ = outlined({**given, "show": SHOW.model_copy(update={"sets": ()}).model_dump(mode="json")})
    assert first["slug"]["place"].upper() == "SPACE STATION"
    assert not any("all on a space" in beat for each in scenes for beat in each["beats"])


def test_an_outline_is_planned_from_what_documents_tell() -> None:
    section = {"blocks": [{"type": "prose", "text": "Ada **sells** the lamp. Bo buys it back at night."}]}
    document = {
        "name": "treatment.md",
        "sections": [section, {"blocks": [{"type": "list", "items": ["Cy tells nobody."]}]}],
    }
    assert sentences_of([document]) == ["Ada sells the lamp.", "Bo buys it back at night.", "Cy tells nobody."]
    _, *scenes = outlined({"show": SHOW.model_dump(mode="json"), "premise": "", "documents": [document]})
    beats = [beat for each in scenes for beat in each["beats"]]
    assert [each for each in beats if each in sentences_of([document])] == sentences_of([document])


def test_another_language_is_refused_before_anything_is_written() -> None:
    details = EpisodeDetails(show=SHOW).model_dump(mode="json")
    brief = Brief(kind="episode", topic="x", language="de", author="offline", audio=False, details=details)
    with pytest.raises(BadInput, match="English"):
        kind.PLUGIN.complete(brief, lambda people, language, leading: {})
    assert kind.PLUGIN.complete(brief.model_copy(update={"language": "en-GB"}), lambda *_: {}).language == "en-GB"
