"""A show as its bible tells it, and an episode as it is planned, before anybody says a word.

Ids are lower case and stay for life: lines, plans and later episodes refer to them. `terms` are the words by which a
thing is recognised in the text of a script: any one of them, in order, as whole words. Without terms, the words that
carry meaning in its `text` are looked for.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenewright.domain.base import Value
from scenewright.domain.outline import Handoff
from scenewright.domain.screenplay import Slug

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Length = Literal["", "short", "medium", "long"]  # of a sentence: up to 6, 7 to 12, more than 12 words on average


class VoiceProfile(Value):
    """How somebody talks."""

    vocabulary: tuple[str, ...] = ()  # words and phrases that are typical
    sentence_shape: str = ""  # "clipped, no verbs", "long, with asides"
    sentence_length: Length = ""
    tics: tuple[str, ...] = ()  # said without noticing: "mind you", "as it were"
    catchphrases: tuple[str, ...] = ()  # nobody else says them
    emotional_range: str = ""
    speech_patterns: tuple[str, ...] = ()  # "answers with questions"


class Character(Value):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")
    name: str  # as it stands over the lines
    description: str = ""
    voice: VoiceProfile = VoiceProfile()
    relationships: dict[str, str] = Field(default_factory=dict)  # id of a character -> what they are to each other
    education: str = ""
    background: str = ""
    humour: str = ""
    speaking_voice: str = ""  # "engine:voice" in the table read; empty = chosen


class SetPlace(Value):
    """Where scenes take place again and again."""

    id: Id
    name: str  # as it stands in the scene heading
    aliases: tuple[str, ...] = ()  # other names, and rooms of it that have their own heading
    interior: Literal["INT.", "EXT.", "INT./EXT."] = "INT."
    description: str = ""
    props: tuple[str, ...] = ()
    layout: str = ""  # where doors and furniture are, for who writes the directions


class RunningGag(Value):
    id: Id
    text: str
    terms: tuple[str, ...] = ()
    variations: tuple[str, ...] = ()  # how it has been played, or may be


class ContinuityFact(Value):
    """What is true in the show, from earlier episodes or from a scene of this one that reveals it."""

    id: Id
    text: str
    terms: tuple[str, ...] = ()  # who says one of them shows that the fact is known
    broken_by: tuple[str, ...] = ()  # phrases that would contradict it
    known_by: tuple[str, ...] = ()  # characters who know it before the episode begins; for a secret, not everybody
    since: str = ""  # the episode that established it


class Show(Value):
    """The bible."""

    format: Literal["scenewright.show"] = "scenewright.show"
    version: Literal[1] = 1
    id: str = ""
    title: str
    logline: str = ""
    tone: str = ""
    camera: Literal["single", "multi"] = "single"
    minutes: float = Field(default=22.0, gt=0, le=240)  # running time of an episode
    language: str = "en"  # BCP 47
    characters: tuple[Character, ...] = ()
    sets: tuple[SetPlace, ...] = ()
    gags: tuple[RunningGag, ...] = ()
    facts: tuple[ContinuityFact, ...] = ()
    rules: tuple[str, ...] = ()  # "never breaks the fourth wall"


class SetUp(Value):
    """Planted here, to pay off later in the episode."""

    id: Id
    text: str
    terms: tuple[str, ...] = ()


class PayOff(Value):
    setup: str  # id of what it pays off
    text: str
    terms: tuple[str, ...] = ()


class Callback(Value):
    """Says again, with a turn, what was funny before."""

    id: Id
    to: str = ""  # id of a set-up or a running gag; empty = only its own terms tell
    text: str
    terms: tuple[str, ...] = ()


class ScenePlan(Value):
    """One scene as planned. `id` is its own for life and the script's scene has the same."""

    id: Id
    act: str = ""  # "COLD OPEN", "ACT ONE", "TAG"
    story: Literal["", "A", "B", "C"] = ""
    title: str
    slug: Slug
    characters: tuple[str, ...] = ()  # ids
    purpose: str = ""
    beats: tuple[str, ...] = ()
    comic_beats: tuple[str, ...] = ()
    setups: tuple[SetUp, ...] = ()
    payoffs: tuple[PayOff, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    reveals: tuple[ContinuityFact, ...] = ()  # facts that nobody in the episode speaks of before this scene
    act_out: str = ""  # what the act ends on, if this is its last scene
    act_out_terms: tuple[str, ...] = ()
    seconds: float | None = Field(default=None, gt=0)  # planned running time
    handoff: Handoff = Handoff()


class EpisodePlan(Value):
    """An episode as planned."""

    title: str
    logline: str = ""
    stories: dict[str, str] = Field(default_factory=dict)  # "A", "B", "C" -> what it is about
    scenes: tuple[ScenePlan, ...] = ()


class PlacedCallback(Value):
    """Where a script calls back to something."""

    scene: str
    element: str
    to: str = ""  # id of a set-up or a gag, or the place "scene.element" that it calls back to
    text: str = ""
    planned: bool = False


class Joke(Value):
    """A joke that somebody found in a script. Ids are those of elements of the scene."""

    scene: str
    punchline: str
    setup: str = ""
    form: Literal["", "wordplay", "situational", "physical", "callback", "character", "misdirection", "running_gag"] = (
        ""
    )
    score: float | None = Field(default=None, ge=0, le=1)  # as whoever found it judged
