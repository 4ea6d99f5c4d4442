"""Sizes of images from their first bytes."""

from __future__ import annotations

import struct

import pytest

from scenewright.domain.errors import BadInput
from scenewright.domain.slides import ImageBlock, Slide
from scenewright.layout import ImageSize, image_size, lay_out

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x06\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + b"\0\0\0"
BMP = b"BM" + bytes(16) + struct.pack("<ii", 30, -20)
VP8X = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (299).to_bytes(3, "little") + (199).to_bytes(3, "little")
VP8L = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 299 | 199 << 14)
VP8 = b"RIFF\0\0\0\0WEBPVP8 " + bytes(4) + bytes(6) + struct.pack("<HH", 300, 200)
FRAME = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 480, 640, 1) + bytes(3)
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + bytes(14) + FRAME


def exif(orientation: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHH", 8, 1, 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + FRAME


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (30, 20)),
        (BMP, (30, 20)),
        (JPEG, (640, 480)),
        (VP8X, (300, 200)),
        (VP8L, (300, 200)),
        (VP8, (300, 200)),
        (b'<?xml version="1.0"?><svg xmlns="x" width="120px" height="80">', (120, 80)),
        (b'<svg viewBox="0 0 300.4 150">', (300, 150)),
        (b"<svg>", (300, 150)),
    ],
)
def test_the_header_tells_the_size(data: bytes, size: tuple[int, int]) -> None:
    assert image_size(data) == ImageSize(width=size[0], height=size[1])


@pytest.mark.parametrize(("orientation", "size"), [(1, (640, 480)), (6, (480, 640))])
def test_a_photograph_taken_upright_is_turned_as_browsers_do(orientation: int, size: tuple[int, int]) -> None:
    assert image_size(exif(orientation)) == ImageSize(width=size[0], height=size[1])


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<html>", PNG[:18], JPEG[:26], b"\xff\xd8", b"\xff\xd8\xff\xd9\0\0\0\0", VP8X[:20], b"BM"]
)
def test_other_and_damaged_files_are_refused_readably(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"image"):
        image_size(data)


@pytest.mark.parametrize("size", [(0, 10), (10, 0), (2**31, 10)])
def test_sizes_that_make_no_sense_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match=r"cannot be shown"):
        image_size(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", *size))


def with_density(per_metre: int, unit: int = 1) -> bytes:
    return PNG + b"\0\0\0\0" + struct.pack(">I4sIIB", 9, b"pHYs", per_metre, per_metre, unit) + b"\0\0\0\0"


@pytest.mark.parametrize(("data", "density"), [(PNG, 0.0), (with_density(7874), 200.0), (with_density(7874, 0), 0.0)])
def test_a_png_may_say_how_large_it_was_meant_to_be(data: bytes, density: float) -> None:
    assert image_size(data).density == density


def test_a_formula_cut_out_of_print_is_not_blown_up() -> None:
    slide = Slide(title="x", blocks=(ImageBlock(id="b", asset="f.png", alt="Formula (1)"),))
    heights = []
    for density in (0.0, 200.0):
        size = ImageSize(width=500, height=100, density=density)
        (page,) = lay_out(slide, language="en", images={"f.png": size})
        heights += [mark.height for box in page.boxes for mark in box.marks if mark.type == "image"]
    assert heights[0] > 150
    assert heights[1] == pytest.approx(100 * 72 / 200 * 2.4)
