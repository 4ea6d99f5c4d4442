"""Whatever bytes come in, a reading or a readable refusal comes out."""

from __future__ import annotations

import functools
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.documents import Limits, Reading, read_bytes
from scenewright.domain.errors import BadInput
from tests.documents.samples import EXAMPLES, Pdf, docx, paragraph, picture
from tests.documents.test_office import presentation

SMALL = Limits(max_pages=20, max_images=20)
NAMES = ("a.md", "a.txt", "a.html", "a.pdf", "a.docx", "a.pptx", "-", "https://x.invalid/y")
MAGIC = (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"PK\x03\x04word/document", b"\xff\xfe", b"<html>", b"---\n")
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempt(data: bytes, name: str) -> None:
    try:
        reading = read_bytes(data, name, limits=SMALL)
    except BadInput as exc:
        problem = str(exc)
    else:
        _check(reading)
        return
    assert problem.endswith(".")
    assert "\n" not in problem


def _check(reading: Reading) -> None:
    for document in reading.documents:
        document.model_dump_json().encode("utf-8")
        ids = [section.id for section in document.sections]
        assert document.sections
        assert len(set(ids)) == len(ids)
        assert all(ids)
        images = [block.asset for one in document.sections for block in one.blocks if block.type == "image"]
        assert set(images) == set(reading.assets)


@functools.cache
def _seeds() -> dict[str, bytes]:
    pdf = Pdf().page().text(72, 72, "A heading", 20, "F2")
    pdf.lines(72, 110, ["Some words of text that fill the line and go on"] * 8)
    pdf.rule(72, 300, 400, 300).disc(200, 400, 30).image(72, 500, 100, 80)
    return {
        "a.pdf": pdf.build(),
        "a.docx": docx(paragraph("x", "H1") + paragraph("y"), parts={"word/media/a.png": picture()}),
        "a.pptx": presentation(),
        "a.md": (EXAMPLES / "tides.md").read_bytes()[:4000],
        "a.html": b"<main><h1>A</h1><table><tr><td rowspan=3>1<td colspan=2>2</table><math><mi>x</mi></math>"
        b"<ul><li>a<ul><li>b<pre>c</pre></ul><dl><dt>d<dd>e</dl><figure><img src=x><figcaption>f</figure>",
    }


@FUZZ
@given(st.sampled_from(MAGIC), st.binary(max_size=400), st.sampled_from(NAMES))
def test_random_bytes(magic: bytes, data: bytes, name: str) -> None:
    attempt(magic + data, name)


@FUZZ
@given(st.text(max_size=300), st.sampled_from(("a.md", "a.txt", "a.html", "-")))
def test_random_text(text: str, name: str) -> None:
    attempt(text.encode("utf-8", "surrogatepass"), name)


MARKS = [
    "#", ">", "-", "*", "`", "```", "$", "$$", "|", "---", "<b>", "<table>", "<tr><td>", "[^1]", "[^1]:", "![](",
    ")", "\\(", "\\[", "1.", "a", "é", "文", "\n", "\n\n", ":::", "[!NOTE]",
]  # fmt: skip


@FUZZ
@given(st.lists(st.sampled_from(MARKS), max_size=40), st.sampled_from(("a.md", "a.html", "a.txt")))
def test_scrambled_marks(pieces: list[str], name: str) -> None:
    attempt(" ".join(pieces).encode(), name)


WORD = [
    "p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "numPr", "ilvl", "numId", "vMerge", "gridSpan", "tcPr",
    "sdt", "sdtContent", "ins", "del", "txbxContent", "br", "sym", "drawing", "pict", "footnoteReference",
    "outlineLvl", "b", "i", "hyperlink",
]  # fmt: skip
MATHS = [
    "oMath", "oMathPara", "r", "t", "f", "num", "den", "e", "sub", "sup", "rad", "deg", "nary", "naryPr", "chr",
    "d", "dPr", "m", "mr", "eqArr", "acc", "func", "fName", "limLow",
]  # fmt: skip


def trees() -> st.SearchStrategy[str]:
    names = st.sampled_from([*(f"w:{name}" for name in WORD), *(f"m:{name}" for name in MATHS)])
    values = st.sampled_from(("", ' w:val="2"', ' w:val="-7"', ' w:val="99999999999"', ' m:val="x"', ' w:id="1"'))
    leaf = st.sampled_from(("x", "α ≤ 2", ""))
    return st.recursive(
        leaf, lambda inner: st.builds(_element, names, values, st.lists(inner, max_size=4)), max_leaves=30
    )


def _element(name: str, value: str, inner: list[str]) -> str:
    return f"<{name}{value}>{''.join(inner)}</{name}>"


@FUZZ
@given(st.lists(trees(), max_size=5))
def test_word_elements_in_any_order(pieces: list[str]) -> None:
    attempt(docx(f"<w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl><w:tr>{''.join(pieces)}</w:tr></w:tbl>{pieces}"), "a.docx")


HTML = [
    "div", "p", "b", "table", "tr", "td", "th", "thead", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code",
    "figure", "figcaption", "img", "math", "mfrac", "msup", "mi", "svg", "sup", "a", "h2",
]  # fmt: skip


@FUZZ
@given(
    st.recursive(
        st.sampled_from(("x", "\\(a\\)", "$$")),
        lambda inner: st.builds(_element, st.sampled_from(HTML), st.just(""), st.lists(inner, max_size=4)),
        max_leaves=40,
    )
)
def test_html_elements_in_any_order(page: str) -> None:
    attempt(f"<html>{page}".encode(), "a.html")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.pptx", "a.md", "a.html"])
def test_damaged_files(name: str) -> None:
    seed = _seeds()[name]

    @FUZZ
    @given(
        st.lists(st.tuples(st.integers(0, len(seed) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(seed))
    )
    def damaged(changes: list[tuple[int, int]], end: int) -> None:
        data = bytearray(seed)
        for place, value in changes:
            data[place] = value
        attempt(bytes(data[: end or None]), name)
        attempt(bytes(data), name)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a damaged zip makes zipfile warn about doubled names
        damaged()
