"""Which paid answers a finished work does not contain."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.testing.provider import Answered, Seen
from scenewright.testing.provider.absent import absent, texts

SPOKEN = {"input": "Hi.", "voice": "v"}


def answered(text: Any, *, asked: str = "Write something.", audio: str = "") -> Answered:
    request = {"input": text} if audio else {"messages": [{"role": "user", "content": asked}]}
    one = Seen(index=0, attempt=1, path="", body=request, digest="d", authorisation="", headers={})
    said = text if isinstance(text, str) else json.dumps(text)
    return Answered(
        seen=one, text=said, audio=audio, whole=True, status=200, input_tokens=1, output_tokens=1, started=0, ended=1
    )


SLIDE = answered({"title": "The quiet river bends", "points": ["short", "A  longer\npoint of it"]})


@pytest.mark.parametrize(
    "work",
    [
        {"scenes": [{"title": "The quiet river bends"}]},
        {"scenes": [{"said": "And so: a longer. A longer point of it, and more."}]},
        "<h1>The quiet\n   river bends</h1>",
        b"<p>A longer point of it</p>",
        ["nothing", {"nested": ("The quiet river bends",)}],
    ],
)
def test_an_answer_is_there_if_any_of_its_texts_is(work: Any) -> None:
    assert absent([SLIDE], work) == ()


@pytest.mark.parametrize("work", [{}, "", b"", {"a": "short"}, {"a": "The quiet river"}, {"The quiet river bends": 1}])
def test_otherwise_it_is_absent(work: Any) -> None:
    assert absent([SLIDE], work) == (SLIDE,)


def test_what_was_in_the_request_proves_nothing() -> None:
    echo = answered({"title": "The title as it was planned"}, asked="Write: The title as it was planned.")
    assert absent([echo], {"title": "The title as it was planned"}) == (echo,)


def test_an_answer_without_a_text_to_look_for_is_absent() -> None:
    number = answered({"n": 1, "yes": "short"})
    assert absent([number], {"n": 1, "yes": "short"}) == (number,)
    assert absent([number], {"n": 1, "yes": "short"}, least=5) == ()


def test_pages_may_escape_what_they_show() -> None:
    assert absent([answered({"t": "Fish & chips < rice"})], "<p>Fish &amp; chips &lt; rice</p>") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": ["one", {"b": "two"}]}', ["one", "two"]),
        ('{"a": "one \\"two\\"", "b": "cut of', ["a", 'one "two"', "b"]),
        ('```json\n{"a": "one"}\n```', ["a", "one"]),
        ("First line.\nSecond line.", ["First line.", "Second line."]),
        ("", []),
        ("[1, 2]", ["[1, 2]"]),
    ],
)
def test_texts_are_found_in_whatever_was_answered(text: str, found: list[str]) -> None:
    assert list(texts(text)) == found


def test_speech_is_judged_by_its_words_or_its_bytes() -> None:
    import hashlib

    long, short = (
        answered("A sentence to be spoken.", audio="x"),
        answered("Hi.", audio=hashlib.sha256(b"RIFF").hexdigest()),
    )
    assert absent([long, short], {"speech": "First. A sentence to be spoken. Hi. Last."}) == (short,)
    assert absent([short], {"speech": "Hi."}) == ()
    assert absent([short], [b"RIFF"]) == ()
    assert absent([short], [b"RIFX"]) == (short,)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_a_work_contains_every_answer_that_it_is_made_of(value: Any) -> None:
    answer = answered({"it": value, "besides": "a text that is long enough"})
    assert absent([answer], {"work": [json.loads(answer.text)]}) == ()
