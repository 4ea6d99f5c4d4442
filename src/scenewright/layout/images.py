"""How large an image is, read from the first bytes of the file, without a picture library."""

from __future__ import annotations

import re
import struct

from scenewright.domain.errors import BadInput
from scenewright.layout.setting import ImageSize

_LARGEST = 60_000  # pixels a side; beyond that the header lies or nothing can show it
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(data: bytes) -> ImageSize:
    """Width and height in pixels of a PNG, JPEG, GIF, WebP, BMP or SVG file.

    Raises: BadInput: another kind of file, a truncated header or a size that makes no sense.
    """
    try:
        size = _read(data)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError) as exc:
        raise BadInput("The image is damaged: its header ends too early. Save it again as PNG or JPEG.") from exc
    if size is None:
        raise BadInput("The image is of an unknown kind. Save it as PNG, JPEG, GIF, WebP or SVG.")
    width, height = size
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise BadInput(f"The image says it is {width} x {height} pixels, which cannot be shown. Save it again.")
    return ImageSize(width=width, height=height, density=_density(data))


def _read(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _pair(">II", data, 16)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return _pair("<HH", data, 6)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"BM"):
        width, height = _pair("<ii", data, 18)
        return width, abs(height)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") and b"<svg" in head:
        return _svg(head.decode("utf-8", "replace"))
    return None


def _density(data: bytes) -> float:
    """Pixels per inch of a PNG, from its pHYs chunk; 0 where it has none."""
    at = data.find(b"pHYs", 0, 512) if data.startswith(b"\x89PNG") else -1
    if at < 0 or len(data) < at + 13:
        return 0.0
    across, down, unit = struct.unpack_from(">IIB", data, at + 4)
    per_inch = across * 0.0254
    return round(per_inch, 1) if unit == 1 and across == down and 36 <= per_inch <= 1200 else 0.0


def _pair(form: str, data: bytes, at: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, at)
    return first, second


def _jpeg(data: bytes) -> tuple[int, int]:
    at, turned = 2, False
    while True:
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        if marker in _FRAMES:
            height, width = _pair(">HH", data, at + 4)
            return (height, width) if turned else (width, height)
        (length,) = struct.unpack_from(">H", data, at + 1)
        if marker == 0xE1:
            turned = turned or _is_turned(data[at + 3 : at + 1 + length])
        if length < 2 or marker in (0xD9, 0xDA):
            raise ValueError("no frame header")
        at += 1 + length


def _is_turned(exif: bytes) -> bool:
    """Whether the camera was held upright (orientation 5 to 8): browsers then swap width and height."""
    if not exif.startswith(b"Exif\0\0"):
        return False
    tiff = exif[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for index in range(min(count, 200)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * index)
            if tag == 0x0112:
                return value in (5, 6, 7, 8)
    except struct.error:
        return False
    return False


def _webp(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if len(data) < (30 if form != b"VP8L" else 25):
        raise ValueError("the header is cut off")
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8 ":
        width, height = _pair("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None


def _svg(text: str) -> tuple[int, int]:
    tag = re.search(r"<svg\b[^>]*", text)
    found = tag.group() if tag else ""
    width, height = (
        re.search(rf'\s{name}\s*=\s*["\']\s*([\d.]+)(?:px)?\s*["\']', found) for name in ("width", "height")
    )
    if width and height:
        return max(1, round(float(width[1]))), max(1, round(float(height[1])))
    box = re.search(r'viewBox\s*=\s*["\']\s*[-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.]+)[\s,]+([\d.]+)', found)
    if box:
        return max(1, round(float(box[1]))), max(1, round(float(box[2])))
    return 300, 150  # what a browser takes
