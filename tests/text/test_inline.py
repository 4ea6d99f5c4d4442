from hypothesis import given
from hypothesis import strategies as st

from scenewright.text import inline
from scenewright.text.inline import Span


def test_marks_become_styles() -> None:
    assert inline.parse("a **b** *c* `d*` $x_1*y$") == (
        Span(text="a "),
        Span(text="b", bold=True),
        Span(text=" "),
        Span(text="c", italic=True),
        Span(text=" "),
        Span(text="d*", code=True),
        Span(text=" "),
        Span(text="x_1*y", math=True),
    )


def test_what_does_not_pair_up_is_literal() -> None:
    for text in ("2 * 3 * 4", "**", "it costs $5 and $6", "a ` b", "*a", "<b>&amp;"):
        assert inline.plain(text) == text


def test_bold_and_emphasis_nest() -> None:
    assert inline.parse("**a *b***")[-1] == Span(text="b", bold=True, italic=True)


@given(st.text())
def test_escaping_keeps_every_text(text: str) -> None:
    assert inline.plain(inline.escape(text)) == text


@given(st.text(alphabet="a *`$\\\n"))
def test_every_string_parses(text: str) -> None:
    assert all(span.text for span in inline.parse(text))
