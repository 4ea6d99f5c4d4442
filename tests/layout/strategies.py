"""Slides of every shape: short and endless, empty and wild."""

from __future__ import annotations

from hypothesis import strategies as st

from scenewright.domain.slides import (
    BulletsBlock,
    CalloutBlock,
    ChartBlock,
    CodeBlock,
    ComparisonBlock,
    DiagramBlock,
    DiagramEdge,
    DiagramNode,
    FormulaBlock,
    HeadingBlock,
    ImageBlock,
    ParagraphBlock,
    QuoteBlock,
    Series,
    Slide,
    SlideBlock,
    StepsBlock,
    TableBlock,
)
from scenewright.layout import ImageSize

IMAGES = {
    "wide.png": ImageSize(width=2400, height=300),
    "tall.png": ImageSize(width=200, height=3000),
    "dot.png": ImageSize(width=1, height=1),
    "photo.jpg": ImageSize(width=1200, height=800),
}

_WORDS = [
    "tide",
    "water",
    "the",
    "of",
    "in",
    "Earth",
    "and",
    "Moon",
    "rises",
    "twice",
    "a",
    "day",
    "gravity",
    "bulge",
    "measured",
    "however",
    "between",
    "coast",
    "Gezeitenkraft",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwe",
    "Rindfleischetikettierungsüberwachung",
    "über",
    "Straße",
    "https://example.org/a/very/long/path/that_never_ends/index.html?query=yes&more=1#fragment",
    "getElementsByClassNameAndSomethingElse",
    "snake_case_identifier_of_great_length",
    "3.14159",
    "1,234,567",
    "-42",
    "20%",
    "e-mail",
]
_CHINESE = (
    "潮汐",
    "月球的引力",
    "，",
    "。",
    "“中文排版”",
    "海水每天涨落两次",
    "《标点》",
    "（括号）",
    "Python 3",
    "1.5 米",
    "——",
    "…",
)
_WILD = (
    "",
    " ",
    "🚀",
    "👩‍👩‍👧‍👦",
    "한국어",
    "العربية",
    "हिन्दी",
    "ไทยภาษายาวมากไม่มีช่องว่าง",
    "e\u0301\u0302\u0303",
    "\u202eabc",
    "a\u200bb",
    "x" * 300,
    "中" * 120,
)
_MARKED = (
    "**bold**",
    "*slanted*",
    "`code here`",
    "$x^2 + y^2$",
    r"$\frac{a}{b}$",
    r"$\frac{1$",
    "**",
    "`",
    r"\*",
    "$5 and $6",
    "**un",
    "`a` `b`",
    "**粗体**",
)

words = st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join)
chinese = st.lists(st.sampled_from(_CHINESE), max_size=30).map("".join)
mixed = st.lists(st.sampled_from((*_WORDS[:20], *_CHINESE, *_WILD, *_MARKED)), max_size=14).map(" ".join)
anything = st.text(max_size=60)
texts = st.one_of(words, chinese, mixed, anything)
short = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_CHINESE), st.sampled_from(_WILD), st.text(max_size=12))
long = st.integers(20, 400).flatmap(lambda n: st.sampled_from(_WORDS).map(lambda w: f"{w} " * n))

formulas = st.sampled_from(
    (
        "",
        "x",
        r"E = mc^2",
        r"\frac{\text{距离}}{\text{时间}}",
        r"\sum_{i=1}^{n} x_i = " + " + ".join(f"x_{{{i}}}" for i in range(60)),
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\begin{aligned} " + r" \\ ".join(f"a_{{{i}}} &= b_{{{i}}}" for i in range(40)) + r" \end{aligned}",
        r"\frac{1",
        r"\unknown{x}",
        r"\href{javascript:alert(1)}{x}",
        "x^{" * 60 + "}" * 60,
        r"\left( x",
        "y" * 1900,
    )
)
lines = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ("def f(x):", "    return x  # why", "", "\tindented()", "x" * 500, "中文注释 = '你好'", "├── src", "a " * 120)
    ),
)
numbers = st.one_of(
    st.floats(-1000, 1000),
    st.sampled_from((0.0, 1.0, 1e-9, 1e9, -5.0, 1e300, float("inf"), float("nan"))),
)


def _blocks() -> st.SearchStrategy[SlideBlock]:
    ident = st.just("")
    items = st.lists(texts, max_size=9).map(tuple)
    return st.one_of(
        st.builds(HeadingBlock, id=ident, text=texts),
        st.builds(BulletsBlock, id=ident, items=items),
        st.builds(ParagraphBlock, id=ident, text=st.one_of(texts, long)),
        st.builds(FormulaBlock, id=ident, latex=formulas, caption=texts),
        st.builds(
            CodeBlock,
            id=ident,
            language=st.sampled_from(("", "python", "no-such-language", "bash", "html")),
            code=st.lists(lines, max_size=60).map("\n".join),
            caption=texts,
        ),
        _tables(),
        _charts(),
        st.builds(
            ImageBlock,
            id=ident,
            asset=st.sampled_from((*IMAGES, "missing.png")),
            alt=texts,
            caption=st.one_of(texts, long),
        ),
        st.builds(CalloutBlock, id=ident, tone=st.sampled_from(("key", "tip", "info", "warning")), text=texts),
        st.builds(StepsBlock, id=ident, items=items),
        st.builds(ComparisonBlock, id=ident, left_title=texts, left=items, right_title=texts, right=items),
        st.builds(QuoteBlock, id=ident, text=texts, attribution=texts),
        _diagrams(),
    )


def _tables() -> st.SearchStrategy[TableBlock]:
    row = st.lists(st.one_of(short, texts), max_size=6).map(tuple)
    wide = st.lists(short, min_size=20, max_size=40).map(tuple)
    return st.builds(
        TableBlock,
        id=st.just(""),
        header=st.one_of(st.just(()), row, wide),
        rows=st.lists(st.one_of(row, row, wide), max_size=30).map(tuple),
        caption=texts,
    )


def _charts() -> st.SearchStrategy[ChartBlock]:
    return st.builds(
        ChartBlock,
        id=st.just(""),
        chart=st.sampled_from(("bar", "line", "pie")),
        title=texts,
        unit=st.sampled_from(("", "%", "m", "$", "kilometres per hour")),
        labels=st.lists(short, max_size=40).map(tuple),
        series=st.lists(
            st.builds(Series, name=short, values=st.lists(numbers, max_size=40).map(tuple)), max_size=10
        ).map(tuple),
    )


def _diagrams() -> st.SearchStrategy[DiagramBlock]:
    idents = st.sampled_from([f"n{i}" for i in range(14)])
    return st.builds(
        DiagramBlock,
        id=st.just(""),
        nodes=st.lists(st.builds(DiagramNode, id=idents, label=short), max_size=16).map(tuple),
        edges=st.lists(
            st.builds(DiagramEdge, source=idents, target=idents, label=st.one_of(st.just(""), short)), max_size=24
        ).map(tuple),
        direction=st.sampled_from(("right", "down")),
        caption=texts,
    )


blocks = _blocks()


def _slide(title: str, found: list[SlideBlock]) -> Slide:
    named = tuple(block.model_copy(update={"id": f"b{index}"}) for index, block in enumerate(found))
    return Slide(title=title, blocks=named)


slides = st.builds(_slide, st.one_of(texts, long), st.lists(blocks, max_size=5))
languages = st.sampled_from(("en", "de", "zh-CN"))
