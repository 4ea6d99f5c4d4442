"""What the forms of a bible are made of: friendly scalars and lists, and mappings that may be written shorter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from scenewright.documents.fountain_marks import one_line
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


def items_of(form: type[Form], key: str) -> BeforeValidator:
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


def _tag(value: Any) -> Any:
    if isinstance(value, str) and value and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}", value):
        raise PydanticCustomError("plain", "must be a language as a BCP 47 tag; write for example en, de or pt-BR")
    return value


def _voice(value: Any) -> Any:
    if isinstance(value, str) and value and not re.fullmatch(r"[a-z][\w-]*:\S+", value):
        raise PydanticCustomError("plain", "must be a voice as engine:voice; write for example espeak:en-us+f3")
    return value


Language = Annotated[Line, AfterValidator(_tag)]
SpeakingVoice = Annotated[Line, AfterValidator(_voice)]
Camera = Annotated[Literal["single-camera", "multi-camera"], BeforeValidator(_camera)]
Inside = Annotated[Literal["INT.", "EXT.", "INT./EXT."], BeforeValidator(_interior)]
Which = Annotated[
    Literal["", "A", "B", "C"], BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)
]
