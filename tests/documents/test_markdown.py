from __future__ import annotations

import base64
import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image as pil

from scenewright.documents import Limits, read_bytes, read_path
from scenewright.domain.document import Code, Document, Formula, Image, Listing, Prose, Quotation, Table
from scenewright.domain.errors import BadInput
from tests.documents.samples import blocks, only, picture, section


def read(text: str, limits: Limits | None = None) -> Document:
    return only(read_bytes(text.encode(), "sample.md", limits=limits))


def test_one_heading_above_all_others_is_the_title_and_what_stands_under_it_the_start() -> None:
    document = read("# Tides\n\nTwice a day.\n\n## Causes\n\nThe moon.\n\n### The sun\n\nLess.\n")

    assert document.title == "Tides"
    assert [(one.id, one.title, one.level) for one in document.sections] == [
        ("start", "", 0),
        ("causes", "Causes", 1),
        ("causes/the-sun", "The sun", 2),
    ]


def test_ids_come_from_headings_in_any_script_without_numbers_and_without_clashes() -> None:
    document = read("# 1. Erste Schritte\n\na\n\n# 第二章 引言\n\nb\n\n# 2. Erste Schritte\n\nc\n")

    assert [one.id for one in document.sections] == ["erste-schritte", "引言", "erste-schritte-2"]


def test_an_id_does_not_change_when_the_text_under_it_or_the_numbers_change() -> None:
    before = read("# 1. Setup\n\nOld.\n\n## 1.1 Windows\n\nOld.\n\n# 2. Use\n\nx")
    after = read("# 3. Setup\n\nNew words.\n\n## 3.7 Windows\n\nNew.\n\n# 4. Use\n\nx")

    assert [one.id for one in before.sections] == [one.id for one in after.sections]


@pytest.mark.parametrize(
    ("found", "titles"),
    [
        (("1. Setup", "2. Use", "2.1 Daily"), ["Setup", "Use", "Daily"]),
        (("1 Setup", "2 Use"), ["Setup", "Use"]),
        (("I. Setup", "II. Use", "A. Proofs", "B. Data"), ["Setup", "Use", "Proofs", "Data"]),
        (("11 April 1996", "1 Setup", "2 Use"), ["11 April 1996", "Setup", "Use"]),
        (("7 Wonders", "3 Ways to win"), ["7 Wonders", "3 Ways to win"]),
        (("A patch", "A driver", "I am"), ["A patch", "A driver", "I am"]),
        (("2024 in review", "2025 in review"), ["2024 in review", "2025 in review"]),
    ],
)
def test_numbers_that_count_the_headings_are_no_part_of_their_titles(found: tuple[str, ...], titles: list[str]) -> None:
    assert [one.title for one in read("".join(f"# {title}\n\nx\n\n" for title in found)).sections] == titles


def test_skipped_heading_levels_leave_no_gaps() -> None:
    document = read("# A\n\nx\n\n#### B\n\ny\n\n# C\n\nz\n")

    assert [one.level for one in document.sections] == [1, 2, 1]


def test_setext_headings_and_front_matter() -> None:
    document = read("---\ntitle: Über Gezeiten\nlang: de-DE\n---\nOne\n===\n\na\n\nTwo\n---\n\nb\n")

    assert (document.title, document.language) == ("Über Gezeiten", "de-DE")
    assert [one.id for one in document.sections] == ["start", "two"]


def test_front_matter_that_is_no_yaml_is_not_a_failure() -> None:
    assert blocks(read("---\n: [\n---\n\nText.\n"))


def test_marks_links_and_literal_characters() -> None:
    document = read("A **bold *both*** and `code_x` [link](https://x.invalid/y) costs $5 and $10, 2\\*3 *a*\n")

    assert blocks(document) == [
        Prose(text="A **bold *both*** and `code_x` link costs \\$5 and \\$10, 2\\*3 *a*"),
    ]


def test_formulas_of_every_dialect() -> None:
    document = read(
        "Let $a_1$ and \\(b\\) be.\n\n$$\nE = mc^2\n$$\n\n\\[ x \\]\n\n\\begin{align}\ny &= 1\n\\end{align}\n"
    )

    assert blocks(document) == [
        Prose(text="Let $a_1$ and $b$ be."),
        Formula(latex="E = mc^2"),
        Formula(latex="x"),
        Formula(latex="\\begin{align}\ny &= 1\n\\end{align}"),
    ]


def test_dollars_and_brackets_in_code_stay_code() -> None:
    document = read("Use `\\(x\\)`.\n\n```sh\necho \\(y\\) $HOME $PATH\n```\n")

    assert blocks(document) == [Prose(text="Use `\\(x\\)`."), Code(language="sh", text="echo \\(y\\) $HOME $PATH")]


def test_code_knows_its_language_or_says_nothing() -> None:
    document = read("```py title=x\nprint( 1 )\n\n  x\n```\n\n```nonsense-language\na\n```\n\n    indented\n")

    assert blocks(document) == [
        Code(language="python", text="print( 1 )\n\n  x"),
        Code(text="a"),
        Code(text="indented"),
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1. Buy\n   - milk\n   - bread\n2. Go", ("Buy: milk; bread", "Go")),
        ("1. Buy these:\n   1. milk,\n   2. bread.\n2. Go", ("Buy these: milk; bread.", "Go")),
        ("1. Buy food.\n   - milk\n   - bread\n2. Go", ("Buy food (milk; bread).", "Go")),
        ("1. Wait: it boils\n   - soon\n2. Go", ("Wait: it boils (soon)", "Go")),
        ("1. **Lock.**\n   - It holds.\n   - It ends.\n2. Go", ("**Lock.** It holds. It ends.", "Go")),
        ("1. A\n   - B\n     - C\n2. D", ("A: B: C", "D")),
        ("1. 买菜：\n   - 牛奶\n   - 面包\n2. 走", ("买菜：牛奶；面包", "走")),
    ],
)
def test_what_stands_under_a_step_is_part_of_the_step(text: str, items: tuple[str, ...]) -> None:
    assert blocks(read(text)) == [Listing(items=items, ordered=True)]


def test_short_bullets_under_a_bullet_join_it_and_long_ones_follow_it() -> None:
    long = "a tide that takes its time and comes in over the flats while nobody is looking, as it does every day"
    short = read("- one\n  - inner\n- two\n\n1. run\n\n   ```\n   make\n   ```\n2. rest\n")

    assert blocks(short) == [
        Listing(items=("one: inner", "two")),
        Listing(items=("run",), ordered=True),
        Code(text="make"),
        Listing(items=("rest",), ordered=True),
    ]
    assert blocks(read(f"- one\n  - {long}\n  - {long}\n- two\n")) == [Listing(items=("one", long, long, "two"))]


def test_boxes_of_task_lists_go() -> None:
    assert blocks(read("- [x] done\n- [ ] open\n- [y] kept\n")) == [Listing(items=("done", "open", "[y] kept"))]


@pytest.mark.parametrize(
    "text",
    [
        "> Tide waits.\n>\n> — Geoffrey *Chaucer*, Tales",
        "> Tide waits.\n> -- Geoffrey *Chaucer*, Tales",
        "> Tide waits.  \n> – Geoffrey *Chaucer*, Tales",
        "<blockquote><p>Tide waits.</p><footer>— Geoffrey Chaucer, Tales</footer></blockquote>",
    ],
)
def test_who_said_it_stands_after_a_dash(text: str) -> None:
    (quote,) = blocks(read(text))

    assert isinstance(quote, Quotation)
    assert quote.text.replace("*", "") == "Tide waits. — Geoffrey Chaucer, Tales"


def test_a_dash_inside_a_quote_is_no_attribution() -> None:
    assert blocks(read("> The tide -- it waits -- is high.\n")) == [
        Quotation(text="The tide -- it waits -- is high."),
    ]


def test_tables_quotes_and_callouts() -> None:
    document = read("| A | B |\n|---|---|\n| 1 | `2` |\n\n> said\n> twice\n\n> [!WARNING]\n> Hot.\n")

    assert blocks(document) == [
        Table(header=("A", "B"), rows=(("1", "`2`"),)),
        Quotation(text="said twice"),
        Quotation(text="**Warning:** Hot."),
    ]


def test_footnotes_stand_at_the_end_of_the_section_that_refers_to_them() -> None:
    document = read("# A\n\nText[^1].\n\n# B\n\nOther.\n\n[^1]: The note.\n")

    assert section(document, "a").blocks == (Prose(text="Text."), Listing(items=("The note.",)))
    assert section(document, "b").blocks == (Prose(text="Other."),)


def test_html_inside_markdown_is_read_as_html() -> None:
    document = read(
        "H<sub>2</sub>O\n\n<details><summary>More</summary>\n\ninside\n\n</details>\n<script>alert(1)</script>\n"
    )

    assert blocks(document) == [Prose(text="H₂O"), Prose(text="**More**"), Prose(text="inside")]


def test_wrapped_chinese_lines_join_without_a_space() -> None:
    assert blocks(read("潮汐是海水\n涨落的现象。\n")) == [Prose(text="潮汐是海水涨落的现象。")]


def test_a_long_section_is_continued_in_further_ones() -> None:
    document = read("# A\n\n" + "\n\n".join(["word " * 40] * 12), Limits(max_section_characters=500))

    assert len(document.sections) == 6
    assert [one.id for one in document.sections[:3]] == ["start", "start-2", "start-3"]


def test_pictures_beside_the_document_are_taken_and_nothing_else(tmp_path: Path) -> None:
    home = tmp_path / "docs"
    (home / "img").mkdir(parents=True)
    (home / "img" / "a b.png").write_bytes(picture())
    (tmp_path / "secret.png").write_bytes(picture(colour=(1, 2, 3)))
    (home / "link.png").symlink_to(tmp_path / "secret.png")
    (home / "a.md").write_text(
        "![A hill](img/a%20b.png)\n\n![x](../secret.png)\n\n![x](link.png)\n\n![x](/etc/hostname)\n\n"
        "![x](https://pictures.invalid/p.png)\n\n![x](gone.png)\n\n![x](file:///etc/hostname)\n"
    )

    reading = read_path(home / "a.md")

    (image,) = blocks(only(reading))
    assert isinstance(image, Image)
    assert image.alt == "A hill"
    assert list(reading.assets) == [image.asset]
    assert reading.assets[image.asset].startswith(b"\x89PNG")
    assert sorted(reading.warnings) == [
        "1 picture was left out: the file is missing.",
        "2 pictures were left out: pictures on the web are not fetched.",
        "3 pictures were left out: outside the document's folder.",
    ]


def test_the_title_of_a_picture_is_its_caption(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture())
    (tmp_path / "a.md").write_text('![A hill](a.png "Hill at 5 *pm*")\n\n![A hill](a.png "A hill")\n')

    first, second = blocks(only(read_path(tmp_path / "a.md")))

    assert isinstance(first, Image)
    assert isinstance(second, Image)
    assert (first.alt, first.caption, second.caption) == ("A hill", "Hill at 5 \\*pm\\*", "")


def with_chunk(png: bytes, name: bytes, content: bytes) -> bytes:
    """The picture with one more chunk after its header."""
    chunk = struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return png[:33] + chunk + png[33:]


def test_a_small_png_stays_as_it_is_but_for_what_is_no_picture(tmp_path: Path) -> None:
    drawn = pil.effect_noise((320, 200), 90).quantize(16)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    small = out.getvalue()
    hiding = with_chunk(small, b"tEXt", b"Comment\0where I live") + b"<script>alert(1)</script>"
    (tmp_path / "a.png").write_bytes(hiding)
    (tmp_path / "b.png").write_bytes(small[:-30] + b"x" * 30)
    (tmp_path / "a.md").write_text("![](a.png)\n\n![](b.png)")

    reading = read_path(tmp_path / "a.md")

    assert list(reading.assets.values()) == [small]
    assert reading.warnings == ("1 picture was left out: damaged or not PNG, JPEG, GIF or WebP.",)


def test_a_picture_with_a_second_frame_is_written_anew(tmp_path: Path) -> None:
    frames = [pil.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    (tmp_path / "a.md").write_text("![](a.png)")

    (data,) = read_path(tmp_path / "a.md").assets.values()

    assert b"acTL" not in data


def test_a_picture_in_the_text_itself() -> None:
    data = base64.b64encode(picture(form="JPEG")).decode()

    reading = read_bytes(f"See ![](data:image/jpeg;base64,{data}) here.".encode(), "-")

    assert [name[-4:] for name in reading.assets] == [".jpg"]


@pytest.mark.parametrize("text", ["> " * 40, "- " * 30, "[" * 20_000, "*" * 20_000, "<div>" * 1500, "`" * 5001 + "\n"])
def test_deep_nesting_is_read(text: str) -> None:
    assert "end" in str(blocks(read(text + "end")))


@pytest.mark.parametrize(
    "unit",
    ["*", "**a", "_a ", "~~a", "`a", "$a", "\\[", "\\(", "[", "![", "|", "a*", "***a***b", "\\begin{a}"],
)
def test_absurdly_many_marks_are_no_marks(unit: str) -> None:
    begun = time.process_time()
    text = str(blocks(read(unit * (300_000 // len(unit)) + "\n\nThe **end**")))

    assert "The **end**" in text
    assert time.process_time() - begun < 8  # seconds; with marks taken for marks it is up to a hundred


def test_many_marks_in_a_long_list_stay_marks() -> None:
    (listing,) = blocks(read("- **a** is *b* and `c`\n" * 1500))

    assert isinstance(listing, Listing)
    assert set(listing.items) == {"**a** is *b* and `c`"}


def test_a_text_of_absurdly_many_lines_is_refused() -> None:
    with pytest.raises(BadInput, match="100,000 lines"):
        read("a\n" * 100_001)


@pytest.mark.parametrize("text", ["> " * 5000, "- " * 3000, "<b>" * 5000])
def test_nesting_beyond_sense_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"nested|no text"):
        read(text + "end")
