"""`estimate`, budgets and what is tried before a run, as a person meets them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scenewright.cli.main import app
from scenewright.domain.errors import BadSettings
from scenewright.testing.classroom import by_content, document
from scenewright.testing.provider import ScriptedProvider

pytestmark = pytest.mark.server
COMMAND = [sys.executable, "-m", "scenewright"]
MODEL = ("--model", "openai:test")


@pytest.fixture
def doc(tmp_path: Path) -> Path:
    path = tmp_path / "doc.md"
    sections = document(3).sections
    path.write_text("\n\n".join(f"# {section.title}\n\n{section.blocks[0].text}" for section in sections))  # type: ignore[union-attr]
    return path


def estimate(doc: Path, *options: str, **environment: str) -> str:
    env = {"SCENEWRIGHT_HOME": str(doc.parent / "data"), **environment}
    return CliRunner().invoke(app, ["estimate", str(doc), *options], catch_exceptions=False, env=env).stdout


def scenewright(doc: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SCENEWRIGHT_HOME": str(doc.parent / "data"), "SCENEWRIGHT_BACKOFF": "0", **environment}
    return subprocess.run([*COMMAND, *words], env=env, cwd=doc.parent, capture_output=True, text=True, timeout=120)


def test_the_settings_side_by_side(doc: Path) -> None:
    with ScriptedProvider() as server:
        shown = estimate(doc, *MODEL, "--base-url", server.base_url, "--price", "1/2", "--scenes", "3")
        assert not server.requests
    lines = shown.splitlines()
    assert lines[0] == "Scenes: 3"
    assert lines[2].split() == ["parallel", "off", "3", "auto"]
    assert [line.split("  ")[0] for line in lines[3:11]] == [
        *("model calls", "input tokens", "output tokens", "voice calls", "characters spoken"),
        *("cost", "time", "first scene"),
    ]
    assert "$" in lines[8]
    assert "Assumed, for no past runs tell: outline, content, actions, clip." in lines


def test_an_unknown_price_says_what_to_give(doc: Path) -> None:
    shown = estimate(doc, *MODEL)
    assert "price unknown" in shown
    assert "openai:test: its price is unknown: give --price IN/OUT" in shown


def test_json_is_one_object(doc: Path) -> None:
    found = json.loads(estimate(doc, *MODEL, "--scenes", "3", "--price", "1/2", "--json"))
    assert found["scenes"] == {"low": 3, "likely": 3, "high": 3}
    assert [time["parallel"] for time in found["times"]] == ["off", "3", "auto"]
    assert [step["name"] for step in found["steps"]] == ["outline", "content", "actions", "clip"]
    assert float(found["cost"]["low"]) <= float(found["cost"]["likely"]) <= float(found["cost"]["high"])
    unknown = json.loads(estimate(doc, *MODEL, "--scenes", "3", "--json"))
    assert unknown["cost"] is None
    assert unknown["unpriced"] == ["openai:test"]


def test_prices_come_from_the_environment_too(doc: Path) -> None:
    assert "$" in estimate(doc, *MODEL, SCENEWRIGHT_PRICE="1/2")


def test_nonsense_is_refused(doc: Path) -> None:
    with pytest.raises(BadSettings, match="two amounts"):
        estimate(doc, *MODEL, "--price", "3")


def test_a_budget_pauses_and_a_higher_one_goes_on(doc: Path) -> None:
    with ScriptedProvider(answers=by_content) as server:
        options = ("--base-url", server.base_url, "--price", "1/2")
        made = scenewright(doc, "make", str(doc), *MODEL, *options, "--no-audio", "--budget", "0.005", "-o", "out")
        assert made.returncode == 3, made.stderr
        assert "the budget of $0.005 would be exceeded" in made.stderr
        (work,) = json.loads(scenewright(doc, "works", "--json").stdout)
        assert 0 < float(work["cost"]) <= 0.005
        done = scenewright(doc, "resume", work["id"], *options, "--budget", "1", "-o", "out")
        assert done.returncode == 0, done.stderr
        assert not server.duplicates()


def test_a_budget_without_a_price_is_refused_before_anything(doc: Path) -> None:
    with ScriptedProvider(answers=by_content) as server:
        refused = scenewright(
            doc, "make", str(doc), *MODEL, "--base-url", server.base_url, "--no-audio", "--budget", "1"
        )
        assert refused.returncode == 2
        assert "openai:test: its price is unknown: give --price IN/OUT" in refused.stderr
        assert not server.requests
    assert json.loads(scenewright(doc, "works", "--json").stdout) == []


def test_what_would_surely_fail_is_told_before_a_work_is_begun(doc: Path) -> None:
    with ScriptedProvider(models=["other"]) as server:
        refused = scenewright(doc, "make", str(doc), *MODEL, "--base-url", server.base_url, "--no-audio")
        assert refused.returncode == 2
        assert "does not list test" in refused.stderr
        assert not server.requests
    assert json.loads(scenewright(doc, "works", "--json").stdout) == []


def test_on_a_terminal_a_price_is_asked_for(doc: Path) -> None:
    with ScriptedProvider(answers=by_content) as server:
        env = {**os.environ, "SCENEWRIGHT_HOME": str(doc.parent / "data"), "TERM": "dumb"}
        words = [
            "make",
            str(doc),
            *MODEL,
            "--base-url",
            server.base_url,
            "--no-audio",
            "-y",
            "--budget",
            "1",
            "-o",
            "out",
        ]
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*COMMAND, *words], env=env, cwd=doc.parent, stdin=theirs, stdout=theirs, stderr=theirs
        ) as made:
            os.close(theirs)
            os.write(ours, b"cheap\n1/2\n")
            told = b""
            with suppress(OSError):  # the terminal has gone
                while piece := os.read(ours, 4096):
                    told += piece
        os.close(ours)
    shown = told.decode(errors="replace")
    assert made.returncode == 0, shown
    assert "What does openai:test cost?" in shown
    assert "is not a price" in shown
