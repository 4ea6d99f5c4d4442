"""Waterfalls as text and as pictures."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from scenewright.simulation import Course, Fixed, Interval, Workload, picture, setting, simulate, waterfall

SVG = "{http://www.w3.org/2000/svg}"
LETTER = Course(
    scenes=2,
    makespan=28.0,
    intervals=[
        Interval("outline", -1, "", 0, 4, "done"),
        Interval("content", 0, "", 2, 10, "done"),
        Interval("content", 1, "", 4, 12, "done"),
        Interval("actions", 0, "", 10, 14, "done"),
        Interval("clip", 0, "1", 12, 16, "done"),
        Interval("actions", 1, "", 16, 24, "done"),
        Interval("clip", 1, "1", 24, 28, "done"),
    ],
    releases=[(0, 16.0), (1, 28.0)],
)


def test_a_row_for_each_scene_and_a_column_for_each_second() -> None:
    assert waterfall(LETTER, width=41, ascii=True).splitlines() == [
        "outline     ====",
        "1             oooooooo####vv|",
        "2               oooooooo....########vvvv|",
        "            0                       28 s",
        "            = outline  o content  # actions  v clips  . waits  | released",
    ]


@pytest.mark.parametrize("ascii", [True, False])
@pytest.mark.parametrize("width", [10, 80, 120])
def test_long_works_share_rows_and_no_row_is_wider_than_asked(width: int, ascii: bool) -> None:
    course = simulate(Workload(scenes=101), setting("6")).course
    lines = waterfall(course, width=width, ascii=ascii).splitlines()
    assert [line[:12].strip() for line in lines[1:3]] == ["1-3", "4-6"]
    assert lines[-3].startswith("100-101")
    assert len(lines) == 1 + 34 + 2
    assert max(map(len, lines[:-1])) <= max(width, 40)
    assert all(line.isascii() for line in lines) is ascii


def test_a_work_of_no_time_is_drawn_too() -> None:
    nothing = Workload(scenes=2, outline=0.0, content=Fixed(0.0), actions=Fixed(0.0), clip=Fixed(0.0))
    course = simulate(nothing, setting("3")).course
    assert "released" in waterfall(course)
    assert ElementTree.fromstring(picture(course, "nothing")) is not None


def test_a_picture_has_a_bar_where_the_step_ran() -> None:
    root = ElementTree.fromstring(picture(LETTER, "a & <b>", until=56.0))
    paths: dict[str, str] = {}
    for each in root.iter(f"{SVG}path"):
        paths.setdefault(each.attrib["class"], each.attrib["d"])
    assert set(paths) == {"grid", "outline", "content", "actions", "clip", "release"}
    # 684 units for 56 s, from 64: the outline takes 4 s of them.
    assert paths["outline"].startswith("M64 30.6h48.9")
    assert root.attrib["aria-label"] == "a & <b>"


def test_pictures_of_long_works_stay_small() -> None:
    course = simulate(Workload(scenes=250), setting("6")).course
    drawn = picture(course, "long")
    assert len(drawn) < 30_000
    assert float(ElementTree.fromstring(drawn).attrib["viewBox"].split()[3]) < 600
