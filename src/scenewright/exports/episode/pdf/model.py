"""Pages as values: where each line stands, in inches and lines, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PaperName = Literal["letter", "a4"]

Role = Literal[
    "title",
    "page_number",
    "act",
    "act_end",
    "heading",
    "scene_number",
    "cast",
    "action",
    "shot",
    "character",
    "parenthetical",
    "dialogue",
    "more",
    "transition",
]

PITCH = 0.1  # inches per character
LEADING = 1 / 6  # inches per line
TOP = 1.0  # inches above line 0
LEFT = 1.5  # inches left of column 0


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The sheet, and the text area on it: `columns` characters from `LEFT`, `lines` lines from `TOP`."""

    name: PaperName
    width: float  # inches
    height: float  # inches
    columns: int
    lines: int

    @property
    def right(self) -> float:
        """Where the text ends, in inches from the left edge."""
        return LEFT + self.columns * PITCH


PAPERS: dict[PaperName, Paper] = {
    "letter": Paper(name="letter", width=8.5, height=11.0, columns=60, lines=54),
    "a4": Paper(name="a4", width=210 / 25.4, height=297 / 25.4, columns=57, lines=58),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line, or a part of one: its left edge, its place in the grid, and what it says."""

    x: float  # inches from the left edge of the sheet
    y: int  # lines below `TOP`; the page number stands above, at -3
    text: str
    role: Role
    scene: str = ""  # id of the scene it belongs to
    bold: bool = False
    underline: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    number: int  # of the script's pages, from 1; 0 = the title page
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """`pages`: the title page, then the script's."""

    title: str
    author: str
    language: str
    paper: Paper
    pages: tuple[Page, ...]

    @property
    def count(self) -> int:
        """Pages of the script; the title page is not counted."""
        return sum(page.number > 0 for page in self.pages)
