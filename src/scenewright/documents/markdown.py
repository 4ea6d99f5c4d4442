"""Markdown to documents: rendered to HTML, whose reader does the rest, so that HTML inside Markdown works too."""

from __future__ import annotations

import re
from typing import Any

from scenewright.documents.htmlblocks import LoadImage
from scenewright.documents.reading import Limits
from scenewright.documents.webpage import read_html
from scenewright.domain.document import Document
from scenewright.domain.errors import BadInput

_FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})", re.M)
_BRACKETS = re.compile(
    r"(?P<code>`+)[^`]+(?P=code)|\\\((?P<inline>(?:(?!\\\()[^\n]){1,1000}?)\\\)|\\\[(?P<display>(?:[^\n]|\n(?!\n)){1,4000}?)\\\]"
)
_CALLOUT = re.compile(r"^(?P<mark> {0,3}(?:>[ \t]?)+)\[!(?P<kind>[A-Za-z]+)\][^\n]*\n", re.M)
_CONTAINER = re.compile(r"^ {0,3}:{3,}.*$", re.M)
_LINES_APART = re.compile(r"\n(?=[ \t]*(?:[-+*|>]|\d{1,9}[.)]))")
_COSTLY = "*_~`$\\"
_NO_MARKS = str.maketrans(_COSTLY, " " * len(_COSTLY))
_MARKS = 5_000  # of emphasis, code and formulas in one paragraph, item or row
_LINKS, _CELLS = 2_000, 20_000  # of `[` and of `|` in one block
_LINES = 100_000  # of a document
_NESTING = 100
_FRONT_LIMIT = 20_000  # characters


def read_markdown(text: str, name: str, limits: Limits, load_image: LoadImage) -> tuple[Document, list[str]]:
    """The document and warnings. Raises: BadInput."""
    if text.count("\n") > _LINES:
        raise BadInput(f"{name} has more than {_LINES:,} lines; split it and use a part of it.")
    front, body = split_front(text)
    html = _renderer().render(_outside_code(body))
    return read_html(html, name, limits, load_image, title=front.get("title", ""), language=front.get("language", ""))


def split_front(text: str) -> tuple[dict[str, str], str]:
    """Title and language declared in YAML front matter, and the text after it."""
    found = _FRONT.match(text)
    if not found or len(found["yaml"]) > _FRONT_LIMIT:
        return {}, text
    import yaml

    try:
        values = yaml.safe_load(found["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(values, dict):
        return {}, text
    language = values.get("language") or values.get("lang") or ""
    front = {"title": values.get("title"), "language": language}
    return {key: value for key, value in front.items() if isinstance(value, str)}, text[found.end() :]


def _renderer() -> Any:
    # markdown-it takes 60 ms to import; only Markdown sources pay
    from markdown_it import MarkdownIt
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    class _Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return True  # links lose their addresses, and pictures have a guard of their own

    def display(content: str, _: Any = None) -> str:
        return f'<div class="math display">{_escape(content)}</div>'

    def formula(content: str, _: dict[str, bool]) -> str:
        return _escape(content)

    # what is nested more deeply is dropped; the preset's own limit of 20 is reached by ten lists in each other
    parser = _Parser("commonmark", {"html": True, "maxNesting": _NESTING}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
        renderer=formula,
        label_renderer=lambda _: "",
    )
    parser.use(amsmath_plugin, renderer=display)
    return parser


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _outside_code(text: str) -> str:
    """Dialects made plain, but not inside fenced code: TeX brackets, GitHub callouts, ::: containers."""
    out: list[str] = []
    position = 0
    while fence := _FENCE.search(text, position):
        end = _fence_end(text, fence)
        out += [_plain_dialect(text[position : fence.start()]), text[fence.start() : end]]
        position = end
    return "".join([*out, _plain_dialect(text[position:])])


def _fence_end(text: str, fence: re.Match[str]) -> int:
    mark = fence["mark"]
    closing = re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.M).search(text, fence.end())
    return closing.end() if closing else len(text)


def _plain_dialect(text: str) -> str:
    text = "\n\n".join(_tame(block) for block in text.split("\n\n"))
    text = _CALLOUT.sub(lambda found: f"{found['mark']}**{found['kind'].capitalize()}:**\n", text)
    text = _CONTAINER.sub("", text)
    return _BRACKETS.sub(_dollars, text)


def _tame(block: str) -> str:
    """Without its marks if they are absurdly many: the parser needs some 20 microseconds for each, or quadratic time.

    `[` and `|` cost most. A list or table is many short texts, so other marks are counted by item and row.
    """
    if len(block) <= _LINKS:
        return block
    for mark, most in (("[", _LINKS), ("|", _CELLS)):
        if block.count(mark) > most:
            block = block.replace(mark, " ")
    if _marks(block) <= _MARKS:
        return block
    return "\n".join(
        piece.translate(_NO_MARKS) if _marks(piece) > _MARKS else piece for piece in _LINES_APART.split(block)
    )


def _marks(text: str) -> int:
    return sum(text.count(mark) for mark in _COSTLY)


def _dollars(found: re.Match[str]) -> str:
    if found["code"]:
        return found[0]
    if found["display"] is not None:
        return f"\n$$\n{found['display'].strip()}\n$$\n" if "$" not in found["display"] else found[0]
    inner = found["inline"].strip()
    return f"${inner}$" if inner and "$" not in inner else found[0]
