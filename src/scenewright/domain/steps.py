"""How a step is named."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class StepId(NamedTuple):
    """`name` is the kind's word ("content"); `scene` is empty for steps of the whole work; `item` tells twins apart.

    A tuple and not a `Value`, because it is looked up dozens of times for every event: this is hashed and compared
    ten times faster. In JSON it is an object like any value, and is checked like one.
    """

    name: str
    scene: str = ""
    item: str = ""

    def __str__(self) -> str:
        return self.name + (f"@{self.scene}" if self.scene else "") + (f"/{self.item}" if self.item else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        head, _, item = text.partition("/")
        name, _, scene = head.partition("@")
        return cls(name=name, scene=scene, item=item)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema()
        fields = {
            field: core_schema.typed_dict_field(text, required=field not in cls._field_defaults)
            for field in cls._fields
        }
        read = core_schema.no_info_after_validator_function(
            lambda found: cls(**found), core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        )
        return core_schema.json_or_python_schema(
            json_schema=read,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), read]),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._asdict),
        )
