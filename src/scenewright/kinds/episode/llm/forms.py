"""The forms of answers: what a model is asked to fill in. Ids and positions are ours, so they are not in here; a set-up
has a name, for its pay-off has to say what it pays off."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from scenewright.domain.screenplay import Interior

Story = Literal["A", "B", "C"]
Length = Literal["short", "medium", "long"]


class RelationForm(BaseModel):
    to: str
    what: str


class CharacterForm(BaseModel):
    name: str
    description: str
    vocabulary: list[str]
    sentence_shape: str
    sentence_length: Length
    tics: list[str]
    catchphrases: list[str]
    emotional_range: str
    speech_patterns: list[str]
    relationships: list[RelationForm]
    education: str
    background: str
    humour: str


class SetForm(BaseModel):
    name: str
    interior: Interior
    description: str
    props: list[str]
    layout: str


class GagForm(BaseModel):
    text: str
    terms: list[str]


class FactForm(BaseModel):
    text: str
    terms: list[str]
    known_by: list[str]


class ShowForm(BaseModel):
    title: str
    logline: str
    tone: str
    characters: list[CharacterForm]
    sets: list[SetForm]
    gags: list[GagForm]
    facts: list[FactForm]
    rules: list[str]


class StoryForm(BaseModel):
    story: Story
    about: str


class PlannedForm(BaseModel):
    title: str
    act: str
    story: Story
    seconds: float


class HeaderForm(BaseModel):
    title: str
    logline: str
    stories: list[StoryForm]
    planned: list[PlannedForm]


class InventedHeaderForm(HeaderForm):
    """Where there is no bible yet."""

    show: ShowForm


class SetUpForm(BaseModel):
    name: str
    text: str
    terms: list[str]


class PayOffForm(BaseModel):
    setup: str
    text: str
    terms: list[str]


class CallbackForm(BaseModel):
    to: str
    text: str
    terms: list[str]


class SceneForm(BaseModel):
    title: str
    interior: Interior
    place: str
    time: str
    characters: list[str]
    purpose: str
    beats: list[str]
    comic_beats: list[str]
    setups: list[SetUpForm]
    payoffs: list[PayOffForm]
    callbacks: list[CallbackForm]
    reveals: list[FactForm]
    act_out: str
    act_out_terms: list[str]
    ends_on: str
    next_opens_on: str


class OutlineForm(BaseModel):
    header: HeaderForm
    scenes: list[SceneForm]


class InventedOutlineForm(BaseModel):
    header: InventedHeaderForm
    scenes: list[SceneForm]


class LineForm(BaseModel):
    character: str
    text: str
    parenthetical: str | None
    extension: str | None
    dual: bool


class LinesForm(BaseModel):
    lines: list[LineForm]


class BeatForm(BaseModel):
    text: str
    where: Literal["before", "with", "after"]
    line: str | None
    comedy: Literal["setup", "escalation", "climax", "resolution"] | None
    camera: bool
    transition: bool


class BeatsForm(BaseModel):
    beats: list[BeatForm]


class JokeForm(BaseModel):
    punchline: str
    setup: str | None
    form: Literal["wordplay", "situational", "physical", "callback", "character", "misdirection", "running_gag"]
    score: float


class JokesForm(BaseModel):
    jokes: list[JokeForm]


class AlternativeForm(BaseModel):
    joke: str
    text: str
    parenthetical: str | None


class PlacedForm(BaseModel):
    callback: str
    after: str
    character: str | None
    text: str


class PunchlinesForm(BaseModel):
    alternatives: list[AlternativeForm]
    callbacks: list[PlacedForm]


class ScoreForm(BaseModel):
    group: str
    version: str
    score: float
    reason: str


class ScoresForm(BaseModel):
    scores: list[ScoreForm]


class FindingForm(BaseModel):
    kind: Literal[
        "voice",
        "fact_broken",
        "fact_unknown_to",
        "setup_unpaid",
        "repeated_line",
        "repeated_phrase",
        "joke_twice",
        "stakes",
        "act_out",
        "running_time",
        "other",
    ]
    at: str
    text: str
    other: str | None


class FindingsForm(BaseModel):
    findings: list[FindingForm]


class ChangeForm(BaseModel):
    element: str
    op: Literal["replace", "insert", "remove"]
    text: str
    character: str | None
    parenthetical: str | None
    why: str


class ChangesForm(BaseModel):
    changes: list[ChangeForm]


@cache
def schema(form: type[BaseModel]) -> dict[str, Any]:
    return form.model_json_schema()
