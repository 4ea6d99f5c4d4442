from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.providers.speech.lexicon import respell

written = st.text(st.sampled_from("abcABC +.北京"), min_size=1, max_size=5)
lexicons = st.dictionaries(written, st.text("xyz", max_size=4), max_size=5)


@pytest.mark.parametrize(
    ("text", "lexicon", "said"),
    [
        ("SQL, MySQL and NoSQL: SQL's own.", {"SQL": "sequel"}, "sequel, MySQL and NoSQL: sequel's own."),
        ("nginx Nginx NGINX", {"nginx": "engine x", "NGINX": "loud engine x"}, "engine x engine x loud engine x"),
        ("Use sql here.", {"SQL": "sequel"}, "Use sequel here."),
        ("Let us go to the US.", {"US": "U S"}, "Let us go to the U S."),
        ("New York, York.", {"York": "Jork", "New York": "the city"}, "the city, Jork."),
        ("C++ and C, not Cxx", {"C": "see", "C++": "see plus plus"}, "see plus plus and see, not Cxx"),
        ("我在重庆学习。", {"重庆": "崇庆"}, "我在崇庆学习。"),
        ("用SQL查询", {"SQL": "sequel"}, "用sequel查询"),
        ("a b", {"a": "b", "b": "a"}, "b a"),
        ("New\n  York", {"New York": "the city"}, "the city"),
        ("Straße strasse", {"Straße": "Weg"}, "Weg strasse"),
        ("silent k", {"k": ""}, "silent "),
        ("a.c abc", {"a.c": "dot"}, "dot abc"),
    ],
)
def test_written_forms_are_said_as_asked(text: str, lexicon: dict[str, str], said: str) -> None:
    assert respell(text, lexicon) == said


@given(st.text(), st.dictionaries(st.sampled_from(["", " ", "\n"]), st.text()))
def test_no_entries_change_nothing(text: str, lexicon: dict[str, str]) -> None:
    assert respell(text, lexicon) == text


@given(st.text(st.sampled_from("abcABC +.北京"), max_size=40), lexicons)
def test_the_order_of_entries_does_not_matter(text: str, lexicon: dict[str, str]) -> None:
    assert respell(text, lexicon) == respell(text, dict(reversed(lexicon.items())))


@given(lexicons)
def test_a_text_that_is_an_entry_becomes_what_it_is_said(lexicon: dict[str, str]) -> None:
    for form, said in lexicon.items():
        if form.strip() == form and "  " not in form:
            assert respell(form, {form: said}) == said


@given(
    st.text("abc xyz北", max_size=60), st.dictionaries(st.text(r"\\.*+?[](){}|^$-#", min_size=1, max_size=6), st.text())
)
def test_entries_are_taken_literally(text: str, lexicon: dict[str, str]) -> None:
    assert respell(text, lexicon) == text
