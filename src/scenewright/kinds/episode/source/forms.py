"""A bible as people write it. What they may leave out or write shorter is filled in here; names are resolved later."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from scenewright.documents.fountain_marks import one_line
from scenewright.domain.show import Length
from scenewright.kinds.episode.source.fields import (
    MOST,
    Camera,
    Form,
    GivenId,
    Inside,
    Language,
    Line,
    Lines,
    Listed,
    Prose,
    Seconds,
    SpeakingVoice,
    Which,
    items_of,
)


class VoiceForm(Form):
    """How somebody talks."""

    main: ClassVar[str] = "speech_patterns"
    vocabulary: Listed = Field((), description="Words and phrases that are typical of this character and nobody else.")
    sentence_shape: Prose = Field("", description='"clipped, no verbs", "long, with asides"')
    sentence_length: Length = Field("", description="On average up to 6 words, 7 to 12, or more.")
    tics: Listed = Field((), description='Said without noticing: "mind you".')
    catchphrases: Lines = Field((), description="Nobody else ever says them.")
    emotional_range: Prose = ""
    speech_patterns: Lines = Field((), description='"answers questions with questions"')


class CharacterForm(Form):
    """Somebody in the show."""

    main: ClassVar[str] = "name"
    id: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]{0,31})?$")] = Field("", description="Made of the name.")
    name: Line = Field(min_length=1, description="As it stands over the lines.")
    description: Prose = ""
    voice: VoiceForm = VoiceForm()
    relationships: dict[str, Prose] = Field(
        default_factory=dict, description="Name or id of another character -> what they are to each other."
    )
    education: Prose = ""
    background: Prose = ""
    humour: Prose = ""
    speaking_voice: SpeakingVoice = Field("", description='"engine:voice" in the table read; left out: one is chosen.')


class SetForm(Form):
    """Where scenes take place again and again."""

    main: ClassVar[str] = "name"
    id: GivenId = ""
    name: Line = Field(min_length=1, description="As it stands in scene headings.")
    aliases: Listed = Field((), description="Other names, and rooms of it that have their own heading.")
    interior: Inside = "INT."
    description: Prose = ""
    props: Listed = ()
    layout: Prose = Field("", description="Where doors and furniture are, for whoever writes the directions.")


class GagForm(Form):
    """A running gag."""

    main: ClassVar[str] = "text"
    id: GivenId = ""
    text: Prose = Field(min_length=1)
    terms: Lines = Field((), description="Words by which it is recognised in a script; any one of them.")
    variations: Lines = ()


class FactForm(Form):
    """What is true in the show."""

    main: ClassVar[str] = "text"
    id: GivenId = ""
    text: Prose = Field(min_length=1)
    terms: Lines = Field((), description="Who says one of them shows that the fact is known.")
    broken_by: Lines = Field((), description="Phrases that would contradict it.")
    known_by: Listed = Field((), description="Characters who know it when the episode begins; left out: everybody.")
    since: Line = Field("", description="The episode that established it.")


class SetUpForm(Form):
    """Planted here, to pay off later."""

    main: ClassVar[str] = "text"
    id: GivenId = ""
    text: Prose = Field(min_length=1)
    terms: Lines = ()


class PayOffForm(Form):
    """Pays off what an earlier scene planted."""

    main: ClassVar[str] = "text"
    setup: Line = Field(min_length=1, description="Id or text of the set-up.")
    text: Prose = Field(min_length=1)
    terms: Lines = ()


class CallbackForm(Form):
    """Says again, with a turn, what was funny before."""

    main: ClassVar[str] = "text"
    id: GivenId = ""
    to: Line = Field("", description="Id or text of a set-up or a running gag; left out: its terms tell.")
    text: Prose = Field(min_length=1)
    terms: Lines = ()


class SlugForm(Form):
    """A scene heading in parts."""

    main: ClassVar[str] = "place"
    interior: Inside | None = None
    place: Line = Field(min_length=1)
    time: Line = ""


class HandoffForm(Form):
    """The contract with the next scene."""

    main: ClassVar[str] = "ends_on"
    ends_on: Prose = ""
    next_opens_on: Prose = ""


def _heading(value: Any) -> Any:
    return {"place": one_line(value)} if isinstance(value, str) else value


class SceneForm(Form):
    """A scene of a ready outline."""

    id: GivenId = Field("", description="s1, s2 ... by default; stays the same for life.")
    act: Line = Field("", description="COLD OPEN, ACT ONE, TAG ...; left out: as the scene before.")
    story: Which = ""
    title: Line = ""
    slug: Annotated[SlugForm, BeforeValidator(_heading, json_schema_input_type=str | SlugForm)] = Field(
        description="INT. KITCHEN - NIGHT, or its parts."
    )
    characters: Listed = Field((), description="Names or ids of those who are in it.")
    purpose: Prose = Field("", description="What would be missing without it.")
    beats: Lines = Field((), description="What happens, in order: who does what.")
    comic_beats: Lines = ()
    setups: Annotated[tuple[SetUpForm, ...], items_of(SetUpForm, "id"), Field(max_length=MOST)] = ()
    payoffs: Annotated[tuple[PayOffForm, ...], items_of(PayOffForm, "setup"), Field(max_length=MOST)] = ()
    callbacks: Annotated[tuple[CallbackForm, ...], items_of(CallbackForm, "to"), Field(max_length=MOST)] = ()
    reveals: Annotated[tuple[FactForm, ...], items_of(FactForm, "id"), Field(max_length=MOST)] = Field(
        (), description="Facts of the show (by id or text), or new ones, that come out here."
    )
    act_out: Prose = Field("", description="What the act ends on; in its last scene.")
    act_out_terms: Lines = ()
    seconds: Seconds | None = Field(None, description="Planned running time.")
    handoff: HandoffForm = HandoffForm()


Characters = Annotated[tuple[CharacterForm, ...], items_of(CharacterForm, "name"), Field(max_length=200)]


class EpisodeForm(Form):
    """One episode: a premise, a ready outline, or anything between."""

    title: Line = ""
    premise: Prose = ""
    logline: Prose = ""
    transform: Prose = Field("", description='What becomes of an existing premise: "on a space station".')
    stories: dict[Which, Prose] = Field(default_factory=dict, description="A, B, C -> what each is about.")
    guests: Characters = Field((), description="Characters of this episode only.")
    scenes: Annotated[tuple[SceneForm, ...], Field(max_length=500)] = Field((), description="A ready outline.")
    number_of_scenes: int | None = Field(None, ge=1, le=200, description="How many, where none are given.")
    rounds: int | None = Field(None, ge=0, le=10, description="Of refinement, at most.")
    threshold: float | None = Field(None, ge=0, le=1, description="The quality from which on nothing is refined.")
    narrator: bool | None = Field(None, description="Whether headings and directions are read at the table.")
    narrator_voice: SpeakingVoice = Field("", description='"engine:voice"')
    language: Language = Field("", description="Of this episode, as a BCP 47 tag; left out: the show's.")
    audience: Prose = ""
    instructions: Prose = Field("", description="Wishes in free text.")
    lexicon: dict[str, Line] = Field(default_factory=dict, description="Written form -> how to say it.")


class ShowForm(Form):
    """The show itself."""

    id: GivenId = ""
    title: Line = Field(min_length=1)
    logline: Prose = ""
    tone: Prose = ""
    format: Camera = "single-camera"
    minutes: float = Field(22.0, gt=0, le=240, description="Running time of an episode.")
    language: Language = Field("en", min_length=2, description="BCP 47")
    characters: Characters = ()
    sets: Annotated[tuple[SetForm, ...], items_of(SetForm, "name"), Field(max_length=MOST)] = ()
    gags: Annotated[tuple[GagForm, ...], items_of(GagForm, "id"), Field(max_length=MOST)] = ()
    facts: Annotated[tuple[FactForm, ...], items_of(FactForm, "id"), Field(max_length=MOST)] = ()
    rules: Lines = Field((), description='"Nobody ever talks to the audience."')


class BibleForm(ShowForm):
    """A show's bible, with an episode to make of it if one is wanted."""

    kind: Literal["episode"] = "episode"
    episode: EpisodeForm = EpisodeForm()


class OutlineForm(EpisodeForm):
    """One more episode of a show that is kept, or that is told inside."""

    kind: Literal["episode"] = "episode"
    show: Annotated[
        Annotated[Line, Tag("name")] | Annotated[ShowForm, Tag("mapping")],
        Discriminator(lambda value: "name" if isinstance(value, str) else "mapping"),
        Field(description="Name of a kept show, or the show itself."),
    ]
