from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.testing.provider import Behaviour, Uniform
from scenewright.testing.provider.pieces import after_items, course

TEXTS = st.text(max_size=80)


def moments(text: str, behaviour: Behaviour, thought: str = "") -> list[tuple[float, str]]:
    grown = course(text, thought, behaviour, random.Random(0))
    return [(piece.at, piece.text) for piece in grown.pieces]


def test_a_piece_comes_at_the_end_of_its_time() -> None:
    assert moments("abcdef", Behaviour(latency=1, pace=2, piece=4)) == [(3, "abcd"), (5, "ef")]
    assert moments("abcdef", Behaviour(latency=1, per_token=2, piece=4)) == [(3, "abcd"), (4, "ef")]


def test_the_time_to_the_first_piece_can_be_said() -> None:
    assert moments("abcdef", Behaviour(latency=1, first=10, pace=2, piece=2)) == [(11, "ab"), (13, "cd"), (15, "ef")]
    assert moments("abcdef", Behaviour(first=10, lasts=6, piece=2)) == [(10, "ab"), (13, "cd"), (16, "ef")]


def test_an_answer_can_be_said_to_last_and_is_spread_evenly() -> None:
    assert moments("abcdef", Behaviour(latency=1, lasts=6, piece=2)) == [(3, "ab"), (5, "cd"), (7, "ef")]


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ([1, 22, 3], ["[1", ", 22", ", 3]"]),
        (
            {"head": {"list": [1, 2, 3]}, "items": ["a", "b"]},
            ['{"head": {"list": [1, 2, 3]}, "items": ["a"', ', "b"]}'],
        ),
        ({"few": [1], "many": [1, 2]}, ['{"few": [1], "many": [1', ", 2]}"]),
        ({"none": 1}, ['{"none": 1}']),
        ([], ["[]"]),
    ],
)
def test_pieces_can_be_whole_items_of_the_longest_list(value: Any, parts: list[str]) -> None:
    text = json.dumps(value)
    found = moments(text, Behaviour(lasts=float(len(parts)), piece="item"))
    assert found == [(float(number), part) for number, part in enumerate(parts, 1)]


def test_what_is_no_json_is_one_item() -> None:
    assert [text for _, text in moments("Sure! [1, 2", Behaviour(piece="item"))] == ["Sure! [1, 2"]


@given(TEXTS, TEXTS, st.sampled_from([1, 3, 16, "item"]), st.floats(0, 3), st.sampled_from([None, 2.0, Uniform(0, 1)]))
def test_pieces_make_up_the_text_in_order(text: str, thought: str, piece: Any, pace: float, lasts: Any) -> None:
    grown = course(text, thought, Behaviour(pace=Uniform(0, pace), piece=piece, lasts=lasts), random.Random(1))
    assert grown.written(grown.ends) == text
    assert "".join(one.text for one in grown.pieces if one.thought) == thought
    assert [one.at for one in grown.pieces] == sorted(one.at for one in grown.pieces)


@given(TEXTS, st.integers(0, 90))
def test_what_breaks_ends_exactly_there(text: str, end: int) -> None:
    grown = course(text, "hm", Behaviour(pace=1), random.Random(1))
    shown = grown.until(end)
    assert shown.written(shown.ends) == text[:end]
    assert [one.at for one in shown.pieces] == [one.at for one in grown.pieces][: len(shown.pieces)]


def test_items_are_counted_in_the_first_list() -> None:
    text = '{"n": [1, [2, 3], 4]}'
    assert [text[: after_items(text, count)] for count in (0, 1, 2, 9)] == [
        '{"n": [',
        '{"n": [1',
        '{"n": [1, [2, 3]',
        '{"n": [1, [2, 3], 4',
    ]
