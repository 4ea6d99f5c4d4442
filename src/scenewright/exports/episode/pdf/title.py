"""The title page: show, title, credit and author in the middle, a third of the way down."""

from __future__ import annotations

from scenewright.domain.screenplay import Script
from scenewright.exports.episode.pdf.cells import flat, width, wrap
from scenewright.exports.episode.pdf.model import LEFT, PITCH, Line, Page, Paper

START = 15  # line of the first entry
COLUMNS = 40


def title_page(script: Script, paper: Paper) -> Page:
    show, title = flat(script.show).upper(), flat(script.title)
    credit, author = flat(script.credit), flat(script.written_by)
    entries = [(show, 0, True), (f'"{title}"' if show and title else title.upper(), 2, not show)]
    entries += [(credit, 4, False), (author, 2, False)] if author else []
    lines: list[Line] = []
    y = START
    for text, gap, bold in entries:
        y += gap if lines else 0
        for part in wrap(text, COLUMNS)[:8]:  # an endless title must not run off the sheet
            x = LEFT + (paper.columns - width(part)) / 2 * PITCH
            lines.append(Line(x=x, y=y, text=part, role="title", bold=bold))
            y += 1
    return Page(number=0, lines=tuple(lines))
