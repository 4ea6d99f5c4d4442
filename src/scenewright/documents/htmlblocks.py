"""HTML elements to sections and blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scenewright.documents import htmlinline as inl
from scenewright.documents.code import alias, code_block
from scenewright.documents.grid import Cell, is_cut, table
from scenewright.documents.htmlinline import Found
from scenewright.documents.items import Entry, unnested
from scenewright.documents.mathml import tag
from scenewright.documents.outliner import Outliner
from scenewright.documents.pictures import alt_text
from scenewright.documents.reading import Limits
from scenewright.documents.runs import Run, literal, to_inline
from scenewright.domain.document import Image, Inline
from scenewright.text import inline

LoadImage = Callable[[str], str | None]
"""From the address of a picture as written to an asset name, or None if it is not kept."""

_HEADING = re.compile(r"h([1-6])")
_BLOCKS_NAMES = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 "
    "h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_NO_LEAD = frozenset(("pre", "table", "figure", "ul", "ol", "dl", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"))
_SPAN_LIMIT = 1000
_SOURCE = re.compile(r"\n\s*(?P<dash>—+|―|–|--+)\s*(?P<name>\w[^\n]{1,150})$")


class Blocks:
    """Walks elements in order and fills an outliner."""

    def __init__(self, out: Outliner, limits: Limits, load_image: LoadImage, notes: dict[str, Any]) -> None:
        self._out = out
        self._limits = limits
        self._load_image = load_image
        self._notes = notes  # id of a footnote -> its element
        self._found = Found()
        self._lead: tuple[list[Entry], bool] | None = None  # a list whose next item is the next paragraph

    def walk(self, element: Any, depth: int = 0) -> None:
        """The content of a block element."""
        if depth > inl.MAX_DEPTH:
            self._out.prose(literal("".join(element.itertext())))
            return
        inl.add_text(element.text, self._found, Run(text=""))
        for child in element:
            self._node(child, depth)
            inl.add_text(child.tail, self._found, Run(text=""))
        self._flush()

    def _node(self, element: Any, depth: int) -> None:
        name = tag(element)
        if inl.is_dropped(element) or _is_title_above(element):
            return
        if inl.is_tex(element) or name == "math" or not self._is_block(element):
            inl.add(element, self._found, Run(text=""), depth)
            return
        self._flush()
        self._block(element, name, depth + 1)
        self._flush()

    def _is_block(self, element: Any) -> bool:
        if tag(element) in _BLOCKS:
            return True
        return any(tag(child) in _BLOCKS for child in element.iter())

    def _block(self, element: Any, name: str, depth: int) -> None:
        if name in _NO_LEAD:
            self._end_lead("")
        if heading := _HEADING.fullmatch(name):
            self._out.heading(int(heading[1]), self._line(element))
        elif element.get("role") == "heading" and (element.get("aria-level") or "2").isdigit():
            self._out.heading(int(element.get("aria-level") or "2"), self._line(element))
        elif name == "pre" or _is_highlight(element):
            self._code(element)
        elif name in ("ul", "ol"):
            self._list(element, depth)
        elif name == "dl":
            self._definitions(element, depth)
        elif name == "table":
            self._table(element, depth)
        elif name == "figure":
            self._figure(element, depth)
        elif name == "blockquote" and not _holds(element, "pre", "table", "h1", "h2", "h3", "figure"):
            self._quote(element, depth)
        elif name == "summary":
            self._out.prose(to_inline([Run(text="".join(element.itertext()), bold=True)]))
        else:
            self.walk(element, depth)

    def _line(self, element: Any) -> Inline:
        """The element's inline content as one line; its pictures and displays follow in the section."""
        inl.children(element, self._found, Run(text=""))
        runs, self._found.runs = self._found.runs, []
        return to_inline(runs)

    def _text(self, element: Any, depth: int) -> Inline:
        """All text below the element in one line: paragraphs and items are joined by spaces."""
        found = Found()
        _gather(element, found, depth)
        self._found.images += found.images
        self._found.notes += found.notes
        runs = [*found.runs, *(Run(text=latex, math=True) for latex in found.displays)]
        return to_inline(runs)

    def _quote(self, element: Any, depth: int) -> None:
        """Who said it, on a last line that begins with a dash or in a footer, stands after " — "."""
        text = self._text(element, depth)
        footers = [literal("".join(one.itertext())) for one in element.iter("footer")]
        if name := " ".join(filter(None, footers)).lstrip("—―–- "):
            self._out.quote(f"{text} — {name}" if text else name)
            return
        self._out.quote(_attributed(text, element))

    def _flush(self) -> None:
        found, self._found = self._found, Found()
        text = to_inline(found.runs)
        if text and self._lead:
            self._end_lead(text)
        else:
            self._out.prose(text)
        for latex in found.displays:
            self._out.formula(latex)
        for image in found.images:
            self._image(image, "")
        for note in found.notes:
            if note in self._notes:
                text = self._text(self._notes[note], 0)
                self._out.note(re.sub(r"^(?:\[?\d+\]?|[\^↑])\s+|\s*↩\ufe0e?$", "", text))

    def _end_lead(self, text: Inline) -> None:
        if self._lead:
            (items, ordered), self._lead = self._lead, None
            self._out.listing(unnested([*items, (0, text)], ordered=ordered), ordered=ordered)

    def _image(self, element: Any, caption: Inline) -> None:
        source = element.get("src") or element.get("data-src") or ""
        asset = self._load_image(source) if source else None
        if asset:
            alt, title = alt_text(element.get("alt") or ""), alt_text(element.get("title") or "")
            caption = caption or (literal(title) if title != alt else "")
            self._out.add(Image(asset=asset, alt=alt, caption=caption))

    def _code(self, element: Any) -> None:
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = "".join(element.itertext())
        names = [element, *element.iterdescendants("code"), *_ancestors(element, 2)]
        language = next(filter(None, (_language(one) for one in names)), "")
        if block := code_block(text, language):
            self._out.add(block)

    def _list(self, element: Any, depth: int) -> None:
        items: list[Entry] = []
        ordered = tag(element) == "ol"
        for item in element:
            if tag(item) == "":
                continue
            if _holds(item, "pre", "table", "h1", "h2", "h3", "h4", "figure") and depth < inl.MAX_DEPTH:
                self._end_lead("")
                self._lead = (items, ordered)
                self.walk(item, depth + 1)
                self._end_lead("")
                items = []
            else:
                self._items(item, items, 0, depth)
        self._out.listing(unnested(items, ordered=ordered), ordered=ordered)
        self._flush()

    def _items(self, item: Any, items: list[Entry], level: int, depth: int) -> None:
        """One item and, after it, the items of the lists inside it."""
        nested = [] if depth > inl.MAX_DEPTH else _nested_lists(item)
        found = Found()
        _gather(item, found, depth, without=nested)
        self._found.images += found.images
        self._found.notes += found.notes
        text = to_inline([*found.runs, *(Run(text=latex, math=True) for latex in found.displays)])
        if text:
            items.append((level, text))
        for inner in nested:
            for child in inner:
                if tag(child):
                    self._items(child, items, level + 1, depth + 1)

    def _definitions(self, element: Any, depth: int) -> None:
        items: list[Inline] = []
        term = ""
        for part in _flat_definitions(element):
            if tag(part) == "dt":
                if term:
                    items.append(term)
                term = to_inline([Run(text=self._plain(part, depth), bold=True)])
            elif _holds(part, "pre", "table", "dl", "ul", "ol", "figure", "h2", "h3", "h4") and depth < inl.MAX_DEPTH:
                self._out.listing(items)
                items = []
                self._out.prose(term)
                term = ""
                self.walk(part, depth + 1)
            else:
                text = self._text(part, depth)
                items.append(f"{term}: {text}" if term and text else term or text)
                term = ""
        if term:
            items.append(term)
        self._out.listing(items)
        self._flush()

    def _plain(self, element: Any, depth: int) -> str:
        found = Found()
        _gather(element, found, depth)
        return "".join(run.text for run in found.runs)

    def _table(self, element: Any, depth: int) -> None:
        rows = _rows(element)
        if _is_layout(element, rows) and depth < inl.MAX_DEPTH:
            for row in rows:
                for cell in row:
                    self.walk(cell, depth + 1)
            return
        caption = next((self._text(child, depth) for child in element if tag(child) == "caption"), "")
        title = _title_above(element)
        if title is not None and not caption:
            caption = self._text(title, depth)
        self._add_table([[self._cell(cell, row, depth) for cell in row] for row in rows], caption)
        self._flush()

    def _cell(self, cell: Any, row: list[Any], depth: int) -> Cell:
        in_head = tag(row[0].getparent().getparent()) == "thead"
        return Cell(
            text=self._text(cell, depth),
            columns=_span(cell, "colspan"),
            rows=_span(cell, "rowspan"),
            heading=in_head or tag(cell) == "th",
        )

    def _add_table(self, rows: list[list[Cell]], caption: Inline) -> None:
        if is_cut(rows, self._limits):
            self._out.warn(f"A table of {len(rows):,} rows was shortened.")
        block = table(rows, self._limits, caption=caption)
        if block and len(block.rows[0]) == 1:  # a callout: an icon, a word and a text
            texts = [text for (text,) in block.rows]
            if head := " ".join(block.header):
                texts[0] = f"**{inline.escape(inline.plain(head))}:** {texts[0]}"
            for text in texts:
                self._out.quote(text)
        elif block:
            self._out.add(block)

    def _figure(self, element: Any, depth: int) -> None:
        caption = next((self._text(child, depth) for child in element.iter("figcaption")), "")
        self._found.images.clear()
        images = list(element.iter("img"))
        if images and not _holds(element, "pre", "table"):
            for image in images:
                self._image(image, caption if image is images[-1] else "")
            return
        tables = list(element.iter("table"))
        if len(tables) == 1 and not _is_layout(tables[0], _rows(tables[0])):
            rows = _rows(tables[0])
            self._add_table([[self._cell(cell, row, depth) for cell in row] for row in rows], caption)
            return
        self.walk(element, depth)


def _gather(element: Any, found: Found, depth: int, without: list[Any] | None = None) -> None:
    """Inline content of everything below, with a space where a block begins."""
    style = Run(text="")
    inl.add_text(element.text, found, style)
    for child in element:
        if not (without and child in without) and not inl.is_dropped(child):
            if (tag(child) in _BLOCKS or (without and _holds(child, "ul", "ol"))) and depth < inl.MAX_DEPTH:
                found.runs.append(Run(text=" "))
                _gather(child, found, depth + 1, without)
                found.runs.append(Run(text=" "))
            else:
                inl.add(child, found, style, depth)
        inl.add_text(child.tail, found, style)


def _attributed(text: Inline, quote: Any) -> Inline:
    """The text of a quote with " — " before who said it, if its last line begins with a dash."""
    for line_break in quote.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    paragraphs = list(quote.iter("p"))
    raw = "\n" + "".join((paragraphs[-1] if paragraphs else quote).itertext()).rstrip()
    found = _SOURCE.search(raw)
    if not found:
        return text
    pieces = text.rsplit(found["dash"], found["name"].count(found["dash"]) + 1)
    said = pieces[0].rstrip()
    return f"{said} — {found['dash'].join(pieces[1:]).lstrip()}" if said else text


def _title_above(element: Any) -> Any:
    """The title that DocBook's pages put before a table, in the same division."""
    division = next((one for one in element.iterancestors("div") if one.get("class") == "table"), None)
    return next((one for one in division if one.get("class") == "title"), None) if division is not None else None


def _is_title_above(element: Any) -> bool:
    parent = element.getparent()
    if element.get("class") != "title" or parent is None or parent.get("class") != "table":
        return False
    return any(tag(one) == "table" for one in parent.iter())


def _nested_lists(item: Any) -> list[Any]:
    """The lists directly inside an item (through paragraphs and divisions, not through other lists)."""
    found: list[Any] = []
    todo = [item]
    while todo:
        for child in todo.pop(0):
            if tag(child) in ("ul", "ol"):
                found.append(child)
            elif tag(child) in ("div", "p", "section"):
                todo.append(child)
    return found


def _holds(element: Any, *names: str) -> bool:
    return any(tag(child) in names for child in element.iterdescendants())


def _ancestors(element: Any, count: int) -> list[Any]:
    return [ancestor for ancestor, _ in zip(element.iterancestors(), range(count), strict=False)]


def _is_highlight(element: Any) -> bool:
    """A table of line numbers and code, as some highlighters write it."""
    return "highlighttable" in (element.get("class") or "")


def _language(element: Any) -> str:
    for name in (element.get("class") or "").split():
        for prefix in ("language-", "lang-", "highlight-source-", "highlight-", "brush:"):
            if name.startswith(prefix) and (found := alias(name[len(prefix) :])):
                return found
    classes = (element.get("class") or "").split()
    return alias(classes[-1]) if "sourceCode" in classes else ""


def _rows(element: Any) -> list[list[Any]]:
    rows = []
    for row in element.iter("tr"):
        inner = next((parent for parent in row.iterancestors("table")), None)
        cells = [cell for cell in row if tag(cell) in ("td", "th")]
        if inner is element and cells:
            rows.append(cells)
    return rows


def _is_layout(element: Any, rows: list[list[Any]]) -> bool:
    """A table used to place things: a single column, or one that holds tables or headings."""
    if element.get("role") in ("presentation", "none") or _holds(element, "table", "h1", "h2", "h3", "h4"):
        return True
    if _holds(element, "pre") and not _holds(element, "th"):
        return True
    return all(len(row) == 1 for row in rows)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _SPAN_LIMIT) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def _flat_definitions(element: Any) -> list[Any]:
    """The <dt> and <dd> of a list; HTML allows groups of them inside <div>."""
    parts: list[Any] = []
    for child in element:
        if tag(child) == "div":
            parts += [inner for inner in child if tag(inner) in ("dt", "dd")]
        elif tag(child) in ("dt", "dd"):
            parts.append(child)
    return parts
