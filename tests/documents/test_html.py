from __future__ import annotations

import base64

import pytest

from scenewright.documents import Limits, read_bytes
from scenewright.domain.document import Code, Document, Formula, Image, Listing, Prose, Quotation, Table
from scenewright.domain.errors import BadInput
from tests.documents.samples import blocks, only, picture


def read(body: str, head: str = "", limits: Limits | None = None) -> Document:
    page = f"<!doctype html><html lang='de-AT'><head>{head}</head><body>{body}</body></html>"
    return only(read_bytes(page.encode(), "page.html", limits=limits))


def test_the_main_part_is_read_without_navigation_scripts_and_hidden_text() -> None:
    document = read(
        "<nav>Menu</nav><header>Site</header><main><h1>Tides<a class=headerlink href=#x>¶</a></h1><p>Text "
        "proper.<script>x()</script><span hidden>no</span><span style='display: none'>no</span></p></main>"
        "<footer>Imprint</footer>",
        "<title>Other</title><style>p {}</style>",
    )

    assert (document.title, document.language) == ("Tides", "de-AT")
    assert blocks(document) == [Prose(text="Text proper.")]


def test_the_title_of_the_page_serves_where_no_heading_does() -> None:
    assert read("<p>x</p>", "<title>Lists — Manual 3</title>").title == "Lists"


def test_merged_cells_caption_and_a_header_of_two_rows() -> None:
    document = read(
        "<table><caption>Heights</caption><thead><tr><th rowspan=2>Port<th colspan=2>Metres<tr><th>low<th>high</thead>"
        "<tr><td rowspan=2>Husum<td>1<td>2<tr><td colspan=2>none</table>"
    )

    assert blocks(document) == [
        Table(
            header=("Port", "Metres – low", "Metres – high"),
            rows=(("Husum", "1", "2"), ("Husum", "none", "")),
            caption="Heights",
        )
    ]


def test_a_table_that_only_places_things_is_no_table() -> None:
    document = read("<table><tr><td><h2>A</h2><p>x</p><td><p>y</p></table>")

    assert blocks(document) == [Prose(text="x"), Prose(text="y")]


def test_an_enormous_table_is_cut_and_said_so() -> None:
    page = "<table>" + "<tr><td>a<td>b" * 5000 + "<tr><td colspan=99999999>x</table>"

    reading = read_bytes(page.encode(), "t.html", limits=Limits(max_table_rows=10))

    (table,) = blocks(only(reading))
    assert isinstance(table, Table)
    assert len(table.rows) == 10
    assert reading.warnings == ("A table of 5,001 rows was shortened.",)


def test_mathml_gives_its_annotation_or_is_converted() -> None:
    document = read(
        "<p>Let <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^{2}</annotation></semantics>"
        "</math>"
        " and <math><msup><mi>α</mi><mn>2</mn></msup><mo>≤</mo><mfrac><mn>1</mn><mi>n</mi></mfrac></math>.</p>"
        "<math display=block><msqrt><mi>y</mi></msqrt></math>"
    )

    assert blocks(document) == [
        Prose(text="Let $x^{2}$ and $\\alpha^{2}\\leq\\frac{1}{n}$."),
        Formula(latex="\\sqrt{y}"),
    ]


def test_formulas_of_katex_mathjax_and_pandoc() -> None:
    document = read(
        "<p><span class=katex><span class=katex-mathml><math><annotation encoding='application/x-tex'>a</annotation>"
        "</math></span><span class=katex-html aria-hidden=true>garbage</span></span>, \\(b\\), "
        "<span class='math inline'>\\(c\\)</span></p><script type='math/tex; mode=display'>d</script><p>\\[e\\]</p>"
    )

    assert blocks(document) == [Prose(text="$a$, $b$, $c$"), Formula(latex="d"), Formula(latex="e")]


def test_code_takes_its_language_from_the_classes_of_highlighters() -> None:
    document = read(
        "<div class='highlight-python3 notranslate'><div class=highlight><pre><span>a</span> = 1\n</pre></div></div>"
        "<pre><code class='language-sql'>SELECT 1;</code></pre><div class='highlight-source-c'><pre>int x;</pre></div>"
    )

    assert blocks(document) == [
        Code(language="python3", text="a = 1"),
        Code(language="sql", text="SELECT 1;"),
        Code(language="c", text="int x;"),
    ]


def test_definitions_quotes_figures_and_notes() -> None:
    document = read(
        "<dl><dt>Ebb<dd>falling</dl><blockquote><p>One.</p><p>Two.</p></blockquote>"
        "<p>So.<sup><a href='#n1'>1</a></sup></p><h2>B</h2><p>c</p><ol><li id=n1>Source.</ol>"
        "<h2>C</h2><p>d</p>"
    )

    assert blocks(document) == [
        Listing(items=("**Ebb**: falling",)),
        Quotation(text="One. Two."),
        Prose(text="So."),
        Listing(items=("Source.",)),
        Prose(text="c"),
        Prose(text="d"),
    ]


def test_a_figure_keeps_its_caption_and_svg_is_dropped_with_a_warning() -> None:
    png = base64.b64encode(picture()).decode()
    reading = read_bytes(
        f"<figure><img src='data:image/png;base64,{png}' alt='img.png'><figcaption>A <b>plot</b></figcaption></figure>"
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'><p>x</p>".encode(),
        "p.html",
    )

    image = blocks(only(reading))[0]
    assert isinstance(image, Image)
    assert (image.alt, image.caption) == ("", "A **plot**")
    assert list(reading.assets) == [image.asset]
    assert "1 picture was left out: SVG is not read." in reading.warnings


def test_nothing_of_the_markup_gets_through() -> None:
    document = read("<p onclick=x()>a &lt;script&gt;x()&lt;/script&gt; <a href='javascript:x()'>b</a>\u202e\x07</p>")

    assert blocks(document) == [Prose(text="a <script>x()</script> b")]


@pytest.mark.parametrize("text", ["", "   \n", "<html></html>", "<script>x</script>", "<nav>menu</nav>"])
def test_a_page_without_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"empty|no text"):
        read_bytes(text.encode(), "empty.html")


def test_a_page_nested_beyond_sense_is_refused_and_a_deep_one_is_read() -> None:
    with pytest.raises(BadInput, match="nested too deeply"):
        read("<div>" * 10_000 + "x")

    assert "deep" in str(blocks(read("<div><blockquote>" * 300 + "deep")))


def test_callouts_and_table_titles_as_docbook_writes_them() -> None:
    document = read(
        "<div class=table><p class=title><b>Table 3. Ports</b></p><table><tr><th>a<th>b<tr><td>1<td>2</table></div>"
        "<table><tr><td rowspan=2><img src=x><th>Tip<tr><td>Look up.</table>"
    )

    assert blocks(document) == [
        Table(header=("a", "b"), rows=(("1", "2"),), caption="**Table 3. Ports**"),
        Quotation(text="**Tip:** Look up."),
    ]
