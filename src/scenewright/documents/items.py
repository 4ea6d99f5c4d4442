"""Items of lists: lists inside items made part of them, boxes of task lists taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.domain.document import Inline
from scenewright.text import inline

Entry = tuple[int, Inline]
"""How deep an item stands, from 0, and its text."""

_SHORT = 160  # characters; a bullet with its sub-items up to this length is read at one glance
_DEEPEST = 8
_BOX = re.compile(r"^\[[ xX✓✔]\]\s+(?=\S)")
_SENTENCE = re.compile(r"[.!?…。！？][\"”’)\]」』]*$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def without_box(item: Inline) -> Inline:
    """The item without the "[x]" of a task list."""
    return _BOX.sub("", item)


def unnested(entries: Sequence[Entry], *, ordered: bool) -> list[Inline]:
    """One flat list of items.

    Steps stay steps: what stands under one becomes part of its text. Bullets under a bullet do so while that is
    short, and otherwise follow it as items of their own.
    """
    capped = [(min(level, _DEEPEST), without_box(text)) for level, text in entries]
    return _flat(capped, whole=ordered)


def _flat(entries: Sequence[Entry], *, whole: bool) -> list[Inline]:
    out: list[Inline] = []
    for item, below in _groups(entries):
        parts = _flat(below, whole=True)
        if not (item and parts):
            out += [item, *parts] if item else parts
            continue
        folded = _folded(item, parts)
        out += [folded] if whole or len(folded) <= _SHORT else [item, *_flat(below, whole=False)]
    return out


def _groups(entries: Sequence[Entry]) -> list[tuple[Inline, list[Entry]]]:
    """Each item with all that stands deeper and before the next one as deep."""
    out: list[tuple[Inline, list[Entry]]] = []
    top = 0
    for level, text in entries:
        if out and level > top:
            out[-1][1].append((level, text))
        else:
            top = level
            out.append((text, []))
    return out


def _folded(item: Inline, parts: Sequence[Inline]) -> Inline:
    """ "Do this: a; b", "Do this (a; b).", or, if the parts are sentences, "Do this. A. B." """
    words = inline.plain(item)
    wide = bool(_CJK.search(words))
    colon, semicolon, space = ("：", "；", "") if wide else (": ", "; ", " ")
    sentences = all(_SENTENCE.search(inline.plain(part)) for part in parts)
    if sentences:
        tail = space.join(parts)
        return item + space + tail if _SENTENCE.search(words) or words.endswith((":", "：")) else item + colon + tail
    tail = semicolon.join(part.rstrip(",;，；、") for part in parts)
    if words.endswith((":", "：")):
        return item + space + tail
    opening, closing = ("（", "）") if wide else (" (", ")")
    if item.endswith((".", "。")) and not item.endswith(("...", "\\.")):
        return f"{item[:-1]}{opening}{tail.rstrip('.。')}{closing}{item[-1]}"
    if _SENTENCE.search(words) or ":" in words or "：" in words:
        return item.rstrip(",;，；") + opening + tail + closing
    return item.rstrip(",;，；") + colon + tail
