"""Blocks and pages, through the one public function."""

from __future__ import annotations

import pytest

from scenewright.domain.drawing import Box, Drawing, ImageMark, PathMark, RectMark, TextMark
from scenewright.domain.slides import (
    BulletsBlock,
    ChartBlock,
    CodeBlock,
    ComparisonBlock,
    DiagramBlock,
    DiagramEdge,
    DiagramNode,
    HeadingBlock,
    ImageBlock,
    ParagraphBlock,
    Series,
    Slide,
    SlideBlock,
    StepsBlock,
    TableBlock,
)
from scenewright.layout import DEFAULT, ImageSize, lay_out

PHOTO = {"photo.jpg": ImageSize(width=1200, height=800)}


def pages(*blocks: SlideBlock, title: str = "Title", language: str = "en") -> tuple[Drawing, ...]:
    return lay_out(Slide(title=title, blocks=blocks), language=language, images=PHOTO)


def boxes(drawings: tuple[Drawing, ...], block: str) -> list[Box]:
    return [box for drawing in drawings for box in drawing.boxes if box.block == block]


def texts(found: list[Box]) -> list[TextMark]:
    return [mark for box in found for mark in box.marks if isinstance(mark, TextMark)]


def test_a_title_and_a_sentence_make_an_opening_with_large_letters() -> None:
    (page,) = pages(ParagraphBlock(id="p", text="One sentence."))
    (title,) = texts(boxes((page,), "title"))
    assert title.size == DEFAULT.opening
    assert title.y > 200


def test_text_that_does_not_fit_is_set_smaller_first() -> None:
    few = pages(BulletsBlock(id="b", items=("A point of some length to read.",) * 4))
    many = pages(BulletsBlock(id="b", items=("A point of some length to read.",) * 14))
    assert len(few) == len(many) == 1
    assert texts(boxes(many, "b"))[0].size < texts(boxes(few, "b"))[0].size


def test_text_that_is_too_much_goes_on_and_the_title_is_repeated() -> None:
    found = pages(*(ParagraphBlock(id=f"p{i}", text="Many words follow one another. " * 40) for i in range(4)))
    assert len(found) > 1
    assert all(texts(boxes((page,), "title")) for page in found)
    assert min(mark.size for mark in texts([box for page in found for box in page.boxes if box.block[:1] == "p"])) >= (
        DEFAULT.floor
    )


def test_a_heading_does_not_stand_alone_at_the_end_of_a_page() -> None:
    for count in range(8, 24):
        found = pages(
            *(ParagraphBlock(id=f"p{i}", text="Words and words again. " * 12) for i in range(count)),
            HeadingBlock(id="h", text="A heading"),
            ParagraphBlock(id="last", text="What it is about. " * 10),
        )
        for page in found:
            blocks = [box.block for box in page.boxes if box.block]
            assert blocks[-1] != "h"


def test_text_stands_beside_a_picture() -> None:
    found = pages(
        BulletsBlock(id="b", items=("One thing to see.", "Another thing.")), ImageBlock(id="i", asset="photo.jpg")
    )
    (picture,) = boxes(found, "i")
    assert all(box.x + box.width < picture.x for box in boxes(found, "b"))
    (mark,) = [mark for mark in picture.marks if isinstance(mark, ImageMark)]
    assert mark.width / mark.height == pytest.approx(1.5, rel=0.01)


def test_each_bullet_step_and_row_is_an_item() -> None:
    found = pages(
        BulletsBlock(id="b", items=("one", "two", "three")),
        StepsBlock(id="s", items=("first", "second")),
        TableBlock(id="t", header=("a",), rows=(("1",), ("2",))),
    )
    assert [box.item for box in boxes(found, "b")] == [0, 1, 2]
    assert [box.item for box in boxes(found, "s")] == [0, 1]
    assert [box.item for box in boxes(found, "t")] == [None, 0, 1]


def test_an_item_that_is_empty_draws_nothing_and_the_others_keep_their_numbers() -> None:
    assert [box.item for box in boxes(pages(BulletsBlock(id="b", items=("one", "", "three"))), "b")] == [0, 2]


def test_the_sides_of_a_comparison_are_items_with_equal_heights() -> None:
    found = boxes(
        pages(ComparisonBlock(id="c", left_title="L", left=("a", "b", "c"), right_title="R", right=("d",))), "c"
    )
    frames = [box for box in found if box.item is None]
    assert {box.item for box in found} == {None, 0, 1}
    assert len({box.height for box in frames}) == 1


def test_a_comparison_with_an_empty_side_goes_on_over_pages() -> None:
    found = pages(
        ComparisonBlock(id="c", left_title="", left=(), right_title="R", right=("Words to read. " * 12,) * 30)
    )
    assert len(found) > 1
    assert {box.item for box in boxes(found, "c")} == {None, 1}


def test_the_number_of_a_step_stays_in_its_box_beside_a_tall_formula() -> None:
    found = boxes(pages(StepsBlock(id="s", items=(r"$\frac{0}{0}$", "x"))), "s")
    for box in found:
        for mark in box.marks:
            if isinstance(mark, PathMark):
                heights = [float(word) for word in mark.data.replace("M", "").split() if word[0].isdigit()][1::2]
                assert box.y - 0.05 <= min(heights) <= max(heights) <= box.y + box.height + 0.05


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    rows = (("Kiel", "9.5"), ("Bay of Fundy", "110"))
    marks = {mark.text: mark for mark in texts(boxes(pages(TableBlock(id="t", header=("", ""), rows=rows)), "t"))}
    assert marks["Kiel"].x == marks["Bay of Fundy"].x
    assert marks["9.5"].x + marks["9.5"].width == pytest.approx(marks["110"].x + marks["110"].width, abs=0.05)


def test_a_long_table_repeats_its_header() -> None:
    rows = tuple((f"row {index}", "a value") for index in range(60))
    found = pages(TableBlock(id="t", header=("Name", "Value"), rows=rows))
    assert len(found) > 1
    for page in found:
        assert "Name" in [mark.text for mark in texts(boxes((page,), "t"))]


def test_a_table_of_many_columns_is_shown_in_groups_that_repeat_the_first() -> None:
    header = tuple(f"c{index}" for index in range(30))
    shown = [mark.text for mark in texts(boxes(pages(TableBlock(id="t", header=header, rows=(header,))), "t"))]
    assert shown.count("c0") > 2
    assert set(header) <= set(shown)


def test_code_is_coloured_and_keeps_its_columns() -> None:
    marks = texts(boxes(pages(CodeBlock(id="k", language="python", code="def f():\n    return 'x'  # why")), "k"))
    assert all(mark.font == "mono" for mark in marks)
    assert len({mark.colour for mark in marks}) >= 4
    define, back = (next(mark for mark in marks if mark.text.startswith(word)) for word in ("def", "return"))
    assert back.x - define.x == pytest.approx(4 * 0.6 * define.size, abs=0.02)


def test_unknown_languages_and_tabs_are_no_trouble() -> None:
    marks = texts(boxes(pages(CodeBlock(id="k", language="no-such", code="a\n\tb")), "k"))
    assert marks[1].x - marks[0].x == pytest.approx(4 * 0.6 * marks[0].size, abs=0.02)


def test_a_long_line_of_code_is_wrapped_with_a_sign() -> None:
    found = boxes(pages(CodeBlock(id="k", code="word " * 60)), "k")
    assert any(isinstance(mark, PathMark) for box in found for mark in box.marks)
    assert "".join(mark.text for mark in texts(found)).replace(" ", "") == "word" * 60


def bars(found: list[Box]) -> list[RectMark]:
    return [m for box in found for m in box.marks if isinstance(m, RectMark) and m.fill in DEFAULT.series]


def test_bars_are_as_high_as_their_values() -> None:
    chart = ChartBlock(id="c", labels=("a", "b", "c"), series=(Series(name="s", values=(10.0, 20.0, -5.0)),))
    one, two, three = bars(boxes(pages(chart), "c"))[-3:]
    assert two.height == pytest.approx(2 * one.height, rel=0.01)
    assert three.height == pytest.approx(one.height / 2, rel=0.01)
    assert three.y == pytest.approx(one.y + one.height, abs=0.05)


def test_a_chart_says_its_values_to_those_who_cannot_see_it() -> None:
    chart = ChartBlock(
        id="c", title="Range", unit="m", labels=("Kiel", "Brest"), series=(Series(name="Mean", values=(0.1, 4.5)),)
    )
    (box,) = boxes(pages(chart), "c")
    assert box.label == "Range. Mean: Kiel 0.1 m, Brest 4.5 m"


def test_labels_on_a_chart_do_not_touch_each_other() -> None:
    labels = tuple(f"Category {index}" for index in range(9))
    for sort in ("bar", "line", "pie"):
        chart = ChartBlock(id="c", chart=sort, labels=labels, series=(Series(name="s", values=tuple(range(1, 10))),))
        marks = texts(boxes(pages(chart), "c"))
        for index, one in enumerate(marks):
            for two in marks[index + 1 :]:
                across = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
                down = min(one.y, two.y) + 0.2 * one.size - (max(one.y, two.y) - 0.7 * one.size)
                assert across <= 0.1 or down <= 0.1, (sort, one.text, two.text)


@pytest.mark.parametrize("sort", ["bar", "line", "pie"])
@pytest.mark.parametrize("values", [(float("nan"),), (float("inf"), 1.0), (0.0, 0.0), (1e300, -1e300), (), (5.0,)])
def test_strange_values_never_reach_the_drawing(sort: str, values: tuple[float, ...]) -> None:
    chart = ChartBlock(id="c", chart=sort, labels=("a", "b"), series=(Series(name="s", values=values),))
    for box in boxes(pages(chart), "c"):
        assert "nan" not in box.model_dump_json().lower()


def diagram(*edges: tuple[str, str, str], direction: str = "right") -> DiagramBlock:
    names = dict.fromkeys(name for source, target, _ in edges for name in (source, target))
    return DiagramBlock(
        id="d",
        nodes=tuple(DiagramNode(id=name, label=f"Node {name}") for name in names),
        edges=tuple(DiagramEdge(source=s, target=t, label=text) for s, t, text in edges),
        direction=direction,
    )


def test_followers_stand_to_the_right_of_their_sources() -> None:
    found = {box.label: box for box in boxes(pages(diagram(("a", "b", ""), ("b", "c", ""), ("a", "c", ""))), "d")}
    assert found["Node a"].x < found["Node b"].x < found["Node c"].x


def test_nodes_and_labels_of_a_diagram_do_not_collide() -> None:
    edges = [("a", "b", "yes"), ("a", "c", "no"), ("b", "d", "then"), ("c", "d", "else"), ("d", "a", "again")]
    for direction in ("right", "down"):
        whole, *nodes = boxes(pages(diagram(*edges, direction=direction)), "d")
        for index, one in enumerate(nodes):
            for two in nodes[index + 1 :]:
                assert (
                    one.x + one.width <= two.x
                    or two.x + two.width <= one.x
                    or one.y + one.height <= two.y
                    or two.y + two.height <= one.y
                )
            for mark in texts([whole]):
                outside = mark.x + mark.width <= one.x or one.x + one.width <= mark.x
                assert outside or mark.y - mark.size * 0.7 >= one.y + one.height or mark.y <= one.y, mark.text


def test_a_diagram_with_a_cycle_has_as_many_arrows_as_edges() -> None:
    whole, *_ = boxes(pages(diagram(("a", "b", ""), ("b", "c", ""), ("c", "a", ""))), "d")
    heads = [mark for mark in whole.marks if isinstance(mark, PathMark) and mark.fill]
    assert len(heads) == 3


def test_a_diagram_too_large_to_read_becomes_a_list() -> None:
    edges = [(f"n{index}", f"n{index + 1}", "") for index in range(40)]
    found = boxes(pages(diagram(*edges)), "d")
    assert {box.role for box in found} == {"table"}


def test_a_picture_that_is_missing_shows_its_words() -> None:
    (box,) = boxes(pages(ImageBlock(id="i", asset="gone.png", alt="A lighthouse", caption="At *night*")), "i")
    assert [mark.text for mark in texts([box])] == ["A lighthouse At night"]


def test_a_title_as_long_as_a_page_loses_nothing() -> None:
    title = "A title that never comes to an end " * 40
    found = pages(BulletsBlock(id="b", items=("x",)), title=title)
    first = " ".join(mark.text for mark in texts(boxes(found[:1], "title")))
    assert first.split() == title.split()


def test_text_is_never_markup() -> None:
    (page,) = pages(BulletsBlock(id="b", items=("<script>alert(1)</script> & <b>x</b>",)))
    assert "<script>alert(1)</script> & <b>x</b>" in " ".join(mark.text for mark in texts(boxes((page,), "b")))


def test_continued_pages_say_which_they_are() -> None:
    found = pages(CodeBlock(id="k", code="line\n" * 90))
    numbers = [mark.text for page in found for mark in texts(boxes((page,), ""))]
    assert numbers == [f"{index}/{len(found)}" for index in range(1, len(found) + 1)]
