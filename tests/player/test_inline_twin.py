"""The player reads inline text as the Python side does: both are held to one file of cases."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from scenewright.text.inline import parse

CASES = Path(__file__).with_name("inline_cases.json")
TEXTS = (
    "",
    "plain words",
    "a **bold** and *em* word",
    "**bold with *both* inside**",
    "`code with ** and $`",
    "cost $5 and $6",
    "$x^2$ and $\\alpha_1$",
    "$a\\$b$",
    "$ not math $",
    "2 * 3 * 4",
    "a*b*c",
    "**unpaired",
    "*a **b* c**",
    "\\*literal\\* \\`tick\\` \\$ \\\\",
    "<b>no</b> &amp; <script>alert(1)</script>",
    "汉字**粗体**和$E=mc^2$。",
    "***both***",
    "`a` `b`$c$",
    "line one\nline *two*",
    "trailing * star *",
    "$$ $$",
    "\\",
)


def test_the_cases_say_what_python_reads() -> None:
    expected = [{"text": text, "spans": [asdict(span) for span in parse(text)]} for text in TEXTS]
    assert json.loads(CASES.read_text(encoding="utf-8")) == expected
