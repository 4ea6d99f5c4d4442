from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.text import inline
from scenewright.text.sentences import inline_sentences, sentences


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Dr. Smith met J. R. Tolkien at 3.14 p.m. in the U.S.", "They talked, e.g. about v1.2.3.", "Why?"]),
        ("en", ["See https://a.b/c.d for more.", '"Why?" he asked.', "She left...", "Then he came back etc."]),
        ("en", ["1. Introduction is here.", "It costs 5.5 million.", "See Fig. 2 and Sec. 3.", "Use it!"]),
        ("de", ["Am 3. Mai war es z. B. kalt, d. h. eisig.", "Im 19. Jahrhundert lebte Dr. Meier.", "Er kam."]),
        ("de", ["Der Wert liegt bei 3,5 usw.", "Das ist i. d. R. gut.", "Vgl. Abb. 3 dazu.", "Seit 1990.", "Gut!"]),
        ("zh", ["你好。", "世界！", "他说：“走吧！”", "然后离开了；", "版本3.14很好。"]),
        ("fr", ["M. Dupont est parti à 10.30 h.", "Il revient, p.ex. demain.", "Vraiment ?", "Oui."]),
        ("ja", ["今日は晴れです。", "明日は？", "雨です。"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, expected: list[str]) -> None:
    glue = "" if language in ("zh", "ja") else " "
    assert sentences(glue.join(expected), language) == expected


def test_speech_that_goes_on_after_a_quote_stays_together() -> None:
    assert sentences("“好的。”她说。他走了。", "zh") == ["“好的。”她说。", "他走了。"]


def test_an_empty_line_ends_a_sentence() -> None:
    assert sentences("A title\n\nThe text", "en") == ["A title", "The text"]


@given(st.text(alphabet=st.sampled_from("aB1 .!?。！？“”\"')(\n…z:;，")), st.sampled_from(["en", "de", "zh", "xx"]))
def test_nothing_but_white_space_is_lost(text: str, language: str) -> None:
    found = sentences(text, language)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() != "" for sentence in found)


def test_marks_are_never_broken() -> None:
    assert inline_sentences("**One. Two** with `a. B` and $x. Y$ here. Three.", "en") == [
        "**One.**",
        "**Two** with `a. B` and $x. Y$ here.",
        "Three.",
    ]


@given(st.text(alphabet="aB. *`$\\\n!"))
def test_inline_sentences_keep_the_words(text: str) -> None:
    plain = "".join(inline.plain(sentence) for sentence in inline_sentences(text, "en"))
    assert "".join(plain.split()) == "".join(inline.plain(text).split())


@given(st.text(alphabet="ab *`$\\"))
def test_rendered_spans_read_the_same(text: str) -> None:
    spans = inline.parse(text)
    assert inline.plain(inline.render(spans)) == inline.plain(text)


@given(st.text(alphabet="ab *`$\\"), st.integers(0, 8), st.integers(0, 8))
def test_a_cut_holds_what_was_asked_for(text: str, start: int, end: int) -> None:
    wanted = inline.plain(text)[start:end]
    assert wanted in inline.plain(inline.render(inline.cut(inline.parse(text), start, end)))


def test_the_sun_is_no_weekday() -> None:
    text = "It is caused by the Moon and the Sun. When the water rises we speak of the flood. Newton saw the Sun. Isaac"
    assert len(sentences(text, "en")) == 4
    assert sentences("Er sagte es so. Das war alles.", "de") == ["Er sagte es so.", "Das war alles."]
