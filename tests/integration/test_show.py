"""A premise becomes an episode of a show that nobody had thought of; the show is kept, and has a next episode."""

from __future__ import annotations

import asyncio
import json
import os
from functools import partial
from pathlib import Path

import pytest

from scenewright import ScriptGenerator, ScriptIncomplete
from scenewright.testing.episode import by_content, scene_of, show
from scenewright.testing.provider import Behaviour, ScriptedProvider, Seen
from tests.cli.test_commands import scenewright

pytestmark = pytest.mark.server
ANSWER = partial(by_content, scenes=3)
LESS = ["--no-audio", "--model", "openai:test", "--set", "rounds=0"]


def test_from_a_premise_to_a_show_and_its_next_episode(tmp_path: Path) -> None:
    with ScriptedProvider(answers=ANSWER) as server:
        base = {"SCENEWRIGHT_BASE_URL": server.base_url}
        done = scenewright(tmp_path, "make", "The lamp goes out.", "--kind", "episode", *LESS, "-o", "one", **base)
        assert done.returncode == 0, done.stderr
        assert "review/1: quality 0." in done.stderr
        assert "\nQuality 0." in done.stderr
        first = json.loads((tmp_path / "one" / "work.json").read_text("utf-8"))
        (kept,) = json.loads(scenewright(tmp_path, "shows", "--json").stdout)
        assert (kept["title"], kept["episodes"]) == (first["show"]["title"], [first["title"]])
        (tmp_path / "treatment.md").write_text("# The lamp comes on\n\nAll is well again.\n", "utf-8")
        words = ["make", "treatment.md", "--kind", "episode", "--show", kept["id"], *LESS, "-o", "two"]
        done = scenewright(tmp_path, *words, **base)
        assert done.returncode == 0, done.stderr
        asked = next(seen for seen in reversed(server.requests) if seen.asks_for == "outline")
    assert "All is well again." in json.dumps(asked.body)
    second = json.loads((tmp_path / "two" / "work.json").read_text("utf-8"))
    assert [who["id"] for who in second["show"]["characters"]] == [who["id"] for who in first["show"]["characters"]]
    (work, _) = json.loads(scenewright(tmp_path, "works", "--json").stdout)
    assert "\nQuality 0." in scenewright(tmp_path, "show", work["id"]).stdout


def sockets() -> int:
    """Open ones of this process."""
    return sum(os.readlink(f"/proc/self/fd/{fd}").startswith("socket:") for fd in _open())


def _open() -> list[str]:
    return [fd for fd in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{fd}")]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="sockets are counted as Linux lists them")
def test_a_failed_scene_leaves_no_call_and_no_socket_behind(tmp_path: Path) -> None:
    def script(seen: Seen) -> Behaviour:
        if seen.asks_for == "dialogue" and scene_of(seen) == "s2":
            return Behaviour(status=400, code="content_filter", message="No.")
        return Behaviour(latency=0.05)

    with ScriptedProvider(answers=ANSWER, script=script) as server:

        async def go() -> ScriptIncomplete:
            writer = ScriptGenerator(3, model="openai:test", base_url=server.base_url, home=tmp_path)
            with pytest.raises(ScriptIncomplete) as caught:
                await writer.generate_full_script("The lamp goes out.", [], show())
            assert asyncio.all_tasks() == {asyncio.current_task()}
            return caught.value

        before = sockets()
        error = asyncio.run(go())
        assert sockets() <= before
    assert [scene.id for scene in error.partial.scenes] == ["s1", "s3"]
    assert list(error.failed) == ["s2"]
    assert not [seen for seen in server.requests if seen.asks_for in ("jokes", "scores", "findings")]
