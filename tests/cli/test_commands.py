"""The command line as a person meets it: real processes, real exit codes."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from scenewright.testing.provider import OK, Behaviour, ScriptedProvider, Seen
from tests.integration.classes import asks_for, classroom

COMMAND = [sys.executable, "-m", "scenewright"]
KEY = "sk-do-not-show-me-0123456789"
DOCUMENT = """# Bread

## Dough

A **dough** is a mixture of flour and water. Salt gives it taste. It rests for an hour.

## Baking

The **crust** is the hard outer layer of a loaf. It forms when the surface dries. Steam delays it.
"""


def scenewright(home: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *args],
        env={**os.environ, "SCENEWRIGHT_HOME": str(home / "data"), **environment},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    (tmp_path / "bread.md").write_text(DOCUMENT, "utf-8")
    return tmp_path


def test_from_a_document_to_a_folder_and_back_out_again(bread: Path) -> None:
    done = scenewright(bread, "make", "bread.md", "--no-audio", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert "Open out/index.html in a browser." in done.stderr
    assert (bread / "out" / "index.html").is_file()
    (work,) = json.loads(scenewright(bread, "works", "--json").stdout)
    assert (work["state"], work["written_by"], work["cost"]) == ("done", "offline", "0")
    assert work["ready"] == work["scenes"] > 1
    shown = json.loads(scenewright(bread, "show", work["id"][:3], "--json").stdout)
    assert all(row["ready"] for row in shown["rows"])
    for form, name in (("json", "w.json"), ("vtt", "w.vtt"), ("markdown", "w.md")):
        exported = scenewright(bread, "export", work["id"], "--to", form, "-o", name)
        assert exported.returncode == 0, exported.stderr
        assert (bread / name).stat().st_size > 100
    assert scenewright(bread, "remove", work["id"]).returncode == 0
    assert json.loads(scenewright(bread, "works", "--json").stdout) == []


def test_json_gives_the_event_log_and_nothing_else(bread: Path) -> None:
    done = scenewright(bread, "make", "bread.md", "--no-audio", "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["event"]["type"] == "brief.set"
    assert events[-1]["event"]["outcome"] == "done"


def test_standard_input_is_a_source(bread: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "make", "-", "--no-audio", "-o", "out"],
        input=DOCUMENT.encode(),
        env={**os.environ, "SCENEWRIGHT_HOME": str(bread / "data")},
        cwd=bread,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr


def test_a_brief_file_names_its_source_relative_to_itself(bread: Path) -> None:
    (bread / "briefs").mkdir()
    (bread / "briefs" / "b.yaml").write_text("source: ../bread.md\nscenes: 4\naudio: false\naudience: bakers\n")
    done = scenewright(bread, "make", "briefs/b.yaml", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert len(json.loads((bread / "out" / "work.json").read_text())["scenes"]) == 4


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["make", "nosuch.md"], "no file or folder"),
        (["make", "photosynthesis"], "--model"),
        (["make", "bread.md", "--model", "openai:gpt-5"], "OPENAI_API_KEY"),
        (["make", "bread.md", "--voice", "nobody:at-all"], "espeak"),
        (["make", "bread.md", "--kind", "opera"], "classroom"),
        (["make", "bread.md", "--model-for", "content"], "STEP=M"),
        (["make", "bread.md", "--model-for", "contnet=openai:x"], "outline, content, actions"),
        (["make", "bad.yaml"], "line 3"),
        (["make", "odd.yaml"], "colour"),
        (["make", "empty.md"], "empty"),
        (["show", "nosuch"], "scenewright works"),
        (["export", "nosuch", "--to", "json"], "scenewright works"),
        (["make", "bread.md", "--scenes", "0"], "scenes"),
        (["bake", "bread.md"], "bake"),
    ],
)
def test_bad_use_is_one_sentence_with_the_remedy(bread: Path, args: list[str], says: str) -> None:
    (bread / "bad.yaml").write_text("source: bread.md\naudience: [oops\n")
    (bread / "odd.yaml").write_text("source: bread.md\ncolour: red\n")
    (bread / "empty.md").write_text("")
    failed = scenewright(bread, *args, OPENAI_API_KEY="")
    assert failed.returncode == 2
    assert says in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not failed.stdout


@pytest.mark.server
def test_interrupted_it_pauses_and_says_how_to_go_on(bread: Path) -> None:
    process: list[subprocess.Popen[str]] = []

    def script(seen: Seen) -> Behaviour:
        if asks_for(seen, "slide") and process:
            os.kill(process.pop().pid, signal.SIGINT)
            return Behaviour(latency=0.3)
        return OK

    with ScriptedProvider(answers=classroom, script=script) as server:
        environment = {"SCENEWRIGHT_BASE_URL": server.base_url}
        running = subprocess.Popen(
            [*COMMAND, "make", "bread.md", "--no-audio", "--model", "openai:test"],
            env={**os.environ, "SCENEWRIGHT_HOME": str(bread / "data"), **environment},
            cwd=bread,
            stderr=subprocess.PIPE,
            text=True,
        )
        process.append(running)
        _, told = running.communicate(timeout=60)
        assert running.returncode == 3, told
        asked = len(server.requests)
        assert [asks_for(seen, "slide") for seen in server.requests] == [False, True]
        command = told.split("Go on with: ")[1].splitlines()[0].split()
        assert command[:2] == ["scenewright", "resume"]
        done = scenewright(bread, *command[1:], **environment)
        assert done.returncode == 0, done.stderr
        assert not server.duplicates()
        assert len(server.requests) > asked


@pytest.mark.server
def test_a_key_shows_nowhere_not_even_when_debugging(bread: Path) -> None:
    echo = Behaviour(status=401, code="invalid_api_key", message=f"Incorrect API key provided: {KEY}")
    with ScriptedProvider(answers=classroom, script=lambda seen: echo) as server:
        failed = scenewright(
            bread,
            *["--debug", "make", "bread.md", "--no-audio", "--model", "openai:test", "--base-url", server.base_url],
            SCENEWRIGHT_API_KEY=KEY,
        )
        assert any(KEY in seen.authorisation for seen in server.requests)
    assert failed.returncode == 3
    assert "key" in failed.stderr
    assert KEY not in failed.stderr + failed.stdout
    assert not [path for path in bread.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


@pytest.mark.server
def test_another_model_can_take_over(bread: Path) -> None:
    def script(seen: Seen) -> Behaviour:
        return Behaviour(status=404, code="model_not_found") if seen.model == "gone" and asks_for(seen, "slide") else OK

    with ScriptedProvider(answers=classroom, script=script) as server:
        environment = {"SCENEWRIGHT_BASE_URL": server.base_url}
        failed = scenewright(bread, "make", "bread.md", "--no-audio", "--model", "gone", **environment)
        assert failed.returncode == 3, failed.stderr
        work = json.loads(scenewright(bread, "works", "--json").stdout)[0]["id"]
        done = scenewright(bread, "resume", work, "--model", "there", "-o", "out", **environment)
        assert done.returncode == 0, done.stderr
        assert [seen.model for seen in server.requests].count("gone") == 2  # the outline stays as it was adopted


def test_doctor_says_what_there_is(bread: Path) -> None:
    found = scenewright(bread, "doctor", "--json", SCENEWRIGHT_MODEL="", SCENEWRIGHT_BASE_URL="")
    assert found.returncode == 0, found.stdout
    findings = {finding["name"]: finding for finding in json.loads(found.stdout)}
    assert str(bread / "data") in findings["data folder"]["text"]
    assert findings["player"]["ok"]
    assert "languages" in findings["voices of eSpeak NG, embedded"]["text"]


def test_doctor_fails_where_something_needed_is_broken(bread: Path) -> None:
    (bread / "data").write_text("in the way")
    found = scenewright(bread, "doctor")
    assert found.returncode == 1
    assert "BAD data folder" in found.stdout


@pytest.mark.server
@pytest.mark.parametrize("columns", [100, 40])
def test_on_a_terminal_a_board_shows_one_line_a_scene(bread: Path, columns: int) -> None:
    with ScriptedProvider(answers=classroom, script=lambda seen: Behaviour(latency=0.15)) as server:
        code, shown = on_a_terminal(bread, columns, server.base_url)
    assert code == 0, shown
    lines = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line).rstrip() for line in re.split(r"[\r\n]+", shown)]
    assert any(re.match(r"s2 +.*✓ content +… actions", line) for line in lines), shown
    assert any(re.match(r"s1 +.*✓ content +✓ actions +ready", line) for line in lines), shown
    assert any(re.match(r"3/3 ready +\d+ s", line) for line in lines), shown
    assert not any(re.match(r"\s+content", line) for line in lines), "a scene took two lines"


def on_a_terminal(folder: Path, columns: int, base_url: str) -> tuple[int, str]:
    """The exit code, and everything that was written to the terminal."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        home = {"SCENEWRIGHT_HOME": str(folder / "data"), "SCENEWRIGHT_BASE_URL": base_url, "COLUMNS": str(columns)}
        args = ["make", "bread.md", "--no-audio", "--model", "openai:test", "--yes", "-o", "out"]
        os.execve(sys.executable, [*COMMAND, *args], {**os.environ, **home, "TERM": "xterm"})
    shown = bytearray()
    with os.fdopen(terminal, "rb", buffering=0) as screen, suppress(OSError):  # Linux: an error when it ends
        while piece := screen.read(1 << 16):
            shown += piece
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_every_terminal_encoding_will_do(bread: Path, encoding: str) -> None:
    (bread / "学.md").write_text("# 面包 naïve\n\n" + DOCUMENT, "utf-8")
    made = scenewright(bread, "make", "学.md", "--no-audio", "-o", "出", PYTHONIOENCODING=encoding)
    assert made.returncode == 0, made.stderr
    listed = scenewright(bread, "works", PYTHONIOENCODING=encoding)
    assert listed.returncode == 0, listed.stderr
    (work,) = json.loads(scenewright(bread, "works", "--json", PYTHONIOENCODING=encoding).stdout)
    assert work["title"] == "学"
    assert scenewright(bread, "show", work["id"], PYTHONIOENCODING=encoding).returncode == 0
    events = scenewright(bread, "resume", work["id"], "--json", PYTHONIOENCODING=encoding).stdout.splitlines()
    assert "学.md" in str([json.loads(line) for line in events])


def test_file_names_that_are_no_text_are_read_all_the_same(bread: Path) -> None:
    odd = os.fsencode(bread) + b"/caf\xe9 \n\x1b[31m.md"
    Path(os.fsdecode(odd)).write_text(DOCUMENT, "utf-8")
    made = scenewright(bread, "make", os.fsdecode(odd), "--no-audio", "-o", "out")
    assert made.returncode == 0, made.stderr
    assert "\x1b" not in made.stderr + scenewright(bread, "works").stdout


def test_a_place_that_is_taken_is_refused_before_anything_is_made(bread: Path) -> None:
    (bread / "mine").mkdir()
    (bread / "mine" / "thesis.txt").write_text("years of work")
    for place in ("mine", "bread.md", "bread.md/deeper"):
        refused = scenewright(bread, "make", "bread.md", "--no-audio", "-o", place)
        assert refused.returncode == 2, refused.stderr
        assert "-o" in refused.stderr
    assert json.loads(scenewright(bread, "works", "--json").stdout) == []


def test_a_reader_of_the_log_who_leaves_does_not_end_the_work(bread: Path) -> None:
    command = f"{sys.executable} -m scenewright make bread.md --no-audio --json -o out | head -n 1"
    home = {**os.environ, "SCENEWRIGHT_HOME": str(bread / "data")}
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command], cwd=bread, env=home, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (bread / "out" / "index.html").is_file()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SCENEWRIGHT_MODELS", "{oops"), ("SCENEWRIGHT_ATTEMPTS", "many"), ("SCENEWRIGHT_STALL", "-1")],
)
def test_a_setting_that_makes_no_sense_is_named(bread: Path, variable: str, value: str) -> None:
    failed = scenewright(bread, "works", **{variable: value})
    assert failed.returncode == 2
    assert "unset it" in failed.stderr
    assert variable.removeprefix("SCENEWRIGHT_").lower() in failed.stderr.lower()


def test_a_brief_that_refers_to_itself_is_refused_quickly(bread: Path) -> None:
    grown = [f"k{n}: &k{n} {{<<: [{', '.join([f'*k{n - 1}'] * 30)}]}}" for n in range(1, 12)]
    (bread / "bomb.yaml").write_text("\n".join(["topic: x", "k0: &k0 {a: 1}", *grown]))
    refused = scenewright(bread, "make", "bomb.yaml")
    assert refused.returncode == 2
    assert "alias" in refused.stderr


def test_ctrl_c_while_a_source_is_read_ends_at_once(bread: Path) -> None:
    reading = subprocess.Popen(
        [*COMMAND, "make", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "SCENEWRIGHT_HOME": str(bread / "data"), "PYTHONUNBUFFERED": "1"},
        cwd=bread,
    )
    with reading:
        assert reading.stdin is not None
        reading.stdin.write(b"x" * 200_000)  # more than a pipe holds: it has begun to read when this returns
        reading.stdin.flush()
        os.kill(reading.pid, signal.SIGINT)
        assert reading.wait(10) == 130
        assert reading.stderr is not None
        assert reading.stderr.read() == b"Interrupted.\n"


@pytest.mark.server
@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_a_second_interruption_cancels_what_is_under_way(bread: Path, first: int) -> None:
    process: list[subprocess.Popen[str]] = []

    def script(seen: Seen) -> Behaviour:
        if asks_for(seen, "slide") and process:
            os.kill(process.pop().pid, first)
            return Behaviour(hang=True)
        return OK

    with ScriptedProvider(answers=classroom, script=script) as server:
        environment = {"SCENEWRIGHT_BASE_URL": server.base_url, "SCENEWRIGHT_HOME": str(bread / "data")}
        running = subprocess.Popen(
            [*COMMAND, "make", "bread.md", "--no-audio", "--model", "openai:test"],
            env={**os.environ, **environment},
            cwd=bread,
            stderr=subprocess.PIPE,
            text=True,
        )
        process.append(running)
        assert running.stderr is not None
        told = ""
        while "again to cancel" not in told and running.poll() is None:
            told += running.stderr.readline()
        os.kill(running.pid, signal.SIGINT)
        told += running.communicate(timeout=30)[1]
        assert running.returncode == 130, told
        command = told.split("is kept: ")[1].split()
        assert scenewright(bread, *command[1:], **environment).returncode == 0
        assert [asks_for(seen, "outline") for seen in server.requests].count(True) == 1


def test_a_work_that_cannot_be_read_hides_no_other_and_can_be_removed(bread: Path) -> None:
    scenewright(bread, "make", "bread.md", "--no-audio", "-o", "out")
    scenewright(bread, "make", "bread.md", "--no-audio", "-o", "out")
    good, bad = (work["id"] for work in json.loads(scenewright(bread, "works", "--json").stdout))
    with closing(sqlite3.connect(bread / "data" / "scenewright.db")) as db, db:
        db.execute('UPDATE events SET body = \'{"type": "from.the.future"}\' WHERE work = ? AND seq = 3', (bad,))
    listed = scenewright(bread, "works", "--json")
    assert [work["id"] for work in json.loads(listed.stdout)] == [good]
    assert f"scenewright remove {bad}" in listed.stderr
    assert scenewright(bread, "remove", bad).returncode == 0
    assert scenewright(bread, "works").stderr == ""
