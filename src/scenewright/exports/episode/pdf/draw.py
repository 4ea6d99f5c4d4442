"""Pages as a PDF. Typst draws; where each line stands was decided before."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from scenewright.domain.errors import BadInput
from scenewright.exports.episode.pdf.cells import cell, width
from scenewright.exports.episode.pdf.fonts import ADVANCE, courier_folder, helpers
from scenewright.exports.episode.pdf.model import LEADING, PITCH, TOP, Layout, Line

POINTS = 72  # in an inch
BASELINE = 9  # points from the top of a line


def draw(layout: Layout) -> bytes:
    """A PDF with the fonts embedded; the same pages give the same bytes.

    Raises: BadInput: the pages cannot be drawn. BadSettings: the font is missing.
    """
    with TemporaryDirectory(prefix="scenewright-") as folder:
        texts = (line.text for page in layout.pages for line in page.lines)
        fonts = helpers(texts, layout.language)
        for family, font in fonts.items():
            (Path(folder) / f"{family}.ttf").write_bytes(font)
        return _compiled(_sheet(layout, list(fonts)), [courier_folder(), Path(folder)])


def _compiled(sheet: str, fonts: list[Path]) -> bytes:
    import typst  # 80 MB of library: only where a PDF is drawn

    source = files(__package__).joinpath("screenplay.typ").read_bytes()
    try:
        found = typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in fonts])
        compiler = typst.Compiler(source, font_paths=found, sys_inputs={"sheet": sheet})
        pdf = compiler.compile(format="pdf", timestamp=0)
    except RuntimeError as exc:
        raise BadInput(f"The pages could not be drawn: {str(exc)[:200]}; export to Fountain instead.") from exc
    assert isinstance(pdf, bytes)
    return pdf


def _sheet(layout: Layout, families: list[str]) -> str:
    return json.dumps(
        {
            "title": layout.title,
            "author": layout.author,
            "language": _language(layout.language),
            "fonts": ["Courier Prime", *families, "DejaVu Sans Mono"],  # the last is Typst's own
            "width": layout.paper.width * POINTS,
            "height": layout.paper.height * POINTS,
            "tracking": PITCH * POINTS - 12 * ADVANCE,
            "pages": [[run for line in page.lines for run in _runs(line)] for page in layout.pages],
        }
    )


def _language(tag: str) -> str:
    """What Typst takes: two or three letters."""
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", tag)
    return found[0].lower() if found else "en"


def _runs(line: Line) -> Iterator[dict[str, str | float | bool]]:
    """What is drawn in one go. A wide character stands alone, so that it keeps its two columns."""
    column = 0
    for text in _parts(line.text):
        yield {
            "x": (line.x + column * PITCH) * POINTS,
            "y": (TOP + line.y * LEADING) * POINTS + BASELINE,
            "text": text,
            "bold": line.bold,
            "underline": line.underline,
        }
        column += width(text)


def _parts(text: str) -> Iterator[str]:
    part = ""
    for character in text:
        if part and cell(character) and 2 in (cell(character), cell(part[0])):
            yield part
            part = ""
        part += character
    yield part
