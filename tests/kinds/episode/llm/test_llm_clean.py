from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.kinds.episode.llm import clean


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  Two\n lines\tand   more ", "Two lines and more"),
        ("**Bold** and *soft* and `code`", "Bold and soft and code"),
        ("# Heading", "Heading"),
        ("> quoted", "quoted"),
        ("A\x00B\x1b[31mC\u202eD", "AB[31mCD"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case stays", "snake_case stays"),
        ("家は 静か", "家は 静か"),
        (7, "7"),
        (None, ""),
        (["no"], ""),
    ],
)
def test_texts_are_one_plain_paragraph(written: object, text: str) -> None:
    assert clean.clean(written) == text


@pytest.mark.parametrize(
    ("written", "said", "how"),
    [
        ("BO: No.", "No.", ""),
        ("Bo (V.O.): No.", "No.", ""),
        ("(sighing) No.", "No.", "sighing"),
        ("BO: (dry) No.", "No.", "dry"),
        ("**ADA:** No.", "No.", ""),
        ("“No.”", "No.", ""),
        ("“No,” he said, “never.”", "“No,” he said, “never.”", ""),
        ("Bob: is what they call me.", "Bob: is what they call me.", ""),
        ("(whole line in brackets)", "(whole line in brackets)", ""),
    ],
)
def test_what_is_said_has_no_name_in_front(written: str, said: str, how: str) -> None:
    assert clean.said(written, ["ADA", "BO"]) == (said, how)


@pytest.mark.parametrize(("written", "kept"), [("v.o.", "V.O."), ("VO", "V.O."), ("(O.S.)", "O.S."), ("CONT'D", "")])
def test_extensions_are_those_of_the_trade(written: str, kept: str) -> None:
    assert clean.extension(written) == kept


def test_a_text_without_end_is_cut_between_words() -> None:
    cut = clean.clean("word " * 100_000)
    assert len(cut) <= clean.LONGEST + 1
    assert cut.endswith("word…")


@given(st.text())
def test_no_control_character_ever_comes_through(written: str) -> None:
    found = clean.clean(written)
    assert found == " ".join(found.split())
    assert not set(found) & {chr(n) for n in [*range(32), 127, 0x202E]}
