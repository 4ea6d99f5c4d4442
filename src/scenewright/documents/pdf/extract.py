"""Words, rules and drawings of a page, through PDFium."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from scenewright.documents.pdf.values import Box, Face, Page, Word

_BOLD = re.compile(r"bold|black|heavy|demi|medi(?:um)?\b|cmbx|cmb\d|cmssbx|sfbx|lmroman\w*-bold|-b$|\bbd\b", re.I)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmsl|sfti|regu?ital|-it$", re.I)
_MONO = re.compile(
    r"mono|cour|consol|typewriter|cmtt|cmsltt|cmvtt|sftt|ectt|menlo|inconsol|lucidacons|nimbusmon|txtt|code", re.I
)
_MATH = re.compile(
    r"cmmi|cmsy|cmex|cmbsy|cmmib|msam|msbm|eufm|eusm|rsfs|math|mtsy|mtex|mtmi|^symbol|txsy|txmi|txex|pxsy|pxmi|pxex|"
    r"lasy|wasy|stmary|xits|asana|fdsymbol|^mt2|mathematicalpi|eurm|bbold|ntxmi|newtxmi|ntxsy|ntxex",
    re.I,
)
_LIGATURES = {
    chr(code): text
    for code, text in zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_MAX_OBJECTS = 30_000  # of one page; a map may have more, and is a picture anyway
_MAX_CHARACTERS = 60_000  # of one page
_THIN = 2.5  # points; a drawn box thinner than this is a rule
_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5  # PDFium's numbers
_FRAME = 100  # ours
_BEZIER = 1


@dataclass(frozen=True, kw_only=True)
class _View:
    """From the page's own coordinates, which count upwards and may be rotated, to those of the reader."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(x0=min(x0, x1), top=min(y0, y1), x1=max(x0, x1), bottom=max(y0, y1))


def read_page(page: Any, number: int) -> Page:
    """`page`: an opened page of pypdfium2."""
    left, bottom, right, top = page.get_bbox()
    view = _View(left=left, bottom=bottom, right=right, top=top, rotation=page.get_rotation() % 360)
    width, height = view.size
    found = Page(number=number, width=width, height=height, words=[])
    _shapes(page, view, found)
    words, unmapped = _words(page, view)
    found.words.extend(word for word in words if -5 < word.box.x0 < width + 5 and -5 < word.box.top < height + 5)
    return replace(found, unmapped=unmapped)


def _words(page: Any, view: _View) -> tuple[list[Word], int]:
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    try:
        count = min(raw.FPDFText_CountChars(text_page), _MAX_CHARACTERS)
        builder = _Words()
        unmapped = 0
        for char in _characters(raw, text_page.raw, count, view):
            if char.text in ("\ufffd", "\x00") or "\ue000" <= char.text <= "\uf8ff":
                unmapped += 1
            builder.add(char)
        return builder.finish(), unmapped
    finally:
        text_page.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Char:
    text: str
    box: Box | None  # None for white space
    x: float
    base: float
    face: Face | None


def _characters(raw: Any, text_page: Any, count: int, view: _View) -> Iterator[_Char]:
    faces: dict[int, Face | None] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    loose = raw.FS_RECTF()
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        char = "-" if code in (0xFFFE, 2) else chr(code) if code <= 0x10FFFF else "\ufffd"
        if char.isspace() or code == 0:
            yield _Char(text=" ", box=None, x=0, base=0, face=None)
            continue
        item = raw.FPDFText_GetTextObject(text_page, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        if key not in faces:
            faces[key] = _face(raw, text_page, index, item)
        face = faces[key]
        if face is None:
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetLooseCharBox(text_page, index, loose)
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        at, base = view.point(x.value, y.value)
        # across, the room a character takes (a full stop is narrow); upwards, its ink (a bracket may be tall)
        ink = view.box(left.value, bottom.value, right.value, top.value)
        room = view.box(loose.left, loose.bottom, loose.right, loose.top)
        box = Box(x0=room.x0, top=ink.top, x1=max(room.x1, room.x0 + 0.1), bottom=ink.bottom)
        yield _Char(text=_LIGATURES.get(char, char), box=box, x=at, base=base, face=face)


def _face(raw: Any, text_page: Any, index: int, item: Any) -> Face | None:
    """None for text that is set sideways, as a watermark or the stamp of a preprint server is."""
    if not item:
        return None
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.b, matrix.d)
    angle = raw.FPDFText_GetCharAngle(text_page, index) % (math.pi / 2)
    if 0.1 < angle < math.pi / 2 - 0.1:
        return None
    font = raw.FPDFTextObj_GetFont(item)
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.value.decode("utf-8", "replace").split("+", 1)[-1]
    flags = raw.FPDFFont_GetFlags(font)
    is_math = bool(_MATH.search(name))
    return Face(
        size=round(min(max(size, 1.0), 400.0), 1),
        bold=not is_math and (bool(_BOLD.search(name)) or raw.FPDFFont_GetWeight(font) >= 600),
        italic=not is_math and bool(_ITALIC.search(name)),
        mono=bool(_MONO.search(name)) or bool(flags & 1 and not is_math and _is_latin(name)),
        math=is_math,
    )


def _is_latin(name: str) -> bool:
    """Fonts for Chinese and Japanese call themselves fixed-pitch; they are no fonts for code."""
    return not re.search(r"song|hei|kai|ming|gothic|mincho|cjk|fang|sun|yahei|noto\w*(?:sc|tc|jp|kr)", name, re.I)


class _Words:
    """Joins characters that follow each other without a space."""

    def __init__(self) -> None:
        self._done: list[Word] = []
        self._open: list[_Char] = []
        self._spaced = True

    def add(self, char: _Char) -> None:
        if char.box is None:
            self._close(spaced=True)
            return
        if self._open:
            last = self._open[-1]
            assert last.box is not None
            assert last.face is not None
            size = last.face.size
            gap = char.box.x0 - last.box.x1
            if abs(char.base - last.base) > size * 0.12 or gap > size * 0.25 or gap < -size:
                self._close(spaced=gap > size * 0.12 or gap < -size)
            elif char.face != last.face:
                self._close(spaced=False)
        self._open.append(char)

    def finish(self) -> list[Word]:
        self._close(spaced=True)
        return self._done

    def _close(self, *, spaced: bool) -> None:
        if not self._open:
            self._spaced = self._spaced or spaced
            return
        chars, self._open = self._open, []
        boxes = [char.box for char in chars if char.box is not None]
        face = chars[0].face
        assert face is not None
        box = Box(
            x0=min(chars[0].x, boxes[0].x0),
            top=min(min(one.top for one in boxes), chars[0].base - face.size * 0.7),
            x1=max(one.x1 for one in boxes),
            bottom=max(max(one.bottom for one in boxes), chars[0].base),
        )
        text = "".join(char.text for char in chars)
        self._done.append(Word(text=text, box=box, base=chars[0].base, face=face, spaced=self._spaced))
        self._spaced = spaced


def _shapes(page: Any, view: _View, found: Page) -> None:
    import pypdfium2.raw as raw

    whole = view.size[0] * view.size[1]
    for kind, bounds in _objects(raw, page):
        box = view.box(*bounds)
        if box.x1 < 0 or box.bottom < 0 or box.x0 > found.width or box.top > found.height:
            continue
        if kind == _PATH and (box.height <= _THIN or box.width <= _THIN):
            found.rules.append(box)
        elif kind == _FRAME:
            found.rules.extend(_sides(box))
        elif (kind == _IMAGE and box.area > 16) or (kind == _FORM and box.area < whole * 0.85):
            found.images.append(box)
        elif kind in (_PATH, _SHADING) and box.area < whole * 0.85:
            found.drawings.append(box)


def _objects(raw: Any, page: Any) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Kind and bounds (left, bottom, right, top) of what is visible; a form (a figure put in) is one thing."""
    values = [ctypes.c_float() for _ in range(4)]
    count = min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    for index in range(count):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _TEXT or (kind == _PATH and not _is_visible(raw, item)):
            continue
        if kind == _FORM and _is_only_text(raw, item):
            continue
        if kind == _PATH and _is_frame(raw, item):
            kind = _FRAME
        if raw.FPDFPageObj_GetBounds(item, *values):
            yield kind, (values[0].value, values[1].value, values[2].value, values[3].value)


def _sides(box: Box) -> list[Box]:
    return [
        replace(box, bottom=box.top + 0.5),
        replace(box, top=box.bottom - 0.5),
        replace(box, x1=box.x0 + 0.5),
        replace(box, x0=box.x1 - 0.5),
    ]


def _is_frame(raw: Any, path: Any) -> bool:
    """A rectangle that is stroked and not filled: a cell of a table, or a frame."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not stroke.value or fill.value:
        return False
    count = raw.FPDFPath_CountSegments(path)
    if not 4 <= count <= 6:
        return False
    points = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if raw.FPDFPathSegment_GetType(segment) == _BEZIER or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return False
        points.append((x.value, y.value))
    return all(abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1 for a, b in pairwise(points))


def _is_only_text(raw: Any, form: Any) -> bool:
    count = min(raw.FPDFFormObj_CountObjects(form), _MAX_OBJECTS)
    return all(raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form, index)) == _TEXT for index in range(count))


def _is_visible(raw: Any, path: Any) -> bool:
    """Drawn, and not in white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke):
        return True
    if stroke.value and not _is_white(raw.FPDFPageObj_GetStrokeColor, path):
        return True
    return bool(fill.value) and not _is_white(raw.FPDFPageObj_GetFillColor, path)


def _is_white(get_colour: Callable[..., int], path: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get_colour(path, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= 250
