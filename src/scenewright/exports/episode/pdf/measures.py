"""The reference layout: where each element stands. docs/screenplay-layout.md says the same, in inches."""

from __future__ import annotations

from dataclasses import dataclass

from scenewright.exports.episode.pdf.model import LEFT, PITCH, Paper


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A column of text: its left edge in inches, its width in characters."""

    x: float
    columns: int


@dataclass(frozen=True, kw_only=True)
class Speech:
    """The columns of a speech."""

    cue: Frame
    parenthetical: Frame
    dialogue: Frame


@dataclass(frozen=True, kw_only=True)
class Measures:
    """`number_left`: where a scene number in the left margin ends; `number_right`: where the other begins."""

    body: Frame
    speech: Speech
    dual: tuple[Speech, Speech]
    transition: Frame  # set flush right
    number_left: float = 1.3
    number_right: float = 7.7


NUMBER = 6  # characters of a scene number that have room in a margin
PAGE_NUMBER = -3  # line: half an inch below the upper edge of the sheet
SPEECH = Speech(
    cue=Frame(x=3.7, columns=35),
    parenthetical=Frame(x=3.1, columns=25),
    dialogue=Frame(x=2.5, columns=35),
)
TRANSITION = 20  # columns
GUTTER = 3  # columns between the two halves of a dual dialogue


def measures(paper: Paper) -> Measures:
    half = (paper.columns - GUTTER) // 2
    right = paper.right - half * PITCH
    return Measures(
        body=Frame(x=LEFT, columns=paper.columns),
        speech=SPEECH,
        dual=(_half(LEFT, half), _half(right, half)),
        transition=Frame(x=paper.right - TRANSITION * PITCH, columns=TRANSITION),
        number_right=paper.right + 0.2,
    )


def _half(x: float, columns: int) -> Speech:
    return Speech(
        cue=Frame(x=x + 0.8, columns=columns - 8),
        parenthetical=Frame(x=x + 0.4, columns=columns - 8),
        dialogue=Frame(x=x, columns=columns),
    )
