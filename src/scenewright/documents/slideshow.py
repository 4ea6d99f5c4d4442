"""Presentations (.pptx) to documents: one section for each slide."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from scenewright.documents import omml
from scenewright.documents.grid import Cell, is_cut, table
from scenewright.documents.items import Entry, unnested
from scenewright.documents.mathml import tag
from scenewright.documents.outliner import Outliner
from scenewright.documents.package import Package
from scenewright.documents.pictures import Pictures, alt_text
from scenewright.documents.reading import Limits
from scenewright.documents.runs import Run, literal, to_inline
from scenewright.domain.document import Document, Image, Inline
from scenewright.domain.errors import BadInput

_DEPTH = 20  # groups inside groups
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FURNITURE = ("DATE", "FOOTER", "SLIDE_NUMBER", "HEADER")
_GENERIC = ("powerpoint presentation", "powerpoint-präsentation", "presentation", "untitled", "slide 1")
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")


def read_pptx(data: bytes, name: str, limits: Limits, pictures: Pictures) -> tuple[Document, list[str]]:
    """The document and warnings. Raises: BadInput: if it is damaged, hostile, too long or empty."""
    Package(data, name, limits).check_xml()
    out = Outliner(limits)
    try:
        # python-pptx takes 200 ms to import
        from pptx import Presentation

        presentation = Presentation(io.BytesIO(data))
        slides = [slide for slide in presentation.slides if slide._element.get("show") != "0"]
        if len(slides) > limits.max_pages:
            raise BadInput(f"{name} has {len(slides)} slides, more than {limits.max_pages}; split it and use a part.")
        for number, slide in enumerate(slides, start=1):
            _Slide(out, limits, pictures).read(slide, number)
        title = literal(presentation.core_properties.title or "")
    except (BadInput, RecursionError):
        raise
    except Exception as exc:  # python-pptx lets whatever it meets in a damaged package through
        raise BadInput(f"{name} is damaged and cannot be opened; save it anew and try again.") from exc
    if title.lower() in _GENERIC:
        title = ""
    document = out.finish(name=name, title=title)
    if not document.title:
        document = document.model_copy(update={"title": document.sections[0].title})
    return document, out.warnings


class _Slide:
    def __init__(self, out: Outliner, limits: Limits, pictures: Pictures) -> None:
        self._out, self._limits, self._pictures = out, limits, pictures

    def read(self, slide: Any, number: int) -> None:
        shapes = list(_shapes(slide.shapes, 0))
        title = next((shape for shape in shapes if _placeholder(shape) in _TITLES and _text_of(shape)), None)
        rest = [shape for shape in shapes if shape is not title and _placeholder(shape) not in _FURNITURE]
        rest = sorted(rest, key=lambda shape: (_placeholder(shape) == "", _top(shape), _left(shape)))
        if title is None and not rest and not slide.has_notes_slide:
            return
        self._out.heading(1, _text_of(title) if title is not None else f"Slide {number}")
        for shape in rest:
            try:
                self._shape(shape)
            except (BadInput, RecursionError):
                raise
            except Exception:  # of a chart or table that python-pptx cannot make sense of; the rest is still good
                self._out.warn(f"A part of slide {number} could not be read and was left out.")
        if title is None:
            self._out.drop_empty_section()
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            for line in slide.notes_slide.notes_text_frame.text.splitlines():
                self._out.prose(literal(line))

    def _shape(self, shape: Any) -> None:
        if getattr(shape, "has_table", False):
            self._table(shape.table)
        elif getattr(shape, "has_chart", False):
            self._chart(shape.chart)
        elif shape._element.find(".//" + _A + "blip") is not None and tag(shape._element) == "pic":
            self._picture(shape)
        elif getattr(shape, "has_text_frame", False) and shape.has_text_frame:
            self._frame(shape)

    def _frame(self, shape: Any) -> None:
        """Paragraphs of a body placeholder are a list unless there is only one; elsewhere, as their bullets say."""
        paragraphs = [one for one in shape.text_frame.paragraphs if _line(one)]
        for paragraph in paragraphs:
            for display in (one for one in paragraph._p.iter() if tag(one) == "omathpara"):
                self._out.formula(omml.to_latex(display))
        body = _placeholder(shape) in ("BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT")
        items: list[Entry] = []
        ordered = False
        for paragraph in paragraphs:
            bullet = _bullet(paragraph)
            if bullet == "none" or (not bullet and not (body and len(paragraphs) > 1)):
                self._out.listing(unnested(items, ordered=ordered), ordered=ordered)
                items = []
                self._out.prose(_line(paragraph))
            else:
                ordered = bullet == "number" if not items else ordered
                items.append((paragraph.level, _line(paragraph)))
        self._out.listing(unnested(items, ordered=ordered), ordered=ordered)

    def _table(self, grid: Any) -> None:
        rows = [[_cell(cell) for cell in row.cells if not cell.is_spanned] for row in grid.rows]
        if is_cut(rows, self._limits):
            self._out.warn(f"A table of {len(rows):,} rows was shortened.")
        if block := table(rows, self._limits, headers=1 if grid.first_row and len(rows) > 1 else 0):
            self._out.add(block)

    def _chart(self, chart: Any) -> None:
        """A chart is its data: categories down, series across."""
        plot = next(iter(chart.plots), None)
        if plot is None:
            return
        names = [literal(str(series.name or "")) for series in plot.series]
        header = [Cell(text="", heading=True), *(Cell(text=name, heading=True) for name in names)]
        columns = [list(series.values) for series in plot.series]
        rows: list[list[Cell]] = [header]
        for index, category in enumerate(list(plot.categories) or _x_values(plot)):
            values = [column[index] if index < len(column) else None for column in columns]
            rows.append([Cell(text=literal(str(category))), *(Cell(text=_number(value)) for value in values)])
        title = (
            literal(chart.chart_title.text_frame.text) if chart.has_title and chart.chart_title.has_text_frame else ""
        )
        if block := table(rows, self._limits, headers=1, caption=title):
            self._out.add(block)

    def _picture(self, shape: Any) -> None:
        try:
            data = shape.image.blob
        except Exception:  # linked, missing, or of a type that python-pptx does not know
            self._pictures.drop("the picture is not inside the file")
            return
        asset = self._pictures.add(data)
        if asset:
            alt = shape._element.nvPicPr.cNvPr.get("descr") or ""
            self._out.add(Image(asset=asset, alt=alt_text(alt)))


def _shapes(shapes: Iterable[Any], depth: int) -> Iterator[Any]:
    for shape in shapes:
        if tag(shape._element) == "grpsp" and depth < _DEPTH:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _placeholder(shape: Any) -> str:
    """The kind of placeholder ("TITLE", "BODY" ...), "" for other shapes."""
    if not shape.is_placeholder:
        return ""
    kind = shape.placeholder_format.type
    return kind.name if kind is not None else "OBJECT"


def _top(shape: Any) -> int:
    return int(shape.top or 0)


def _left(shape: Any) -> int:
    return int(shape.left or 0)


def _text_of(shape: Any) -> Inline:
    if not getattr(shape, "has_text_frame", False):
        return ""
    return to_inline(run for one in shape.text_frame.paragraphs for run in (*_runs(one), Run(text=" ")))


def _line(paragraph: Any) -> Inline:
    return to_inline(_runs(paragraph))


def _runs(paragraph: Any) -> Iterator[Run]:
    for child in paragraph._p:
        name = tag(child)
        if name == "br":
            yield Run(text="\n")
        elif name in ("r", "fld"):
            properties = child.find(_A + "rPr")
            bold = properties is not None and properties.get("b") in ("1", "true")
            italic = properties is not None and properties.get("i") in ("1", "true")
            yield Run(text="".join(one.text or "" for one in child.iter(_A + "t")), bold=bold, italic=italic)
        else:
            for formula in child.iter():
                if tag(formula) == "omath" and tag(formula.getparent()) != "omathpara":
                    yield Run(text=omml.to_latex(formula), math=True)


def _bullet(paragraph: Any) -> str:
    """ "char", "number" or "none" as written in the paragraph itself; "" if it follows the layout."""
    properties = paragraph._p.find(_A + "pPr")
    if properties is None:
        return "char" if paragraph.level else ""
    for child in properties:
        found = {"buchar": "char", "bublip": "char", "buautonum": "number", "bunone": "none"}.get(tag(child))
        if found:
            return found
    return "char" if paragraph.level else ""


def _cell(cell: Any) -> Cell:
    runs = [run for one in cell.text_frame.paragraphs for run in (*_runs(one), Run(text=" "))]
    if cell.is_merge_origin:
        return Cell(text=to_inline(runs), columns=cell.span_width, rows=cell.span_height)
    return Cell(text=to_inline(runs))


def _x_values(plot: Any) -> list[str]:
    """Where a scatter chart has points; such a chart has no categories."""
    series = next(iter(plot.series), None)
    place = next((one for one in series._element if tag(one) == "xval"), None) if series is not None else None
    return [one.text or "" for one in place.iter() if tag(one) == "v"] if place is not None else []


def _number(value: Any) -> str:
    if value is None:
        return ""
    return literal(f"{value:.6g}" if isinstance(value, float) else str(value))
