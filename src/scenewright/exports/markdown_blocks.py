"""The blocks of a slide as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scenewright.domain import slides as s
from scenewright.exports.markdown_text import cell, fence, line, words
from scenewright.text.inline import escape, plain

Images = Mapping[str, str]
"""Asset name -> path relative to the transcript, for images that may be shown."""

_PATH = re.compile(r"images/[A-Za-z0-9._-]+")


def block(it: s.SlideBlock, images: Images) -> Iterator[str]:
    """The paragraphs, in Markdown, that say what the block shows."""
    match it:
        case s.HeadingBlock():
            yield f"### {line(it.text)}"
        case s.ParagraphBlock():
            yield line(it.text)
        case s.BulletsBlock():
            yield _list(it.items)
        case s.StepsBlock():
            yield "\n".join(f"{number}. {line(item)}" for number, item in enumerate(it.items, 1))
        case s.FormulaBlock():
            yield fence(it.latex, "latex")
            yield line(it.caption)
        case s.CodeBlock():
            yield fence(it.code, it.language)
            yield line(it.caption)
        case s.TableBlock():
            yield _table(it.header, it.rows)
            yield line(it.caption)
        case s.ImageBlock():
            yield _image(it, images)
            yield line(it.caption)
        case s.CalloutBlock():
            yield f"> {line(it.text)}"
        case s.QuoteBlock():
            yield f"> {line(it.text)}" + (f"\n>\n> — {words(it.attribution)}" if it.attribution else "")
        case s.ComparisonBlock():
            yield f"**{words(plain(it.left_title))}**"
            yield _list(it.left)
            yield f"**{words(plain(it.right_title))}**"
            yield _list(it.right)
        case s.ChartBlock():
            yield from _chart(it)
        case s.DiagramBlock():
            yield from _diagram(it)


def _list(items: Sequence[str]) -> str:
    return "\n".join(f"- {line(item)}" for item in items)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    columns = max((len(row) for row in (header, *rows)), default=0)
    if not columns:
        return ""

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join([cell(each) for each in cells] + [" "] * (columns - len(cells))) + " |"

    return "\n".join((row(header), "|" + " --- |" * columns, *(row(each) for each in rows)))


def _image(it: s.ImageBlock, images: Images) -> str:
    path = images.get(it.asset, "")
    says = words(it.alt or it.caption or it.asset)
    return f"![{says}]({path})" if _PATH.fullmatch(path) else f"*\\[{says}\\]*"


def _chart(it: s.ChartBlock) -> Iterator[str]:
    if it.title or it.unit:
        yield f"**{words(' '.join(filter(None, (it.title, f'({it.unit})' if it.unit else ''))))}**"
    rows = [
        (escape(label), *(_number(series.values, at) for series in it.series)) for at, label in enumerate(it.labels)
    ]
    yield _table(("", *(escape(series.name) for series in it.series)), rows)


def _number(values: Sequence[float], at: int) -> str:
    return f"{values[at]:g}" if at < len(values) else ""


def _diagram(it: s.DiagramBlock) -> Iterator[str]:
    labels = {node.id: node.label for node in it.nodes}
    linked = {end for edge in it.edges for end in (edge.source, edge.target)}
    lines = [f"- {words(node.label)}" for node in it.nodes if node.id not in linked]
    for edge in it.edges:
        says = f" ({words(edge.label)})" if edge.label else ""
        source, target = (words(labels.get(end, end)) for end in (edge.source, edge.target))
        lines.append(f"- {source} → {target}{says}")
    yield "\n".join(lines)
    yield line(it.caption)
