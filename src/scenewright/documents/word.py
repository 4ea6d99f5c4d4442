"""Word documents (.docx) to documents. Read from the XML itself, which keeps equations, merged cells and captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scenewright.documents import omml
from scenewright.documents.code import code_block
from scenewright.documents.grid import Cell, is_cut, table
from scenewright.documents.items import Entry, unnested
from scenewright.documents.mathml import tag
from scenewright.documents.outliner import Outliner
from scenewright.documents.package import Package
from scenewright.documents.pictures import Pictures, alt_text
from scenewright.documents.reading import Limits
from scenewright.documents.runs import Run, to_inline
from scenewright.documents.webpage import bcp47
from scenewright.documents.wordstyles import Style, Styles, W, is_on, value
from scenewright.domain.document import Document, Image, Inline, Table
from scenewright.domain.errors import BadInput

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main",)
_CAPTION = re.compile(r"(?:figure|fig\.|table|listing|abbildung|abb\.|tabelle|tab\.|图|表)\s*\d", re.I)
_LONG_HEADING = 200  # characters; a longer paragraph in a heading's style is text
_DEPTH = 12  # tables inside tables


def read_docx(data: bytes, name: str, limits: Limits, pictures: Pictures) -> tuple[Document, list[str]]:
    """The document and warnings. Raises: BadInput: if it is damaged, hostile or empty."""
    package = Package(data, name, limits)
    part = _main_part(package)
    root = package.xml(part)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise BadInput(f"{name} is not a usual .docx file inside; open it in a word processor and save it anew.")
    out = Outliner(limits)
    reader = _Reader(package, part, out, limits, pictures)
    reader.body(body)
    title, language = _declared(package)
    return out.finish(name=name, title=reader.title or title, language=language), out.warnings


def _main_part(package: Package) -> str:
    for target in package.relations("").values():
        if re.fullmatch(r"word/document\d*\.xml", target):
            return target
    return "word/document.xml"


def _declared(package: Package) -> tuple[Inline, str]:
    core = package.xml("docProps/core.xml")
    values = {tag(one): (one.text or "").strip() for one in core.iter()} if core is not None else {}
    title = values.get("title", "")
    generic = re.fullmatch(r"(?i)(?:untitled|document\s?\d*|microsoft word.*|word document|.*\.docx?)?", title)
    return "" if generic else to_inline([Run(text=title)]), bcp47(values.get("language", ""))


class _Reader:
    def __init__(self, package: Package, part: str, out: Outliner, limits: Limits, pictures: Pictures) -> None:
        self.title: Inline = ""
        self._package, self._out, self._limits, self._pictures = package, out, limits, pictures
        self._links = package.relations(part)
        folder = part.rsplit("/", 1)[0] + "/" if "/" in part else ""
        self._styles = Styles(package.xml(folder + "styles.xml"), package.xml(folder + "numbering.xml"))
        self._notes = {
            **_notes(package.xml(folder + "footnotes.xml"), "footnote"),
            **_notes(package.xml(folder + "endnotes.xml"), "endnote"),
        }
        self._items: list[Entry] = []
        self._ordered = False
        self._code: list[str] = []
        self._caption: Inline = ""  # a caption that waits for the table under it
        self._images: list[tuple[str, str]] = []  # asset and alt text, found in the paragraph at hand
        self._image: tuple[str, str] | None = None  # waits for the caption under it

    def body(self, element: Any) -> None:
        for child in _blocks(element, 0):
            if tag(child) == "p":
                self._paragraph(child)
            else:
                self._flush()
                self._table(child)
        self._flush()
        self._settle()

    def _paragraph(self, paragraph: Any) -> None:
        style = self._styles.of(value(paragraph, "pPr", "pStyle"))
        if style.role == "toc":
            return
        if style.role == "code":
            self._flush_items()
            self._settle()
            self._code.append(_verbatim(paragraph))
            return
        displays = [one for one in paragraph.iter() if tag(one) == "omathpara"]
        runs = list(self._runs(paragraph))
        text = to_inline(runs)
        if not displays and (lone := _lone_formula(runs)):
            displays, text = [lone], ""
        self._text(paragraph, style, text)
        for display in displays:
            self._flush()
            self._out.formula(display if isinstance(display, str) else omml.to_latex(display))
        self._show_images()

    def _text(self, paragraph: Any, style: Style, text: Inline) -> None:
        if not text:
            return
        level = self._heading_level(paragraph, style, text)
        numbering = value(paragraph, "pPr", "numPr", "numId") or style.numbering
        is_item = style.role == "list" or (numbering not in ("", "0") and not level)
        if not is_item:
            self._flush()
        if style.role == "caption" or (_CAPTION.match(text) and self._image and len(text) < 400):
            self._captioned(text)
        elif is_item:
            self._item(paragraph, style, numbering, text)
        elif style.role == "title" and not self.title:
            self.title = text
        elif level:
            self._settle()
            self._out.heading(level, text)
        else:
            self._settle()
            (self._out.quote if style.role == "quote" else self._out.prose)(text)

    def _heading_level(self, paragraph: Any, style: Style, text: Inline) -> int:
        if len(text) > _LONG_HEADING:
            return 0
        outline = value(paragraph, "pPr", "outlineLvl")
        if style.role == "heading":
            return style.level
        return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0

    def _item(self, paragraph: Any, style: Style, numbering: str, text: Inline) -> None:
        self._flush_code()
        self._settle()
        written = value(paragraph, "pPr", "numPr", "ilvl")
        level = int(written) if written.isdigit() else style.level
        if not self._items:
            self._ordered = self._styles.is_ordered(numbering, level)
        self._items.append((level, text))

    def _captioned(self, text: Inline) -> None:
        if self._image:
            asset, alt = self._image
            self._image = None
            self._out.add(Image(asset=asset, alt=alt, caption=text))
        else:
            self._caption = text

    def _show_images(self) -> None:
        for image in self._images:
            self._flush()
            self._settle()
            self._image = image
        self._images = []

    def _settle(self) -> None:
        """A picture without a caption, a caption without its table."""
        if self._image:
            self._out.add(Image(asset=self._image[0], alt=self._image[1]))
        self._out.prose(self._caption)
        self._image, self._caption = None, ""

    def _flush(self) -> None:
        self._flush_items()
        self._flush_code()

    def _flush_items(self) -> None:
        self._out.listing(unnested(self._items, ordered=self._ordered), ordered=self._ordered)
        self._items = []

    def _flush_code(self) -> None:
        if block := code_block("\n".join(self._code)):
            self._out.add(block)
        self._code = []

    def _table(self, element: Any) -> None:
        rows = [list(_cells(row)) for row in element.iter(W + "tr") if _table_of(row) is element]
        if _is_layout(element, rows):
            for row in rows:
                for cell in row:
                    self.body(cell)
            return
        caption, self._caption = self._caption, ""
        self._settle()
        grid = self._grid(rows)
        if is_cut(grid, self._limits):
            self._out.warn(f"A table of {len(grid):,} rows was shortened.")
        headers = sum(1 for row in element.iter(W + "tr") if is_on(row, "trPr", "tblHeader"))
        block = table(grid, self._limits, headers=headers or (1 if len(grid) > 1 else 0), caption=caption)
        if isinstance(block, Table):
            self._out.add(block)
        self._show_images()

    def _grid(self, rows: list[list[Any]]) -> list[list[Cell]]:
        """A cell merged downwards is written again in every row with an empty w:vMerge: count those."""
        placed = [_placed(row) for row in rows]
        out: list[list[Cell]] = []
        for number, row in enumerate(placed):
            line: list[Cell] = []
            for column, (cell, width) in row.items():
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(W + "val") != "restart" and number:
                    continue
                height = 1
                while number + height < len(placed) and _continues(placed[number + height].get(column)):
                    height += 1
                runs = [run for p in cell.iter(W + "p") for run in (*self._runs(p), Run(text=" "))]
                line.append(Cell(text=to_inline(runs), columns=width, rows=height if merge is not None else 1))
            out.append(line)
        return out

    def _runs(self, element: Any, depth: int = 0) -> Iterator[Run]:
        """Runs of a paragraph in order. What was deleted, and the code of fields, is left out."""
        for child in element:
            name = tag(child)
            if name == "r":
                yield from self._run(child)
            elif name == "omath":
                yield Run(text=omml.to_latex(child), math=True)
            elif name == "alternatecontent":
                yield from self._runs(child[0], depth + 1) if len(child) else ()
            elif name not in ("del", "movefrom", "omathpara", "ppr", "rpr") and depth < 30:
                yield from self._runs(child, depth + 1)

    def _run(self, run: Any) -> Iterator[Run]:
        if is_on(run, "rPr", "vanish"):
            return
        raised = value(run, "rPr", "vertAlign")
        text = "".join(_characters(run))
        if raised in ("superscript", "subscript") and text.strip().isdecimal() and text.isascii():
            digits = "⁰¹²³⁴⁵⁶⁷⁸⁹" if raised == "superscript" else "₀₁₂₃₄₅₆₇₈₉"
            text = text.translate(str.maketrans("0123456789", digits))
        bold, italic = is_on(run, "rPr", "b"), is_on(run, "rPr", "i")
        yield Run(text=text, bold=bold, italic=italic, code=self._styles.is_code_font(run))
        for child in run.iter():
            name = tag(child)
            if name in ("footnotereference", "endnotereference"):
                self._note(name[:-9] + (child.get(W + "id") or ""))
            elif name == "blip":
                self._found_image(child.get(_R + "embed"), run)
            elif name == "imagedata":
                self._found_image(child.get(_R + "id"), run)

    def _note(self, key: str) -> None:
        note = self._notes.pop(key, None)
        if note is not None:
            self._out.note(to_inline(run for p in note.iter(W + "p") for run in (*self._runs(p), Run(text=" "))))

    def _found_image(self, link: str | None, run: Any) -> None:
        data = self._package.read(self._links.get(link or "", ""))
        asset = self._pictures.add(data) if data else None
        if asset and all(asset != seen for seen, _ in self._images):
            described = next((one for one in run.iter() if tag(one) == "docpr"), None)
            alt = (described.get("descr") or "") if described is not None else ""
            self._images.append((asset, alt_text(alt)))


def _blocks(element: Any, depth: int) -> Iterator[Any]:
    """Paragraphs and tables in order, through content controls and tracked insertions; text boxes after theirs."""
    for child in element:
        name = tag(child)
        if name in ("p", "tbl"):
            yield child
        if name == "p":
            for box in child.iter(W + "txbxContent"):
                if tag(box.getparent().getparent()) != "fallback" and depth < _DEPTH:
                    yield from _blocks(box, depth + 1)
        elif name in ("sdt", "sdtcontent", "ins", "customxml", "smarttag", "moveto") and depth < _DEPTH:
            yield from _blocks(child, depth + 1)


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        name = tag(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield "\n" if name == "br" else " "
        elif name == "nobreakhyphen":
            yield "-"
        elif name == "sym":
            yield "•" if (child.get(W + "font") or "").lower() in ("symbol", "wingdings") else ""


def _verbatim(paragraph: Any) -> str:
    out = []
    for run in paragraph.iter(W + "r"):
        for child in run:
            out.append({"t": child.text or "", "tab": "    ", "br": "\n", "cr": "\n"}.get(tag(child), ""))
    return "".join(out)


def _lone_formula(runs: list[Run]) -> str:
    """The LaTeX of a paragraph that holds nothing but one formula."""
    kept = [run for run in runs if run.text.strip()]
    return kept[0].text if len(kept) == 1 and kept[0].math else ""


def _notes(root: Any, name: str) -> dict[str, Any]:
    if root is None:
        return {}
    return {name + (one.get(W + "id") or ""): one for one in root.iter(W + name) if one.get(W + "type") is None}


def _table_of(row: Any) -> Any:
    return next((one for one in row.iterancestors(W + "tbl")), None)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if tag(child) == "tc":
            yield child
        elif tag(child) in ("sdt", "sdtcontent", "ins"):
            yield from _cells(child)


def _is_layout(element: Any, rows: list[list[Any]]) -> bool:
    nested = any(one is not element for one in element.iter(W + "tbl"))
    depth = sum(1 for _ in element.iterancestors(W + "tbl"))
    return (nested or all(len(row) <= 1 for row in rows)) and depth < _DEPTH


def _placed(row: list[Any]) -> dict[int, tuple[Any, int]]:
    """The cells of a row by the column they begin in, with how many columns they span."""
    placed: dict[int, tuple[Any, int]] = {}
    column = 0
    for cell in row:
        span = value(cell, "tcPr", "gridSpan")
        width = min(int(span), 1000) if span.isdecimal() and len(span) < 6 and int(span) else 1
        placed[column] = (cell, width)
        column += width
    return placed


def _continues(placed: tuple[Any, int] | None) -> bool:
    merge = placed[0].find(f"{W}tcPr/{W}vMerge") if placed else None
    return merge is not None and merge.get(W + "val") != "restart"
