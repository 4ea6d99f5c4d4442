"""Word's equations (Office MathML) to LaTeX."""

from __future__ import annotations

from typing import Any

from scenewright.documents import symbols
from scenewright.documents.mathml import tag

_DEPTH = 60
_NARY = {"∑": "sum", "∏": "prod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap"}
_FENCES = {"{": r"\{", "}": r"\}", "‖": r"\Vert", "⟨": r"\langle", "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle"}
_FENCES |= {"⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "": "."}


def to_latex(element: Any) -> str:
    """`element`: m:oMath, or m:oMathPara (its equations become lines). Returns LaTeX without delimiters."""
    if tag(element) == "omathpara":
        lines = [line for child in element if tag(child) == "omath" and (line := _row(child, 0).strip())]
        return lines[0] if len(lines) == 1 else " \\\\ ".join(lines)
    return _row(element, 0).strip()


def _row(element: Any, depth: int) -> str:
    return symbols.join([_element(child, depth + 1) for child in element]) if element is not None else ""


def _arg(element: Any, name: str, depth: int) -> str:
    return _row(_child(element, name), depth)


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if tag(child) == name), None)


def _property(element: Any, name: str, default: str) -> str:
    """The value of a property such as m:naryPr/m:chr; `default` if it is not there."""
    for child in element:
        if tag(child).endswith("pr"):
            found = _child(child, name)
            if found is not None:
                return next((str(v) for k, v in found.attrib.items() if k.endswith("val")), "")
    return default


def _base(latex: str) -> str:
    return latex if len(latex) == 1 or (latex.startswith("\\") and latex[1:].isalpha()) else "{" + latex + "}"


def _element(element: Any, depth: int) -> str:
    if depth > _DEPTH:
        return symbols.quoted("".join(element.itertext()))
    name = tag(element)
    if name == "r":
        return _run(element)
    if name.endswith("pr"):
        return ""
    for convert in (_script, _over, _group):
        latex = convert(name, element, depth)
        if latex is not None:
            return latex
    return _row(element, depth)


def _run(element: Any) -> str:
    text = "".join(child.text or "" for child in element if tag(child) == "t")
    if _property(element, "nor", "") or any(tag(one) == "nor" for one in element.iter()):
        return symbols.quoted(text)
    bare = text.strip()
    upright = _property(element, "sty", "") == "p"
    if bare in symbols.FUNCTIONS or (upright and len(bare) > 1 and bare.isalpha()):
        return symbols.word(bare)
    return symbols.latex(text)


def _script(name: str, element: Any, depth: int) -> str | None:
    base = _arg(element, "e", depth)
    sub, sup = _arg(element, "sub", depth), _arg(element, "sup", depth)
    match name:
        case "ssup":
            return f"{_base(base)}^{{{sup}}}"
        case "ssub":
            return f"{_base(base)}_{{{sub}}}"
        case "ssubsup":
            return f"{_base(base)}_{{{sub}}}^{{{sup}}}"
        case "spre":
            return f"{{}}_{{{sub}}}^{{{sup}}}{_base(base)}"
        case "nary":
            char = _property(element, "chr", "∫")
            limits = (f"_{{{sub}}}" if sub else "") + (f"^{{{sup}}}" if sup else "")
            return symbols.join(["\\" + _NARY.get(char, "sum"), limits or " ", base])
    return None


def _over(name: str, element: Any, depth: int) -> str | None:
    base = _arg(element, "e", depth)
    match name:
        case "f":
            num, den = _arg(element, "num", depth), _arg(element, "den", depth)
            return f"{{{num}}}/{{{den}}}" if _property(element, "type", "") == "lin" else f"\\frac{{{num}}}{{{den}}}"
        case "rad":
            degree = _arg(element, "deg", depth)
            return f"\\sqrt[{degree}]{{{base}}}" if degree.strip() else f"\\sqrt{{{base}}}"
        case "acc":
            return f"\\{symbols.ACCENTS.get(_property(element, 'chr', '̂'), 'hat')}{{{base}}}"
        case "bar":
            return f"\\{'overline' if _property(element, 'pos', 'bot') == 'top' else 'underline'}{{{base}}}"
        case "groupchr":
            below = _property(element, "pos", "bot") == "bot"
            return f"\\{'underbrace' if below else 'overbrace'}{{{base}}}"
        case "limlow":
            return f"{_base(base)}_{{{_arg(element, 'lim', depth)}}}"
        case "limupp":
            return f"{_base(base)}^{{{_arg(element, 'lim', depth)}}}"
    return None


def _group(name: str, element: Any, depth: int) -> str | None:
    match name:
        case "d":
            return _delimited(element, depth)
        case "func":
            return symbols.join([_arg(element, "fname", depth), _arg(element, "e", depth)])
        case "m":
            rows = [" & ".join(_row(cell, depth) for cell in row) for row in element if tag(row) == "mr"]
            return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"
        case "eqarr":
            lines = [_row(child, depth) for child in element if tag(child) == "e"]
            return "\\begin{matrix}" + " \\\\ ".join(lines) + "\\end{matrix}"
        case "phant":
            return ""
    return None


def _delimited(element: Any, depth: int) -> str:
    left, right = _property(element, "begchr", "("), _property(element, "endchr", ")")
    between = symbols.latex(_property(element, "sepchr", "|"))
    inner = f" {between} ".join(_row(child, depth) for child in element if tag(child) == "e")
    fences = [_FENCES.get(mark, symbols.latex(mark)) for mark in (left, right)]
    return f"\\left{fences[0]} {inner} \\right{fences[1]}"
