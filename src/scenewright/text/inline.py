"""Inline text: plain words with four marks (**bold**, *emphasis*, `code`, $LaTeX$) and backslash escapes.

Anything that does not pair up is taken literally, so every string is valid and none can smuggle markup through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

_MARK = re.compile(
    r"\\(?P<escaped>[\\*`$])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\$(?P<math>(?!\s)(?:\\.|[^$\\\n])+?(?<!\s))\$(?!\d)"
    r"|(?P<bold>\*\*)|(?P<em>\*)"
)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of text in one style. `math` text is LaTeX, `code` text is literal; neither has inner marks."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    math: bool = False


@lru_cache(maxsize=8192)  # texts are looked at many times while a scene is made
def parse(text: str) -> tuple[Span, ...]:
    """Spans in reading order; neighbours of the same style are joined, empty ones dropped."""
    tokens = _tokens(text)
    paired = _paired(tokens)
    spans: list[Span] = []
    bold = italic = False
    for index, (kind, value) in enumerate(tokens):
        if kind in ("bold", "em") and index in paired:
            if kind == "bold":
                bold = not bold
            else:
                italic = not italic
            continue
        code, math = kind == "code", kind == "math"
        last = spans[-1] if spans else None
        if last and not (code or math or last.code or last.math) and (last.bold, last.italic) == (bold, italic):
            spans[-1] = Span(text=last.text + value, bold=bold, italic=italic)
        else:
            spans.append(Span(text=value, bold=bold, italic=italic, code=code, math=math))
    return tuple(spans)


def plain(text: str) -> str:
    """The words without the marks; LaTeX and code stay as they are written."""
    return "".join(span.text for span in parse(text))


def escape(text: str) -> str:
    """Literal text as inline text: `plain(escape(t)) == t`."""
    return re.sub(r"([\\*`$])", r"\\\1", text)


def render(spans: Iterable[Span]) -> str:
    """Inline text that parses back to the same spans (white space at the rim of a mark moves outside of it)."""
    return "".join(_rendered(span) for span in spans)


def cut(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans of `plain(...)[start:end]`. Code and mathematics are never broken: they stay whole if touched."""
    kept: list[Span] = []
    at = 0
    for span in spans:
        low, high = max(start - at, 0), min(end - at, len(span.text))
        at += len(span.text)
        if low < high:
            kept.append(span if span.code or span.math else replace(span, text=span.text[low:high]))
    return tuple(kept)


def shape(spans: Iterable[Span]) -> str:
    """The plain text with a stand-in (U+FFFC) for each character of code and mathematics, so that nothing in them
    is taken for the text's own punctuation. Offsets are those of the plain text."""
    return "".join("\ufffc" * len(span.text) if span.code or span.math else span.text for span in spans)


def _rendered(span: Span) -> str:
    if span.code:
        return f"`{span.text}`"
    if span.math:
        return f"${span.text}$"
    core = span.text.strip()
    mark = "**" * span.bold + "*" * span.italic
    if not core or not mark:
        return escape(span.text)
    before = span.text[: len(span.text) - len(span.text.lstrip())]
    after = span.text[len(span.text.rstrip()) :]
    return f"{before}{mark}{escape(core)}{mark[::-1]}{after}"


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            tokens.append(("text", text[end : found.start()]))
        kind = found.lastgroup or "text"
        tokens.append(("text" if kind == "escaped" else kind, found[kind]))
        end = found.end()
    if end < len(text):
        tokens.append(("text", text[end:]))
    return tokens


def _paired(tokens: list[tuple[str, str]]) -> set[int]:
    """Indexes of bold and emphasis marks that open before a word and close after one."""
    paired: set[int] = set()
    opened: dict[str, int] = {}
    for index, (kind, _) in enumerate(tokens):
        if kind not in ("bold", "em"):
            continue
        before = tokens[index - 1][1][-1:] if index else ""
        after = tokens[index + 1][1][:1] if index + 1 < len(tokens) else ""
        if kind in opened and before and not before.isspace():
            paired |= {opened.pop(kind), index}
        elif after and not after.isspace():
            opened[kind] = index
    return paired
