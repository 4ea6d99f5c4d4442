from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.documents import read_bytes
from scenewright.documents.runs import Run, to_inline
from scenewright.domain.document import Code, Document, Listing, Prose
from scenewright.domain.errors import BadInput
from scenewright.text import inline
from tests.documents.samples import blocks, only


def read(text: str) -> Document:
    return only(read_bytes(text.encode(), "sample.txt"))


def test_headings_by_the_customs_of_text_files() -> None:
    document = read(
        "THE TIDES\n\nIntro.\n\nCauses\n------\n\nMoon.\n\n1.2 The Sun\n\nLess.\n\n"
        "Chapter 3: Ports\n\nHusum.\n\n第二章 港口\n\n胡苏姆。\n"
    )

    assert [one.title for one in document.sections] == [
        "THE TIDES", "Causes", "The Sun", "Chapter 3: Ports", "第二章 港口",
    ]  # fmt: skip


def test_paragraphs_lists_and_drawings_without_any_heading() -> None:
    document = read(
        "One line\nwrapped.\n\n- a\n- b\n  more\n\n1. x\n2. y\n\n    int main() {\n        return 0;\n    }\n"
    )

    assert document.sections[0].id == "start"
    assert blocks(document) == [
        Prose(text="One line wrapped."),
        Listing(items=("a", "b more")),
        Listing(items=("x", "y"), ordered=True),
        Code(text="int main() {\n    return 0;\n}"),
    ]


def test_literal_marks_stay_literal() -> None:
    (prose,) = blocks(read("Cost $5 * $6 `x` \\ done.\n"))

    assert isinstance(prose, Prose)
    assert inline.plain(prose.text) == "Cost $5 * $6 `x` \\ done."
    assert all(not (span.math or span.code or span.italic) for span in inline.parse(prose.text))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(encoding: str) -> None:
    data = "Grüße von der Küste, heute bei Ebbe.".encode(encoding)

    reading = read_bytes(data, "a.txt")

    assert blocks(only(reading)) == [Prose(text="Grüße von der Küste, heute bei Ebbe.")]
    assert reading.warnings == ()


def test_an_older_encoding_is_read_and_reported() -> None:
    text = "Die Flut kommt früh über die Dünen, und die Möwen hören nicht auf zu schreien. " * 5

    reading = read_bytes(text.encode("cp1252"), "alt.txt")

    (prose,) = blocks(only(reading))
    assert isinstance(prose, Prose)
    assert "früh über die Dünen" in prose.text
    assert len(reading.warnings) == 1
    assert "is not UTF-8" in reading.warnings[0]


def test_a_declared_charset_is_believed() -> None:
    page = "<meta charset=gb2312><p>潮汐是海水涨落。</p>".encode("gb18030")

    assert blocks(only(read_bytes(page, "a.html"))) == [Prose(text="潮汐是海水涨落。")]
    header = "text/html; charset=windows-1251"
    assert blocks(only(read_bytes("<p>Прилив</p>".encode("cp1251"), "b", header))) == [Prose(text="Прилив")]


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 500, b"abc\x00\x00\x00" * 300])
def test_binary_renamed_to_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"text|encoding"):
        read_bytes(data, "program.txt")


RUNS = st.lists(
    st.builds(Run, text=st.text(max_size=12), bold=st.booleans(), italic=st.booleans(), code=st.booleans())
    | st.builds(Run, text=st.text("ab^_{}\\$ 12", max_size=8), math=st.just(True)),
    max_size=8,
)


@given(RUNS)
def test_runs_become_one_trimmed_line_that_says_the_same(runs: list[Run]) -> None:
    text = to_inline(runs)

    plain = inline.plain(text)
    assert plain == plain.strip()
    assert "\n" not in text
    assert "  " not in plain
    text.encode("utf-8")


@given(st.text("abc *`$\\1", min_size=1, max_size=20), st.text("abc *`$\\1", min_size=1, max_size=20))
def test_a_bold_run_is_bold_and_what_follows_is_not(first: str, second: str) -> None:
    spans = inline.parse(to_inline([Run(text="x" + first + "x", bold=True), Run(text="y" + second)]))

    bold = "".join(span.text for span in spans if span.bold)
    assert bold == " ".join(("x" + first + "x").split())


def test_underlines_mean_levels_in_the_order_they_are_used() -> None:
    document = read("#####\nTides\n#####\n\nx\n\nMoon\n====\n\ny\n\nSun\n---\n\nz\n\nPorts\n=====\n\nw\n")

    assert document.title == "Tides"
    assert [(one.id, one.level) for one in document.sections] == [
        ("start", 0), ("moon", 1), ("moon/sun", 2), ("ports", 1),
    ]  # fmt: skip
