"""Inline HTML to styled runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from scenewright.documents import mathml
from scenewright.documents.mathml import tag
from scenewright.documents.runs import Run

_SKIPPED_NAMES = (
    "script style noscript template nav button select input textarea iframe object embed audio video canvas svg head "
    "link meta map datalist dialog source track param footer"
)
SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite", "var", "dfn", "address"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_DROPPED_CLASSES = re.compile(
    r"(?:^|\s)(?:headerlink|mw-editsection|anchorjs-link|anchor-link|heading-anchor|zeroclipboard-container|sr-only|"
    r"visually-hidden|footnote-backref|katex-html|MathJax_Preview|mwe-math-fallback-image-\w+|nav-panel|navheader|"
    r"navfooter|navigation|breadcrumbs?|toc|table-of-contents|toctree-wrapper|sphinxsidebar|related|noprint)(?:\s|$)"
)
# bounded, for a page of a million opening brackets would be searched to its end from each of them
_TEX = re.compile(
    r"\\\((?P<inline>(?:(?!\\\().){1,1000}?)\\\)|\\\[(?P<display>.{1,4000}?)\\\]|\$\$(?P<dollars>.{1,4000}?)\$\$", re.S
)
_SUPER = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_SUB = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
MAX_DEPTH = 120


@dataclass(kw_only=True)
class Found:
    """What inline content holds: runs of text, and what cannot stand in a line and follows it."""

    runs: list[Run] = field(default_factory=list)
    displays: list[str] = field(default_factory=list)  # LaTeX of display formulas
    images: list[Any] = field(default_factory=list)  # <img> elements
    notes: list[str] = field(default_factory=list)  # ids of footnotes that are referred to


def is_dropped(element: Any) -> bool:
    """True for what is not part of the text: scripts, forms, navigation, hidden elements, anchors of headings."""
    if tag(element) in SKIPPED or tag(element) == "":
        return not _is_tex_script(element)
    if element.get("hidden") is not None or _DROPPED_CLASSES.search(element.get("class") or ""):
        return True
    if (element.get("aria-hidden") or "").lower() == "true" and tag(element) != "img":
        return True
    return bool(re.search(r"display\s*:\s*none", element.get("style") or "")) and not has_math(element)


def has_math(element: Any) -> bool:
    return any(tag(child) == "math" for child in element.iter())


def add(element: Any, found: Found, style: Run, depth: int = 0) -> None:
    """The content of one inline element and of what is inside it; not its tail."""
    if is_dropped(element):
        return
    name = tag(element)
    if depth > MAX_DEPTH:
        add_text("".join(element.itertext()), found, style)
    elif name == "math" or is_tex(element):
        _math(element, found)
    elif name == "img":
        found.images.append(element)
    elif name in ("br", "wbr"):
        add_text("\n" if name == "br" else "", found, style)
    elif name in ("sup", "sub"):
        _raised(element, found, style, depth)
    elif name == "q":
        add_text("“", found, style)
        children(element, found, style, depth)
        add_text("”", found, style)
    elif name in _CODE:
        text = "".join(element.itertext())
        found.runs.append(replace(style, text=text, code=True))
    else:
        children(element, found, _styled(name, style), depth)


def children(element: Any, found: Found, style: Run, depth: int = 0) -> None:
    add_text(element.text, found, style)
    for child in element:
        add(child, found, style, depth + 1)
        add_text(child.tail, found, style)


def add_text(text: str | None, found: Found, style: Run) -> None:
    """Text with TeX between the delimiters of MathJax taken out as mathematics."""
    end = 0
    text = text or ""
    for match in _TEX.finditer(text):
        found.runs.append(replace(style, text=text[end : match.start()]))
        if match["inline"]:
            found.runs.append(Run(text=match["inline"], math=True))
        else:
            found.displays.append(match["display"] or match["dollars"])
        end = match.end()
    found.runs.append(replace(style, text=text[end:]))


def is_tex(element: Any) -> bool:
    """Elements whose text is TeX: of pandoc, KaTeX, MathJax, and of our own Markdown renderer."""
    classes = (element.get("class") or "").split()
    if tag(element) in ("span", "div", "mjx-container") and {"math", "katex", "katex-display"} & set(classes):
        return True
    return tag(element) == "mjx-container" or _is_tex_script(element)


def is_display(element: Any) -> bool:
    if element.get("display") in ("block", "true") or "mode=display" in (element.get("type") or ""):
        return True
    inner = next((child for child in element.iter() if tag(child) == "math"), None)
    if inner is not None and inner is not element and inner.get("display") == "block":
        return True
    classes = set((element.get("class") or "").split())
    return bool({"display", "katex-display"} & classes) or (tag(element) == "div" and "math" in classes)


def tex_of(element: Any) -> str:
    """The LaTeX of a <math> element or of an element for which `is_tex` holds."""
    inner = next((child for child in element.iter() if tag(child) == "math"), None)
    if inner is not None:
        return mathml.to_latex(inner)
    text = "".join(element.itertext()).strip()
    whole = _TEX.fullmatch(text)
    if whole:
        text = whole["inline"] or whole["display"] or whole["dollars"]
    elif len(text) > 2 and text[0] == text[-1] == "$":
        text = text[1:-1]
    return text.strip()


def _is_tex_script(element: Any) -> bool:
    return tag(element) == "script" and (element.get("type") or "").lower().startswith("math/tex")


def _math(element: Any, found: Found) -> None:
    latex = tex_of(element)
    if is_display(element):
        found.displays.append(latex)
    else:
        found.runs.append(Run(text=latex, math=True))


def _styled(name: str, style: Run) -> Run:
    if name in _BOLD:
        return replace(style, bold=True)
    return replace(style, italic=True) if name in _ITALIC else style


def _raised(element: Any, found: Found, style: Run, depth: int) -> None:
    """Footnote marks go (the note itself is kept); digits become raised ones; the rest stands in the line."""
    link = next((child for child in element.iter() if tag(child) == "a" and (child.get("href") or "")[:1] == "#"), None)
    text = "".join(element.itertext()).strip()
    if link is not None and re.fullmatch(r"\[?(?:\d+|[a-z*†‡]|note \d+)\]?", text):
        found.notes.append(link.get("href")[1:])
        return
    table = _SUPER if tag(element) == "sup" else _SUB
    if text and all(char in table for char in text):
        found.runs.append(replace(style, text="".join(table[char] for char in text)))
    else:
        children(element, found, style, depth)
