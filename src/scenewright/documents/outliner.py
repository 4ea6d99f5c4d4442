"""Builds a document: headings open sections, everything else is put into the open one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from scenewright.documents.items import without_box
from scenewright.documents.numbering import unnumbered
from scenewright.documents.reading import Limits
from scenewright.domain.document import (
    Code,
    Document,
    DocumentBlock,
    Formula,
    Image,
    Inline,
    Listing,
    Prose,
    Quotation,
    Section,
    Table,
)
from scenewright.domain.errors import BadInput
from scenewright.text import inline

START = "start"
_NUMBERING = re.compile(r"^\s*(?:(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*[.)]?|第[\d一二三四五六七八九十百]+[章节])\s+(?=\S)")


@dataclass(kw_only=True)
class _Open:
    """A section being filled. `level` is the heading's own, not yet made gapless."""

    title: Inline
    level: int
    slug: str = ""  # of the title as it was found
    blocks: list[DocumentBlock] = field(default_factory=list)
    notes: list[Inline] = field(default_factory=list)


class Outliner:
    """Takes headings and blocks in reading order; `finish` gives the document."""

    def __init__(self, limits: Limits) -> None:
        self.warnings: list[str] = []
        self._limits = limits
        self._characters = 0
        self._sections = [_Open(title="", level=0)]

    def heading(self, level: int, title: Inline) -> None:
        """Opens a section; `level` counts from 1, gaps are closed later. An empty title is ignored."""
        if not title:
            return
        if len(self._sections) > self._limits.max_sections:
            raise BadInput(
                f"The document has more than {self._limits.max_sections} headings; split it and use a part of it."
            )
        self._count(len(title))
        self._sections.append(_Open(title=title, level=max(1, level), slug=slug(title)))

    def drop_empty_section(self) -> None:
        """Takes back the last heading if nothing came after it."""
        if len(self._sections) > 1 and not self._sections[-1].blocks and not self._sections[-1].notes:
            self._sections.pop()

    def prose(self, text: Inline) -> None:
        if text:
            self.add(Prose(text=text))

    def quote(self, text: Inline) -> None:
        if text:
            self.add(Quotation(text=text))

    def listing(self, items: Sequence[Inline], *, ordered: bool = False) -> None:
        if kept := tuple(without_box(item) for item in items if item):
            self.add(Listing(items=kept, ordered=ordered))

    def formula(self, latex: str) -> None:
        if latex.strip():
            self.add(Formula(latex=latex.strip()))

    def add(self, block: DocumentBlock) -> None:
        self._count(size_of(block))
        self._sections[-1].blocks.append(block)

    def note(self, text: Inline) -> None:
        """A footnote of the open section; it is listed at the section's end."""
        if text and text not in self._sections[-1].notes:
            self._count(len(text))
            self._sections[-1].notes.append(text)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    @property
    def is_empty(self) -> bool:
        return not any(section.title or section.blocks for section in self._sections)

    def finish(self, *, name: str, title: Inline = "", language: str = "") -> Document:
        """Raises: BadInput: if nothing that can be shown or said was put in."""
        if self.is_empty:
            raise BadInput(f"{name} has no text that can be read; check that it is the right file.")
        for section in self._sections:
            if section.notes:
                section.blocks.append(Listing(items=tuple(section.notes)))
        sections = [section for section in self._sections if section.title or section.blocks]
        sections = _without_title(sections)
        bare_titles = unnumbered([section.title for section in sections])
        for section, bare in zip(sections, bare_titles, strict=True):
            section.title = bare
        found = sections[0].title if sections[0].level == 0 else ""
        if sections[0].level == 0:
            sections[0].title = ""
        if not any(section.title or section.blocks for section in sections):  # there is a title and nothing else
            sections[0].blocks.append(Prose(text=found))
        return Document(
            name=name,
            title=(title or inline.plain(found)).strip(),
            language=language,
            sections=tuple(self._addressed([s for s in sections if s.title or s.blocks])),
        )

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > self._limits.max_characters:
            raise BadInput(
                f"The document has more than {self._limits.max_characters:,} characters; split it and use a part of it."
            )

    def _addressed(self, sections: Sequence[_Open]) -> list[Section]:
        above: list[tuple[int, str]] = []
        taken: set[str] = set()
        out: list[Section] = []
        for section in sections:
            while above and above[-1][0] >= section.level:
                above.pop()
            parent = above[-1][1] + "/" if above else ""
            wanted = parent + section.slug if section.level else START
            depth = min(len(above) + 1, 6) if section.level else 0
            for number, blocks in enumerate(_pieces(section.blocks, self._limits.max_section_characters), start=1):
                address = _free(wanted, taken)
                if number == 1 and section.level:
                    above.append((section.level, address))
                title = section.title if number == 1 or not section.title else f"{section.title} ({number})"
                out.append(Section(id=address, title=title, level=depth, blocks=blocks))
        return out


def slug(title: Inline) -> str:
    """The title as part of an id: lower case words of any script joined by "-", without leading numbering."""
    plain = unicodedata.normalize("NFKC", inline.plain(title))
    bare = _NUMBERING.sub("", plain)
    for text in (bare, plain):
        words = re.sub(r"[^\w]+", "-", text.casefold()).replace("_", "-").strip("-")
        if words:
            return words[:48].strip("-")
    return "section"


def size_of(block: DocumentBlock) -> int:
    """Characters of text in a block."""
    match block:
        case Prose() | Quotation() | Code():
            return len(block.text)
        case Listing():
            return sum(map(len, block.items))
        case Table():
            return sum(len(cell) for row in (block.header, *block.rows) for cell in row) + len(block.caption)
        case Formula():
            return len(block.latex)
        case Image():
            return len(block.alt) + len(block.caption)


def _without_title(sections: list[_Open]) -> list[_Open]:
    """If one heading stands above all others, it is the document's title: what is under it is the start."""
    headed = [section for section in sections if section.level]
    if not headed:
        return sections
    top = headed[0]
    if any(section.level <= top.level for section in headed[1:]):
        return sections
    before = sections[0].blocks if sections[0].level == 0 else []
    start = _Open(title=top.title, level=0, blocks=[*before, *top.blocks])
    return [start, *headed[1:]]


def _pieces(blocks: Sequence[DocumentBlock], most: int) -> list[tuple[DocumentBlock, ...]]:
    """The blocks cut between blocks so that each piece has at most `most` characters, if its blocks allow it."""
    pieces: list[list[DocumentBlock]] = [[]]
    size = 0
    for block in blocks:
        if pieces[-1] and size + size_of(block) > most:
            pieces.append([])
            size = 0
        pieces[-1].append(block)
        size += size_of(block)
    return [tuple(piece) for piece in pieces]


def _free(wanted: str, taken: set[str]) -> str:
    """`wanted`, or the first of wanted-2, wanted-3 ... that is not taken."""
    address, number = wanted, 1
    while address in taken:
        number += 1
        address = f"{wanted}-{number}"
    taken.add(address)
    return address
