"""The examples of docs/python.md are run as they stand."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

import scenewright
from tests.cli.test_commands import DOCUMENT

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page defines, in a folder with bread.md in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCENEWRIGHT_HOME", str(tmp_path / "data"))
    (tmp_path / "bread.md").write_text(DOCUMENT, "utf-8")
    defined: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        exec(block, defined)
    return defined


def test_the_examples_do_what_the_page_says(
    example: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = asyncio.run(example["lesson"]())
    assert (made.outcome, made.reason, made.page) == ("done", "", Path("lesson/index.html"))
    assert made.spend.calls == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) % 2 == 0
    assert re.fullmatch(r"scene 1 of (\d+) started: .+ 0 \1", told[0])
    assert re.fullmatch(r"scene (\d+) of \1 ready: .+ \1 \1", told[-1])
    asyncio.run(example["with_a_bar"]())
    assert capsys.readouterr().out.splitlines()[0].startswith("[...")
    assert asyncio.run(example["mend"](made.work)) == "done"
    assert (tmp_path / "lesson" / "index.html").is_file()


def test_the_script_is_what_the_page_says(example: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    episode = asyncio.run(example["script"]())
    assert [scene.slug.place for scene in episode.scenes] == ["YARD", "OFFICE"]
    assert (episode.read, episode.problems) == ((), ())
    assert capsys.readouterr().out.splitlines()[-1] == "OFFICE 2 1"


def test_every_method_of_the_page_is_there() -> None:
    named = {
        name for row in re.findall(r"^\| (`\w+\(.*?) \|", PAGE, re.MULTILINE) for name in re.findall(r"`(\w+)\(", row)
    }
    assert named >= {"pause", "regenerate", "run", "listen"}
    assert [name for name in sorted(named) if not callable(getattr(scenewright.Works, name, None))] == []
    fields = set(re.findall(r"^\| `(\w+)` \|", PAGE.split("## Progress")[0], re.MULTILINE))
    assert fields == set(scenewright.Made.__dataclass_fields__)
