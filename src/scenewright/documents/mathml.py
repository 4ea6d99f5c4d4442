"""MathML to LaTeX: the source in an annotation if there is one, otherwise the presentation elements."""

from __future__ import annotations

from typing import Any

from scenewright.documents import symbols

_DEPTH = 60
_TEX = ("application/x-tex", "tex", "latex", "application/x-latex")


def to_latex(math: Any) -> str:
    """`math`: a <math> element, with or without a namespace. Returns LaTeX without delimiters, "" if there is none."""
    for element in math.iter():
        if tag(element) == "annotation" and (element.get("encoding") or "").lower() in _TEX and element.text:
            return _bare(element.text)
    alt = math.get("alttext") or ""
    if "\\" in alt or "^" in alt or "_" in alt:
        return _bare(alt)
    return _row(math, 0).strip()


def tag(element: Any) -> str:
    """The local name, lower case; "" for comments and processing instructions."""
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(element.tag, str) else ""


def _bare(text: str) -> str:
    text = text.strip()
    for mark in ("$$", "$"):
        if len(text) > 2 * len(mark) and text.startswith(mark) and text.endswith(mark):
            text = text[len(mark) : -len(mark)]
    if text.startswith("{\\displaystyle") and text.endswith("}"):
        text = text[len("{\\displaystyle") : -1]
    return text.strip()


def _row(element: Any, depth: int) -> str:
    return symbols.join([_element(child, depth + 1) for child in element])


def _group(element: Any, depth: int) -> str:
    return "{" + _element(element, depth) + "}"


def _base(element: Any, depth: int) -> str:
    latex = _element(element, depth)
    return latex if len(latex) == 1 or (latex.startswith("\\") and latex[1:].isalpha()) else "{" + latex + "}"


def _element(element: Any, depth: int) -> str:
    name = tag(element)
    if depth > _DEPTH:
        return symbols.quoted("".join(element.itertext()))
    text = "".join(element.itertext()).strip() if name in ("mi", "mn", "mo", "mtext", "ms") else ""
    match name:
        case "mi":
            return symbols.word(text) if len(text) > 1 else symbols.latex(text)
        case "mn" | "mo":
            return symbols.word(text) if text.isalpha() and len(text) > 1 else symbols.latex(text)
        case "mtext" | "ms":
            return symbols.quoted(text)
        case "mspace":
            return " "
        case "" | "annotation" | "annotation-xml" | "mphantom" | "none" | "mprescripts":
            return ""
        case "mtable":
            return _table(element, depth)
        case "mfenced":
            return _fenced(element, depth)
        case "menclose" | "msqrt":
            return f"\\sqrt{{{_row(element, depth)}}}" if name == "msqrt" else _row(element, depth)
        case "semantics" | "maction":
            return _element(element[0], depth + 1) if len(element) else ""
    return _script(name, list(element), depth + 1) or _row(element, depth)


def _script(name: str, parts: list[Any], depth: int) -> str:
    if len(parts) == 3 and name in ("msubsup", "munderover"):
        return f"{_base(parts[0], depth)}_{_group(parts[1], depth)}^{_group(parts[2], depth)}"
    if len(parts) != 2:
        return ""
    first, second = parts
    match name:
        case "mfrac":
            return f"\\frac{_group(first, depth)}{_group(second, depth)}"
        case "mroot":
            return f"\\sqrt[{_element(second, depth)}]{_group(first, depth)}"
        case "msup":
            return f"{_base(first, depth)}^{_group(second, depth)}"
        case "msub":
            return f"{_base(first, depth)}_{_group(second, depth)}"
        case "munder" | "mover":
            mark = "".join(second.itertext()).strip()
            if mark in symbols.ACCENTS:
                return f"\\{symbols.ACCENTS[mark]}{_group(first, depth)}"
            return f"{_base(first, depth)}{'_' if name == 'munder' else '^'}{_group(second, depth)}"
    return ""


def _table(element: Any, depth: int) -> str:
    rows = [row for row in element if tag(row) in ("mtr", "mlabeledtr")]
    lines = [" & ".join(_row(cell, depth + 2) for cell in row) for row in rows]
    return "\\begin{matrix}" + " \\\\ ".join(lines) + "\\end{matrix}"


def _fenced(element: Any, depth: int) -> str:
    left, right = element.get("open", "("), element.get("close", ")")
    inner = ", ".join(_element(child, depth + 1) for child in element)
    return f"\\left{symbols.latex(left) or '.'}{inner}\\right{symbols.latex(right) or '.'}"
