"""A day in the room at the command line: an episode that the offline author writes, and what people do to it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scenewright.cli import main
from tests.cli.test_commands import scenewright
from tests.cli.test_control import work_in

BIBLE = """
kind: episode
title: The Lamp Room
minutes: 3
characters:
  - name: Ada
    voice: {tics: [mind you], catchphrases: [not in my lamp room]}
  - name: Bo
    voice: {tics: [as it were]}
sets:
  - name: Lamp Room
episode:
  title: Fog
  scenes:
    - {title: Fog, slug: INT. LAMP ROOM - NIGHT, characters: [Ada, Bo], beats: [Ada counts the ships.]}
    - {title: Oil, slug: INT. LAMP ROOM - DAY, characters: [Ada, Bo], beats: [Bo spills the oil., Ada finds it.]}
    - {title: Bell, slug: INT. LAMP ROOM - DUSK, characters: [Ada, Bo], beats: [Bo rings the bell.]}
"""

Here = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """A command in this process: exit code, output, errors."""

    def run(folder: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SCENEWRIGHT_HOME", str(folder / "data"))
        monkeypatch.setattr(sys, "argv", ["scenewright", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, written.out, written.err

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "bible.yaml").write_text(BIBLE, "utf-8")
    done = scenewright(folder, "make", "bible.yaml", "--no-audio", "-o", "out")
    assert done.returncode == 0, done.stderr
    shutil.copy(folder / "out" / "script.fountain", folder / "draft.fountain")
    return folder


@pytest.fixture
def episode(made: Path, tmp_path: Path) -> tuple[Path, str]:
    """A folder with a work that is done, and its id."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path, work_in(tmp_path)


def spoken(folder: Path) -> list[str]:
    return [
        element["text"]
        for act in json.loads((folder / "out" / "work.json").read_text("utf-8"))["script"]["acts"]
        for scene in act["scenes"]
        for element in scene["elements"]
    ]


def rewrite(folder: Path, text: str) -> str:
    """Another text for the last line of the first scene, in the file. Returns: the line that it was."""
    draft = folder / "draft.fountain"
    scenes = draft.read_text("utf-8").split("## ")
    first = scenes[1].rstrip().split("\n\n")
    cue, was = next(block for block in reversed(first) if block.startswith(("ADA\n", "BO\n"))).split("\n", 1)
    scenes[1] = scenes[1].replace(f"{cue}\n{was}", f"{cue}\n{text}")
    draft.write_text("## ".join(scenes), "utf-8")
    return was


def test_a_day_in_the_room(episode: tuple[Path, str], here: Here) -> None:
    folder, work = episode
    code, _, errors = here(folder, "import", work, "draft.fountain", "-o", "out")
    assert (code, "The file changes nothing." in errors) == (0, True)
    before = spoken(folder)
    was = rewrite(folder, "The sea is late again.")
    code, _, errors = here(folder, "import", work, "draft.fountain", "-o", "out")
    assert (code, "Scenes changed: 1." in errors) == (0, True)
    changed = [line for line in spoken(folder) if line not in before]
    assert changed == ["The sea is late again."]
    shown = here(folder, "show", work)[1]
    assert [line.split()[-1] for line in shown.split("\n") if " s1 " in line] == ["edited"]
    code, out, _ = here(folder, "diff", work)
    assert code == 0
    assert f"- {was}\n+ The sea is late again.\n" in out
    assert "Scene 1  INT. LAMP ROOM - NIGHT" in out
    assert "\x1b" not in out
    assert here(folder, "diff", work, "--scene", "2")[1] == ""
    (found,) = json.loads(here(folder, "diff", work, "--json")[1])
    assert (found["scene"], found["change"]) == ("s1", "changed")
    code, _, errors = here(folder, "undo", work, "-o", "out")
    assert (code, "reads as in version" in errors) == (0, True)
    assert spoken(folder) == before
    rows = json.loads(here(folder, "versions", work, "--json")[1])
    assert [row["why"] for row in rows[-2:]] == ["imported draft.fountain", f"back to version {len(rows) - 2}"]
    assert here(folder, "versions", work)[1].count("\n") == len(rows)


def test_a_scene_that_a_file_leaves_out_is_told_by_the_number_that_it_had(
    episode: tuple[Path, str], here: Here
) -> None:
    folder, work = episode
    draft = folder / "draft.fountain"
    kept = [part for part in draft.read_text("utf-8").split("## ") if not part.startswith("Oil")]
    draft.write_text("## ".join(kept), "utf-8")
    code, _, errors = here(folder, "import", work, "draft.fountain", "-o", "out")
    assert (code, "Scenes left out: 2 (now 3)" in errors) == (0, True), errors
    assert [line.split()[0] for line in here(folder, "show", work)[1].split("\n") if "skipped" in line] == ["3"]


def test_an_export_without_a_name_has_one_that_says_what_it_is(episode: tuple[Path, str], here: Here) -> None:
    folder, work = episode
    assert here(folder, "export", work, "--to", "fountain") == (0, f"{work}.fountain\n", "")
    assert here(folder, "export", work, "--to", "breakdown") == (0, f"{work}-breakdown\n", "")
    assert (folder / f"{work}-breakdown" / "cast.csv").is_file()


def test_a_lock_is_told_and_obeyed(episode: tuple[Path, str], here: Here) -> None:
    folder, work = episode
    assert here(folder, "lock", work, "--scene", "1") == (0, "", "Scene 1 is locked: no later step changes it.\n")
    assert [line.split()[-1] for line in here(folder, "show", work)[1].split("\n") if " s1 " in line] == ["locked"]
    rewrite(folder, "The sea is late again.")
    for words in (["import", work, "draft.fountain"], ["regenerate", work, "--scene", "1"]):
        code, out, errors = here(folder, *words)
        assert (code, out, "locked" in errors, f"scenewright unlock {work} --scene 1" in errors) == (2, "", True, True)
    assert here(folder, "unlock", work, "--scene", "1")[0] == 0
    assert here(folder, "import", work, "draft.fountain", "-o", "out")[0] == 0
    assert "The sea is late again." in spoken(folder)


def test_a_diff_has_colours_where_somebody_sees_them(
    episode: tuple[Path, str], here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, work = episode
    rewrite(folder, "The sea is late again.")
    assert here(folder, "import", work, "draft.fountain", "-o", "out")[0] == 0
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "")
    coloured = here(folder, "diff", work)[1]
    assert "\x1b[32m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in here(folder, "diff", work)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "{}", "nothing.fountain"], "cannot be read"),
        (["import", "{}", "bible.yaml"], "is not a script"),
        (["diff", "{}", "7"], "There is no version 7"),
        (["undo", "{}", "0"], "There is no version 0"),
        (["lock", "{}", "--scene", "9"], "There is no scene '9'"),
        (["unlock", "{}", "--scene", "1"], "Scene 1 is not locked"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_reason(
    episode: tuple[Path, str], here: Here, words: list[str], said: str
) -> None:
    folder, work = episode
    code, out, errors = here(folder, *[word.format(work) for word in words])
    assert (code, out, said in errors) == (2, "", True), errors


def test_a_classroom_has_versions_and_locks_and_says_what_it_has_not(tmp_path: Path, here: Here) -> None:
    (tmp_path / "bread.md").write_text("# Bread\n\n## Dough\n\nFlour and water.\n\n## Oven\n\nIt is hot.\n", "utf-8")
    assert here(tmp_path, "make", "bread.md", "--no-audio", "-o", "out")[0] == 0
    work = json.loads(here(tmp_path, "works", "--json")[1])[0]["id"]
    assert here(tmp_path, "versions", work)[1].split("  ")[-1] == "written\n"
    assert here(tmp_path, "lock", work, "--scene", "1")[0] == 0
    assert here(tmp_path, "regenerate", work, "--scene", "1")[0] == 2
    assert here(tmp_path, "unlock", work, "--scene", "1")[0] == 0
    assert here(tmp_path, "skip", work, "--scene", "2", "-o", "out")[0] == 0
    assert "(removed)" in here(tmp_path, "diff", work)[1]
    (tmp_path / "a.fountain").write_text("INT. PIER\n\nFog.\n", "utf-8")
    for words in (["import", work, "a.fountain"], ["undo", work]):
        code, _, errors = here(tmp_path, *words)
        assert (code, "A classroom has no text that" in errors) == (2, True)
