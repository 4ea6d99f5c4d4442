"""A PDF's pages put together: regions and lines in reading order, made into sections and blocks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scenewright.documents.code import code_block
from scenewright.documents.grid import is_cut, table
from scenewright.documents.outliner import Outliner
from scenewright.documents.pdf import furniture
from scenewright.documents.pdf.byline import without_byline
from scenewright.documents.pdf.captions import Item, Region, captioned
from scenewright.documents.pdf.crops import Crops
from scenewright.documents.pdf.flow import Line, columns, lines, segments
from scenewright.documents.pdf.headings import Headings, normal
from scenewright.documents.pdf.paragraphs import Paragraph, paragraphs
from scenewright.documents.pdf.regions import figures, grids
from scenewright.documents.pdf.tables import aligned, rows_of
from scenewright.documents.pdf.text import runs_of
from scenewright.documents.pdf.values import Page, Segment, Word
from scenewright.documents.pictures import Pictures
from scenewright.documents.reading import Limits
from scenewright.documents.runs import Run, literal, squash, to_inline
from scenewright.domain.document import Image, Inline

_CONTENTS = re.compile(r"^(?:(?:table of )?contents|list of (?:figures|tables)|inhalt(?:sverzeichnis)?|目\s*录)$", re.I)
_MARK = re.compile(
    r"^(?:[•‣◦▪●○■□∙⁃➢➤►▶✓✔–—*·\uf0b7\uf0a7\uf076\u2212-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s+"
)
_EQUATION = re.compile(r"\(\s*[A-Z]?\.?\d+(?:\.\d+)*[a-z]?\s*\)$")


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
        self._crops = Crops(open_page, pictures, limits)
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
        items = captioned(self._take_title(_without_contents(items)), self._body, self._text)
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
        return without_byline([one for one in items if one is not top], first)

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
        asset = self._crops.figure(region.page, region.box)
        if asset:
            self._out.add(Image(asset=asset, caption=region.caption))
        else:
            self._out.prose(region.caption)

    def _formula(self, item: Paragraph) -> None:
        """The file knows where its symbols stand and not what they mean, so the formula is kept as a picture."""
        words = [word for line in item.lines for word in line.words]
        number = _number_of(item.lines)
        room = len(self._pictures.assets) < self._limits.max_images * 2 // 3  # the rest is for figures
        page = next(one for one in self._pages if one.number == item.page)
        asset = self._crops.formula(page, [word for word in words if word not in number]) if room else None
        if asset:
            name = "".join(word.text for word in number)
            self._out.add(Image(asset=asset, alt=f"Formula {name}".strip()))
            return
        text = re.sub(r"[\ue000-\uf8ff\ufffd]", "", squash(" ".join(line.text for line in item.lines)))
        self._out.prose(literal(unicodedata.normalize("NFKC", text)))

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


def _number_of(found: Sequence[Line]) -> list[Word]:
    """The words of an equation's number, which stands apart at the end of a line."""
    for line in found:
        words = line.words
        for count in (1, 2, 3):
            tail = words[-count:]
            apart = len(words) > count and tail[0].box.x0 - words[-count - 1].box.x1 > 1.2 * line.size
            if apart and _EQUATION.fullmatch("".join(word.text for word in tail)):
                return tail
        if len(found) > 1 and len(words) <= 3 and _EQUATION.fullmatch("".join(word.text for word in words)):
            return words
    return []


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
        is_cut_in_two = last is not None and len(last.lines) > 1 and isinstance(out[-1], Region)
        if isinstance(item, Paragraph) and last is not None and _goes_on(last, item, is_cut_in_two):
            place = next(index for index, one in enumerate(out) if one is last)
            out[place] = replace(last, lines=(*last.lines, *item.lines), ended=item.ended)
        else:
            out.append(item)
    return out


def _goes_on(last: Paragraph, item: Paragraph, is_cut_in_two: bool) -> bool:
    """`is_cut_in_two`: a figure or table stands between them."""
    if item.sort != "prose" or last.sort not in ("prose", "item") or last.ended:
        return False
    if (item.page, item.lines[0].box.top) > (last.page, last.lines[-1].box.top) and item.page == last.page:
        same_column = item.lines[0].box.x0 < last.box.x1 and last.box.x0 < item.lines[0].box.x1
        if same_column and not is_cut_in_two:
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
