"""`kill -9` in the middle of a run, then `resume`: no finished paid call is made twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from scenewright.testing.provider import OK, Behaviour, ScriptedProvider, Seen
from tests.integration.classes import classroom, document

pytestmark = pytest.mark.server
COMMAND = [sys.executable, "-m", "scenewright"]


def source(folder: Path) -> Path:
    path = folder / "doc.md"
    sections = document(3).sections
    path.write_text("\n\n".join(f"# {section.title}\n\n{section.blocks[0].text}" for section in sections))  # type: ignore[union-attr]
    return path


@pytest.mark.parametrize("moment", [0, 1, 3, 5, 7])
def test_killed_while_a_call_is_out_only_that_call_is_repeated(tmp_path: Path, moment: int) -> None:
    """With one call in flight at a time, every call before the one that is out has been answered and used."""
    process: list[subprocess.Popen[bytes]] = []

    def script(seen: Seen) -> Behaviour:
        if seen.index == moment and process:
            os.kill(process[0].pid, signal.SIGKILL)
            return Behaviour(hang=True)
        # A piece of the stream arrives before the kill: what is accepted of it must not be asked for again.
        return Behaviour(cut_after=700, pace=0.002) if seen.index == 0 else OK

    with ScriptedProvider(answers=answer, script=script) as server:
        environment = {
            **os.environ,
            "SCENEWRIGHT_HOME": str(tmp_path / "home"),
            "SCENEWRIGHT_BASE_URL": server.base_url,
        }
        make = [
            *COMMAND,
            "make",
            str(source(tmp_path)),
            "--model",
            "openai:test",
            "--no-audio",
            "-o",
            str(tmp_path / "out"),
        ]
        with subprocess.Popen(make, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
            process.append(running)
            _, told = running.communicate()
        if running.returncode == -signal.SIGKILL:
            process.clear()
            listed = subprocess.run([*COMMAND, "works", "--json"], env=environment, capture_output=True, check=True)
            work = listed.stdout.decode().split('"id": "')[1].split('"')[0]
            resumed = subprocess.run([*COMMAND, "resume", work], env=environment, cwd=tmp_path, capture_output=True)
            assert resumed.returncode == 0, resumed.stderr.decode()
        else:
            assert running.returncode == 0, told.decode()
        asked = Counter(seen.digest for seen in server.requests)
        in_flight = {server.requests[moment].digest} if moment < len(server.requests) else set()
        assert {digest for digest, times in asked.items() if times > 1} <= in_flight


def answer(seen: Seen) -> object:
    from tests.integration.classes import accepted, asks_for

    whole = classroom(seen)
    if asks_for(seen, "outline") and (kept := accepted(seen)):
        return {"scenes": whole["scenes"][len(kept) - 1 :]}
    return whole
