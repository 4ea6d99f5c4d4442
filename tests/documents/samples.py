"""Sources made in the tests: small pictures, Word packages, PDF files written operator by operator."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image as pil

from scenewright.documents import Reading
from scenewright.domain.document import Document, DocumentBlock, Section

EXAMPLES = Path(__file__).parents[2] / "examples"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="{M}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def only(reading: Reading) -> Document:
    (document,) = reading.documents
    return document


def section(document: Document, address: str) -> Section:
    return next(one for one in document.sections if one.id == address)


def blocks(document: Document) -> list[DocumentBlock]:
    return [block for one in document.sections for block in one.blocks]


def picture(
    width: int = 64, height: int = 48, form: str = "PNG", colour: tuple[int, int, int] = (200, 30, 30)
) -> bytes:
    out = io.BytesIO()
    image = pil.new("RGB", (width, height), colour)
    image.putpixel((1, 1), (0, 0, 0))
    image.save(out, form)
    return out.getvalue()


def docx(body: str, *, styles: str = "", parts: dict[str, bytes] | None = None, relations: str = "") -> bytes:
    """A Word file with this XML in its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>")
        if styles:
            package.writestr("word/styles.xml", f"<w:styles {_NAMESPACES}>{styles}</w:styles>")
        if relations:
            package.writestr(
                "word/_rels/document.xml.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{relations}</Relationships>",
            )
        for name, data in (parts or {}).items():
            package.writestr(name, data)
    return out.getvalue()


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


class Pdf:
    """Writes PDF pages of 612 x 792 points; y counts from the top, as readers do."""

    def __init__(self) -> None:
        self._pages: list[list[str]] = []
        self._fonts = {
            "F1": "Helvetica",
            "F2": "Helvetica-Bold",
            "F3": "Courier",
            "F4": "Helvetica-Oblique",
            "F5": "Symbol",
        }

    def page(self) -> Pdf:
        self._pages.append([])
        return self

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "F1") -> Pdf:
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self._pages[-1].append(f"BT /{font} {size} Tf {x} {792 - y} Td ({escaped}) Tj ET")
        return self

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 10, font: str = "F1") -> float:
        """Lines below each other; returns where the next one would stand."""
        for text in texts:
            self.text(x, y, text, size, font)
            y += size * 1.2
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Pdf:
        self._pages[-1].append(f"0.5 w {x0} {792 - y0} m {x1} {792 - y1} l S")
        return self

    def disc(self, x: float, y: float, radius: float) -> Pdf:
        """A filled lozenge, good enough for a drawing."""
        y = 792 - y
        corners = [(x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius)]
        path = " ".join(f"{cx} {cy} {'m' if index == 0 else 'l'}" for index, (cx, cy) in enumerate(corners))
        self._pages[-1].append(f"0.2 0.4 0.8 rg {path} f 0 g")
        return self

    def image(self, x: float, y: float, width: float, height: float) -> Pdf:
        self._pages[-1].append(f"q {width} 0 0 {height} {x} {792 - y - height} cm /I1 Do Q")
        return self

    def build(self) -> bytes:
        pixels = zlib.compress(bytes(range(256)) * 3)
        head = (
            "<< /Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
            f"/Filter /FlateDecode /Length {len(pixels)} >>"
        )
        objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        fonts = []
        for name, base in self._fonts.items():
            encoding = "" if base == "Symbol" else "/Encoding /WinAnsiEncoding"
            objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} {encoding} >>".encode())
            fonts.append(f"/{name} {len(objects)} 0 R")
        objects.append(head.encode() + b"\nstream\n" + pixels + b"\nendstream")
        shared = f"/Resources << /Font << {' '.join(fonts)} >> /XObject << /I1 {len(objects)} 0 R >> >>"
        kids = []
        for operators in self._pages:
            stream = "\n".join(operators).encode("cp1252")
            objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
            content = len(objects)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {shared} /Contents {content} 0 R >>".encode()
            )
            kids.append(f"{len(objects)} 0 R")
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
        return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
