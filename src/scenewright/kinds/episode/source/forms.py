"""A bible as people write it. What they may leave out or write shorter is filled in here; names are resolved later."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, create_model, model_validator
from pydantic_core import PydanticCustomError

from scenewright.documents.fountain_marks import one_line
from scenewright.domain.show import Length
from scenewright.kinds.episode.source.tree import canonical

MOST = 1_000  # items of one list


class Form(BaseModel):
    """A mapping of the file. `main`: the field that is meant where a text stands instead of the mapping."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    main: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if isinstance(given, str) and cls.main:
            return {cls.main: given}
        if not isinstance(given, Mapping):
            return given
        found: dict[str, Any] = {}
        for name, value in given.items():
            field = canonical(str(name))
            if field not in cls.model_fields:
                raise PydanticCustomError("unknown", "unknown", {"field": name, "known": sorted(cls.model_fields)})
            if value is None:  # left empty
                continue
            if field in found:
                raise PydanticCustomError("twice", "twice", {"field": name, "same": field})
            found[field] = value
        return found


def _line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _split(pattern: str) -> Callable[[Any], Any]:
    def split(value: Any) -> Any:
        if isinstance(value, str):
            return [item for part in re.split(pattern, value) if (item := part.strip().removeprefix("- ").strip())]
        return value

    return split


def _items(form: type[Form], key: str) -> BeforeValidator:
    """A list, a single item, or a mapping from the item's `key` to the rest of it (or to a text)."""
    text = form.main if form.main != key else "description"

    def items(value: Any) -> Any:
        if isinstance(value, str):
            return [value]
        if not isinstance(value, Mapping):
            return value
        if all(canonical(str(name)) in form.model_fields for name in value):
            return [value]
        return [_keyed(name, item) for name, item in value.items()]

    def _keyed(name: str, item: Any) -> Any:
        rest = item if isinstance(item, Mapping) else {} if item is None else {text: item}
        return {key: name, **rest}

    return BeforeValidator(items, json_schema_input_type=_shape(form, key))


def _shape(form: type[Form], key: str) -> Any:
    """For the schema: what is required of an item that stands behind its key is not required inside."""
    alone = [name for name, field in form.model_fields.items() if field.is_required() and name != form.main]
    item: Any = form if alone else form | str
    behind: Any = form
    if form.model_fields[key].is_required():
        fields: dict[str, Any] = {key: (str, "")}
        behind = create_model(f"{form.__name__}Behind{key.title()}", __base__=form, **fields)
    return list[item] | dict[str, behind | str | None]


Line = Annotated[str, BeforeValidator(_line, json_schema_input_type=str), Field(max_length=300)]
Prose = Annotated[str, Field(max_length=20_000)]
Listed = Annotated[  # "love, kettle, scone" is a list, too
    tuple[Line, ...], BeforeValidator(_split(r"[,\n]"), json_schema_input_type=str | list[str]), Field(max_length=MOST)
]
Lines = Annotated[  # commas belong to the item
    tuple[Prose, ...], BeforeValidator(_split(r"\n"), json_schema_input_type=str | list[str]), Field(max_length=MOST)
]
GivenId = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]{0,63})?$")]
Seconds = Annotated[float, Field(gt=0, le=24 * 3600)]


def _camera(value: Any) -> Any:
    word = canonical(value).partition("_")[0] if isinstance(value, str) else ""
    return f"{word}-camera" if word in ("single", "multi") else value


def _interior(value: Any) -> Any:
    found = {"INT": "INT.", "EXT": "EXT.", "INT/EXT": "INT./EXT.", "EXT/INT": "INT./EXT.", "I/E": "INT./EXT."}
    return found.get(value.upper().replace(".", "").replace(" ", ""), value) if isinstance(value, str) else value


Camera = Annotated[Literal["single-camera", "multi-camera"], BeforeValidator(_camera)]
Inside = Annotated[Literal["INT.", "EXT.", "INT./EXT."], BeforeValidator(_interior)]
Which = Annotated[
    Literal["", "A", "B", "C"], BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)
]


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
    speaking_voice: Line = Field("", description='"engine:voice" in the table read; left out: one is chosen.')


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
    setups: Annotated[tuple[SetUpForm, ...], _items(SetUpForm, "id"), Field(max_length=MOST)] = ()
    payoffs: Annotated[tuple[PayOffForm, ...], _items(PayOffForm, "setup"), Field(max_length=MOST)] = ()
    callbacks: Annotated[tuple[CallbackForm, ...], _items(CallbackForm, "to"), Field(max_length=MOST)] = ()
    reveals: Annotated[tuple[FactForm, ...], _items(FactForm, "id"), Field(max_length=MOST)] = Field(
        (), description="Facts of the show (by id or text), or new ones, that come out here."
    )
    act_out: Prose = Field("", description="What the act ends on; in its last scene.")
    act_out_terms: Lines = ()
    seconds: Seconds | None = Field(None, description="Planned running time.")
    handoff: HandoffForm = HandoffForm()


Characters = Annotated[tuple[CharacterForm, ...], _items(CharacterForm, "name"), Field(max_length=200)]


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
    narrator_voice: Line = Field("", description='"engine:voice"')
    language: Line = Field("", description="Of this episode, as a BCP 47 tag; left out: the show's.")
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
    language: Line = Field("en", min_length=2, max_length=35, description="BCP 47")
    characters: Characters = ()
    sets: Annotated[tuple[SetForm, ...], _items(SetForm, "name"), Field(max_length=MOST)] = ()
    gags: Annotated[tuple[GagForm, ...], _items(GagForm, "id"), Field(max_length=MOST)] = ()
    facts: Annotated[tuple[FactForm, ...], _items(FactForm, "id"), Field(max_length=MOST)] = ()
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
