"""A breakdown counts what stands on the page, and its tables do nothing but stand in a spreadsheet."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Act, Action, Dialogue, Person, Script, ScriptScene, Slug
from scenewright.domain.show import Joke, SetPlace
from scenewright.exports import ExportJob
from scenewright.exports.episode.breakdown import Breakdown, breakdown, export_breakdown, tables
from tests.exports.episode.episode_sample import EMPTY, EPISODE, SCRIPT, SHED, SHOW, episodes


def directed(*texts: str, place: str = "Elsewhere", time: str = "") -> Episode:
    elements = tuple(Action(id=f"d{n}", text=text) for n, text in enumerate(texts, 1))
    scene = ScriptScene(id="s1", number="1", slug=Slug(place=place, time=time), elements=elements)
    return EPISODE.model_copy(update={"script": SCRIPT.model_copy(update={"acts": (Act(name="", scenes=(scene,)),)})})


def props(*texts: str) -> list[str]:
    return [prop.name for prop in breakdown(directed(*texts)).props if prop.scenes]


def effects(*texts: str, time: str = "") -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in breakdown(directed(*texts, time=time)).effects]


def test_the_cast_is_counted_by_lines_and_words() -> None:
    cast = breakdown(EPISODE).cast
    assert [(role.name, role.lines, role.words, role.scenes, role.first, role.last) for role in cast] == [
        ("Bo Quill", 2, 6, ("s1", "s2"), "1", "2"),
        ("Ada", 1, 4, ("s1",), "1", "1"),
        ("Cy", 0, 0, (), "", ""),
    ]


def test_who_is_not_in_the_cast_list_is_counted_too() -> None:
    line = Dialogue(id="l1", character="stranger", text="Hello?")
    scene = ScriptScene(id="s1", number="9", slug=Slug(place="X"), elements=(line,))
    work = EPISODE.model_copy(update={"script": Script(title="T", acts=(Act(name="", scenes=(scene,)),))})
    assert [(role.id, role.name, role.lines, role.first) for role in breakdown(work).cast] == [
        ("stranger", "stranger", 1, "9")
    ]


def test_scenes_say_where_when_how_long_and_what_with() -> None:
    shed, pier, loft = breakdown(EPISODE).scenes
    assert shed.model_dump(exclude={"id", "first_page", "last_page"}) == {
        "number": "1",
        "act": "COLD OPEN",
        "title": "The bell",
        "heading": "INT. BOAT SHED - NIGHT",
        "interior": "INT.",
        "place": "Boat shed",
        "time": "NIGHT",
        "light": "night",
        "eighths": 2,
        "pages": "2/8",
        "seconds": 20.5,
        "lines": 2,
        "words": 7,
        "cast": ("ada", "bo"),
        "props": ("brass bell", "Rope", "stuffed pike"),
        "effects": (0, 1, 2),
    }
    assert (pier.light, pier.props, pier.first_page, pier.words) == ("day", ("stuffed pike", "waiter's gift"), 2, 3)
    assert (loft.light, loft.cast, loft.eighths, loft.pages, loft.seconds) == ("day", (), 1, "1/8", 0.0)


def test_a_set_is_a_place_inside_or_outside() -> None:
    found = breakdown(EPISODE).sets
    assert [(each.interior, each.name, each.scenes, each.day, each.night, each.pages) for each in found] == [
        ("INT.", "Boat shed", ("s1",), 0, 1, "2/8"),
        ("EXT.", "Pier", ("s2",), 1, 0, "1/8"),
        ("INT.", "Loft", ("s4",), 1, 0, "1/8"),
    ]


def test_totals_are_the_sums() -> None:
    totals = breakdown(EPISODE).totals.model_dump()
    assert totals == {
        "scenes": 3,
        "lines": 3,
        "words": 10,
        "speaking": 2,
        "sets": 3,
        "interior": 2,
        "exterior": 1,
        "day": 2,
        "night": 1,
        "other": 0,
        "pages": 2,
        "eighths": 4,
        "seconds": 29.5,
    }


def test_props_stand_where_directions_name_them_or_where_the_bible_puts_them() -> None:
    assert [prop.model_dump() for prop in breakdown(EPISODE).props] == [
        {"name": "brass bell", "from_bible": True, "scenes": ("s1",), "on_set": ("s4",)},
        {"name": "tea urn", "from_bible": True, "scenes": (), "on_set": ("s1", "s4")},
        {"name": "Rope", "from_bible": True, "scenes": ("s1",), "on_set": ("s4",)},
        {"name": "life belt", "from_bible": True, "scenes": (), "on_set": ("s2",)},
        {"name": "stuffed pike", "from_bible": False, "scenes": ("s1", "s2"), "on_set": ()},
        {"name": "waiter's gift", "from_bible": False, "scenes": ("s2",), "on_set": ()},
    ]


def test_capitals_are_things_unless_they_are_something_else() -> None:
    assert props("She lifts a GOLDEN SPOON-HOLDER and an OLD TV; the lamp stays.") == ["golden spoon-holder", "old tv"]
    assert props("BO QUILL and ADA'S sister come in. Two MEN wait.") == []
    assert props("ANGLE ON the table. INSERT: the letter. PAN to Bo. I see A cat.") == []
    assert props("The door SLAMS. A loud BANG. SFX: a kettle.") == []
    assert props("THUNDER outside, and SMOKE from the urn.") == []
    assert props("EVERYTHING HERE IS IN CAPITALS, THE KETTLE TOO.") == []
    assert props("THE KETTLE, still warm.", "The kettles sing; a KETTLE boils over.") == ["kettle"]


def test_whole_words_only() -> None:
    show = SHOW.model_copy(update={"sets": (SetPlace(id="x", name="X", props=("cup", "tea")),)})
    work = directed("A cupboard, a teapot and an eclipse.", "Two CUPS break, with care.")
    found = breakdown(work.model_copy(update={"show": show})).props
    assert [(prop.name, prop.scenes) for prop in found] == [("cup", ("s1",))]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The door SLAMS.", ["sound"]),
        ("The door slams.", []),
        ("We hear the sound of a train.", ["sound"]),
        ("SFX: gull.", ["sound"]),
        ("SMASH CUT to black.", []),
        ("SUPER: One year later.", ["visual"]),
        ("The lights go out.", ["practical"]),
        ("The toaster bursts into flames and EXPLODES.", ["sound", "practical"]),
        ("Snow falls.", ["weather"]),
        ("The wind howls.", ["weather"]),
        ("Orrin winds the clock.", []),
        ("She trips over the cat.", ["physical"]),
        ("He falls off the pier.", ["physical"]),
        ("Night falls. He falls asleep.", []),
    ],
)
def test_effects_are_what_the_words_ask_for(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in effects(text)] == kinds


def test_effects_cite_the_sentence_and_the_element() -> None:
    found = breakdown(EPISODE).effects
    assert [(each.kind, each.scene, each.element, each.text) for each in found] == [
        ("weather", "s1", "d1", "Rain on the roof."),
        ("sound", "s1", "d3", "The bell RINGS."),
        ("physical", "s1", "d3", "Bo trips over the rope."),
        ("weather", "s2", "", "DAY - FOG"),
        ("visual", "s2", "d1", "VFX: the pier sinks."),
    ]


def test_a_joke_marked_as_physical_is_an_effect() -> None:
    work = directed("She pours. He holds the saucer.", "He goes on holding it.")
    joke = Joke(scene="s1", setup="gone", punchline="d2", form="physical")
    found = breakdown(work.model_copy(update={"jokes": (joke,)})).effects
    assert [(each.kind, each.element) for each in found] == [("physical", "d2")]


@pytest.mark.parametrize(
    ("time", "light"),
    [
        ("NIGHT", "night"),
        ("LATER THAT EVENING", "night"),
        ("DAY (RAIN)", "day"),
        ("Morgen", "day"),
        ("DAWN", "dawn"),
        ("夜", "night"),
        ("CONTINUOUS", "unknown"),
        ("NIGHTMARE", "unknown"),
        ("", "unknown"),
    ],
)
def test_day_and_night_are_read_from_the_heading(time: str, light: str) -> None:
    assert breakdown(directed(time=time)).scenes[0].light == light


def test_an_empty_episode_counts_nothing() -> None:
    counted = breakdown(EMPTY)
    assert counted == Breakdown(totals=counted.totals)
    assert set(counted.totals.model_dump().values()) == {0}


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_tables_hold_the_same_figures() -> None:
    found = {name: rows(data) for name, data in tables(breakdown(EPISODE)).items()}
    assert [row[:2] for row in found["scenes.csv"]] == [
        ["scene", "act"],
        ["1", "COLD OPEN"],
        ["2", "ACT ONE"],
        ["4", "ACT ONE"],
        ["s3", ""],
    ]
    first = dict(zip(*found["scenes.csv"][:2], strict=True))
    assert (first["cast"], first["pages"], first["effects"]) == ("Ada, Bo Quill", "0.25", "weather, sound, physical")
    assert found["scenes.csv"][-1][2] == "(failed) The model <refused>."
    assert found["cast.csv"][1] == ["Bo Quill", "bo", "2", "6", "2", "1", "2", "1, 2"]
    assert found["props.csv"][1] == ["brass bell", "bible", "1", "4"]
    assert found["effects.csv"][-1] == ["visual", "2", "VFX: the pier sinks.", "d1"]
    assert all(len({len(row) for row in table}) == 1 for table in found.values())


def test_tables_open_in_a_spreadsheet_with_their_letters() -> None:
    for data in tables(breakdown(EPISODE)).values():
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 0


HOSTILE = ('=HYPERLINK("http://x";A1)', "+1", "-2+3", "@SUM(A1)", "\t=1", "\n=1", "  =1", "＝1", "a;=1", "a; @x", '"=1')


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    line = Dialogue(id="l1", character="a", text="x")
    rain = Action(id="d1", text=f"{text} SFX")
    scene = SHED.model_copy(update={"number": text, "title": text, "elements": (line, rain)})
    script = Script(title="T", cast=(Person(id="a", name=text),), acts=(Act(name=text, scenes=(scene,)),))
    for data in tables(breakdown(EPISODE.model_copy(update={"script": script}))).values():
        for cell in (cell for row in rows(data) for cell in row):
            for piece in cell.split(";"):
                assert piece.lstrip()[:1] not in set("=+-@＝＋－＠"), cell
            assert cell.isprintable()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(episodes(), st.sampled_from(["letter", "a4"]))
def test_any_episode_can_be_counted(work: Episode, paper: str) -> None:
    counted = breakdown(work, paper="a4" if paper == "a4" else "letter")
    assert Breakdown.model_validate_json(counted.model_dump_json()) == counted
    assert counted.totals.lines == sum(role.lines for role in counted.cast)
    assert counted.totals.words == sum(scene.words for scene in counted.scenes) == sum(r.words for r in counted.cast)
    ids = {scene.id: {each.id for each in scene.elements} | {""} for scene in work.scenes}
    assert all(effect.element in ids[effect.scene] for effect in counted.effects)
    for data in tables(counted).values():
        assert len({len(row) for row in rows(data)}) == 1


def test_the_export_is_a_folder_that_is_made_again_and_takes_nothing_of_others(tmp_path: Path) -> None:
    out = tmp_path / "counted"
    for _ in range(2):
        assert asyncio.run(export_breakdown(ExportJob(work=EPISODE, out=out))) == out
    assert sorted(path.name for path in out.iterdir()) == [
        "breakdown.json",
        "cast.csv",
        "effects.csv",
        "props.csv",
        "scenes.csv",
        "sets.csv",
    ]
    assert Breakdown.model_validate(json.loads((out / "breakdown.json").read_text("utf-8"))) == breakdown(EPISODE)
    (out / "mine.xlsx").write_text("mine")
    with pytest.raises(BadInput, match=r"mine\.xlsx"):
        asyncio.run(export_breakdown(ExportJob(work=EPISODE, out=out)))


def test_pages_are_counted_on_the_paper_that_is_asked_for(tmp_path: Path) -> None:
    asyncio.run(export_breakdown(ExportJob(work=EPISODE, out=tmp_path / "a", options={"paper": "A4"})))
    assert json.loads((tmp_path / "a" / "breakdown.json").read_text("utf-8"))["paper"] == "a4"
    with pytest.raises(BadInput, match="letter, a4"):
        asyncio.run(export_breakdown(ExportJob(work=EPISODE, out=tmp_path / "b", options={"paper": "legal"})))
