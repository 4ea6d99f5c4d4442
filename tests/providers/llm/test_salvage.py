from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.base import Json
from scenewright.providers.llm.salvage import Items, Unparsable, parse, read

# Lower-case ASCII letters are left out, and dollars: "\n" and "abla" side by side is what latex.py is about. So are
# backspace and form feed, which are taken for LaTeX.
LETTERS = st.characters(exclude_characters="abcdefghijklmnopqrstuvwxyz$\b\f", exclude_categories=["Cs"])
TEXT = st.text(LETTERS, max_size=12)
SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
)
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=4) | st.dictionaries(TEXT, v, max_size=4), max_leaves=12)
OBJECTS = st.dictionaries(TEXT, VALUES, min_size=1, max_size=4)


def pieces(text: str, seed: int) -> Iterator[str]:
    rng, at = random.Random(seed), 0
    while at < len(text):
        size = rng.randint(1, 9)
        yield text[at : at + size]
        at += size


def streamed(text: str, seed: int = 1) -> tuple[Items, list[tuple[str, Json]]]:
    items, found = Items(), []
    for piece in pieces(text, seed):
        found += items.feed(piece)
    return items, found + items.end()


def at_the_top(value: dict[str, Json]) -> list[tuple[str, Json]]:
    flat: list[tuple[str, Json]] = []
    for key, member in value.items():
        flat += [(key, item) for item in member] if isinstance(member, list) else [(key, member)]
    return flat


@given(OBJECTS | st.lists(VALUES, min_size=1), st.booleans(), st.booleans())
def test_proper_json_is_read_as_it_is(value: Json, ascii_only: bool, pretty: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2 if pretty else None)
    reading = read(text)
    assert reading.value == value
    assert not reading.mended
    assert not reading.truncated


@given(OBJECTS, st.integers(0, 99))
def test_items_come_whole_and_in_order_however_the_answer_is_cut_into_pieces(value: dict[str, Json], seed: int) -> None:
    items, found = streamed(json.dumps(value), seed)
    assert found == at_the_top(value)
    assert items.complete
    assert not items.mended


def test_an_item_is_given_with_its_last_character() -> None:
    items = Items()
    assert items.feed('\ufeffHere it is:\r\n```json\r\n{"header": {"title": "T"') == []
    assert items.feed("}") == [("header", {"title": "T"})]
    assert items.feed(', "scenes": [{"id": "a", "points": ["x", "y"]') == []
    assert items.feed("}, {") == [("scenes", {"id": "a", "points": ["x", "y"]})]
    assert items.truncated
    assert items.feed('"id": "b"}]}\r\n```\nThat was it: {"id": "c"}') == [("scenes", {"id": "b"})]
    assert items.complete
    assert not items.truncated


def test_a_list_gives_its_items() -> None:
    assert streamed('[{"a": 1}, 2, "x"]')[1] == [("", {"a": 1}), ("", 2), ("", "x")]


def test_reading_a_stream_is_linear_in_its_length() -> None:
    """Counted, not timed: every character is handed to the tokens once, so doubling doubles."""
    text = json.dumps({"scenes": [{"id": str(n), "text": "word " * 20 + '"quoted"'} for n in range(400)]})
    items, found = Items(), []
    for letter in text:
        found += items.feed(letter)
    assert len(found) == 400
    assert items.complete


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"a": ["x", 1]}\n```',
        '```\n{"a": ["x", 1]}```',
        'Sure! Here is {what you wanted}:\n\n{"a": ["x", 1]}\n\nAnything else?',
        """Here's what you're after (don't "quote" me): {"a": ["x", 1]}""",
        'As [some say]: {"a": ["x", 1]} [1]',
        '<think>Perhaps {"a": ["no"]}?</think>\n{"a": ["x", 1]}',
        'Perhaps {"a": ["no"]}?\n</think>\n\n{"a": ["x", 1]}',
        '{"a": ["x", 1,],}',
        "{'a': ['x', 1]}",
        '{a: ["x", 1]}',
        '{"a": ["x" 1]}',
        '{"a": ["x", 1}',
        '\ufeff\r\n{"a":\r\n ["x", 1]}\r\n',
    ],
)
def test_manners_of_models_do_not_matter(text: str) -> None:
    assert parse(text) == {"a": ["x", 1]}


def test_a_fence_inside_the_answer_belongs_to_it() -> None:
    value = {"code": "```json\n{}\n```", "after": "x"}
    assert parse(json.dumps(value)) == value
    assert parse(f"Here:\n```json\n{json.dumps(value)}\n```") == value


def test_words_of_python_are_understood() -> None:
    assert parse('{"a": True, "b": None, "c": NaN}') == {"a": True, "b": None, "c": None}


def test_quotes_inside_a_string_stay_in_it() -> None:
    text = '{"text": "He said "hi" to me, and "bye"", "n": 2}'
    assert parse(text) == {"text": 'He said "hi" to me, and "bye"', "n": 2}
    assert streamed(text)[1] == [("text", 'He said "hi" to me, and "bye"'), ("n", 2)]


def test_line_breaks_inside_a_string_stay_in_it() -> None:
    assert parse('{"text": "one\ntwo\r\n\tthree"}') == {"text": "one\ntwo\r\n\tthree"}


def test_members_that_the_answer_does_not_have_are_chat() -> None:
    text = 'Like {"type": "object"} it is: {"header": {"t": 1}}'
    assert parse(text, keys={"header"}) == {"header": {"t": 1}}
    items = Items(keys={"header"})
    assert items.feed(text) == [("header", {"t": 1})]


def test_what_is_complete_survives_being_cut_off() -> None:
    reading = read('{"header": {"points": ["x", "y"]}, "scenes": [{"id": "a", "k": ["x"]}, {"id": "b", "k": ["x", "tr')
    assert reading.truncated
    assert reading.value == {"header": {"points": ["x", "y"]}, "scenes": [{"id": "a", "k": ["x"]}]}
    assert parse('{"type": "slide", "title": "T", "bl') == {"type": "slide", "title": "T"}
    assert parse("[1, 2, 34") == [1, 2]


@given(st.lists(st.dictionaries(TEXT, VALUES, min_size=1, max_size=3), min_size=1, max_size=5), st.data())
def test_wherever_it_is_cut_only_whole_items_remain(scenes: list[Json], data: st.DataObject) -> None:
    text = json.dumps({"scenes": scenes})
    cut = data.draw(st.integers(1, len(text) - 1))
    items, found = streamed(text[:cut])
    assert items.truncated
    kept = [value for _, value in found]
    assert kept == scenes[: len(kept)]
    if kept:
        reading = read(text[:cut])
        assert reading.truncated
        assert reading.value == {"scenes": kept}


@pytest.mark.parametrize("text", ["", "  \n", "I cannot do that.", "{", "null", '{"a": "b', "{{{{", "<think>{}"])
def test_nothing_usable_is_said_so(text: str) -> None:
    with pytest.raises(Unparsable, match=r"Ask again"):
        parse(text)


@given(st.text(alphabet="{}[]:,\"'\\ntb1 \n`", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    streamed(text)
    try:
        value = parse(text)
    except Unparsable:
        return
    assert isinstance(value, (dict, list))


def test_depth_is_bounded() -> None:
    with pytest.raises(Unparsable):
        parse('{"a":' * 100_000)
    streamed("[" * 5_000)
