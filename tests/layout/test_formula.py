"""Formulas: drawn, spoken, bounded."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from scenewright.domain.drawing import PathMark, TextMark
from scenewright.domain.slides import FormulaBlock, Slide
from scenewright.layout import lay_out
from scenewright.layout.formula import typeset, typeset_lines

GOOD = [
    r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    r"\frac{\text{距离}}{\text{时间}}",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
    r"\begin{cases}1&x>0\\0&\text{sonst}\end{cases}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
    r"\overbrace{x+y}^{n} \le \lVert z\rVert",
    r"a < b & c",
    r"$$E = mc^2$$",
    r"\[E = mc^2\]",
    r"x \tag{1}",
    r"\cancel{x} + \boxed{y}",
]
BAD = [
    "",
    "   ",
    r"\frac{1",
    r"\left( x",
    r"\unknowncommand{x}",
    r"\href{javascript:alert(1)}{x}",
    r"\class{evil}{x}",
    r"\style{color:red}{x}",
    r"\def\a{\a\a}\a",
    r"\newcommand{\x}{\x}\x",
    r"\rule{9999em}{9999em}",
    r"\hspace{10000em}",
    "x^{" * 100 + "}" * 100,
    r"\frac{1}{" * 12 + "x" + "}" * 12,
    "x" * 5000,
]


@pytest.mark.parametrize("latex", GOOD)
def test_good_latex_is_drawn_within_its_measures(latex: str) -> None:
    formula = typeset(latex, inline=False)
    assert formula
    numbers = [
        float(number)
        for mark in formula.marks(0, 0, 100, "#000000")
        for number in re.findall(r"-?\d+(?:\.\d+)?", mark.data)
    ]
    assert numbers
    assert min(numbers[::2]) >= -0.1
    assert max(numbers[::2]) <= formula.width * 100 + 0.1
    assert min(numbers[1::2]) >= -formula.ascent * 100 - 0.1
    assert max(numbers[1::2]) <= formula.descent * 100 + 0.1


@pytest.mark.parametrize("latex", BAD)
def test_bad_and_hostile_latex_is_refused_soon(latex: str) -> None:
    assert typeset(latex, inline=False) is None


@pytest.mark.parametrize("latex", GOOD)
def test_mathml_is_well_formed_and_loads_nothing(latex: str) -> None:
    formula = typeset(latex, inline=False)
    assert formula
    root = ET.fromstring(formula.mathml)
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    for element in root.iter():
        assert not {"href", "src", "style", "class", "id", "actiontype"} & set(element.attrib)
        assert not any(name.startswith("on") for name in element.attrib)


def test_markup_within_latex_stays_text() -> None:
    formula = typeset(r"\text{<img src=x onerror=alert(1)>}", inline=False)
    assert formula is None or "<img" not in formula.mathml


def test_chinese_words_in_a_formula_have_outlines() -> None:
    with_words = typeset(r"v_{\text{平均}}", inline=False)
    without = typeset(r"v_{\text{}}", inline=False)
    assert with_words
    assert without is None or with_words.width > without.width
    assert len(with_words.filled.steps) > 40


def test_a_long_formula_breaks_before_its_signs() -> None:
    latex = "y = " + " + ".join(f"x_{{{index}}}" for index in range(40))
    lines = typeset_lines(latex, 30)
    assert len(lines) > 2
    assert all(line.width <= 30 for line in lines)


def only(latex: str) -> list[object]:
    (drawing,) = lay_out(Slide(title="T", blocks=(FormulaBlock(id="f", latex=latex),)), language="en", images={})
    return [mark for box in drawing.boxes if box.block == "f" for mark in box.marks]


def test_a_formula_block_is_outlines_with_mathml_and_its_source_as_label() -> None:
    (drawing,) = lay_out(Slide(title="T", blocks=(FormulaBlock(id="f", latex=r"E = mc^2"),)), language="en", images={})
    (box,) = [box for box in drawing.boxes if box.block == "f"]
    assert box.role == "formula"
    assert box.label == "E = mc^2"
    assert box.mathml.startswith("<math")
    assert all(isinstance(mark, PathMark) for mark in box.marks)


def test_bad_latex_shows_its_source() -> None:
    marks = only(r"\frac{1")
    assert any(isinstance(mark, TextMark) and mark.font == "mono" and r"\frac{1" in mark.text for mark in marks)
