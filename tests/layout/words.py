"""What a slide says, block by block, as runs that must be found in its drawings."""

from __future__ import annotations

from scenewright.domain.slides import (
    BulletsBlock,
    CalloutBlock,
    ChartBlock,
    CodeBlock,
    ComparisonBlock,
    DiagramBlock,
    FormulaBlock,
    HeadingBlock,
    ImageBlock,
    ParagraphBlock,
    QuoteBlock,
    Slide,
    StepsBlock,
    TableBlock,
)
from scenewright.text.inline import parse

Runs = list[str]


def words_of(slide: Slide) -> dict[str, Runs]:
    """Block id -> runs of text. A formula within a text ends a run: it is drawn as outlines."""
    found: dict[str, Runs] = {"title": inline(slide.title)}
    for block in slide.blocks:
        runs: Runs = []
        match block:
            case HeadingBlock(text=text) | ParagraphBlock(text=text) | CalloutBlock(text=text):
                runs = inline(text)
            case BulletsBlock(items=items) | StepsBlock(items=items):
                runs = [run for item in items for run in inline(item)]
            case QuoteBlock():
                runs = [*inline(block.text), block.attribution]
            case ComparisonBlock():
                sides = (block.left_title, *block.left, block.right_title, *block.right)
                runs = [run for text in sides for run in cut(text)]
            case TableBlock():
                cells = (*block.header, *(cell for row in block.rows for cell in row))
                runs = [run for text in cells for run in cut(text)] + inline(block.caption)
            case ChartBlock():
                texts = (block.title, *block.labels, *(series.name for series in block.series))
                runs = (
                    [run for text in texts for run in cut(text, marks=False)] if block.labels and block.series else []
                )
            case DiagramBlock():
                seen = dict.fromkeys(node.id for node in block.nodes)
                first = {node.id: node.label for node in reversed(block.nodes)}
                ends = [e.label for e in block.edges if e.source in seen and e.target in seen]
                runs = [run for text in (*(first[i] for i in seen), *ends) for run in cut(text, marks=False)]
                runs += inline(block.caption)
            case CodeBlock():
                runs = block.code.splitlines() + inline(block.caption)
            case ImageBlock():
                runs = [block.alt, *inline(block.caption)]
            case FormulaBlock():
                runs = [block.latex, *inline(block.caption)]
        found[block.id] = runs
    return found


def inline(text: str) -> Runs:
    """Runs between formulas. What stands on one line may be set over several, and over several pages."""
    return [span.text for span in parse(" ".join(text.split())) if not span.math]


def cut(text: str, *, marks: bool = True) -> Runs:
    """Single words (Chinese: characters): cells side by side are drawn line by line, so that only these stay whole."""
    spans = [span.text for span in parse(" ".join(text.split())) if not span.math] if marks else [text]
    words = [word for span in spans for word in span.split() if len(word) < 6]
    return [run for word in words for run in (word if any(ord(char) > 0x1100 for char in word) else [word])]
