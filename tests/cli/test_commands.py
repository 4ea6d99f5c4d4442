"""The command line as a person meets it: real processes, real exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
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
        command = told.split("Go on with: ")[1].split()
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
