"""How long a script plays and how many pages it fills, estimated from its words and from its lines on the page.

Dialogue is timed by its words: spoken at the pace of a sitcom, with a breath before the next line. Action is timed by
the page: single-camera a page is a minute, so an eighth of a page is 7.5 s; a multi-camera page, double-spaced, is
half a minute.
"""

from __future__ import annotations

from math import ceil

from scenewright.domain.screenplay import Action, Dialogue, Element, Script, ScriptScene
from scenewright.text.timing import speaking_seconds

PACE = 1.15  # how much faster a comedy is spoken than a lesson
BREATH = 0.45  # seconds between two lines
LINES = 54  # on a page
ACTION_WIDTH = 60  # characters in a line: 6.0 inches at 10 pitch
DIALOGUE_WIDTH = 35
PAGE_SECONDS = {False: 60.0, True: 30.0}  # of single-camera, of multi-camera
HEADING_LINES = 3  # a scene heading with the space above it


def element_seconds(element: Element, *, language: str, multi: bool = False) -> float:
    """Seconds that the element plays; 0 for a transition, and for a line spoken at the same time as the one before."""
    match element:
        case Dialogue():
            spoken = speaking_seconds(element.text, language) / PACE
            return 0.0 if element.dual or not spoken else spoken + BREATH
        case Action():
            return 0.0 if element.camera else PAGE_SECONDS[multi] * _lines(element.text, ACTION_WIDTH, False) / LINES
        case _:
            return 0.0


def scene_seconds(scene: ScriptScene, *, language: str, multi: bool = False) -> float:
    return round(sum(element_seconds(each, language=language, multi=multi) for each in scene.elements), 1)


def script_seconds(script: Script) -> float:
    multi = script.camera == "multi"
    return round(sum(scene_seconds(each, language=script.language, multi=multi) for each in script.scenes), 1)


def scene_eighths(scene: ScriptScene, *, multi: bool = False) -> int:
    """Eighths of a page, at least one, as a breakdown counts them."""
    lines = HEADING_LINES + sum(_height(element, multi) for element in scene.elements)
    return max(1, ceil(8 * lines / LINES))


def _height(element: Element, multi: bool) -> int:
    """Lines on the page, with the empty one above."""
    match element:
        case Dialogue():
            return 2 + bool(element.parenthetical) + _lines(element.text, DIALOGUE_WIDTH, multi)
        case Action():
            return 1 + _lines(element.text, ACTION_WIDTH, False)
        case _:
            return 2


def _lines(text: str, width: int, double: bool) -> int:
    return ceil(len(text.strip()) / width) * (2 if double else 1)
