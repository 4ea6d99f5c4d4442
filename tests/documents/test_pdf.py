from __future__ import annotations

import io

import pytest
from PIL import Image as pil

from scenewright.documents import Limits, read_bytes, read_path
from scenewright.domain.document import Code, Document, Image, Listing, Prose, Table
from scenewright.domain.errors import BadInput
from tests.documents.samples import EXAMPLES, Pdf, blocks, only, section

FULL = "The water rises and falls twice in every day of the year, as the moon goes round the turning"
WORDS = [
    "water", "moves", "towards", "the", "shore", "and", "back", "again", "while", "sailors", "wait", "for",
    "the", "next", "change", "of", "the", "tide",
]  # fmt: skip


def read(pdf: Pdf, limits: Limits | None = None) -> Document:
    return only(read_bytes(pdf.build(), "sample.pdf", limits=limits))


def column(start: int, count: int) -> list[str]:
    """Lines of about 230 points in 10 point type."""
    found = []
    for line in range(count):
        words = " ".join(WORDS[(start + line + index) % len(WORDS)] for index in range(9))
        found.append(f"{start + line:02d} {words}"[:46])
    return found


def test_headings_by_size_weight_and_number_with_the_largest_as_the_title() -> None:
    pdf = Pdf().page().text(72, 90, "The Tides", 22, "F2")
    y = 130.0
    for title, size in (("1 Causes", 15), ("1.1 The moon", 12), ("1.2 The sun", 12), ("2 Ports", 15)):
        pdf.text(72, y, title, size, "F2")
        y = pdf.lines(72, y + 22, [FULL, FULL, FULL]) + 24

    document = read(pdf)

    assert document.title == "The Tides"
    assert [(one.id, one.level) for one in document.sections] == [
        ("causes", 1), ("causes/the-moon", 2), ("causes/the-sun", 2), ("ports", 1),
    ]  # fmt: skip


def test_lines_become_paragraphs_and_hyphens_at_line_ends_go() -> None:
    pdf = Pdf().page()
    y = pdf.lines(72, 100, [FULL + " hemi-", "sphere moves. " + FULL[:70], "It ends."])
    pdf.lines(72, y + 14, [FULL, FULL[:40] + "."])

    first, second = blocks(read(pdf))

    assert isinstance(first, Prose)
    assert isinstance(second, Prose)
    assert "turning hemisphere moves. The water" in first.text
    assert first.text.endswith("It ends.")
    assert second.text == f"{FULL} {FULL[:40]}."


def test_two_columns_are_read_one_after_the_other_below_what_goes_across() -> None:
    pdf = Pdf().page().text(72, 80, "A Study of Water at the Shore of the Sea", 20, "F2")
    left, right = column(10, 24), column(60, 24)
    left[0], right[0] = "Left begins here " + left[0][:28], "right goes on " + right[0][:30]
    pdf.lines(60, 120, left)
    pdf.lines(320, 120, right)

    text = " ".join(block.text for block in blocks(read(pdf)) if isinstance(block, Prose))

    assert text.index("Left begins") < text.index(left[-1]) < text.index("right goes on") < text.index(right[-1])


def test_running_headers_and_page_numbers_are_dropped() -> None:
    pdf = Pdf()
    for number in range(1, 5):
        pdf.page().text(72, 40, f"Annual Report on Tides {number}", 9).text(300, 760, str(number), 9)
        pdf.lines(72, 100, [f"{FULL} in part {'abcd'[number - 1]}."] * 3)

    text = str(blocks(read(pdf)))

    assert "Annual Report" not in text
    assert text.count("The water rises") == 12


def test_a_paragraph_goes_on_over_the_page() -> None:
    pdf = Pdf().page()
    pdf.lines(72, 600, [FULL, FULL + " and"])
    pdf.page().lines(72, 90, ["then it stops.", ""])

    assert blocks(read(pdf)) == [Prose(text=f"{FULL} {FULL} and then it stops.")]


def test_lists_and_code_keep_their_form() -> None:
    pdf = Pdf().page()
    y = pdf.lines(72, 100, [FULL + "."])
    y = pdf.lines(84, y + 8, ["• one thing", "• another thing"])
    y = pdf.lines(84, y + 8, ["1. first", "2. second"])
    pdf.lines(84, y + 10, ["def tide(hour):", "    if hour < 6:", "        return 1", "    return 2"], font="F3")

    assert blocks(read(pdf))[1:] == [
        Listing(items=("one thing", "another thing")),
        Listing(items=("first", "second"), ordered=True),
        Code(text="def tide(hour):\n    if hour < 6:\n        return 1\n    return 2"),
    ]


def grid(pdf: Pdf, top: float, *, full: bool) -> Pdf:
    rows = (("Port", "low (m)", "high (m)"), ("Husum", "0.4", "3.9"), ("List", "0.2", "2.0"))
    for index, row in enumerate(rows):
        for place, value in enumerate(row):
            pdf.text(104 + 130 * place, top + 14 + 20 * index, value)
    ruled = range(4) if full else (0, 1, 3)
    for index in ruled:
        pdf.rule(100, top + 20 * index, 490, top + 20 * index)
    for place in range(4) if full else ():
        pdf.rule(100 + 130 * place, top, 100 + 130 * place, top + 60)
    return pdf


@pytest.mark.parametrize("full", [True, False])
def test_tables_with_all_rules_and_with_three_of_them(full: bool) -> None:
    pdf = Pdf().page()
    pdf.lines(72, 100, [FULL, FULL])
    pdf.text(100, 150, "Table 1: Heights of the tide")
    grid(pdf, 160, full=full)
    pdf.lines(72, 250, [FULL, FULL])

    assert blocks(read(pdf))[1] == Table(
        header=("Port", "low (m)", "high (m)"),
        rows=(("Husum", "0.4", "3.9"), ("List", "0.2", "2.0")),
        caption="Table 1: Heights of the tide",
    )


def test_a_table_without_rules() -> None:
    pdf = Pdf().page()
    pdf.lines(72, 100, [FULL, FULL + "."])
    for index, row in enumerate((("Port", "low", "high"), ("Husum", "0.4", "3.9"), ("List", "0.2", "2.0"))):
        for place, value in enumerate(row):
            pdf.text(104 + 130 * place, 150 + 14 * index, value, font="F2" if index == 0 else "F1")

    (table,) = (block for block in blocks(read(pdf)) if isinstance(block, Table))
    assert table.rows == (("Husum", "0.4", "3.9"), ("List", "0.2", "2.0"))


def test_drawn_figures_and_pictures_are_cut_out_with_their_captions() -> None:
    pdf = Pdf().page()
    pdf.lines(72, 100, [FULL, FULL + "."])
    for index in range(8):
        pdf.disc(150 + 30 * index, 200 + 12 * (index % 3), 12)
    pdf.text(160, 250, "axis label", 7)
    pdf.text(100, 280, "Figure 1: Drawn by hand")
    pdf.lines(72, 310, [FULL, FULL + "."])
    pdf.image(150, 350, 120, 90)
    pdf.text(100, 460, "Figure 2: A photograph")
    pdf.lines(72, 500, [FULL, FULL + "."])

    reading = read_bytes(pdf.build(), "figures.pdf")

    found = blocks(only(reading))
    assert [getattr(block, "caption", "") for block in found if isinstance(block, Image)] == [
        "Figure 1: Drawn by hand", "Figure 2: A photograph",
    ]  # fmt: skip
    assert "axis label" not in str(found)
    for data in reading.assets.values():
        image = pil.open(io.BytesIO(data))
        assert min(image.size) > 50
        assert len(image.getcolors(1_000_000) or []) > 1


def test_too_many_pages_a_scan_and_an_empty_file_are_refused() -> None:
    many = Pdf()
    for _ in range(6):
        many.page().lines(72, 100, [FULL])
    with pytest.raises(BadInput, match="6 pages"):
        read(many, Limits(max_pages=5))
    with pytest.raises(BadInput, match="text recognition"):
        read(Pdf().page().image(0, 0, 612, 792))
    with pytest.raises(BadInput, match="no text"):
        read(Pdf().page())


def test_a_protected_file_says_what_to_do() -> None:
    with pytest.raises(BadInput, match="password"):
        read_bytes(_protected(), "secret.pdf")


def _protected() -> bytes:
    """A PDF that names an encryption with keys of its own."""
    keys = "/O <" + "41" * 32 + "> /U <" + "42" * 32 + ">"
    crypt = f"trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {keys} >> /ID [<00><00>]".encode()
    return Pdf().page().text(72, 72, "secret").build().replace(b"trailer\n<<", crypt)


def test_the_example_paper_keeps_its_structure() -> None:
    reading = read_path(EXAMPLES / "paper" / "paper.pdf")

    document = only(reading)
    assert document.title.startswith("How Many Reviewers Does a Queue Need?")
    assert [one.title for one in document.sections if one.level == 1][:5] == [
        "Abstract", "Introduction", "Background", "Method", "Results",
    ]  # fmt: skip
    tables = [block for block in blocks(document) if isinstance(block, Table)]
    assert [table.caption[:7] for table in tables] == ["Table 1", "Table 2", "Table 3"]
    assert tables[0].header == ("Utilisation", "Simulated wait", "Exact wait", "Difference (%)")
    images = [block for block in blocks(document) if isinstance(block, Image)]
    captions = [image.caption[:9] for image in images if image.caption]
    assert captions == ["Figure 1:", "Figure 2:", "Figure 3:", "Figure 4:"]
    assert [image.alt for image in images if not image.caption] == [f"Formula ({number})" for number in range(1, 8)]
    assert {image.asset for image in images} == set(reading.assets)
    assert document.sections[0].id == "abstract"  # neither authors nor date
    assert "queue with ρ ≥ 1" in str(section(document, "background/notation").blocks)
    assert "The **wait** $W_q$ is" in str(section(document, "background/notation").blocks)
    assert "$c_a^2$, and of the review times, $c_s^2$ [4]" in str(blocks(document))
    assert "own inboxes" not in str(blocks(document))  # a label inside figure 1
    assert "Since this could have been" in str(blocks(document))  # round a table
    assert tables[1].caption.endswith("one review in twenty exceeds.")
    assert "Figure 2 shows how the wait grows" in str(blocks(document))
    assert set(map(dots, reading.assets.values())) == {200, 400}


def dots(data: bytes) -> int:
    """How many to the inch, as the file says."""
    return round(float(pil.open(io.BytesIO(data)).info["dpi"][0]))


def test_a_formula_is_cut_out_without_its_number_and_its_neighbours() -> None:
    pdf = Pdf().page()
    pdf.lines(72, 90, [FULL, FULL + "."])
    pdf.text(72, 111, "jumping quickly over the long grey jetties of the harbour,")
    pdf.text(220, 120, "a = b + g", font="F5").text(500, 120, "(1)")
    pdf.lines(72, 129, ["The level of the sea at its highest, " + FULL, FULL + "."])

    reading = read_bytes(pdf.build(), "formula.pdf")

    (image,) = (block for block in blocks(only(reading)) if isinstance(block, Image))
    assert image.alt == "Formula (1)"
    drawn = pil.open(io.BytesIO(reading.assets[image.asset]))
    width, height = (72 * side / dots(reading.assets[image.asset]) for side in drawn.size)
    assert 8 < height < 15  # points: one line of 10 points with its margins
    assert 30 < width < 60


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    pdf = Pdf().page()
    for index in range(8):
        pdf.disc(150 + 30 * index, 120 + 12 * (index % 3), 12)
    pdf.lines(
        72, 190, ["Figure 1 shows the water as it rises and falls twice in every day of the year, as the", "moon goes."]
    )

    image, prose = blocks(read(pdf))

    assert isinstance(image, Image)
    assert image.caption == ""
    assert isinstance(prose, Prose)
    assert prose.text.startswith("Figure 1 shows the water")


def test_pictures_above_one_caption_are_one_figure_with_the_labels_between_them() -> None:
    pdf = Pdf().page()
    pdf.lines(72, 90, [FULL, FULL + "."])
    for top in (160, 260):
        for index in range(8):
            pdf.disc(150 + 30 * index, top + 12 * (index % 3), 12)
    pdf.text(240, 225, "(a) before the flood", 8)
    pdf.text(100, 330, "Figure 1: Two states")
    pdf.lines(72, 370, [FULL, FULL + "."])

    reading = read_bytes(pdf.build(), "parts.pdf")

    _, image, after = blocks(only(reading))
    assert isinstance(image, Image)
    assert image.caption == "Figure 1: Two states"
    assert "(a)" not in str(after)
    (data,) = reading.assets.values()
    assert pil.open(io.BytesIO(data)).height > 120 / 72 * 200


def test_a_paragraph_round_a_figure_is_one() -> None:
    pdf = Pdf().page()
    pdf.lines(72, 90, [FULL, FULL])
    pdf.image(150, 130, 120, 90)
    pdf.text(100, 240, "Figure 1: A photograph")
    pdf.lines(72, 280, ["and so on until it ends."])

    first, image = blocks(read(pdf))

    assert isinstance(first, Prose)
    assert f"{FULL} and so on until it ends." in first.text
    assert isinstance(image, Image)


def test_a_short_last_line_of_a_caption_across_two_columns_stays_with_it() -> None:
    pdf = Pdf().page()
    pdf.text(60, 80, "Table 1: Heights of the tide at the ports of the coast, in metres above the lowest water of that")
    pdf.text(60, 92, "year.")
    grid(pdf, 110, full=False)
    pdf.lines(60, 200, column(10, 30))
    pdf.lines(320, 200, column(60, 30))

    (table,) = (block for block in blocks(read(pdf)) if isinstance(block, Table))

    assert table.caption.endswith("the lowest water of that year.")


def test_authors_and_dates_under_the_title_are_left_out() -> None:
    pdf = Pdf().page().text(72, 90, "The Tides", 22, "F2").text(72, 120, "Ann Other and B. Else")
    pdf.text(72, 140, "University of the Shore, ann@shore.invalid").text(72, 160, "November 2026")
    pdf.lines(72, 190, [*[FULL] * 6, "and so on."])

    (prose,) = blocks(read(pdf))

    assert isinstance(prose, Prose)
    assert prose.text.startswith("The water rises")


def test_a_file_that_is_only_a_title_page_keeps_its_lines() -> None:
    pdf = Pdf().page().text(72, 90, "The Tides", 22, "F2").text(72, 120, "Ann Other")

    assert blocks(read(pdf)) == [Prose(text="Ann Other")]


def test_references_are_items_though_their_lines_break() -> None:
    pdf = Pdf().page().text(72, 90, "References", 14, "F2")
    pdf.lines(72, 120, ["[1] A. Other, The Water of the Shore and of the Sea and of the Riv-"])
    pdf.lines(90, 132, ["ers, 1970."])
    pdf.lines(72, 144, ["[2] B. Else, Waves, 1980."])

    assert blocks(read(pdf)) == [
        Listing(
            items=(
                "[1] A. Other, The Water of the Shore and of the Sea and of the Rivers, 1970.",
                "[2] B. Else, Waves, 1980.",
            )
        ),
    ]
