"""Asking something of a work from another terminal: real processes, a scripted provider on real sockets."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from scenewright.cli import main
from scenewright.testing.provider import OK, Behaviour, ScriptedProvider, Seen
from tests.cli.test_commands import DOCUMENT, scenewright
from tests.integration.classes import asks_for, classroom

pytestmark = pytest.mark.server
Result = CompletedProcess[str]
Here = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    (tmp_path / "bread.md").write_text(DOCUMENT, "utf-8")
    return tmp_path


def make(folder: Path, server: ScriptedProvider, *options: str, **environment: str) -> Result:
    args = ["make", "bread.md", "--no-audio", "--model", "openai:test", "-o", "out", *options]
    return scenewright(folder, *args, SCENEWRIGHT_BASE_URL=server.base_url, SCENEWRIGHT_BACKOFF="0", **environment)


def work_in(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "data" / "scenewright.db")) as db:
        return str(db.execute("SELECT id FROM works").fetchone()[0])


class Meanwhile:
    """A script: while the first answer to a question is waited for, another terminal is used."""

    def __init__(self, name: str, act: Callable[[], Result], then: Behaviour = OK) -> None:
        self._name, self._act, self._then = name, act, then
        self.result: Result | None = None

    def __call__(self, seen: Seen) -> Behaviour:
        if self.result is None and asks_for(seen, self._name):
            self.result = self._act()
            return self._then
        return OK


def test_paused_from_another_terminal(bread: Path, here: Here) -> None:
    meanwhile = Meanwhile("slide", lambda: scenewright(bread, "pause", work_in(bread)))
    with ScriptedProvider(answers=classroom, script=meanwhile) as server:
        made = make(bread, server)
        assert meanwhile.result is not None
        assert (meanwhile.result.returncode, meanwhile.result.stdout) == (0, "")
        assert "to pause" in meanwhile.result.stderr
        assert made.returncode == 3, made.stderr
        assert [asks_for(seen, "slide") for seen in server.requests] == [False, True]
        work = work_in(bread)
        code, _, errors = here(bread, "pause", work)
        assert (code, "Nobody runs work" in errors) == (2, True)
        assert here(bread, "resume", work, "-o", "out", "--base-url", server.base_url)[0] == 0
        assert not server.duplicates()


def test_cancelled_from_another_terminal(bread: Path) -> None:
    meanwhile = Meanwhile("slide", lambda: scenewright(bread, "cancel", work_in(bread)), Behaviour(hang=True))
    with ScriptedProvider(answers=classroom, script=meanwhile) as server:
        made = make(bread, server)
    assert meanwhile.result is not None
    assert meanwhile.result.returncode == 0
    assert made.returncode == 130, made.stderr
    assert "Cancelled. 0 of 3 scenes are ready.\nGo on with: scenewright resume" in made.stderr


def test_a_scene_is_regenerated_by_the_process_that_runs_the_work(bread: Path, here: Here) -> None:
    def act() -> Result:
        return scenewright(bread, "regenerate", work_in(bread), "--scene", "1", "--note", "Sourdough, please.")

    meanwhile = Meanwhile("quiz", act)
    with ScriptedProvider(answers=classroom, script=meanwhile) as server:
        made = make(bread, server)
        assert meanwhile.result is not None
        assert meanwhile.result.returncode == 0, meanwhile.result.stderr
        assert "another process, which has been told" in meanwhile.result.stderr
        assert made.returncode == 0, made.stderr
        noted = [seen for seen in server.requests if "Sourdough, please." in seen.text]
        assert [asks_for(seen, "slide") for seen in noted] == [True, False]
        shown = here(bread, "show", work_in(bread))[1]
        assert "Stale" in shown
        assert "costs about 1 call of unknown price, as it did before" in shown
        assert "scenewright refresh" in shown
        args = ["refresh", work_in(bread), "--parallel", "-o", "out", "--base-url", server.base_url]
        code, _, errors = here(bread, *args)
        assert (code, "costs about" in errors) == (0, True)
        assert here(bread, "refresh", work_in(bread)) == (0, "", "Nothing is stale.\n")


def test_a_scene_that_fails_is_skipped_and_brought_back(bread: Path, here: Here) -> None:
    broken = [True]

    def script(seen: Seen) -> Behaviour:
        second = asks_for(seen, "actions") and "Told before" in seen.text and '"questions"' not in seen.text
        return Behaviour(shape="empty") if broken and second else OK

    with ScriptedProvider(answers=classroom, script=script) as server:
        address = ["-o", "out", "--base-url", server.base_url]
        code, _, errors = here(bread, "make", "bread.md", "--no-audio", "--model", "openai:test", *address)
        assert code == 3, errors
        work = work_in(bread)
        assert f"Or leave scene 2 out: scenewright skip {work} --scene 2" in errors
        assert f"scenewright skip {work} --scene 2" in here(bread, "show", work)[1]
        code, _, errors = here(bread, "skip", work, "--scene", "2", *address)
        assert (code, "2 scenes, 1 skipped" in errors) == (0, True)
        assert ids(bread) == ["s1", "s3"]
        rows = json.loads(here(bread, "show", work, "--json")[1])["rows"]
        assert [(row["number"], row["skipped"], row["ready"]) for row in rows] == [
            (1, False, True),
            (2, True, False),
            (3, False, True),
        ]
        broken.clear()
        paid = len(server.requests)
        code, _, errors = here(bread, "retry", work, "--scene", "s2", *address)
        assert code == 0, errors
        assert ids(bread) == ["s1", "s2", "s3"]
        assert len(server.requests) == paid + 1  # its actions; its content was there


def ids(folder: Path, what: str = "id") -> list[str]:
    return [scene[what] for scene in json.loads((folder / "out" / "work.json").read_text("utf-8"))["scenes"]]


def test_parallel_alone_may_stand_before_the_source(bread: Path, here: Here) -> None:
    def slow(seen: Seen) -> Behaviour:
        return Behaviour(latency=0.5) if asks_for(seen, "slide") or asks_for(seen, "quiz") else OK

    with ScriptedProvider(answers=lambda seen: classroom(seen, 6), script=slow) as server:
        args = ["--no-audio", "--model", "openai:test", "-o", "out", "--base-url", server.base_url]
        code, _, errors = here(bread, "make", "--parallel", "bread.md", *args)
        assert code == 0, errors
        assert server.in_flight_max == 3


@pytest.mark.parametrize(("said", "note"), [("banana", "'banana' makes no sense"), ("99", "'99' is more than")])
def test_a_value_that_cannot_be_meant_is_named(made_work: tuple[Path, str], said: str, note: str, here: Here) -> None:
    folder, work = made_work
    code, _, errors = here(folder, "resume", work, f"--parallel={said}", "-o", str(folder / "again"))
    assert (code, f"Note: parallel: {note}" in errors) == (0, True)


def test_only_so_many_scenes_ahead_are_written(bread: Path, here: Here) -> None:
    with ScriptedProvider(answers=lambda seen: classroom(seen, 6)) as server:
        args = ["--ahead", "1", "-o", "out", "--base-url", server.base_url]
        code, _, errors = here(bread, "make", "bread.md", "--no-audio", "--model", "openai:test", *args)
        assert (code, "1 of 6 scenes are ready" in errors) == (3, True)
        code, _, errors = here(bread, "resume", work_in(bread), "--playhead", "3", *args)
        assert (code, "4 of 6 scenes are ready" in errors) == (3, True)
        assert not server.duplicates()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["pause", "{}"], "Nobody runs"),
        (["cancel", "{}"], "Nobody runs"),
        (["retry", "{}"], "Nothing has failed"),
        (["retry", "{}", "--scene", "1"], "has not failed"),
        (["skip", "{}"], "--scene"),
        (["skip", "{}", "--scene", "99"], "1 to "),
        (["regenerate", "{}", "--scene", "1", "--step", "clip"], "content, actions"),
        (["refresh", "{}", "--scene", "x"], "1 to "),
        (["pause", "nosuch"], "scenewright works"),
    ],
)
def test_bad_use(made_work: tuple[Path, str], args: list[str], says: str, here: Here) -> None:
    folder, work = made_work
    code, out, errors = here(folder, *[arg.format(work) for arg in args])
    assert (code, out) == (2, "")
    assert says in errors


def test_the_offline_author_says_that_it_may_write_the_same_again(made_work: tuple[Path, str], here: Here) -> None:
    folder, work = made_work
    code, _, errors = here(folder, "regenerate", work, "--scene", "1", "-o", str(folder / "out"))
    assert (code, "may write the same again" in " ".join(errors.split())) == (0, True)


def test_a_plan_that_is_stale_is_made_anew_when_asked(bread: Path, here: Here) -> None:
    assert here(bread, "make", "bread.md", "--no-audio", "-o", "out")[0] == 0
    work = work_in(bread)
    (bread / "bread.md").write_text(DOCUMENT + "\n## Keeping\n\nA **crumb** is the soft inside. It dries.\n", "utf-8")
    assert here(bread, "resume", work, "--source", "bread.md", "-o", "out")[0] == 0
    assert f"scenewright refresh {work} --outline" in here(bread, "show", work)[1]
    code, _, errors = here(bread, "refresh", work, "-o", "out")
    assert (code, "with --outline" in errors) == (0, True)
    assert not any("Keeping" in title for title in ids(bread, "title"))
    code, _, errors = here(bread, "refresh", work, "--outline", "-o", "out")
    assert code == 0, errors
    assert any("Keeping" in title for title in ids(bread, "title"))
    assert "Stale" not in here(bread, "show", work)[1]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """A command in this process, which has imported everything already: exit code, output, errors."""

    def run(folder: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SCENEWRIGHT_HOME", str(folder / "data"))
        monkeypatch.setenv("SCENEWRIGHT_BACKOFF", "0")
        monkeypatch.setattr(sys, "argv", ["scenewright", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, written.out, written.err

    return run


@pytest.fixture(scope="module")
def made_work(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("made")
    (folder / "bread.md").write_text(DOCUMENT, "utf-8")
    assert scenewright(folder, "make", "bread.md", "--no-audio", "-o", "out").returncode == 0
    return folder, work_in(folder)


def test_a_listener_of_a_scene_that_is_not_there_is_told(bread: Path, here: Here) -> None:
    assert here(bread, "make", "bread.md", "--no-audio", "--ahead", "1", "-o", "out")[0] == 3
    code, _, errors = here(bread, "resume", work_in(bread), "--playhead", "99", "-o", "out")
    assert (code, "There is no scene '99'" in errors) == (2, True)
