from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.server
COMMAND = [sys.executable, "-m", "scenewright.testing.provider"]


def test_it_serves_until_it_is_interrupted() -> None:
    with subprocess.Popen([*COMMAND, "--rpm", "1", "--scale", "0.01"], stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            base_url = running.stdout.readline().strip()
            asked = urllib.request.Request(f"{base_url}/chat/completions", b'{"model": "m", "messages": []}')
            with urllib.request.urlopen(asked) as response:
                assert response.headers["x-ratelimit-limit-requests"] == "1"
            with urllib.request.urlopen(base_url.removesuffix("/v1") + "/stats") as response:
                assert json.load(response)["answers"] == 1
        finally:
            running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0


@pytest.mark.parametrize(
    ("arguments", "told"), [(["--errors", "2"], "between 0 and 1"), (["--scale", "0"], "more than 0")]
)
def test_it_says_what_is_wrong(arguments: list[str], told: str) -> None:
    assert told in refused(*arguments)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "--port" in refused("--port", str(taken.getsockname()[1]))


def refused(*arguments: str) -> str:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr
