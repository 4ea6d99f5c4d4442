"""A breakdown as values. Scenes are named by their ids; `first` and `last` are numbers as printed."""

from __future__ import annotations

from typing import Literal

from scenewright.domain.base import Value
from scenewright.domain.episode import SceneProblem
from scenewright.domain.screenplay import Interior

Light = Literal["day", "night", "dawn", "dusk", "unknown"]
EffectKind = Literal["sound", "visual", "practical", "weather", "physical"]


class SceneLine(Value):
    """One scene."""

    id: str
    number: str
    act: str = ""
    title: str = ""
    heading: str  # INT. KITCHEN - NIGHT
    interior: Interior
    place: str
    time: str = ""
    light: Light = "unknown"
    first_page: int
    last_page: int
    eighths: int  # of a page
    pages: str  # the same as people write it: "1 3/8"
    seconds: float | None = None  # running time
    lines: int  # speeches
    words: int  # spoken
    cast: tuple[str, ...] = ()  # who speaks, in the order of speaking
    props: tuple[str, ...] = ()  # that its directions name
    effects: tuple[int, ...] = ()  # places in Breakdown.effects


class Role(Value):
    """Somebody of the cast, or somebody who speaks though the cast does not list them."""

    id: str
    name: str
    lines: int = 0
    words: int = 0
    scenes: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


class SetLine(Value):
    """One set. A place that is inside in one scene and outside in another is two."""

    name: str
    interior: Interior
    scenes: tuple[str, ...]
    day: int = 0  # scenes
    night: int = 0
    other: int = 0
    eighths: int = 0
    pages: str = ""
    seconds: float = 0.0


class Prop(Value):
    name: str
    from_bible: bool = False
    scenes: tuple[str, ...] = ()  # whose directions name it
    on_set: tuple[str, ...] = ()  # where it stands, as the bible has it, and no direction names it


class Effect(Value):
    kind: EffectKind
    scene: str
    element: str  # "" = the scene's heading
    text: str  # the sentence that asks for it


class Totals(Value):
    """`eighths` is the sum over the scenes, `pages` the number of sheets; a break leaves a part of a sheet empty."""

    scenes: int = 0
    lines: int = 0
    words: int = 0
    speaking: int = 0  # characters
    sets: int = 0
    interior: int = 0  # scenes; INT./EXT. counts for both
    exterior: int = 0
    day: int = 0
    night: int = 0
    other: int = 0
    pages: int = 0
    eighths: int = 0
    seconds: float = 0.0


class Breakdown(Value):
    """Counted from the script; nothing is guessed that no word stands for."""

    format: Literal["scenewright.breakdown"] = "scenewright.breakdown"
    version: Literal[1] = 1
    paper: Literal["letter", "a4"] = "letter"  # on which pages are counted
    scenes: tuple[SceneLine, ...] = ()
    cast: tuple[Role, ...] = ()
    sets: tuple[SetLine, ...] = ()
    props: tuple[Prop, ...] = ()
    effects: tuple[Effect, ...] = ()
    missing: tuple[SceneProblem, ...] = ()
    totals: Totals = Totals()
