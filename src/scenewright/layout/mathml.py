"""LaTeX to presentation MathML: bounded before it is converted, allow-listed after."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from scenewright.layout.clean import visible

LONGEST = 2000  # characters
DEEPEST = 24  # braces inside braces
COSTLIEST = 1500  # see `_cost`

_FORBIDDEN = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|(?:[egx])?def|let|newenvironment|DeclareMathOperator|input|include"
    r"|includegraphics|href|url|style|class|id|cssId|html\w*|require|unicode|char|catcode|csname|special|write)(?![A-Za-z])"
)
_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover"
        " mmultiscripts mprescripts none mtable mtr mtd mpadded mphantom mstyle menclose mfenced",
    )
)
_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        "display displaystyle scriptlevel stretchy fence separator form accent accentunder movablelimits largeop"
        " columnalign rowspacing columnspacing columnlines rowlines mathvariant linethickness notation minsize"
        " maxsize lspace rspace width height depth voffset open close separators",
    )
)
_PLAIN = re.compile(r"[\w .,%+()|{}\[\]-]{0,40}")
_HUGE = re.compile(r"\d{4}|(?:[1-9]\d{1,3}(?:\.\d*)?(?:em|ex|cm|mm|in|pt|pc))")
_NUMBERED = re.compile(r"\\(?:tag|label|notag|nonumber|eqref|ref)\*?(?:\{[^{}]*\})?")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


class BadLatex(ValueError):
    """Not LaTeX that can be drawn safely and soon; the caller shows the source instead."""


def to_mathml(latex: str, *, inline: bool) -> ET.Element:
    """A tree of allow-listed elements without a namespace.

    Raises: BadLatex: too long, too deep, too costly, unknown commands, or simply wrong.
    """
    from latex2mathml.converter import convert  # only where there is a formula

    source = _prepared(latex)
    try:
        text = convert(source, display="inline" if inline else "block")
        if "<!" in text or "<?" in text:
            raise BadLatex("the formula holds markup")
        root = ET.fromstring(_BARE_AMPERSAND.sub("&amp;", text))  # noqa: S314 (the converter's own; no DTD, see below)
    except Exception as exc:  # the converter raises a dozen kinds, AssertionError and RecursionError among them
        raise BadLatex("the formula is not understood") from exc
    tree = _allowed(root)
    if _cost(tree) > COSTLIEST:
        raise BadLatex("the formula is nested too deeply")
    return tree


def serialised(tree: ET.Element) -> str:
    """MathML for a page; the root carries the namespace."""
    root = ET.Element("math", {"xmlns": "http://www.w3.org/1998/Math/MathML", **tree.attrib})
    root.extend(list(tree))
    return ET.tostring(root, encoding="unicode")


def _prepared(latex: str) -> str:
    source = visible(latex).strip()
    while source.startswith("$") and source.endswith("$") and len(source) > 2:
        source = source[1:-1].strip()
    if source.startswith("\\[") and source.endswith("\\]"):
        source = source[2:-2].strip()
    if not source or len(source) > LONGEST or _FORBIDDEN.search(source) or _HUGE.search(_lengths(source)):
        raise BadLatex("the formula is empty, too long or uses a forbidden command")
    if _deepest(source) > DEEPEST:
        raise BadLatex("the formula is nested too deeply")
    source = _NUMBERED.sub("", source)
    source = re.sub(r"\\mathrm\{", r"\\mathrm {", source)  # the converter needs the space
    source = source.replace(r"\begin{split}", r"\begin{align*}").replace(r"\end{split}", r"\end{align*}")
    return re.sub(r"\\(begin|end)\{(?:aligned|gathered|eqnarray\*?|equation\*?)\}", r"\\\1{align*}", source)


def _lengths(source: str) -> str:
    """The arguments that are lengths: nobody needs a space of a thousand em."""
    return " ".join(re.findall(r"\\(?:[hv]space\*?|kern|m?skip|rule|raisebox|above\w*|mkern)\s*\{?[^{}\\]*\}?", source))


def _deepest(source: str) -> int:
    depth = deepest = 0
    for char in source:
        depth += {"{": 1, "}": -1}.get(char, 0)
        deepest = max(deepest, depth)
    return deepest + source.count("\\left") + source.count("\\begin")


def _allowed(element: ET.Element) -> ET.Element:
    tag = element.tag.rpartition("}")[2]
    clean = ET.Element(tag if tag in _ELEMENTS else "mrow")
    for name, value in element.attrib.items():
        if name in _ATTRIBUTES and _PLAIN.fullmatch(value):
            clean.set(name, value)
    if len(element) == 0:
        text = visible(element.text or "")
        if text.startswith("\\") and len(text) > 1:
            raise BadLatex(f"the command {text} is unknown")
        clean.text = text
    clean.extend([_allowed(child) for child in element])
    return clean


def _cost(element: ET.Element, weight: int = 1) -> int:
    """The typesetter's work: it measures a row about twice for each row around it."""
    if len(element) == 0:
        return weight * (1 + len(element.text or "") // 4)
    inner = weight * 2 if element.tag in ("mrow", "mtd") else weight
    return sum(_cost(child, inner) for child in element)
