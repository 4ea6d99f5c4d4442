from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.providers.llm.salvage import Items, parse

# As it stands between the quotes of the answer -> what was meant.
MEANT = [
    (r"$\beta$", r"$\beta$"),
    (r"$\frac{1}{2}\,\forall x$", r"$\frac{1}{2}\,\forall x$"),
    (r"$\theta_1 \times \rho^2$", r"$\theta_1 \times \rho^2$"),
    (r"$\nabla f \neq \nu$", r"$\nabla f \neq \nu$"),
    (r"$x \to 0$ and $\tan x$", r"$x \to 0$ and $\tan x$"),
    (r"$\text{if } a \ne b$", r"$\text{if } a \ne b$"),
    (r"$\{a \mid a \in \mathbb{R}\}$", r"$\{a \mid a \in \mathbb{R}\}$"),
    (r"\begin{aligned} a \\ b \end{aligned}", "\\begin{aligned} a \\ b \\end{aligned}"),
    (r"the frequency \nu and the angle \alpha", r"the frequency \nu and the angle \alpha"),
    (r"\upsilon and \underline{x}", r"\upsilon and \underline{x}"),
    (r"so \therefore it is", r"so \therefore it is"),
    # Line breaks and tabs.
    (r"One.\nThe next.", "One.\nThe next."),
    (r"One.\nnew line", "One.\nnew line"),
    (r"One.\nu is the speed.", "One.\nu is the speed."),
    (r"a\tan orange\ttop", "a\tan orange\ttop"),
    (r"for i in x:\n\ti = 0\n\treturn", "for i in x:\n\ti = 0\n\treturn"),
    (r"Erstens\nnun weiter\num drei", "Erstens\nnun weiter\num drei"),
    (r"第一\n第二", "第一\n第二"),
    (r"end\r\nstart", "end\r\nstart"),
    # Both.
    (r"Let $\alpha = 1$.\nThen $\beta = 2$.\n\nNow", "Let $\\alpha = 1$.\nThen $\\beta = 2$.\n\nNow"),
    (r"costs $5.\nThe rest costs $6", "costs $5.\nThe rest costs $6"),
    # Properly escaped.
    (r"C:\\new\\table", r"C:\new\table"),
    (r"$\\beta + \\frac{1}{2}$\nnext", "$\\beta + \\frac{1}{2}$\nnext"),
    (r"Let $\\nu$ be.\nu is\ttan", "Let $\\nu$ be.\nu is\ttan"),
    (r"a \"b\" \/ \u00e9 \ud83d\ude00", 'a "b" / é 😀'),
    # Paths with one backslash.
    (r"C:\Users\files\bin", r"C:\Users\files\bin"),
]


@pytest.mark.parametrize(("written", "meant"), MEANT)
def test_backslashes_mean_what_was_meant(written: str, meant: str) -> None:
    text = '{"text": "' + written + '"}'
    assert parse(text) == {"text": meant}
    items = Items()
    found = [item for letter in text for item in items.feed(letter)]
    assert found == [("text", meant)]


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("latex", r"\nu = \to \ni", r"\nu = \to \ni"),
        ("latex", r"a &= 1 \\\\\nu &= 2", "a &= 1 \\\\\nu &= 2"),
        ("code", r"print(x)\nnu = 1\ttext", "print(x)\nnu = 1\ttext"),
        ("code", r"a\nabla = 1\times", "a\nabla = 1\times"),
        ("code", r"re.match('\d+\b')", r"re.match('\d+\b')"),
        ("code", r"\begin{tabular}\right", r"\begin{tabular}\right"),
    ],
)
def test_the_member_decides_where_the_word_does_not(key: str, written: str, meant: str) -> None:
    assert parse('{"blocks": [{"' + key + '": "' + written + '"}]}') == {"blocks": [{key: meant}]}


COMMANDS = st.sampled_from(
    [
        *(r"\alpha", r"\beta", r"\frac{1}{2}", r"\forall", r"\nabla", r"\neq", r"\nu", r"\notin", r"\ne"),
        *(r"\theta", r"\times", r"\tau", r"\to", r"\text{x}", r"\rho", r"\right)", r"\begin{a}"),
    ]
)
PROSE = st.sampled_from(
    ["Then", "now we see", "\n", "\n\nNext", "\ti = 0", " ", "x", "C:\\new", '"quoted"', "end.\nnu"]
)


@given(st.lists(COMMANDS.map(lambda c: f"${c} x$") | PROSE, min_size=1, max_size=8).map(" ".join))
def test_properly_escaped_text_is_not_touched(text: str) -> None:
    assert parse(json.dumps({"text": text})) == {"text": text}


@given(st.lists(COMMANDS, min_size=1, max_size=6).map(" + ".join))
def test_single_backslashes_in_a_formula_all_survive(formula: str) -> None:
    assert parse(f'{{"text": "Look: ${formula}$."}}') == {"text": f"Look: ${formula}$."}
    assert parse(f'{{"text": "Look: $${formula}$$"}}') == {"text": f"Look: $${formula}$$"}
    assert parse(f'{{"latex": "{formula}"}}') == {"latex": formula}
