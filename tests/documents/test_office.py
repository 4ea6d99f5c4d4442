from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from scenewright.documents import Limits, read_bytes
from scenewright.domain.document import Code, Formula, Image, Listing, Prose, Quotation, Table
from scenewright.domain.errors import BadInput
from tests.documents.samples import blocks, docx, only, paragraph, picture, section

STYLES = (
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="My Section"/><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:styleId="Base"><w:name w:val="base"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="C"><w:name w:val="caption"/></w:style>'
    '<w:style w:styleId="S"><w:name w:val="Source Code"/></w:style>'
    '<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:styleId="Loop"><w:name w:val="l"/><w:basedOn w:val="Loop"/></w:style>'
)
NUMBERING = (
    b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum '
    b'w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    b'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def item(text: str, numbering: int, level: int = 0) -> str:
    marks = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return paragraph(text, properties=marks)


def test_word_headings_by_name_and_by_outline_level() -> None:
    body = (
        paragraph("The Sea", "T")
        + paragraph("Tides", "H1")
        + paragraph("a")
        + paragraph("Moon", "Own")
        + paragraph("b", "Loop")
    )

    document = only(read_bytes(docx(body + paragraph("Ports", "H1") + paragraph("c"), styles=STYLES), "a.docx"))

    assert document.title == "The Sea"
    assert [(one.id, one.level) for one in document.sections] == [("tides", 1), ("tides/moon", 2), ("ports", 1)]


def test_word_lists_code_quotes_and_styles_of_words() -> None:
    bold = '<w:p><w:r><w:t xml:space="preserve">A </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r></w:p>'
    body = bold + item("x", 1) + item("y", 1, 1) + item("z", 9) + paragraph("q", "Q")
    body += paragraph("def f():", "S") + paragraph("    pass", "S")

    document = only(read_bytes(docx(body, styles=STYLES, parts={"word/numbering.xml": NUMBERING}), "a.docx"))

    assert blocks(document) == [
        Prose(text="A **bold**"),
        Listing(items=("x: y", "z"), ordered=True),
        Quotation(text="q"),
        Code(text="def f():\n    pass"),
    ]


def test_what_was_deleted_is_gone_and_what_was_inserted_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:ins><w:r><w:t>c</w:t></w:r>"
        "</w:ins><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>d</w:t></w:r></w:p>"
    )

    assert blocks(only(read_bytes(docx(body), "a.docx"))) == [Prose(text="ac")]


def test_word_tables_with_merged_cells_and_caption() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

    rows = (
        row(cell("Port"), cell("Height", '<w:gridSpan w:val="2"/>'))
        + row(cell("Husum", '<w:vMerge w:val="restart"/>'), cell("1"), cell("2"))
        + row(cell("", "<w:vMerge/>"), cell("3"), cell("4"))
    )

    document = only(
        read_bytes(docx(paragraph("Table 1: Heights", "C") + f"<w:tbl>{rows}</w:tbl>", styles=STYLES), "a.docx")
    )

    assert blocks(document) == [
        Table(
            header=("Port", "Height", "Height"),
            rows=(("Husum", "1", "2"), ("Husum", "3", "4")),
            caption="Table 1: Heights",
        )
    ]


@pytest.mark.parametrize(
    ("omml", "latex"),
    [
        ("<m:f><m:num>[a]</m:num><m:den>[b]</m:den></m:f>", "\\frac{a}{b}"),
        ("<m:sSup><m:e>[a]</m:e><m:sup>[b]</m:sup></m:sSup>", "a^{b}"),
        ("<m:sSubSup><m:e>[α]</m:e><m:sub>[i]</m:sub><m:sup>[2]</m:sup></m:sSubSup>", "\\alpha_{i}^{2}"),
        ("<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>[x]</m:e></m:rad>", "\\sqrt{x}"),
        ("<m:rad><m:deg>[3]</m:deg><m:e>[x]</m:e></m:rad>", "\\sqrt[3]{x}"),
        (
            "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>"
            "<m:sub>[i]</m:sub><m:sup>[n]</m:sup><m:e>[x]</m:e></m:nary>",
            "\\sum_{i}^{n}x",
        ),
        ("<m:d><m:e>[x]</m:e></m:d>", "\\left( x \\right)"),
        ("<m:d><m:dPr><m:begChr m:val='{'/><m:endChr m:val=''/></m:dPr><m:e>[x]</m:e></m:d>", "\\left\\{ x \\right."),
        ("<m:func><m:fName>[sin]</m:fName><m:e>[x]</m:e></m:func>", "\\sin x"),
        ("<m:acc><m:accPr><m:chr m:val='⃗'/></m:accPr><m:e>[v]</m:e></m:acc>", "\\vec{v}"),
        ("<m:m><m:mr><m:e>[1]</m:e><m:e>[0]</m:e></m:mr></m:m>", "\\begin{matrix}1 & 0\\end{matrix}"),
        ("<m:limLow><m:e>[lim]</m:e><m:lim>[x→∞]</m:lim></m:limLow>", "\\lim_{x\\to\\infty}"),
    ],
)
def test_word_equations_become_latex(omml: str, latex: str) -> None:
    written = re.sub(r"\[(.+?)\]", r"<m:r><m:t>\1</m:t></m:r>", omml)
    body = f"<w:p><m:oMathPara><m:oMath>{written}</m:oMath></m:oMathPara></w:p>"

    (formula,) = blocks(only(read_bytes(docx(body), "a.docx")))

    assert isinstance(formula, Formula)
    assert formula.latex == latex


def test_an_equation_inside_a_sentence_stays_in_it() -> None:
    body = "<w:p><w:r><w:t>Let </w:t></w:r><m:oMath><m:r><m:t>x≤π</m:t></m:r></m:oMath><w:r><w:t>.</w:t></w:r></w:p>"

    assert blocks(only(read_bytes(docx(body), "a.docx"))) == [Prose(text="Let $x\\leq\\pi$.")]


def test_word_pictures_have_alternatives_and_captions() -> None:
    drawing = (
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr='A hill'/><a:blip r:embed='rId1'/></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )
    relations = '<Relationship Id="rId1" Target="media/a.png"/><Relationship Id="rId2" TargetMode="External" Target="http://x/"/>'

    reading = read_bytes(
        docx(
            drawing + paragraph("Figure 1: Hill", "C") + paragraph("x"),
            styles=STYLES,
            parts={"word/media/a.png": picture()},
            relations=relations,
        ),
        "a.docx",
    )

    image, prose = blocks(only(reading))
    assert isinstance(image, Image)
    assert (image.alt, image.caption) == ("A hill", "Figure 1: Hill")
    assert prose == Prose(text="x")
    assert list(reading.assets) == [image.asset]


def test_word_footnotes_are_listed_with_their_section() -> None:
    notes = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:footnote w:id="2"><w:p><w:r><w:t>The note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    body = (
        paragraph("A", "H1")
        + "<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
        + paragraph("B", "H1")
    )

    document = only(
        read_bytes(docx(body + paragraph("y"), styles=STYLES, parts={"word/footnotes.xml": notes}), "a.docx")
    )

    assert section(document, "a").blocks == (Prose(text="x"), Listing(items=("The note.",)))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 30 * 2**20)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:styles xmlns:w="x">&b;</w:styles>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bomb(), "unpacks to far more"),
        (docx(paragraph("x"), parts={"word/styles.xml": LAUGHS}), "entities"),
        (docx(paragraph("x"), parts={"word/styles.xml": LAUGHS.decode().encode("utf-16")}), "entities"),
        (docx("<w:p>"), "damaged"),
        (docx(""), "no text"),
        (docx(paragraph("x"))[:-60], "damaged"),
    ],
)
def test_hostile_and_broken_packages_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_bytes(data, "a.docx")


def test_a_presentation_that_declares_entities_is_refused() -> None:
    data = presentation()
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("ppt/extra.xml", LAUGHS)

    with pytest.raises(BadInput, match="entities"):
        read_bytes(out.getvalue(), "a.pptx")


def test_deeply_nested_word_tables_are_read_or_refused() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 40 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 40

    assert "deep" in str(blocks(only(read_bytes(docx(body), "a.docx"))))


def presentation() -> bytes:
    deck = Presentation()
    deck.core_properties.title = "PowerPoint Presentation"
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Tides"
    frame = slide.placeholders[1].text_frame
    frame.text = "Twice a day"
    for text, level in (("Moon", 0), ("and sun", 1)):
        line = frame.add_paragraph()
        line.text, line.level = text, level
    slide.notes_slide.notes_text_frame.text = "Say hello.\nPoint at the moon."
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    grid = slide.shapes.add_table(3, 2, Inches(1), Inches(3), Inches(4), Inches(2)).table
    for row, values in enumerate((("Port", "m"), ("Husum", "1"), ("Sylt", "2"))):
        for column, value in enumerate(values):
            grid.cell(row, column).text = value
    slide.shapes.add_picture(io.BytesIO(picture()), Inches(1), Inches(1))
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["Jan", "Feb"]
    data.add_series("Height", (1.5, 2.25))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(6), Inches(4), Inches(2), data)
    deck.slides.add_slide(deck.slide_layouts[6])
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def test_each_slide_is_a_section_with_bullets_notes_tables_charts_and_pictures() -> None:
    reading = read_bytes(presentation(), "deck.pptx")

    document = only(reading)
    assert document.title == "Tides"
    assert [(one.title, one.level) for one in document.sections] == [("Tides", 1), ("Slide 2", 1)]
    assert document.sections[0].blocks == (
        Listing(items=("Twice a day", "Moon: and sun")),
        Prose(text="Say hello."),
        Prose(text="Point at the moon."),
    )
    image, table, chart = document.sections[1].blocks
    assert isinstance(image, Image)
    assert list(reading.assets) == [image.asset]
    assert table == Table(header=("Port", "m"), rows=(("Husum", "1"), ("Sylt", "2")))
    assert chart == Table(header=("", "Height"), rows=(("Jan", "1.5"), ("Feb", "2.25")), caption="")


def test_too_many_slides_are_refused() -> None:
    with pytest.raises(BadInput, match="3 slides"):
        read_bytes(presentation(), "deck.pptx", limits=Limits(max_pages=2))
