"""What a show keeps, and what its next episode is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from scenewright.domain.base import Json
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.episode import Episode, SceneRead
from scenewright.domain.errors import BadInput, StoreError
from scenewright.domain.screenplay import Act, Dialogue, Person, Script, ScriptScene, Slug
from scenewright.domain.show import (
    Callback,
    Character,
    ContinuityFact,
    EpisodePlan,
    RunningGag,
    ScenePlan,
    Show,
)
from scenewright.kinds.episode.series import KeepsShows, name_of

KIND = KeepsShows()
ANN, BEN, CAT = (Character(id=name, name=name.title()) for name in ("ann", "ben", "cat"))
LETTER = ContinuityFact(id="letter", text="Ann wrote the letter", terms=("wrote the letter",))
HAT = RunningGag(id="hat", text="Ben loses his hat", variations=("at sea",))
SHOW = Show(title="The Yard", characters=(ANN, BEN, CAT), gags=(HAT,))


class Shelf(dict[str, Json]):
    def put(self, kept: tuple[str, Json] | None) -> None:
        if kept is not None:
            self[kept[0]] = kept[1]


def brief(show: Any, **fields: Any) -> Brief:
    shown = show.model_dump(mode="json") if isinstance(show, Show) else show
    return Brief(kind="episode", details={"show": shown}, **fields)


def episode(
    show: Show, *said: tuple[str, str], title: str = "One", reveal: ContinuityFact = LETTER, **fields: Any
) -> Episode:
    """One scene with these lines, in which `reveal` is to come out and the hat is lost in the soup."""
    gag = Callback(id="soup", to="hat", text="in the soup", terms=("in the soup",))
    plan = ScenePlan(id="s1", title="S", slug=Slug(place="YARD"), reveals=(reveal,), callbacks=(gag,))
    lines = tuple(Dialogue(id=f"l{n}", character=who, text=text) for n, (who, text) in enumerate(said, 1))
    scene = ScriptScene(id="s1", number="1", slug=plan.slug, elements=lines)
    cast = tuple(Person(id=each.id, name=each.name) for each in show.characters)
    return Episode(
        title=title,
        show=show,
        plan=EpisodePlan(title=title, scenes=(plan,)),
        script=Script(title=title, cast=cast, acts=(Act(name="", scenes=(scene,)),)),
        **fields,
    )


def told(shelf: Shelf, show: Any, work: str = "") -> Show:
    return Show.model_validate(KIND.with_kept(brief(show), shelf.get, work).details["show"])


def made(shelf: Shelf, work: str, show: Any, *said: tuple[str, str], **fields: Any) -> None:
    """An episode begins and is done."""
    shelf.put(KIND.keep(brief(show), shelf.get, work))
    known = told(shelf, show, work)
    shelf.put(KIND.keep(brief(known), shelf.get, work, episode(known, *said, **fields)))


def test_a_bible_is_kept_under_its_title_and_found_by_its_name() -> None:
    shelf = Shelf()
    shelf.put(KIND.keep(brief(SHOW), shelf.get, "w1"))
    assert list(shelf) == ["the-yard"]
    found = told(shelf, "the-yard")
    assert found == SHOW.model_copy(update={"id": "the-yard"}) == told(shelf, "The Yard")


def test_what_an_episode_establishes_the_next_one_knows() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."), ("ben", "It is in the soup."))
    found = told(shelf, "the-yard")
    assert found.facts == (LETTER.model_copy(update={"id": "one-letter", "since": "One", "known_by": ("ann", "ben")}),)
    assert found.gags[0].variations == ("at sea", "in the soup")
    assert KIND.series(shelf["the-yard"]).episodes == ("One",)


def test_what_the_text_does_not_say_is_not_established() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "Nothing."), ("ben", "Nor I."))
    assert (told(shelf, "the-yard").facts, told(shelf, "the-yard").gags) == ((), (HAT,))


def test_what_everybody_heard_is_no_secret() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."), ("ben", "You?"), ("cat", "You?"))
    assert [fact.known_by for fact in told(shelf, "the-yard").facts] == [()]


def test_a_secret_of_the_bible_keeps_its_id_and_its_words_and_gains_those_who_heard_it() -> None:
    secret = LETTER.model_copy(update={"known_by": ("ann",)})
    show, shelf = SHOW.model_copy(update={"facts": (secret,)}), Shelf()
    made(shelf, "w1", show, ("ann", "I wrote the letter."), ("ben", "You?"), reveal=secret)
    assert told(shelf, "the-yard").facts == (secret.model_copy(update={"known_by": ("ann", "ben")}),)


def test_a_bible_given_again_changes_what_it_says_and_nothing_that_was_told_since() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."), ("ben", "You?"))
    newer = SHOW.model_copy(update={"tone": "darker", "characters": (ANN, BEN)})
    found = told(shelf, newer)
    assert (found.tone, [who.id for who in found.characters], len(found.facts)) == ("darker", ["ann", "ben"], 1)
    assert told(shelf, "the-yard").tone == "", "only a work that begins keeps it"
    shelf.put(KIND.keep(brief(newer), shelf.get, "w2"))
    assert told(shelf, "the-yard") == found


def test_a_work_that_was_there_is_told_what_it_knew_when_it_began() -> None:
    shelf = Shelf()
    shelf.put(KIND.keep(brief(SHOW), shelf.get, "w1"))
    made(shelf, "w2", SHOW, ("ann", "I wrote the letter."), title="Two")
    made(shelf, "w1", SHOW, ("ben", "I wrote the letter."), title="One")
    made(shelf, "w3", SHOW, title="Three")
    assert [told(shelf, SHOW, work).facts for work in ("w1", "w2")] == [(), ()]
    assert [fact.since for fact in told(shelf, SHOW, "w3").facts] == ["One", "Two"]


def test_an_episode_that_is_made_again_establishes_only_what_it_says_now() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."))
    made(shelf, "w1", SHOW, ("ann", "Nothing at all."), title="Anew")
    assert told(shelf, "the-yard").facts == ()
    assert KIND.series(shelf["the-yard"]).episodes == ("Anew",)


def test_what_comes_up_again_is_still_one_fact() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."))
    again = LETTER.model_copy(update={"id": "one-letter"})
    made(shelf, "w2", SHOW, ("ben", "Ann wrote the letter."), title="Two", reveal=again)
    assert [(fact.id, fact.known_by) for fact in told(shelf, "the-yard").facts] == [("one-letter", ("ann", "ben"))]


def test_two_episodes_reveal_two_things_under_the_same_id() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."))
    other = LETTER.model_copy(update={"text": "Ben is a spy", "terms": ("a spy",)})
    made(shelf, "w2", SHOW, ("ben", "I am a spy."), title="Two", reveal=other)
    assert [(fact.id, fact.text) for fact in told(shelf, "the-yard").facts] == [
        ("one-letter", LETTER.text),
        ("two-letter", other.text),
    ]


def test_voices_as_cast_are_heard_again_in_the_same_language_only() -> None:
    shelf = Shelf()
    shelf.put(KIND.keep(brief(SHOW), shelf.get, "w1"))
    speakers = tuple(
        Speaker(id=who.id, name=who.name, role="character", voice=f"espeak:{who.id}") for who in (ANN, BEN)
    )
    spoken = episode(SHOW.model_copy(update={"id": "the-yard"}), read=(SceneRead(scene="s1"),))
    shelf.put(KIND.keep(brief(SHOW, speakers=speakers), shelf.get, "w1", spoken))
    assert [who.speaking_voice for who in told(shelf, "the-yard").characters] == ["espeak:ann", "espeak:ben", ""]
    given = SHOW.model_copy(update={"characters": (ANN.model_copy(update={"speaking_voice": "mine:a"}), BEN)})
    assert [who.speaking_voice for who in told(shelf, given).characters] == ["mine:a", "espeak:ben"]
    german = KIND.with_kept(brief("the-yard", language="de"), shelf.get).details["show"]
    assert [who["speaking_voice"] for who in german["characters"]] == ["", "", ""]


def test_an_invented_show_is_kept_when_its_first_episode_is_done_with_its_voices() -> None:
    shelf, invented = Shelf(), Show(title="The Yard", characters=(ANN, BEN))
    assert KIND.keep(Brief(kind="episode", topic="a yard"), shelf.get, "w1") is None
    spare = tuple(Speaker(id=f"voice-{n}", name=f"V{n}", role="character", voice=f"e:{n}") for n in (1, 2))
    done = Brief(kind="episode", topic="a yard", speakers=spare)
    for _ in range(2):
        shelf.put(KIND.keep(done, shelf.get, "w1", episode(invented, read=(SceneRead(scene="s1"),))))
    assert [who.speaking_voice for who in told(shelf, "the-yard").characters] == ["e:1", "e:2"]
    shelf.put(KIND.keep(done, shelf.get, "w2", episode(invented, ("ann", "I wrote the letter."))))
    assert sorted(shelf) == ["the-yard", "the-yard-w2"], "another show that happens to be called as the first"
    assert told(shelf, "the-yard").facts == ()


def test_a_work_without_a_show_belongs_to_none() -> None:
    shelf = Shelf()
    premise = Brief(kind="episode", topic="a yard")
    assert KIND.with_kept(premise, shelf.get) is premise
    assert KIND.keep(premise, shelf.get, "w1", episode(Show(title=""))) is None


@pytest.mark.parametrize("name", ["nobody", "../nobody", "🎭", ".", ""])
def test_a_name_under_which_nothing_is_kept_is_told(name: str) -> None:
    with pytest.raises(BadInput, match=rf"'{re.escape(name)}'.*scenewright shows"):
        KIND.with_kept(brief(name), Shelf().get)


def test_what_is_damaged_is_told() -> None:
    damaged: list[Json] = [{}, [], {"bible": {"title": 1}}, None]
    for broken in damaged:
        with pytest.raises(StoreError, match="damaged"):
            KIND.series(broken)


def test_a_kept_show_is_written_as_a_bible_that_is_read_again() -> None:
    from scenewright.kinds.episode.source import read

    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."), ("ben", "It is in the soup."))
    source = KIND.series_source(shelf["the-yard"])
    assert source.name == "the-yard.yaml"
    assert yaml.safe_load(source.data)["kind"] == "episode"
    assert Show.model_validate(read(source).fields["details"]["show"]) == told(shelf, "the-yard")


@pytest.mark.parametrize(
    ("title", "name"),
    [("The Yard", "the-yard"), ("Café Noir!", "cafe-noir"), ("", ""), ("...", ""), ("x" * 99, "x" * 40)],
)
def test_names_are_made_of_titles(title: str, name: str) -> None:
    assert name_of({"title": title}) == name_of(title) == name


def test_titles_in_other_scripts_have_names_of_their_own() -> None:
    names = {name_of(title) for title in ("潮汐", "潮水", "Прилив", "Прилив 2")}
    assert len(names) == 4
    assert all(name and name.isascii() for name in names)


def test_an_outline_that_names_people_finds_them_in_the_kept_show() -> None:
    shelf = Shelf()
    shelf.put(KIND.keep(brief(SHOW), shelf.get, "w1"))
    plan = {
        "title": "Two",
        "scenes": [{"id": "s1", "title": "S", "slug": {"place": "YARD"}, "characters": ["ann", "Dan"]}],
    }
    details = KIND.into_series(
        {"show": {"title": "x", "characters": [{"id": "dan", "name": "Dan"}]}, "plan": plan}, "the-yard"
    )
    bound = KIND.with_kept(Brief(kind="episode", details=details), shelf.get).details
    assert [who["id"] for who in bound["show"]["characters"]] == ["ann", "ben", "cat", "dan"]
    assert list(bound["plan"]["scenes"][0]["characters"]) == ["ann", "dan"]


def test_an_episode_made_again_under_its_title_does_not_know_its_own_end() -> None:
    shelf, planned = Shelf(), {"plan": {"title": "One", "scenes": []}}
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."), ("ben", "It is in the soup."))
    again = Brief(kind="episode", details={"show": "the-yard", **planned})
    assert KIND.with_kept(again, shelf.get).details["show"]["facts"] == []
    shelf.put(KIND.keep(again, shelf.get, "w2"))
    known = told(shelf, "the-yard", "w2")
    assert known.facts == ()
    shelf.put(KIND.keep(brief(known), shelf.get, "w2", episode(known, ("cat", "Ann wrote the letter."))))
    assert KIND.series(shelf["the-yard"]).episodes == ("One",)
    assert [fact.known_by for fact in told(shelf, "the-yard").facts] == [("cat",)]


def test_a_title_given_by_hand_goes_before_the_outlines() -> None:
    shelf = Shelf()
    made(shelf, "w1", SHOW, ("ann", "I wrote the letter."))
    details = {"show": "the-yard", "plan": {"title": "One", "scenes": []}, "title": "Another"}
    assert len(KIND.with_kept(Brief(kind="episode", details=details), shelf.get).details["show"]["facts"]) == 1
