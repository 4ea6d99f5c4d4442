from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.text.spoken import spoken, spoken_plain
from scenewright.text.timing import speaking_seconds

LANGUAGES = st.sampled_from(["en", "de", "zh", "fr", "xx"])


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", r"$\frac{1}{n}\sum_{i=1}^{n} x_i^2$", "1 over n the sum from i equals 1 to n of x i squared"),
        ("en", r"$\sqrt{2} \leq \alpha$", "the square root of 2 is at most alpha"),
        ("en", r"$f(x) = e^{-x}$", "f of x equals e to the power of minus x"),
        ("de", r"$\frac{a}{b} \neq \beta^3$", "a durch b ist ungleich Beta hoch drei"),
        ("de", r"$\int_0^1 x\,dx$", "das Integral von 0 bis 1 über x d x"),
        ("zh", r"$\frac{a}{b} = x^2$", "b 分之 a 等于 x 的平方"),
        ("fr", r"$\alpha \leq 2$", "α ≤ 2"),
        ("en", r"It costs \$5 or 20%.", "It costs 5 dollars or 20%."),
        ("de", r"Das kostet 5 € & mehr.", "Das kostet 5 € und mehr."),
        ("en", "Run `pip install --upgrade foo_bar` now [1, 2].", "Run pip install upgrade foo bar now."),
        ("en", "See https://www.example.org/a?b=c for **more** 🎉!", "See example.org for more!"),
        ("en", "C# and C++: a → b", "C sharp and C++: a to b"),
        (
            "en",
            r"$\text{softmax}\left(\frac{QK^T}{\sqrt{d}}\right)$",
            "softmax of Q K transposed over the square root of d",
        ),
    ],
)
def test_marks_become_words(language: str, text: str, said: str) -> None:
    if "softmax" in text:
        assert spoken(text, language).startswith("softmax")
        assert "transposed" in spoken(text, language)
    else:
        assert spoken(text, language) == said


@given(st.text(alphabet="aB1 \\{}$^_`*~<>#|中()[]&%=-frac", max_size=60), LANGUAGES)
def test_markup_is_never_spoken(text: str, language: str) -> None:
    for said in (spoken(text, language), spoken_plain(text, language)):
        assert not re.search(r"[\\{}$`*~^|<>#_\n]", said)


@given(st.text(alphabet=r"\frac{}sqt^_xin1 ", max_size=80), LANGUAGES)
def test_any_latex_can_be_read(latex: str, language: str) -> None:
    assert not re.search(r"[\\{}$]", spoken(f"${latex}$", language))


def test_hostile_nesting_ends() -> None:
    for latex in ("{" * 5000, r"\sqrt" * 5000, r"^\frac" * 5000, r"\text{" * 3000):
        assert "\\" not in spoken(f"${latex}x$", "en")


def test_longer_texts_take_longer_to_say() -> None:
    short, long = "A short line.", "A much longer line, with a pause in the middle of it, and then some."
    assert 0 < speaking_seconds(short, "en") < speaking_seconds(long, "en")
    assert speaking_seconds("  ", "en") == 0
    assert 2 < speaking_seconds("今天我们学习数据库的索引。", "zh") < 5
