"""Which lines are headings, and how deep."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scenewright.documents.pdf.flow import Line

_NUMBER = re.compile(
    r"^(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})|(?P<letter>[A-Z](?:\.\d{1,2}){0,3})|(?P<roman>[IVX]{1,5}\.))\.?\s+(?=\S*[^\W\d_])"
)
_CHAPTER = re.compile(
    r"^(?:chapter|part|kapitel|teil|appendix|anhang)\s+[\dA-Z]+|^第\s*[\d一二三四五六七八九十百]+\s*[章部]", re.I
)
_KNOWN = re.compile(
    r"^(?:abstract|introduction|conclusions?|references|acknowledge?ments?|bibliography|zusammenfassung|einleitung|"
    r"literatur|inhaltsverzeichnis|摘要|参考文献|引言|结论)\.?$",
    re.I,
)
_CONTACT = re.compile(r"\S@\S|https?:|www\.| at \S+\.\S+$")
_MAX = 180  # characters of a heading

Style = tuple[float, bool]


class Headings:
    """Learns from the document's outline and from numbered headings what its heading styles mean.

    `body`: size of the running text, points. `outline`: normalised title -> level from 1, from the file's bookmarks.
    """

    def __init__(self, lines: Sequence[Line], body: float, outline: Mapping[str, int]) -> None:
        self.body = body
        self._outline = outline
        self._levels: dict[Style, int] = {}
        self._learn(lines)

    def is_heading(self, line: Line, *, gap: float, leading: float, next_line: Line | None) -> bool:
        """`gap`: from the baseline above, points; infinite at the top of a column."""
        text = line.text.strip()
        in_parts = len(line.segments) > 1 and not re.fullmatch(r"[\dA-Z.]{1,8}", line.segments[0].words[0].text)
        if in_parts or _CONTACT.search(text):
            return False
        if line.mono or len(text) > _MAX or sum(char.isalpha() for char in text) < 2 or line.math > 0.3:
            return False
        apart = gap > 1.25 * leading
        if self._outline.get(normal(text)) and (line.bold or line.size > 1.05 * self.body or apart):
            return True
        if line.size > 1.13 * self.body:
            return not re.search(r"[,;]$", text) and (apart or line.size > 1.3 * self.body or bool(_NUMBER.match(text)))
        if _KNOWN.match(text) and (line.bold or text.isupper() or apart):
            return True
        if not self._strong(line) or line.size < 0.95 * self.body:
            return False
        if text.endswith((".", ",", ";", ":")) and not _NUMBER.match(text):
            return False
        followed = next_line is not None and self._strong(next_line) and next_line.box.width > 0.9 * line.box.width
        return apart and len(text) <= 100 and not followed

    def continues(self, last: Line, line: Line, gap: float) -> bool:
        """A heading of several lines."""
        same = abs(last.size - line.size) < 0.4 and last.bold == line.bold
        return same and gap < 1.7 * line.size and not _NUMBER.match(line.text) and not _CHAPTER.match(last.text)

    def level(self, lines: Sequence[Line]) -> int:
        text = " ".join(line.text for line in lines)
        known = self._outline.get(normal(text)) or self._outline.get(normal(lines[0].text))
        return known or _depth(text) or self._levels.get(_style(lines[0])) or self._rank(_style(lines[0]))

    def _strong(self, line: Line) -> bool:
        capitals = line.text.isupper() and len(line.text) >= 4
        return line.bold or (capitals and bool(_NUMBER.match(line.text)))

    def _learn(self, lines: Sequence[Line]) -> None:
        votes: dict[Style, list[int]] = {}
        for line in lines:
            if len(line.text) > _MAX or line.mono or not (line.bold or line.size > 1.05 * self.body):
                continue
            depth = self._outline.get(normal(line.text)) or _depth(line.text)
            votes.setdefault(_style(line), []).append(depth)
        for style, depths in votes.items():
            known = [depth for depth in depths if depth]
            if known and (style[0] > 1.05 * self.body or len(known) * 2 >= len(depths)):
                self._levels[style] = max(set(known), key=known.count)
        self._sizes = sorted({size for size, _ in votes if size > 1.05 * self.body}, reverse=True)

    def _rank(self, style: Style) -> int:
        """An unknown style: below the smallest known style that is larger, above what is smaller."""
        larger = [level for (size, _), level in self._levels.items() if size > style[0]]
        if larger:
            return min(max(larger) + 1, 5)
        smaller = [level for (size, _), level in self._levels.items() if size <= style[0]]
        if smaller:
            return max(1, min(smaller) - 1) if style[0] > self.body * 1.05 else min(smaller)
        return min(1 + sum(1 for size in self._sizes if size > style[0] * 1.04), 4)


def normal(text: str) -> str:
    """A heading's words without its number, for comparison with bookmarks."""
    return re.sub(r"[\W_]+", "", _NUMBER.sub("", text.strip()).casefold())


def _depth(text: str) -> int:
    if _CHAPTER.match(text):
        return 1
    found = _NUMBER.match(text)
    if not found:
        return 0
    return (found["number"] or found["letter"] or "").count(".") + 1


def _style(line: Line) -> Style:
    return round(line.size * 2) / 2, line.bold
