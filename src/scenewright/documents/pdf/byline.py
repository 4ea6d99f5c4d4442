"""What stands between a title and the text: authors, where they work, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.documents.pdf.captions import Item, Region

_ENDED = re.compile(r"[.!?:。！？：][\"”’)\]]*$")
_CONTACT = re.compile(
    r"\S@\S|https?://|\b(?:university|universit[äàé]\w*|institut\w*|department|faculty|laborator\w+|college|school of|"
    r"inc\.|gmbh|ltd|orcid|submitted|received|accepted|published|arxiv|preprint|copyright|©)|大学|学院|研究所",
    re.I,
)
_LINE = 160  # characters; longer ones say something
_NOTE = 400  # of an affiliation
_MOST = 8  # paragraphs
_ENOUGH = 500  # characters of other text; a file of less may be nothing but its title page


def without_byline(items: Sequence[Item], page: int) -> list[Item]:
    """Without the short lines that come before the first heading, or the first sentence, of the page."""
    taken: set[int] = set()
    for index, item in enumerate(items):
        if item.page != page or isinstance(item, Region) or item.sort == "heading":
            break
        text = " ".join(line.text for line in item.lines).strip()
        if item.sort == "note":
            continue
        if item.sort not in ("prose", "item", "table") or not _is_byline(text) or len(taken) == _MOST:
            break
        taken.add(index)
    kept = [item for index, item in enumerate(items) if index not in taken]
    rest = sum(len(line.text) for item in kept if not isinstance(item, Region) for line in item.lines)
    return kept if rest >= _ENOUGH else list(items)


def _is_byline(text: str) -> bool:
    if len(text) <= _NOTE and _CONTACT.search(text):
        return True
    return len(text) <= _LINE and not _ENDED.search(text)
