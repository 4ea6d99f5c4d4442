"""A PDF's pages put together: regions and lines in reading order, made into sections and blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scenewright.documents.code import code_block
from scenewright.documents.grid import Row, is_cut, table
from scenewright.documents.outliner import Outliner
from scenewright.documents.pdf import furniture
from scenewright.documents.pdf.flow import Line, columns, lines, segments
from scenewright.documents.pdf.headings import Headings, normal
from scenewright.documents.pdf.paragraphs import Paragraph, paragraphs
from scenewright.documents.pdf.regions import figures, grids
from scenewright.documents.pdf.tables import aligned, rows_of
from scenewright.documents.pdf.text import runs_of
from scenewright.documents.pdf.values import Box, Page, Segment
from scenewright.documents.pictures import Pictures
from scenewright.documents.reading import Limits
from scenewright.documents.runs import Run, literal, squash, to_inline
from scenewright.domain.document import Image, Inline

_NUMBER = r"\s*(?:[A-Z]?[\d.\-]*\d|[A-Z]|[IVX]+)\b"
_FIGURE = re.compile(rf"^(?:figure|fig\.?|abbildung|abb\.|bild|图|圖){_NUMBER}(?P<mark>\s*[:.–—|：])?", re.I)
_TABLE = re.compile(rf"^(?:table|tab\.|tabelle|表){_NUMBER}(?P<mark>\s*[:.–—|：])?", re.I)
_CONTENTS = re.compile(r"^(?:(?:table of )?contents|list of (?:figures|tables)|inhalt(?:sverzeichnis)?|目\s*录)$", re.I)
_MARK = re.compile(
    r"^(?:[•‣◦▪●○■□∙⁃➢➤►▶✓✔–—*·\uf0b7\uf0a7\uf076\u2212-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s+"
)
_SCALE = 2.5  # pixels for each point when a region is drawn


@dataclass(kw_only=True)
class Region:
    """A table (`rows`) or a figure; `caption` is found later."""

    page: int
    box: Box
    rows: Sequence[Row] = ()
    header: int = 0
    caption: Inline = ""


Item = Paragraph | Region


class Assembly:
    """Run once. `title` is what the first page shows as the document's title, "" if nothing stands out."""

    def __init__(
        self,
        pages: Sequence[Page],
        outline: Mapping[str, int],
        out: Outliner,
        limits: Limits,
        pictures: Pictures,
        open_page: Callable[[int], Any],
    ) -> None:
        self.title: Inline = ""
        self._pages, self._out, self._limits, self._pictures = pages, out, limits, pictures
        self._open_page = open_page
        self._body = _body_size(pages)
        self._hyphenated = _hyphenated(pages)
        self._outline = outline
        self._items: list[Inline] = []
        self._ordered = False

    def run(self) -> None:
        groups = [_groups(page, self._body) for page in self._pages]
        found = [[line for group in page for line in group if isinstance(line, Line)] for page in groups]
        keys = furniture.running(self._pages, found)
        headings = Headings([line for page in found for line in page], self._body, self._outline)
        items: list[Item] = []
        for page, page_groups in zip(self._pages, groups, strict=True):
            for group in page_groups:
                kept = [one for one in group if isinstance(one, Region) or not furniture.is_running(page, one, keys)]
                items += _in_order(kept, page.number, headings)
        items = self._captioned(self._take_title(_without_contents(items)))
        for item in _joined(items):
            self._emit(item)
        self._end_list()

    def _take_title(self, items: list[Item]) -> list[Item]:
        """The largest heading at the top of the first page, if no other heading is as large."""
        first = self._pages[0].number if self._pages else 1
        heads = [one for one in items if isinstance(one, Paragraph) and one.sort == "heading"]
        opening = [one for one in heads if one.page == first]
        if not opening:
            return items
        top = max(opening, key=lambda one: one.lines[0].size)
        size = top.lines[0].size
        rivals = [one for one in heads if one is not top and one.lines[0].size > size - 0.5]
        if size < 1.2 * self._body or rivals or normal(self._text(top)) in self._outline:
            return items
        self.title = to_inline([Run(text=re.sub(r"[∗*†‡]+$", "", " ".join(line.text for line in top.lines)))])
        return [one for one in items if one is not top]

    def _captioned(self, items: list[Item]) -> list[Item]:
        """Captions go to the figure before them or the table after them, or else to the other neighbour."""
        taken: set[int] = set()
        for index, item in enumerate(items):
            if isinstance(item, Region) or item.sort != "prose":
                continue
            is_figure = bool(_FIGURE.match(item.lines[0].text))
            if not self._is_caption(item):
                continue
            for step in (-1, 1, -2, 2) if is_figure else (1, -1, 2, -2):
                other = items[index + step] if 0 <= index + step < len(items) else None
                if isinstance(other, Region) and not other.caption and other.page == item.page:
                    if is_figure and other.rows:
                        continue
                    other.caption = self._text(item)
                    taken.add(index)
                    break
        return [item for index, item in enumerate(items) if index not in taken]

    def _is_caption(self, item: Paragraph) -> bool:
        """ "Figure 1: ...", and "Figure 1 ..." if it is set apart: smaller, or with its number in bold."""
        first = item.lines[0]
        found = _FIGURE.match(first.text) or _TABLE.match(first.text)
        if not found:
            return False
        return bool(found["mark"]) or first.size < 0.95 * self._body or first.words[0].face.bold

    def _emit(self, item: Item) -> None:
        if isinstance(item, Region) or item.sort not in ("item", "note"):
            self._end_list()
        if isinstance(item, Region):
            self._region(item)
            return
        match item.sort:
            case "heading":
                self._out.heading(item.level, to_inline(runs_of([one.words for one in item.lines], plain=True)))
            case "code":
                if block := code_block(_code(item.lines)):
                    self._out.add(block)
            case "formula":
                self._formula(item)
            case "note":
                self._out.note(self._text(item))
            case "table":
                self._aligned(item)
            case "item":
                self._item(item)
            case _:
                self._out.prose(self._text(item))

    def _region(self, region: Region) -> None:
        if region.rows:
            if is_cut(region.rows, self._limits):
                self._out.warn(f"A table of {len(region.rows):,} rows was shortened.")
            if block := table(region.rows, self._limits, headers=region.header, caption=region.caption):
                self._out.add(block)
            return
        asset = self._draw(region.page, region.box.grown(3))
        if asset:
            self._out.add(Image(asset=asset, caption=region.caption))
        else:
            self._out.prose(region.caption)

    def _formula(self, item: Paragraph) -> None:
        """The file knows where its symbols stand and not what they mean, so the formula is kept as a picture."""
        text = re.sub(r"[\ue000-\uf8ff\ufffd]", "", squash(" ".join(line.text for line in item.lines))).strip()
        room = len(self._pictures.assets) < self._limits.max_images * 2 // 3  # the rest is for figures
        asset = self._draw(item.page, item.box.grown(4)) if room else None
        if asset:
            self._out.add(Image(asset=asset, alt=text[:300]))
        else:
            self._out.prose(literal(text))

    def _aligned(self, item: Paragraph) -> None:
        rows = [row for _, row in aligned(item.lines)]
        if block := table(rows, self._limits, headers=1 if item.lines[0].bold else 0):
            self._out.add(block)

    def _item(self, item: Paragraph) -> None:
        text = _MARK.sub("", re.sub(r"^\\\*", "*", self._text(item)))
        if self._items and item.ordered != self._ordered:
            self._end_list()
        self._ordered = item.ordered
        self._items.append(text)

    def _end_list(self) -> None:
        self._out.listing(self._items, ordered=self._ordered)
        self._items = []

    def _text(self, item: Paragraph) -> Inline:
        return to_inline(runs_of([line.words for line in item.lines], hyphenated=self._hyphenated))

    def _draw(self, number: int, box: Box) -> str | None:
        page = self._open_page(number)
        try:
            width, height = page.get_size()
            crop = (max(box.x0, 0), max(height - box.bottom, 0), max(width - box.x1, 0), max(box.top, 0))
            if width - crop[0] - crop[2] < 4 or height - crop[1] - crop[3] < 4:
                return None
            scale = min(_SCALE, self._limits.max_image_side / max(box.width, box.height, 1))
            image = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
            is_blank = all(low == high for low, high in image.getextrema())
            return None if is_blank else self._pictures.add_image(image)
        finally:
            page.close()


def _groups(page: Page, body: float) -> list[list[Line | Region]]:
    """The columns of a page in reading order, with tables and figures in their places."""
    regions: list[Region] = []
    for grid in grids(page):
        rows, header = rows_of(grid, page.words)
        if rows:
            regions.append(Region(page=page.number, box=grid.box, rows=rows, header=header))
    boxes = [region.box for region in regions]
    regions += [Region(page=page.number, box=box) for box in figures(page, boxes, body)]
    words = [word for word in page.words if not any(one.box.grown(1).holds(word.box) for one in regions)]
    stand_ins = [Segment(words=(), box=one.box, base=one.box.bottom, size=body) for one in regions]
    places = {id(stand_in): region for stand_in, region in zip(stand_ins, regions, strict=True)}
    out: list[list[Line | Region]] = []
    for group in columns([*segments(words), *stand_ins]):
        here: list[Line | Region] = [places[id(one)] for one in group if id(one) in places]
        here += lines([one for one in group if id(one) not in places])
        out.append(sorted(here, key=lambda one: one.box.top if isinstance(one, Region) else one.base))
    return out


def _in_order(group: Sequence[Line | Region], page: int, headings: Headings) -> list[Item]:
    """The paragraphs between the regions of a column."""
    out: list[Item] = []
    run: list[Line] = []
    for one in [*group, None]:
        if isinstance(one, Line):
            run.append(one)
            continue
        out += paragraphs(run, page, headings)
        run = []
        if one is not None:
            out.append(one)
    return out


def _joined(items: Sequence[Item]) -> list[Item]:
    """A paragraph that goes on in the next column or page is one paragraph, also around a figure; so is code."""
    out: list[Item] = []
    for item in items:
        last = next((one for one in reversed(out[-3:]) if isinstance(one, Paragraph) and one.sort != "note"), None)
        if isinstance(item, Paragraph) and last is not None and _goes_on(last, item):
            place = next(index for index, one in enumerate(out) if one is last)
            out[place] = replace(last, lines=(*last.lines, *item.lines), ended=item.ended)
        else:
            out.append(item)
    return out


def _goes_on(last: Paragraph, item: Paragraph) -> bool:
    if item.sort != "prose" or last.sort not in ("prose", "item") or last.ended:
        return False
    if (item.page, item.lines[0].box.top) > (last.page, last.lines[-1].box.top) and item.page == last.page:
        same_column = item.lines[0].box.x0 < last.box.x1 and last.box.x0 < item.lines[0].box.x1
        if same_column:
            return False
    return abs(last.lines[-1].size - item.lines[0].size) < 0.6 and item.lines[0].text[:1].islower()


def _without_contents(items: Sequence[Item]) -> list[Item]:
    """Drops tables of contents: after such a heading, everything up to the first heading without a page number."""
    out: list[Item] = []
    inside = False
    for item in items:
        if isinstance(item, Paragraph) and item.sort == "heading":
            text = item.lines[-1].text.strip()
            if _CONTENTS.match(text):
                inside = True
                continue
            inside = inside and bool(re.search(r"\s\d+$", text))
        if inside and isinstance(item, Paragraph):
            listed = sum(1 for line in item.lines if re.search(r"\s[\divxlc]+$", line.text))
            if listed * 3 >= len(item.lines) or item.sort == "heading":
                continue
            inside = False
        out.append(item)
    return out


def _code(found: Sequence[Line]) -> str:
    """Lines of code with their indentation and empty lines, told from where they stand."""
    widths = [word.box.width / len(word.text) for line in found for word in line.words if len(word.text) > 2]
    step = sorted(widths)[len(widths) // 2] if widths else found[0].size * 0.6
    left = min(line.box.x0 for line in found)
    out: list[str] = []
    last: Line | None = None
    for line in found:
        gap = line.base - last.base if last else 0.0
        if last and (gap > 1.8 * line.size or gap < 0):
            out.append("")
        text, end = "", left
        for word in line.words:
            column = round((word.box.x0 - left) / max(step, 0.5))
            apart = bool(text) and word.box.x0 - end > 0.4 * step
            text += " " * max(column - len(text) if apart or not text else 0, int(apart)) + word.text
            end = word.box.x1
        out.append(text)
        last = line
    return "\n".join(out)


def _body_size(pages: Sequence[Page]) -> float:
    """The size in which most characters are set."""
    sizes = Counter[float]()
    for page in pages:
        for word in page.words:
            if not (word.face.mono or word.face.math):
                sizes[word.face.size] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _hyphenated(pages: Sequence[Page]) -> set[str]:
    """Words that are written with a hyphen inside a line somewhere."""
    found = (
        word.text.casefold().strip(".,;:()[]\"'") for page in pages for word in page.words if "-" in word.text[1:-1]
    )
    return {word for word in found if re.fullmatch(r"[^\W\d_]+-[^\W\d_]+", word)}
