"""Settings side by side, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from scenewright.cli.main import app
from scenewright.domain.errors import BadInput

SVG = "{http://www.w3.org/2000/svg}"
EVEN = ("--scenes", "3", "--outline", "3", "--content", "4", "--actions", "2", "--clip", "1", "--speech", "5",
        "--clips", "2")  # fmt: skip


def run(*options: str) -> str:
    return CliRunner().invoke(app, ["simulate", *options], catch_exceptions=False, env={"COLUMNS": "100"}).output


def test_a_row_for_each_setting_and_what_ran_when() -> None:
    shown = run(*EVEN, "--parallel", "off,4")
    head, off, four, *_ = shown.splitlines()
    assert head.split()[:2] == ["parallel", "makespan"]
    assert off.split()[:6] == ["off", "22.0", "s", "10.0", "s", "none"]
    assert four.split()[:2] == ["4", "12.0"]
    assert "parallel off: 3 scenes in 22.0 s" in shown
    assert shown.count("released") == 2
    assert max(map(len, shown.splitlines())) <= 120


def test_json_gives_numbers_and_nothing_else() -> None:
    (found,) = json.loads(run(*EVEN, "--parallel", "4", "--json"))
    assert (found["setting"], found["makespan"], found["scenes"], found["outcome"]) == ("4", 12.0, 3, "done")


def test_accounts_that_refuse_and_fail() -> None:
    off, auto = json.loads(
        run("--scenes", "30", "--parallel", "off,auto", "--in-flight", "2", "--errors", "0.05", "--rpm", "60", "--json")
    )
    assert off["refused"] == 0
    assert auto["makespan"] < off["makespan"]
    assert auto["failed_calls"] > 0


def test_pictures_are_drawn_on_one_axis(tmp_path: Path) -> None:
    run(*EVEN, "--parallel", "off,4", "--no-waterfall", "--pictures", str(tmp_path / "drawn"))
    drawn = sorted((tmp_path / "drawn").iterdir())
    assert [path.name for path in drawn] == ["parallel-4.svg", "parallel-off.svg"]
    grids = [
        [path.attrib["d"] for path in ElementTree.parse(each).iter(f"{SVG}path") if path.attrib["class"] == "grid"]
        for each in drawn
    ]
    assert grids[0] == grids[1]
    assert len(grids[0]) > 4


@pytest.mark.parametrize(
    "options",
    [("--content", "soon"), ("--content", "9-3"), ("--content", "0~1"), ("--parallel", "many"), ("--parallel", ","),
     ("--scenes", "999999"), ("--errors", "1")],
)  # fmt: skip
def test_nonsense_is_said_to_be_so(options: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        run(*options)
