"""Hostile documents and hostile models, through the whole chain into a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenewright.testing.provider import ScriptedProvider, Seen
from tests.integration.classes import classroom
from tests.player.conftest import Watched
from tests.player.test_hostile import ATTACK, LIVE_ATTRIBUTES

pytestmark = pytest.mark.browser

HOSTILE_MARKDOWN = r"""# Title <script>alert(1)</script>

Intro <img src=x onerror=alert(2)> with [a link](javascript:alert(3)) and ![far](http://evil.test/a.png) and more words.

## Pictures ![up](../../secret.png) and ![file](file:///etc/passwd)

<svg onload=alert(4)><script>alert(5)</script></svg>

A **term** is a word &lt;script&gt;alert(6)&lt;/script&gt; with $\href{javascript:alert(7)}{x}$ in it.
It has a second sentence.

$$\class{evil}{x} \style{background:url(http://evil.test/b)}{y} \unicode{<script>alert(8)</script>} + \frac{1}{2}$$

## Code and tables

```html
</script><script>alert(9)</script>
```

| a <b onmouseover=alert(10)> | b |
|---|---|
| `</style><script>alert(11)</script>` | 12 |
| ${alert(12)} {{alert(13)}} | 14 |

> A quotation with <iframe src="javascript:alert(14)"></iframe> inside it, and enough words to be kept.
"""
HOSTILE_HTML = """<html lang="en"><head><title>T<script>alert(1)</script></title><base href="http://evil.test/">
<meta http-equiv="refresh" content="0;url=http://evil.test/"></head><body onload="alert(2)">
<h1 onclick="alert(3)">Heading</h1><p style="background:url(http://evil.test/x)">A <b>thing</b> is a long sentence.
<a href="javascript:alert(4)">with a link</a> <object data="http://evil.test/o"></object></p>
<h2>Second</h2><p>Another paragraph, which says something quite different and ends here.</p>
<math><maction actiontype="statusline#http://evil.test/"><mi href="javascript:alert(5)">x</mi></maction></math>
<img src="http://evil.test/i.png" alt="far"><img src="data:image/svg+xml,<svg onload=alert(6)>"></body></html>"""


def make(folder: Path, source: str, *options: str, **environment: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "scenewright", "make", source, "--no-audio", "-o", "out", *options],
        env={**os.environ, "SCENEWRIGHT_HOME": str(folder / "data"), **environment},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder / "out"


def looked_through(visit: Callable[..., Watched], out: Path) -> None:
    """Every scene is opened; nothing ran, nothing was asked for, nothing foreign stands in the page."""
    scenes = json.loads((out / "work.json").read_text("utf-8"))["scenes"]
    seen = visit(out)
    seen.start()
    for scene in scenes:
        seen.page.evaluate("id => { location.hash = id }", scene["id"])
        seen.until("document.querySelector('svg, .quiz') !== null")
        assert (
            seen.page.eval_on_selector_all(
                "main :is(script, iframe, object, embed, style, link)", "found => found.length"
            )
            == 0
        )
        assert seen.page.evaluate(LIVE_ATTRIBUTES) == []
    assert seen.dialogs == []
    assert seen.went_out() == []
    assert not [address for address in seen.requests if address.startswith("file:") and str(out) not in address]


@pytest.mark.parametrize(("name", "text"), [("bad.md", HOSTILE_MARKDOWN), ("bad.html", HOSTILE_HTML)])
def test_a_hostile_document(visit: Callable[..., Watched], tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / "inner" / "most"
    folder.mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"not for you")
    (folder / name).write_text(text, "utf-8")
    out = make(folder, name)
    assert not [path for path in out.rglob("*") if path.is_file() and b"not for you" in path.read_bytes()]
    looked_through(visit, out)


def test_a_hostile_model(visit: Callable[..., Watched], tmp_path: Path) -> None:
    def poisoned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poisoned(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [poisoned(item, key) for item in value]
        return (
            ATTACK
            if key in ("title", "text", "items", "latex", "prompt", "explanation", "objectives") and value
            else value
        )

    def answer(seen: Seen) -> Any:
        found: Any = poisoned(classroom(seen))
        if "blocks" in found:
            found["blocks"] += [
                {"type": "code", "id": "c", "language": "html", "code": ATTACK},
                {
                    "type": "formula",
                    "id": "f",
                    "latex": r"\href{javascript:alert(1)}{x}\unicode{<script>}",
                    "caption": ATTACK,
                },
                {"type": "image", "id": "i", "asset": "http://evil.test/x.png", "alt": "x"},
                {"type": "diagram", "id": "d", "nodes": [{"id": "a", "label": ATTACK}], "edges": []},
                {"type": "chart", "id": "h", "labels": [ATTACK], "series": [{"name": ATTACK, "values": [1]}]},
            ]
        return found

    (tmp_path / "doc.md").write_text("# One\n\nText of one.\n\n# Two\n\nText of two.\n", "utf-8")
    with ScriptedProvider(answers=answer) as server:
        out = make(tmp_path, "doc.md", "--model", "openai:test", SCENEWRIGHT_BASE_URL=server.base_url)
    looked_through(visit, out)
