from __future__ import annotations

import os
from pathlib import Path

import pytest

from scenewright.documents import Limits, read_bytes, read_path
from scenewright.domain.document import Prose
from scenewright.domain.errors import BadInput
from tests.documents.samples import EXAMPLES, Pdf, blocks, docx, only, paragraph, picture


def test_a_folder_is_read_in_natural_order_and_what_is_not_read_is_said(tmp_path: Path) -> None:
    for name in ("10 end.md", "2 begin.txt", "sub/1.html", ".hidden.md", "data.csv", "empty.md", "~$x.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("" if name == "empty.md" else f"<p>text of {name[:2]}</p>" if "html" in name else "# One\n\nx")

    reading = read_path(tmp_path)

    assert [document.name for document in reading.documents] == ["2 begin.txt", "10 end.md", "sub/1.html"]
    ids = [section.id for document in reading.documents for section in document.sections]
    assert len(set(ids)) == len(ids)
    assert reading.warnings == (
        "Skipped, as their types are not read: data.csv.",
        "Skipped: empty.md is empty; choose a file with text in it.",
    )


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("secret")
    home = tmp_path / "home"
    home.mkdir()
    (home / "a.md").write_text("hello")
    (home / "b.md").symlink_to(tmp_path / "out.md")

    assert [document.name for document in read_path(home).documents] == ["a.md"]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.md", "is empty"),
        (b" \n ", "a.pdf", "is empty"),
        (picture(), "a.pdf", "is a picture"),
        (b"{\\rtf1 x}", "a.docx", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, "a.doc", "Office 97"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"not a pdf", "a.pdf", "PDF"),
        (b"not a package", "a.docx", "DOCX"),
        (b"a,b\n1,2\n", "a.csv", "not read"),
        (b"PK\x03\x04mimetypeapplication/epub+zip", "a.epub", "EPUB"),
        (b"PK\x03\x04xl/workbook.xml", "a.xlsx", "spreadsheet"),
        (b"PK\x03\x04readme.txt", "a.zip", "zip archive"),
        (b"PK\x03\x04word/document.xml cut off", "a.docx", "damaged"),
        (b"PK\x03\x04ppt/presentation.xml cut off", "a.pptx", "damaged"),
        (b"%PDF-1.7 cut off", "a.pdf", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_with_a_remedy(data: bytes, name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        read_bytes(data, name)

    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_the_type_is_told_by_the_bytes_before_the_name() -> None:
    assert only(read_bytes(docx(paragraph("Hi")), "renamed.txt")).sections
    assert only(read_bytes(Pdf().page().text(72, 72, "Hello there, reader").build(), "-")).sections


@pytest.mark.parametrize(
    ("text", "name", "media_type", "title"),
    [
        ("<html><p># a</p>", "-", "", ""),
        ("# A\n\n- b\n", "-", "", "A"),
        ("# A\n\nb\n", "https://docs.invalid/readme.md?raw=1", "text/plain", "A"),
        ("# A\n\nb\n", "https://docs.invalid/page", "text/markdown; charset=utf-8", "A"),
    ],
)
def test_the_type_is_told_by_media_type_name_and_content(text: str, name: str, media_type: str, title: str) -> None:
    assert only(read_bytes(text.encode(), name, media_type)).title == title


def test_a_media_type_that_is_not_read_is_refused() -> None:
    with pytest.raises(BadInput, match="application/json"):
        read_bytes(b"{}", "https://x.invalid/data", "application/json")


def test_limits_of_size_length_and_headings() -> None:
    with pytest.raises(BadInput, match="larger than"):
        read_bytes(b"x" * 2**21, "a.txt", limits=Limits(max_bytes=2**20))
    with pytest.raises(BadInput, match="characters"):
        read_bytes(b"x" * 2000, "a.txt", limits=Limits(max_characters=1000))
    with pytest.raises(BadInput, match="headings"):
        read_bytes(b"# a\n\nb\n\n" * 50, "a.md", limits=Limits(max_sections=20))


def test_paths_that_are_no_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path, says in ((tmp_path / "gone", "no file"), (tmp_path / "pipe", "regular"), (tmp_path, "no document")):
        with pytest.raises(BadInput, match=says):
            read_path(path)
    with pytest.raises(BadInput, match="no file"):
        read_path(Path("a\x00b"))


def test_pictures_are_written_anew_scaled_and_counted() -> None:
    import base64

    sources = [picture(60 + index, 60) for index in range(4)] + [picture(3000, 40), picture(8, 8), b"\x89PNG broken"]
    page = "".join(f"<img src='data:image/png;base64,{base64.b64encode(data).decode()}'>" for data in sources)

    reading = read_bytes(f"<p>x</p>{page}".encode(), "p.html", limits=Limits(max_images=4, max_image_side=500))

    assert len(reading.assets) == 4
    assert set(reading.warnings) == {
        "1 picture was left out: more than 4 pictures.",
        "1 picture was left out: damaged or not PNG, JPEG, GIF or WebP.",
    }


@pytest.mark.parametrize("name", ["tides.md", "sqlite-guide.md", "gezeiten.md", "chaoxi.md"])
def test_the_examples_are_read_whole(name: str) -> None:
    document = only(read_path(EXAMPLES / name))

    assert document.title
    assert len(document.sections) >= 5
    assert sum(isinstance(block, Prose) for block in blocks(document)) >= 10
