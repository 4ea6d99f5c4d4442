from __future__ import annotations

import json
import random
import re
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter

from scenewright.domain.actions import Action
from scenewright.domain.outline import Header, SceneOutline
from scenewright.domain.slides import Slide
from scenewright.testing.provider import Seen
from scenewright.testing.provider.answers import Answers
from scenewright.testing.provider.patterns import matching


class Node(BaseModel):
    name: str = Field(min_length=3, max_length=12)
    children: list[Node] = Field(max_length=3)


class Strict(BaseModel):
    code: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,8}$")
    count: int = Field(ge=3, le=5)
    share: float = Field(gt=0, lt=1)
    words: Annotated[list[str], Field(min_length=2, max_length=2)]
    few: set[Literal["a", "b", "c"]] = Field(min_length=2)
    pair: tuple[int, str]
    table: dict[str, int]
    maybe: Node | None
    const: Literal["x"]
    either: int | str
    long: str = Field(min_length=100)


def seen(digest: str = "d", attempt: int = 1) -> Seen:
    return Seen(index=0, attempt=attempt, path="", body={}, digest=digest, authorisation="", headers={})


def value(schema: dict[str, Any], seed: int = 0, overrides: Any = None, **kinds: Any) -> Any:
    return Answers(seed, overrides or {}).value(schema, seen(**kinds), vary=True)


@pytest.mark.parametrize("kind", [Node, Strict, Slide, Header, SceneOutline, list[Action], dict[str, list[Strict]]])
@given(seed=st.integers(0, 10_000))
def test_values_fit_their_schema(kind: Any, seed: int) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    adapter.validate_json(json.dumps(value(adapter.json_schema(), seed)))


def test_the_same_seed_and_request_give_the_same_and_everything_else_differs() -> None:
    schema = Slide.model_json_schema()
    first = value(schema)
    assert value(schema) == first
    assert value(schema, seed=1) != first
    assert value(schema, digest="e") != first
    assert value(schema, attempt=2) != first


def test_by_content_is_the_same_at_every_attempt() -> None:
    answers = Answers(0, {})
    texts = {answers.text(seen(attempt=attempt), vary=False) for attempt in range(3)}
    assert len(texts) == 1


def test_ids_do_not_repeat_within_an_answer() -> None:
    blocks = value(
        {"type": "array", "minItems": 30, "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
    )
    assert len({block["id"] for block in blocks}) == len(blocks) == 30


def test_overrides_replace_a_property_wherever_it_is() -> None:
    overrides = {"title": "Fixed", "Handoff.ends_on": lambda request: f"ends {request.digest}", "sections": ["s1"]}
    outline = value(SceneOutline.model_json_schema(), overrides=overrides)
    assert (outline["title"], outline["sections"]) == ("Fixed", ["s1"])
    assert outline["handoff"]["ends_on"] == "ends d"


@pytest.mark.parametrize(
    "pattern", [r"^#[0-9a-f]{6}$", r"^(a|bc)+\d?$", r"\w+@\w+\.(org|net)", r"^[^x]{3}$", r"a.c", "^$"]
)
@given(seed=st.integers(0, 1000))
def test_patterns_are_matched(pattern: str, seed: int) -> None:
    assert re.search(pattern, matching(pattern, random.Random(seed)))


def test_a_pattern_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="not supported"):
        matching(r"(?<=a)b", random.Random(0))
