"""What the styles and lists of a Word document mean: headings, captions, code, quotes, bullets and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|标题|標題|見出し)\s*([1-9])", re.I)
_CODE = re.compile(r"code|listing|preformatted|verbatim|macro text|html preformatted|source", re.I)
_QUOTE = re.compile(r"quot|zitat|citation|block text", re.I)
_CHAIN = 20  # styles may be based on each other; a longer chain is a loop

Role = Literal["title", "heading", "caption", "code", "quote", "list", "toc", ""]


@dataclass(frozen=True, kw_only=True)
class Style:
    role: Role = ""
    level: int = 0  # of a heading, from 1; of a list, from 0
    numbering: str = ""  # id of a list definition


class Styles:
    """Looks styles up by id, following what they are based on."""

    def __init__(self, root: Any, numbering: Any) -> None:
        styles = root.iter(W + "style") if root is not None else ()
        self._styles = {style.get(W + "styleId"): style for style in styles}
        self._formats = _list_formats(numbering)

    def of(self, style_id: str) -> Style:
        numbering = ""
        for _ in range(_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                break
            name = value(style, "name") or style_id
            found = _by_name(name)
            outline = value(style, "pPr", "outlineLvl")
            numbering = numbering or value(style, "pPr", "numPr", "numId")
            if not found.role and outline.isdigit() and int(outline) < 9:
                found = Style(role="heading", level=int(outline) + 1)
            if found.role:
                return Style(role=found.role, level=found.level, numbering=numbering)
            style_id = value(style, "basedOn")
        return Style(numbering=numbering)

    def is_code_font(self, run: Any) -> bool:
        """A run set in a fixed-width font or a style for code."""
        fonts = run.find(f"{W}rPr/{W}rFonts")
        name = (fonts.get(W + "ascii") or "") if fonts is not None else ""
        style = value(run, "rPr", "rStyle")
        return bool(
            re.search(r"courier|consol|mono|menlo|source code|lucida console", name, re.I)
            or (style and re.search(r"code|verbatim|keyboard|sample|typewriter", style, re.I))
        )

    def is_ordered(self, numbering: str, level: int) -> bool:
        return self._formats.get((numbering, level), "bullet") not in ("bullet", "none")


def value(element: Any, *path: str) -> str:
    """The w:val of the element at the path; "" if there is none, "1" if it has no value."""
    found = element.find("/".join(W + name for name in path))
    return "" if found is None else str(found.get(W + "val") or "1")


def is_on(element: Any, *path: str) -> bool:
    """A switch such as w:rPr/w:b."""
    return value(element, *path).lower() not in ("", "0", "false", "off", "none")


def _by_name(name: str) -> Style:
    lower = name.lower()
    if heading := _HEADING.match(lower):
        return Style(role="heading", level=int(heading[1]))
    if lower in ("title", "titel", "titre", "标题"):
        return Style(role="title")
    if lower in ("caption", "beschriftung", "figure caption", "table caption", "image caption", "题注"):
        return Style(role="caption")
    if lower.startswith(("toc ", "table of figures", "toc heading", "verzeichnis", "header", "footer")):
        return Style(role="toc")
    if _CODE.search(lower):
        return Style(role="code")
    if _QUOTE.search(lower):
        return Style(role="quote")
    if lower.startswith(("list bullet", "list number", "list paragraph", "aufzählung", "compact")):
        level = re.search(r"(\d)$", lower)
        role: Role = "" if lower.startswith(("list paragraph", "compact")) else "list"
        return Style(role=role, level=int(level[1]) - 1 if level else 0)
    return Style()


def _list_formats(numbering: Any) -> dict[tuple[str, int], str]:
    if numbering is None:
        return {}
    abstract: dict[str, dict[int, str]] = {}
    for one in numbering.iter(W + "abstractNum"):
        levels = {int(lv.get(W + "ilvl") or 0): value(lv, "numFmt") for lv in one.iter(W + "lvl")}
        abstract[one.get(W + "abstractNumId") or ""] = levels
    return {
        (num.get(W + "numId") or "", level): form
        for num in numbering.iter(W + "num")
        for level, form in abstract.get(value(num, "abstractNumId"), {}).items()
    }
