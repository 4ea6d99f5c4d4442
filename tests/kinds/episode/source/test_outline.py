"""An outline in Fountain or Final Draft, and one more episode of a kept show."""

from __future__ import annotations

import pytest

from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Act, Action, Dialogue, Person, Script, ScriptScene, Slug
from scenewright.domain.show import Character, ContinuityFact, EpisodePlan, RunningGag, SetPlace, Show
from scenewright.exports.episode.fdx import to_fdx
from scenewright.exports.episode.fountain import to_fountain
from scenewright.kinds.episode.details import EpisodeDetails, details_of
from scenewright.kinds.episode.source import bound, read
from scenewright.kinds.plugin import Read, Source

FOUNTAIN = """Title: The Slope
Logline: A pier gives way.
{more}

# Act One

## The inspector
= MABEL hides the letter from MR. VOSS.
= Mr. Voss measures the door.

INT. TEA ROOM - DAY

[[story: A]]
[[comic: The table of @Orrin's collapses.]]
[[set-up spoon: Orrin has a spoon]]
[[seconds: 45]]

A new chair stands there, on TV.

## Below
INT. CELLAR - NIGHT
= Mabel goes down. She finds the LEVER.
[[pay-off spoon: The spoon moves it]]
[[act out: It groans.]]

# Tag

EXT. PIER - DAWN

MABEL AND ORRIN are rich.
"""

SHOW = Show(
    title="Low Tide",
    characters=(Character(id="mabel", name="Mabel"), Character(id="orrin", name="Orrin")),
    sets=(SetPlace(id="tea-room", name="Tea Room"),),
    gags=(RunningGag(id="gull", text="A gull steals"),),
    facts=(ContinuityFact(id="sea", text="Orrin has never sailed", known_by=("orrin",)),),
)


def outline(text: str, name: str = "o.fountain") -> Read:
    return read(Source(name=name, data=text.encode()))


def fountain(more: str = "") -> Read:
    return outline(FOUNTAIN.format(more=more))


def details(found: Read) -> EpisodeDetails:
    return details_of(Brief.model_validate(found.fields))


def plan_of(found: Read) -> EpisodePlan:
    plan = details(found).plan
    assert plan is not None
    return plan


def test_headings_and_synopses_are_an_outline() -> None:
    plan = plan_of(fountain())
    assert (plan.title, plan.logline) == ("The Slope", "A pier gives way.")
    assert [scene.act for scene in plan.scenes] == ["ACT ONE", "ACT ONE", "TAG"]
    first, second, last = plan.scenes
    assert (first.title, first.story, first.seconds) == ("The inspector", "A", 45)
    assert first.purpose == "Mabel hides the letter from Mr. Voss."
    assert first.beats == ("Mr. Voss measures the door.", "A new chair stands there, on TV.")
    assert first.comic_beats == ("The table of Orrin's collapses.",)
    assert first.slug == Slug(interior="INT.", place="TEA ROOM", time="DAY")
    assert second.beats == ("Mabel goes down.", "She finds the Lever.")
    assert second.act_out == "It groans."
    assert second.payoffs[0].setup == first.setups[0].id == "spoon"
    assert last.purpose == ""
    assert last.beats == ("Mabel AND Orrin are rich.",)


def test_names_are_found_and_said() -> None:
    found = fountain()
    people = details(found).show.characters
    assert [each.name for each in people] == ["Mabel", "Mr. Voss", "Orrin", "Lever"]
    assert any("Mabel, Mr. Voss" in warning for warning in found.warnings)
    plan = plan_of(found)
    assert set(plan.scenes[0].characters) == {"mabel", "mr-voss", "orrin"}
    assert set(plan.scenes[1].characters) == {"mabel", "lever"}
    assert set(plan.scenes[2].characters) == {"mabel", "orrin"}


def test_without_a_show_the_title_page_names_one() -> None:
    assert details(fountain()).show.title == "The Slope"


def test_of_a_kept_show_only_its_people_are_taken() -> None:
    found = fountain("Show: Low Tide")
    assert found.fields["details"]["show"] == "Low Tide"
    plan = EpisodePlan.model_validate(bound(found.fields["details"], SHOW)["plan"])
    assert set(plan.scenes[0].characters) == {"mabel", "orrin"}
    assert plan.scenes[0].slug.place == "Tea Room"
    assert plan.scenes[1].characters == ("mabel",)
    assert plan.scenes[1].beats[1] == "She finds the LEVER."


def test_a_script_is_told_where_it_belongs() -> None:
    with pytest.raises(BadInput, match=r"somebody speaks in scene 2 .*scenewright import ID x\.fountain"):
        outline("INT. A - DAY\n\nRain.\n\nINT. B - DAY\n\nMABEL\nHello.\n", "x.fountain")


def test_notes_that_contradict_each_other_are_refused_with_their_scene() -> None:
    with pytest.raises(BadInput, match=r"o\.fountain, scene 1 \(A\): setup pays off 'gun', which is set up nowhere"):
        outline("INT. A - DAY\n\n[[pay-off gun: bang]]\n")
    with pytest.raises(BadInput, match=r"scene 1 \(A\): seconds must be a number"):
        outline("INT. A - DAY\n\n[[seconds: soon]]\n")
    with pytest.raises(BadInput, match=r"scene 2 \(B\): act is ACT ONE, but ACT TWO has been"):
        outline("# ACT TWO\n\nINT. A\n\n# ACT ONE\n\nINT. B\n")


def test_final_draft_says_the_same() -> None:
    scene = ScriptScene(
        id="x",
        number="1",
        title="The inspector",
        synopsis="MABEL hides the letter.\nVoss measures.",
        slug=Slug(place="Tea Room", time="DAY"),
        elements=(Action(id="e1", text="Rain."),),
    )
    script = Script(title="The Slope", acts=(Act(name="ACT ONE", scenes=(scene,)),))
    fdx = read(Source(name="o.fdx", data=to_fdx(script).encode()))
    assert plan_of(fdx) == plan_of(outline(to_fountain(script)))
    assert plan_of(fdx).scenes[0].beats == ("Voss measures.", "Rain.")


def test_a_finished_script_in_final_draft_is_no_outline() -> None:
    said = Dialogue(id="e1", character="mabel", text="Sit.")
    scene = ScriptScene(id="x", number="1", slug=Slug(place="Tea Room"), elements=(said,))
    script = Script(title="T", cast=(Person(id="mabel", name="Mabel"),), acts=(Act(name="", scenes=(scene,)),))
    with pytest.raises(BadInput, match="somebody speaks in scene 1"):
        read(Source(name="o.fdx", data=to_fdx(script).encode()))


KEPT = """
show: Low Tide
title: The Guest
guests:
  - name: Voss
    relationships: {MABEL: a scone}
scenes:
  - slug: tea room - night
    characters: [mabel, Voss]
    setups: {gun: A gun}
    reveals: [sea, Voss is lonely]
  - slug: INT. TEA ROOM
    characters: Orrin
    payoffs: {gun: It was a pipe}
    callbacks: [{to: gull, text: again}, {to: gun, text: bang}]
"""


def kept(text: str = KEPT, show: Show = SHOW) -> EpisodeDetails:
    return EpisodeDetails.model_validate(bound(outline(text, "k.yaml").fields["details"], show))


def test_one_more_episode_of_a_kept_show() -> None:
    found = kept()
    assert found.title == "The Guest"
    assert [each.id for each in found.show.characters] == ["mabel", "orrin", "voss"]
    assert found.show.characters[2].relationships == {"mabel": "a scone"}
    assert found.plan is not None
    first, second = found.plan.scenes
    assert first.characters == ("mabel", "voss")
    assert second.characters == ("orrin",)
    assert first.slug.place == second.slug.place == "Tea Room"
    assert first.reveals[0] == SHOW.facts[0]
    assert first.reveals[1].text == "Voss is lonely"
    assert [each.to for each in second.callbacks] == ["gull", "gun"]


def test_a_guest_who_has_stayed_is_the_one_who_is_there() -> None:
    show = SHOW.model_copy(update={"characters": (*SHOW.characters, Character(id="mr-v", name="VOSS"))})
    found = kept(show=show)
    assert [each.id for each in found.show.characters] == ["mabel", "orrin", "mr-v"]
    assert found.plan is not None
    assert found.plan.scenes[0].characters == ("mabel", "mr-v")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("characters: Orrin", "characters: Orin", "names 'Orin', which is no character here; did you mean 'Orrin'?"),
        ("to: gull", "to: gul", "names 'gul', which is no set-up or running gag here"),
        ("MABEL:", "Mable:", "names 'Mable', which is no character here; did you mean 'Mabel'?"),
    ],
)
def test_what_the_kept_show_lacks_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        kept(KEPT.replace(old, new))
    assert says in str(caught.value)
    assert str(caught.value).startswith("The outline does not fit the show Low Tide: ")


def test_a_show_may_stand_in_the_outline() -> None:
    plan = plan_of(outline("show: {title: T, characters: [Ann]}\nscenes: [{slug: A, characters: ann}]", "x.yml"))
    assert plan.scenes[0].characters == ("ann",)
