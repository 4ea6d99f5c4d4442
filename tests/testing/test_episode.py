"""The scripted model of episodes, asked in all the ways in which a model is asked again."""

from __future__ import annotations

import json
from typing import Any

from scenewright.testing.episode import accepted, beat, by_content, cited, fact, scene_of
from scenewright.testing.provider import Seen

TEXT = "# Text\n## s1: INT. PIER\n[s1.d1] Fog.\n[s1.l1] ADA: Who?\n[s1.l2] BO: Me.\n\n# Findings\n[s1.l2] voice: x"


def asked(name: str, text: str, *answers: str) -> Seen:
    """`answers`: what the model is shown of its own, each with a word on it."""
    messages = [{"role": "user", "content": text}]
    for answer in answers:
        messages += [{"role": "assistant", "content": answer}, {"role": "user", "content": "Go on."}]
    body: dict[str, Any] = {
        "messages": messages,
        "response_format": {"type": "json_schema", "json_schema": {"name": name}},
    }
    return Seen(index=0, attempt=1, path="", body=body, digest="", authorisation="", headers={})


def test_behind_kept_parts_it_goes_on() -> None:
    text = "# The scene\n{}\n\n# What is said\n[l1] ada: Who?"
    whole: Any = by_content(asked("directions", text))
    kept = "\n".join(json.dumps({"id": f"d{n}", **beat("x", None, "after", None)}) for n in (1, 2))
    assert len(accepted(asked("directions", text, kept))) == 2
    assert by_content(asked("directions", text, kept)) == {"beats": whole["beats"][2:]}


def test_shown_an_answer_that_was_no_good_it_gives_a_whole_one() -> None:
    whole = by_content(asked("findings", TEXT))
    for wrong in ('{"findings": [{"kind"', json.dumps({"findings": []}), "I would rather not."):
        assert accepted(asked("findings", TEXT, wrong)) == []
        assert by_content(asked("findings", TEXT, wrong)) == whole


def test_it_cites_what_it_is_shown() -> None:
    seen = asked("jokes", TEXT)
    assert cited(seen) == {"s1": ["s1.d1", "s1.l1", "s1.l2"]}
    assert cited(seen, spoken=True) == {"s1": ["s1.l1", "s1.l2"]}
    found: Any = by_content(seen)
    assert [each["punchline"] for each in found["jokes"]] == ["s1.l1"]
    changed: Any = by_content(asked("changes", TEXT))
    assert [each["element"] for each in changed["changes"]] == ["s1.l2"]


def test_facts_are_read_from_the_prompt() -> None:
    seen = asked("dialogue", '# Show\n{"a": 1}\n\n# The scene to write\n{"id": "s4"}\n\n# Place\nx')
    assert fact(seen, "Show") == {"a": 1}
    assert fact(seen, "Nothing") is None
    assert scene_of(seen) == "s4"
