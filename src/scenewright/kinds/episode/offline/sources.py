"""What else an episode is planned from: the person's documents, and the setting that a premise is moved to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenewright.text.sentences import sentences

MOST = 120  # sentences that are read of documents
LONGEST = 240  # characters of a sentence that can be a beat
_MARKS = re.compile(r"(?<!\\)(?:\*\*|[*`$])|\\(?=[*`$\\])")
_WHERE = re.compile(
    r"\b(?P<prep>on|in|at|aboard|inside|under) (?P<what>(?:an?|the) [\w’' -]+?)"
    r"(?= (?:with|where|who|that|which|and|but|in|on|at|of) |[.,;:!?]|$)",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:future|past|present|middle|end|beginning|style|century|year|years|spirit|manner|vein)\b")


@dataclass(frozen=True)
class Setting:
    """ "on a space station": where a premise is moved to."""

    prep: str
    what: str  # with its article

    @property
    def words(self) -> str:
        return f"{self.prep} {self.what}"

    @property
    def name(self) -> str:
        """As a heading may have it: "Space Station"."""
        return self.what.split(" ", 1)[-1].title()


def setting_of(transform: str) -> Setting | None:
    """The place that a wish like "this 1950s sitcom, on a space station" names last; None if it names none."""
    found = [match for match in _WHERE.finditer(" ".join(transform.split())) if not _TIMES.search(match["what"])]
    return Setting(found[-1]["prep"].lower(), found[-1]["what"].lower()) if found else None


def sentences_of(documents: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """What documents tell, sentence by sentence, in their order: prose, lists and quotations, without their marks."""
    return list(_sentences(documents))[:MOST]


def _sentences(documents: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for document in documents:
        for section in document.get("sections") or ():
            for block in section.get("blocks") or ():
                yield from _told(block)


def _told(block: Mapping[str, Any]) -> Iterator[str]:
    texts = block.get("items") or () if block.get("type") == "list" else (block.get("text") or "",)
    if block.get("type") in ("prose", "quote", "list"):
        for text in texts:
            for each in sentences(_MARKS.sub("", text), "en"):
                if len(each.split()) > 2 and len(each) <= LONGEST:
                    yield " ".join(each.split())
