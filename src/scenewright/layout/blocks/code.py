"""Listings: highlighted, in a panel, as large as their longest line allows; what is longer still is wrapped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from scenewright.domain.drawing import Colour, Mark, TextMark
from scenewright.domain.slides import CodeBlock
from scenewright.layout.clean import visible
from scenewright.layout.flow import Draw, Flexible, Part, Row, Rows, text_rows
from scenewright.layout.fonts import measure
from scenewright.layout.ink import near, polyline, rect, stroke
from scenewright.layout.rich import set_lines
from scenewright.layout.setting import Setting

_HIGHLIGHT_UP_TO = 20_000  # characters; a lexer's expressions are not for whole books
_TAB = 4
_LEADING = 1.42
_WRAP_INDENT = 2  # columns

# The longest prefix of a Pygments token type decides.
_COLOURS: dict[str, tuple[Colour, bool]] = {
    "Keyword": ("#7a2fa8", False),
    "Keyword.Constant": ("#a8480f", False),
    "Keyword.Type": ("#1b6f8a", False),
    "Name.Function": ("#1f4fb8", False),
    "Name.Class": ("#1b6f8a", True),
    "Name.Decorator": ("#8a6410", False),
    "Name.Builtin": ("#1b6f8a", False),
    "Name.Exception": ("#1b6f8a", False),
    "Name.Tag": ("#7a2fa8", False),
    "Name.Attribute": ("#8a6410", False),
    "Name.Variable": ("#a8480f", False),
    "Literal.String": ("#1d7a4c", False),
    "Literal.Number": ("#a8480f", False),
    "Operator.Word": ("#7a2fa8", False),
    "Comment": ("#68738a", False),
    "Comment.Preproc": ("#8a6410", False),
    "Generic.Inserted": ("#1d7a4c", False),
    "Generic.Deleted": ("#b3261e", False),
    "Generic.Heading": ("#1f4fb8", True),
    "Generic.Prompt": ("#68738a", True),
    "Generic.Output": ("#59637a", False),
}


@dataclass(frozen=True)
class Run:
    """Characters of one colour."""

    text: str
    colour: Colour
    bold: bool


CodeLine = tuple[Run, ...]


def code(block: CodeBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    lines = _highlighted(block.code, block.language, setting.theme.ink)
    if not lines:
        return caption_under(block.id, block.caption, width, setting)
    pad = 16.0
    inner = width - 2 * pad
    widest = max(_width(line) for line in lines)
    size = min(setting.code, inner / max(widest, 1e-6))
    if size < setting.theme.code_floor:  # it has to be wrapped anyway, so rather at a size that reads well
        size = min(setting.code, setting.theme.code_floor * 1.15)
    rows: list[Row] = []
    for line in lines:
        pieces = _wrapped(line, inner / size)
        for index, piece in enumerate(pieces):
            draw = _drawn(piece, pad, size, wrapped=index > 0, colour=setting.theme.faint)
            rows.append(Row(size * _LEADING, draw, keep=index < len(pieces) - 1))
    theme = setting.theme

    def frame(x: float, y: float, w: float, h: float) -> list[Mark]:
        return [rect(x + 0.5, y + 0.5, w - 1, h - 1, theme.panel, radius=8, edge=theme.line)]

    found: list[Part | Flexible] = [
        Rows(
            block=block.id,
            width=width,
            rows=tuple(rows),
            role="code",
            space=setting.body * 0.8,
            frame=frame,
            pad=(12, 12),
            least=2,
            keep=bool(block.caption.strip()),
        )
    ]
    return found + caption_under(block.id, block.caption, width, setting)


def caption_under(block: str, text: str, width: float, setting: Setting, align: float = 0.0) -> list[Part | Flexible]:
    """A caption as a part of its own, close under what it names."""
    lines = set_lines(text, setting.pen(setting.small, setting.theme.muted), width, balanced=align > 0)
    rows = text_rows(lines, 1.3, align=align, width=width)
    return [Rows(block=block, width=width, rows=tuple(rows), space=setting.small * 0.45)] if rows else []


def _drawn(line: CodeLine, pad: float, size: float, *, wrapped: bool, colour: Colour) -> Draw:
    def draw(x: float, y: float) -> list[Mark]:
        marks: list[Mark] = []
        at = x + pad
        base = y + size * 1.05
        if wrapped:
            top = base - size * 0.62
            hook = polyline(
                (at + size * 0.15, top), (at + size * 0.15, top + size * 0.4), (at + size * 0.7, top + size * 0.4)
            )
            marks.append(stroke(hook, colour, 1.2))
            at += size * 0.6 * _WRAP_INDENT
        for run in line:
            lead = len(run.text) - len(run.text.lstrip(" "))
            text = run.text.strip(" ")
            start = at + _width((Run(" " * lead, run.colour, run.bold),)) * size
            if text:
                width = _measure(text, run.bold) * size
                marks.append(
                    TextMark(
                        x=near(start),
                        y=near(base),
                        text=text,
                        width=near(width),
                        size=near(size),
                        font="mono",
                        bold=run.bold,
                        colour=run.colour,
                    )
                )
            at += _measure(run.text, run.bold) * size
        return marks

    return draw


def _measure(text: str, bold: bool) -> float:
    return measure(text, 1.0, "mono", bold, False, False)


def _width(line: CodeLine) -> float:
    return sum(_measure(run.text, run.bold) for run in line)


def _wrapped(line: CodeLine, room: float) -> list[CodeLine]:
    """Cuts a line that is wider than `room` em, at a space or sign where there is one."""
    if _width(line) <= room + 1e-6:
        return [line]
    chars = [(char, run) for run in line for char in run.text]
    pieces: list[CodeLine] = []
    while chars:
        space = room - (0.6 * _WRAP_INDENT if pieces else 0.0)
        used, count = 0.0, 0
        while count < len(chars):
            used += _measure(chars[count][0], chars[count][1].bold)
            if used > space + 1e-6:
                break
            count += 1
        count = max(1, count)
        if count < len(chars):
            count = _good_cut([char for char, _ in chars], count)
        pieces.append(_joined(chars[:count]))
        chars = chars[count:]
        while pieces and chars and chars[0][0] == " ":
            chars.pop(0)
    return pieces


def _good_cut(chars: list[str], count: int) -> int:
    for signs in (" ", ",;|&", ".()[]{}=/-_+"):
        for at in range(count, max(1, count * 2 // 3), -1):
            if chars[at - 1] in signs:
                return at
    return count


def _joined(chars: list[tuple[str, Run]]) -> CodeLine:
    runs: list[Run] = []
    for char, run in chars:
        if runs and (runs[-1].colour, runs[-1].bold) == (run.colour, run.bold):
            runs[-1] = Run(runs[-1].text + char, run.colour, run.bold)
        else:
            runs.append(Run(char, run.colour, run.bold))
    return tuple(runs)


@lru_cache(maxsize=64)
def _highlighted(text: str, language: str, ink: Colour) -> tuple[CodeLine, ...]:
    """Lines without trailing space; empty ones at both ends are dropped."""
    source = "\n".join(visible(line).expandtabs(_TAB).rstrip() for line in text.splitlines())
    lines: list[list[tuple[str, Run]]] = [[]]
    for kind, value in _tokens(source, language):
        colour, bold = _style(kind, ink)
        run = Run(value, colour, bold)
        for index, piece in enumerate(value.split("\n")):
            if index:
                lines.append([])
            lines[-1] += [(char, run) for char in piece]
    found = [_joined(line) for line in lines]
    while found and not found[-1]:
        found.pop()
    while found and not found[0]:
        found.pop(0)
    return tuple(found)


def _tokens(source: str, language: str) -> list[tuple[str, str]]:
    if not language.strip() or len(source) > _HIGHLIGHT_UP_TO:
        return [("Text", source)]
    from pygments.lexers import get_lexer_by_name  # only where there is code
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.strip().lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [("Text", source)]
    tokens = [
        (str(kind).removeprefix("Token.").removeprefix("Token"), value) for kind, value in lexer.get_tokens(source)
    ]
    return tokens if "".join(value for _, value in tokens) == source else [("Text", source)]


def _style(kind: str, ink: Colour) -> tuple[Colour, bool]:
    while kind:
        if kind in _COLOURS:
            return _COLOURS[kind]
        kind = kind.rpartition(".")[0]
    return ink, False
