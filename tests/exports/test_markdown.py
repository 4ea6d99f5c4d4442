"""The transcript: readable, complete, and dead."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from scenewright.domain.slides import (
    BulletsBlock,
    CalloutBlock,
    CodeBlock,
    ComparisonBlock,
    FormulaBlock,
    HeadingBlock,
    ParagraphBlock,
    Slide,
    StepsBlock,
    TableBlock,
)
from scenewright.exports import ExportJob, export_markdown
from scenewright.exports.markdown import transcript
from scenewright.exports.markdown_text import cell, fence, line, words
from scenewright.text.inline import escape
from tests.exports.sample import Shelf, sample

LIVE = {"html_block", "html_inline", "link_open", "image"}
ANY = st.text(alphabet=st.sampled_from("ab1 \n\t\\`*_{}[]()<>#+-.!|~&:;@$=\"'/^汉\u2028\x00é")) | st.text(max_size=80)
TRICKS = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](http://evil.test/z)",
    "https://evil.test www.evil.test me@evil.test <http://evil.test>",
    "[a]: http://evil.test\n\n[a]",
    "```\n</pre><script>",
    "# not a heading\n- not a list\n1. nor this\n---\n===",
    "| a | b |\n| - | - |",
    "    indented code",
    "&lt;b&gt; &#60;i&#62; \\<u\\>",
    "`` ` `` <b>`",
)


def parsed(text: str) -> list[Token]:
    return MarkdownIt("gfm-like", {"linkify": False}).parse(text)


def flat(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *flat(token.children or []))]


def shown(text: str) -> str:
    return "".join(
        token.content for token in flat(parsed(text)) if token.type in ("text", "code_inline", "text_special")
    )


def test_everything_is_in_it(tmp_path: Path) -> None:
    text = transcript(sample(Shelf()), images=True)
    for part in (
        "# A short course on light",
        "## How light travels",
        "**Dr. Ada Reyes:** Welcome to the study of light. It starts with a straight line.",
        "- Light travels in **straight** lines",
        "```python\ndef area(r: float) -> float:",
        "![A blue field](images/field.png)",
        "| Water | 1.33 |",
        "- Sun → Eye (ray)",
        "**This scene could not be made:** The model did not answer.",
        "1. How does light travel in **one** medium?",
        "    - ☑ In straight lines",
        "    - ☐ In circles",
        "Answer: Refraction / the refraction",
        "> — Galileo",
    ):
        assert part in text
    single = asyncio.run(export_markdown(ExportJob(work=sample(Shelf()), out=tmp_path / "t.md"))).read_text("utf-8")
    assert "*\\[A blue field\\]*" in single
    assert not {token.type for token in flat(parsed(single))} & LIVE


@given(ANY)
@example(TRICKS[0])
@example(TRICKS[1])
@example(TRICKS[2])
@example(TRICKS[3])
@example(TRICKS[5])
@example(TRICKS[8])
def test_words_show_as_they_are(text: str) -> None:
    tokens = parsed(words(text))
    assert not {token.type for token in flat(tokens)} & LIVE
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert shown(words(text)) == " ".join(text.replace("\0", "\ufffd").split())


@given(ANY)
@example(TRICKS[9])
@example(TRICKS[4])
def test_inline_text_keeps_its_words_and_stays_dead(text: str) -> None:
    tokens = parsed(line(text))
    assert not {token.type for token in flat(tokens)} & LIVE
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


@given(ANY)
def test_escaped_inline_text_shows_as_plain_words_do(text: str) -> None:
    assert shown(line(escape(text))) == shown(words(text))


@given(ANY, st.text(max_size=20))
def test_code_stays_in_its_fence(text: str, language: str) -> None:
    tokens = parsed(fence(text, language) + "\n\nafter")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]


@given(ANY)
def test_a_cell_stays_in_its_row(text: str) -> None:
    tokens = parsed(f"| {cell(text)} | b |\n| --- | --- |\n| c | d |")
    assert [token.type for token in tokens].count("th_open") == 2
    assert not {token.type for token in flat(tokens)} & LIVE


def test_tricks_in_every_block_stay_dead() -> None:
    blocks = [
        block
        for at, trick in enumerate(TRICKS)
        for block in (
            HeadingBlock(id=f"h{at}", text=trick),
            ParagraphBlock(id=f"p{at}", text=trick),
            BulletsBlock(id=f"b{at}", items=(trick, trick)),
            StepsBlock(id=f"s{at}", items=(trick,)),
            TableBlock(id=f"t{at}", header=(trick,), rows=((trick, trick),)),
            CodeBlock(id=f"c{at}", language=trick, code=trick, caption=trick),
            FormulaBlock(id=f"f{at}", latex=trick),
            CalloutBlock(id=f"k{at}", text=trick),
            ComparisonBlock(id=f"m{at}", left_title=trick, left=(trick,), right_title=trick, right=(trick,)),
        )
    ]
    work = sample(Shelf())
    scene = work.scenes[0].model_copy(update={"content": Slide(title="x", blocks=tuple(blocks)), "title": TRICKS[0]})
    hostile = work.model_copy(update={"title": TRICKS[1], "scenes": (scene,), "sources": TRICKS, "objectives": TRICKS})
    tokens = flat(parsed(transcript(hostile)))
    assert not {token.type for token in tokens} & LIVE
    assert sum(token.type == "heading_open" for token in tokens) == 2 + len(TRICKS)
