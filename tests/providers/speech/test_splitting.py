from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.providers.speech.splitting import LIMIT, chunks, size, split

words = st.text(st.sampled_from("ab .!?,;\n。，！植物利e\u0301ü—12"), max_size=900)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(words | st.text(max_size=600), st.sampled_from(["en", "de", "zh-CN", "xx"]))
def test_nothing_is_lost_and_bounds_are_kept(text: str, language: str) -> None:
    parts = split(text, language)
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(part.strip() == part and 0 < size(part) <= LIMIT for part in parts)


@given(words)
def test_it_is_pure(text: str) -> None:
    assert split(text, "en") == split(text, "en")


def test_one_sentence_is_one_chunk_and_abbreviations_do_not_end_one() -> None:
    text = "Dr. Smith measured 3.5 litres, e.g. on Monday. The result surprised everybody in the room. It was zero."
    assert split(text, "en") == (
        "Dr. Smith measured 3.5 litres, e.g. on Monday.",
        "The result surprised everybody in the room.",
        "It was zero.",
    )


def test_chinese_is_split_at_its_own_stops() -> None:
    text = "光合作用是植物制造食物的过程。它们从空气中吸收二氧化碳！"
    assert split(text, "zh") == ("光合作用是植物制造食物的过程。", "它们从空气中吸收二氧化碳！")


def test_a_very_short_sentence_joins_the_next() -> None:
    assert split("Why? Because nearly all life depends on it.", "en") == (
        "Why? Because nearly all life depends on it.",
    )


def test_borders_say_what_stands_after_a_chunk() -> None:
    long = ", ".join(["And a clause that goes on and on"] * 12) + "."
    borders = [chunk.border for chunk in chunks(f"The first sentence is here. {long}\n\nA new paragraph.", "en")]
    assert borders == ["sentence", "clause", "paragraph", "paragraph"]


def test_a_long_sentence_is_cut_at_clauses_into_similar_pieces() -> None:
    clause = "this clause is forty characters long ok"
    parts = split(", ".join([clause] * 12) + ".", "en")
    assert all(part.endswith((",", ".")) for part in parts)
    assert max(map(len, parts)) < 2 * min(map(len, parts))


@pytest.mark.parametrize("text", ["e\u0301" * 400, "कि" * 400])
def test_a_cut_never_comes_before_a_mark(text: str) -> None:
    assert not any(unicodedata.category(part[0]).startswith("M") for part in split(text, "xx"))


def test_a_hundred_thousand_characters_without_a_stop_are_split() -> None:
    assert len(split("word " * 20_000, "en")) > 300
