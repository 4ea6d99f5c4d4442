from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.brief import Brief
from scenewright.domain.episode import Utterance
from scenewright.domain.events import SceneEdited
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene, Slug, Transition
from scenewright.kinds.episode.aloud.reading import utterances
from scenewright.kinds.episode.aloud.silences import silence
from scenewright.kinds.episode.aloud.words import Ear, heading, names_in, said
from scenewright.kinds.episode.table import read_aloud, voice_of
from tests.kinds.episode.desk import Desk, brief

EAR = Ear(names=names_in(["ETHEL", "Mr. McKay", "MAE O'BRIEN"]), kept=frozenset({"BOOMBA"}))


def scene(*elements: Element, place: str = "KITCHEN") -> ScriptScene:
    return ScriptScene(id="s1", number="1", slug=Slug(place=place, time="NIGHT"), elements=elements)


def line(ident: str, text: str, who: str = "ada", **more: Any) -> Dialogue:
    return Dialogue(id=ident, character=who, text=text, **more)


def act(ident: str, text: str, **more: Any) -> Action:
    return Action(id=ident, text=text, **more)


def read(*elements: Element, narrated: bool = True, opening: str = "") -> list[tuple[str, str, str, float]]:
    found = utterances(scene(*elements), narrated=narrated, ear=EAR, act=opening)
    return [(each.element, each.speaker, each.text, each.pause) for each in found]


def test_a_scene_is_read_with_pauses_that_follow_the_page() -> None:
    found = read(
        act("d1", "ETHEL enters."),
        line("l1", "Hello."),
        line("l2", "How are you?"),
        line("l3", "Fine.", "bo", extension="O.S."),
        act("d2", "She sits."),
        line("l4", "I was--"),
        line("l5", "Stop!", "bo"),
    )
    assert found == [
        ("", "narrator", "Interior. Kitchen. Night.", 1.5),
        ("d1", "narrator", "Ethel enters.", 0.6),
        ("l1", "ada", "Hello.", 0.35),
        ("l2", "ada", "How are you?", 0.1),
        ("l3", "bo", "Fine.", 0.2),
        ("d2", "narrator", "She sits.", 0.35),
        ("l4", "ada", "I was,", 0.35),
        ("l5", "bo", "Stop!", 0.0),
    ]


def test_a_line_right_after_the_heading_waits_longer_than_one_after_another() -> None:
    assert [pause for *_, pause in read(line("l1", "Hello."), line("l2", "Hi.", "bo"))] == [1.5, 0.6, 0.2]


def test_an_act_begins_with_its_name_after_a_longer_break() -> None:
    first, *_ = read(opening="ACT ONE")
    assert first == ("", "narrator", "Act One.\n\nInterior. Kitchen. Night.", 2.5)


def test_without_a_narrator_only_lines_are_read_and_directions_take_their_time() -> None:
    found = read(line("l1", "Hello."), act("d1", "He waits."), line("l2", "Well?"), narrated=False, opening="TAG")
    assert found == [("l1", "ada", "Hello.", 2.5), ("l2", "ada", "Well?", 0.7)]


@pytest.mark.parametrize(
    ("between", "pause"),
    [
        ((), 0.2),
        ((act("d1", "Beat."),), 1.2),
        ((act("d1", "A long silence."),), 2.2),
        ((act("d1", "(short pause)"),), 0.7),
        ((act("d1", "Beat. Beat. A long pause."), act("d2", "Silence."), act("d3", "Beat.")), 5.0),
        ((line("l9", "..."),), 1.2),
        ((act("d1", "PUSH IN on Ada.", camera=True), Transition(id="t1", text="CUT TO:")), 0.2),
        ((act("d1", "  "), act("d2", "--")), 0.2),
    ],
)
def test_silences_are_kept_and_not_read(between: tuple[Element, ...], pause: float) -> None:
    *_, last = read(line("l1", "Hello."), *between, line("l2", "Hi.", "bo"))
    assert last == ("l2", "bo", "Hi.", pause)


def test_a_beat_in_brackets_is_a_silence_before_or_within_the_line() -> None:
    found = read(line("l1", "Fine. (beat) No. (to Bo) You.", parenthetical="after a long pause; softly"))
    assert found[1] == ("l1", "ada", "Fine.\n\nNo. You.", 2.6)


def test_a_silence_within_a_direction_stands_beside_what_is_read() -> None:
    found = read(act("d1", "Beat. Ethel sits. A long pause. She stands. Silence."), line("l1", "Hm."))
    assert found[1:] == [
        ("d1", "narrator", "Ethel sits.\n\nShe stands.", 1.6),
        ("l1", "ada", "Hm.", 1.35),
    ]


def test_lines_at_the_same_time_begin_together() -> None:
    found = utterances(
        scene(
            line("l1", "Yes."), line("l2", "No.", "bo", dual=True), act("d1", "A cat."), line("l3", "So.", dual=True)
        ),
        narrated=True,
        ear=EAR,
    )
    assert [(each.element, each.dual) for each in found] == [
        ("", False),
        ("l1", False),
        ("l2", True),
        ("d1", False),
        ("l3", False),
    ]
    assert found[2].pause == 0.0


@pytest.mark.parametrize(
    ("page", "voice"),
    [
        ("ETHEL has a HUGE cake. A LOUD CRASH. I'M HERE.", "Ethel has a huge cake. A loud crash. I'm here."),
        ("O'BRIEN'S dog. MCKAY'S, too. MAE!!!!", "O'Brien's dog. McKay's, too. Mae!"),
        ("THE TV IS ON. THE FBI, the USA and NYPD. BOOMBA.", "The TV is on. The FBI, the USA and NYPD. BOOMBA."),
        ("HMM. SHH. WWII, Henry IV", "Hmm. Shh. WWII, Henry IV"),
        ("I was -- no -- wait—", "I was, no, wait,"),
        ("...and then…", "and then..."),
        ("-- stop", "stop"),
        ("*Really?* _no_, 3 * 4, snake_case", "Really? no, 3 * 4, snake_case"),
        ("Room #3, 5-10 people, co-op", "Room number 3, 5-10 people, co-op"),
        ("Ten\nlines\r\nlong", "Ten lines long"),
        ("...", ""),
        ("--", ""),
        ("", ""),
    ],
)
def test_a_text_is_made_for_the_ear(page: str, voice: str) -> None:
    assert said(page, EAR) == voice


@pytest.mark.parametrize(
    ("language", "slug", "act_name", "spoken"),
    [
        ("en", Slug(place="MAE'S DINER/BACK ROOM", time="DAY"), "", "Interior. Mae's Diner. Back Room. Day."),
        ("en-GB", Slug(interior="EXT.", place="NYPD HQ"), "COLD OPEN", "Cold Open.\n\nExterior. NYPD HQ."),
        ("de", Slug(interior="INT./EXT.", place="KÜCHE", time="NACHT"), "ACT TWO", "Zweiter Akt.\n\nInnen und außen. "),
        ("fr", Slug(place="CUISINE", time="NUIT"), "TAG", "Épilogue.\n\nIntérieur. Cuisine. Nuit."),
        ("es", Slug(interior="EXT.", place="CALLE", time="NOCHE"), "", "Exterior. Calle. Noche."),
        ("it", Slug(place="CUCINA", time="NOTTE"), "ATTO PRIMO", "Atto Primo.\n\nCucina. Notte."),
        ("zh-CN", Slug(place="厨房", time="夜"), "", "厨房. 夜."),
        ("en", Slug(place="", time=""), "", "Interior."),
        ("it", Slug(place=" - ", time=""), "", ""),
    ],
)
def test_a_heading_is_a_few_short_sentences(language: str, slug: Slug, act_name: str, spoken: str) -> None:
    found = heading(slug, Ear(language=language, names=EAR.names), act_name)
    assert found.startswith(spoken)
    assert bool(found) == bool(spoken)


@pytest.mark.parametrize(
    ("text", "language", "seconds"),
    [
        ("Beat.", "de", 1.0),
        ("Lange Pause.", "de", 2.0),
        ("Ein kurzes Schweigen.", "de", 0.5),
        ("Un temps.", "fr", 1.0),
        ("Un long silence gêné.", "fr", 2.0),
        ("Una pausa larga.", "es", 2.0),
        ("Lange Pause.", "en", None),
        ("The drums beat.", "en", None),
        ("They beat him.", "en", None),
        ("Silence?", "en", None),
        ("A long road.", "en", None),
        ("beat " * 500, "en", None),
    ],
)
def test_silences_are_known_by_their_words(text: str, language: str, seconds: float | None) -> None:
    assert silence(text, language) == seconds


TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=" .-—…()*_#\n'AIbeat", max_size=60),
    st.sampled_from(
        ["😀", "!?", "x" * 10_000, "(" * 10_000, " " * 10_000 + "--", "* " * 5_000, "A'" * 5_000, "漢字。"]
    ),
)


@st.composite
def scenes(draw: st.DrawFn) -> ScriptScene:
    elements: list[Element] = []
    for number in range(draw(st.integers(0, 6))):
        text = draw(TEXTS)
        choices: list[Element] = [
            act(f"d{number}", text),
            line(f"l{number}", text, "bo", dual=True, parenthetical=text),
            line(f"l{number}", text),
            Transition(id=f"t{number}", text=text),
        ]
        elements.append(draw(st.sampled_from(choices)))
    return scene(*elements, place=draw(TEXTS))


@given(scenes(), st.booleans(), st.sampled_from(["en", "de", "zh", ""]))
def test_whatever_stands_there_is_read_in_order_or_not_at_all(page: ScriptScene, narrated: bool, language: str) -> None:
    found = utterances(page, narrated=narrated, ear=Ear(language=language), act="ACT ONE")
    order = ["", *(each.id for each in page.elements)]
    places = [order.index(each.element) for each in found]
    assert places == sorted(set(places))
    assert all(any(char.isprintable() and not char.isspace() for char in each.text) for each in found)
    assert all(0 <= each.pause <= 5 for each in found)
    assert all(not other.dual or not one.element.startswith("d") for one, other in pairwise(found))


# What is known of the work


def spoken_texts(desk: Desk) -> dict[str, list[str]]:
    reads = read_aloud(desk.known, desk.best.text)
    return {each.scene: [spoken.utterance.text for spoken in each.spoken] for each in reads}


def test_every_scene_is_read_once_nothing_rewrites_it_any_more() -> None:
    desk = Desk().start(brief(2, audio=True))
    assert desk.performed[-2:] == ["read/s1", "read/s2"]
    assert spoken_texts(desk)["s1"] == [
        "Interior. Lamp Room.",
        "Is this the fog of s1, take 0?",
        "Bo wipes the glass of s1.",
        "It is the sea of s1, take 0.",
    ]


def test_nobody_reads_without_sound() -> None:
    desk = Desk().start(brief(2))
    assert not [step for step in desk.performed if step.startswith("read")]
    assert spoken_texts(desk) == {}


def test_the_narrator_can_be_off() -> None:
    desk = Desk().start(brief(1, audio=True, narrator=False))
    reads = read_aloud(desk.known, desk.best.text)
    assert {spoken.utterance.speaker for each in reads for spoken in each.spoken} == {"ada", "bo"}


def edited(desk: Desk, text: str, **more: Any) -> SceneEdited:
    page = desk.best.text["s1"]
    elements = (page.elements[0].model_copy(update={"text": text, **more}), *page.elements[1:])
    value = {"scene": page.model_copy(update={"elements": elements}).model_dump(mode="json"), "act": ""}
    return SceneEdited(scene="s1", value=value | {"cast": [{"id": "cy", "name": "CY"}]})


def test_a_changed_line_is_not_heard_in_its_old_words() -> None:
    desk = Desk().start(brief(2, audio=True))
    desk.tell(edited(desk, "Is it morning?"))
    assert spoken_texts(desk)["s1"] == [
        "Interior. Lamp Room.",
        "Bo wipes the glass of s1.",
        "It is the sea of s1, take 0.",
    ]
    desk.performed.clear()
    desk.run()
    assert [step for step in desk.performed if step.startswith("read")] == ["read/s1"]
    assert "Is it morning?" in spoken_texts(desk)["s1"]


def test_another_pause_speaks_nothing_anew() -> None:
    desk = Desk().start(brief(1, audio=True))
    desk.performed.clear()
    desk.tell(edited(desk, desk.lines("s1")[0], parenthetical="after a beat")).run()
    assert "read/s1" not in desk.performed
    (found,) = read_aloud(desk.known, desk.best.text)
    assert found.spoken[1].utterance.pause == 1.6


def test_guests_and_invented_people_take_the_spare_voices() -> None:
    wanted = brief(1, audio=True)
    spare = [
        who.model_copy(update={"id": f"voice-{n}", "voice": f"spare {n}"}) for n, who in enumerate(wanted.speakers)
    ]
    desk = Desk().start(Brief.model_validate({**dict(wanted), "speakers": (*wanted.speakers, *spare[:2])}))
    desk.tell(edited(desk, "Who is that?", character="cy"))
    assert voice_of(desk.known, "ada") == "v:ada"
    assert voice_of(desk.known, "cy") == "spare 0"
    assert voice_of(desk.known, "nobody") == "spare 1"


def test_utterances_of_equal_pages_are_equal() -> None:
    one, other = (utterances(scene(line("l1", "Hm.")), narrated=True, ear=EAR) for _ in range(2))
    assert (
        one
        == other
        == [
            Utterance(element="", speaker="narrator", text="Interior. Kitchen. Night.", pause=1.5),
            Utterance(element="l1", speaker="ada", text="Hm.", pause=0.6),
        ]
    )
