"""The scripted classroom model, asked in all the ways in which a model is asked again."""

from __future__ import annotations

import json
from typing import Any

from scenewright.testing.classroom import accepted, by_content
from scenewright.testing.provider import Seen

ACTION = {"type": "speech", "speaker": "teacher", "text": "Hello.", "target": None, "item": None}


def asked(*answers: str) -> Seen:
    """For actions; `answers`: what the model is shown of its own, each with a word on it."""
    messages = [{"role": "user", "content": "Write."}]
    for answer in answers:
        messages += [{"role": "assistant", "content": answer}, {"role": "user", "content": "Go on."}]
    body: dict[str, Any] = {
        "messages": messages,
        "response_format": {"type": "json_schema", "json_schema": {"name": "actions"}},
    }
    return Seen(index=0, attempt=1, path="/v1/chat/completions", body=body, digest="", authorisation="", headers={})


def actions(seen: Seen) -> list[Any]:
    answer: Any = by_content(seen)
    return list(answer["actions"])


def test_behind_kept_parts_it_goes_on() -> None:
    kept = json.dumps(ACTION)
    assert accepted(asked(kept, "\n".join([kept, kept]))) == [ACTION, ACTION]
    assert actions(asked("\n".join([kept, kept]))) == actions(asked())[2:]


def test_shown_an_answer_that_was_no_good_it_gives_a_whole_one() -> None:
    half, whole = '{"actions": [{"type": "spee', json.dumps({"actions": [ACTION]})
    for wrong in (half, whole, "{}\nno", "I would rather not.", "7"):
        assert accepted(asked(wrong)) == []
        assert actions(asked(wrong)) == actions(asked())
