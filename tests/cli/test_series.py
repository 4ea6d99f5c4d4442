"""`new`, `shows`, `--show`, `--set` and sources that belong to a kind: real processes, before anything is written."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from scenewright.kinds.plugin import ReadsSources, Source, load
from scenewright.store import Kept
from tests.cli.test_commands import scenewright

BIBLE = """title: The Yard
characters:
  - name: Ann
  - name: Ben
"""


@pytest.fixture
def yard(tmp_path: Path) -> Path:
    (tmp_path / "bible.yaml").write_text(BIBLE, "utf-8")
    return tmp_path


def keep(home: Path, name: str = "the-yard", title: str = "The Yard") -> None:
    bible = {"title": title, "id": name, "characters": [{"id": "ann", "name": "Ann"}]}
    Kept(home / "data", "episode").put(name, {"bible": bible})


def refused(home: Path, *words: str) -> str:
    """What a command that cannot be done says, in one line; nothing is made."""
    done = scenewright(home, *words)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_an_example_is_written_and_read_again_and_never_replaced_unasked(yard: Path) -> None:
    done = scenewright(yard, "new", "episode", "-o", "mine.yaml")
    assert (done.returncode, done.stdout) == (0, "mine.yaml\n")
    kind = load("episode")
    assert isinstance(kind, ReadsSources)
    read = kind.read(Source(name="mine.yaml", data=(yard / "mine.yaml").read_bytes()))
    assert read.fields["kind"] == "episode"
    (yard / "mine.yaml").write_text("mine")
    assert "--force" in refused(yard, "new", "episode", "-o", "mine.yaml")
    assert (yard / "mine.yaml").read_text() == "mine"
    assert scenewright(yard, "new", "episode", "-o", "mine.yaml", "--force").returncode == 0
    assert (yard / "mine.yaml").read_bytes() == kind.example().data
    assert "no example" in refused(yard, "new", "classroom")
    assert "There is no kind 'novel'" in refused(yard, "new", "novel")


def test_kept_shows_are_listed_and_written_as_bibles(yard: Path) -> None:
    assert scenewright(yard, "shows").stdout == ""
    keep(yard)
    keep(yard, "other", "Another \x1b[31mone")
    listed = scenewright(yard, "shows")
    assert listed.stdout.splitlines()[2:] == ["the-yard  The Yard  0 episodes", "  Ann"]
    assert "\x1b" not in listed.stdout
    found = json.loads(scenewright(yard, "shows", "--json").stdout)
    assert found[1] == {"id": "the-yard", "kind": "episode", "title": "The Yard", "episodes": [], "people": ["Ann"]}
    printed = scenewright(yard, "shows", "the-yard").stdout
    assert yaml.safe_load(printed)["title"] == "The Yard"
    assert scenewright(yard, "shows", "the-yard", "-o", "back.yaml").stdout == "back.yaml\n"
    assert (yard / "back.yaml").read_text("utf-8") == printed
    assert "--force" in refused(yard, "shows", "the-yard", "-o", "back.yaml")
    for name in ("nobody", "../the-yard", ""):
        assert "scenewright shows" in refused(yard, "shows", name)


def test_a_damaged_show_hides_no_other(yard: Path) -> None:
    keep(yard)
    keep(yard, "worse")
    (yard / "data" / "kept" / "episode.worse.json").write_text("{")
    listed = scenewright(yard, "shows")
    assert (listed.returncode, listed.stdout.splitlines()[0]) == (0, "the-yard  The Yard  0 episodes")
    assert "damaged" in listed.stderr
    assert "damaged" in refused(yard, "make", "A flood", "--kind", "episode", "--show", "worse")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bible.yaml"], "bible.yaml is no brief, for it has fields like characters; .*--kind episode"),
        (["draft.fountain"], "draft.fountain is a script, and no source of a classroom; .*--kind episode"),
        (["missing.fountain"], "no file or folder 'missing.fountain'"),
        (["bible.yaml", "--kind", "classroom"], "--kind episode"),
        (["bible.yaml", "--kind", "novel"], "There is no kind 'novel'"),
        (["bible.yaml", "--kind", "episode", "--set", "rounds=12"], "rounds takes a whole number from 0 to 10"),
        (["bible.yaml", "--kind", "episode", "--set", "narrator=loud"], "narrator takes on or off"),
        (["bible.yaml", "--kind", "episode", "--set", "threshold=nan"], "threshold takes a number from 0 to 1"),
        (["bible.yaml", "--kind", "episode", "--set", "speed=2"], "no setting 'speed'; it has .*rounds"),
        (["bible.yaml", "--kind", "episode", "--set", "rounds"], "'rounds' is not NAME=VALUE"),
        (["bible.yaml", "--kind", "episode", "--set", "=2"], "'=2' is not NAME=VALUE"),
        (["A flood", "--kind", "episode"], "A premise alone needs a model"),
        (["A flood", "--kind", "episode", "--show", "nobody"], "No show is kept under the name 'nobody'"),
        (["A flood", "--kind", "episode", "--show", "nobody.yaml"], "no file 'nobody.yaml'"),
        (["A flood", "--kind", "episode", "--show", "🎭"], "No show is kept under the name '🎭'"),
        (["A flood", "--kind", "episode", "--show", "x" * 300], "No show is kept under the name 'x+'"),
        (["A flood", "--show", "nobody"], "No show is kept under the name 'nobody'"),
        (["bible.yaml", "--show", "nobody"], "No show is kept under the name 'nobody'"),
        (["A flood", "--show", "the-yard", "--kind", "classroom"], "A classroom belongs to no show"),
        (["A flood", "--set", "rounds=2"], "A classroom has no settings of its own"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_meant_is_told_with_the_remedy(yard: Path, words: list[str], said: str) -> None:
    (yard / "draft.fountain").write_text("INT. YARD - DAY\n\n= Rain.\n")
    keep(yard)
    line = refused(yard, "make", *words)
    assert re.search(said, line), line
    assert not [path for path in os.listdir(yard) if path.startswith("the-")]


def test_an_option_that_a_format_does_not_have_is_told(yard: Path) -> None:
    (yard / "bread.md").write_text("# Bread\n\nA **dough** is a mixture of flour and water. It rests for an hour.\n")
    assert scenewright(yard, "make", "bread.md", "--no-audio", "-o", "out").returncode == 0
    (work,) = json.loads(scenewright(yard, "works", "--json").stdout)
    said = refused(yard, "export", work["id"], "--to", "json", "-o", "w.json", "--set", "paper=a4")
    assert "The format json has no option 'paper'; it has none at all" in said
