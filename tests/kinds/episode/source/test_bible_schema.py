"""The published schema is the one of the forms, and editors find nothing to complain of in what comes along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scenewright.kinds.episode.source import example, read
from scenewright.kinds.episode.source.forms import BibleForm
from scenewright.kinds.episode.source.schema import FILE_NAME, bible_schema, schema_text
from scenewright.kinds.plugin import Source

ROOT = Path(__file__).parents[4]
FILES = {name: (ROOT / "examples" / name).read_bytes() for name in ("low-tide.yaml", "afterlight.yaml")}
FILES["bible.yaml"] = example().data


def problems(value: Any, schema: Any, root: Any, at: str = "") -> list[str]:
    """What is wrong by those words of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema or "oneOf" in schema:
        found = [problems(value, each, root, at) for each in schema.get("anyOf") or schema["oneOf"]]
        return [] if any(not each for each in found) else min(found, key=len)
    if schema.get("type") == "null":
        return [] if value is None else [f"{at}: not empty"]
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "number": (int, float),
        "integer": int,
        "boolean": bool,
    }
    if schema.get("type") in kinds and not isinstance(value, kinds[schema["type"]]):
        return [f"{at}: no {schema['type']}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r} is not {schema['const']!r}"]
    if isinstance(value, dict):
        return _of_object(value, schema, root, at)
    if isinstance(value, list):
        return [each for n, item in enumerate(value) for each in problems(item, schema["items"], root, f"{at}/{n}")]
    return []


def _of_object(value: dict[str, Any], schema: Any, root: Any, at: str) -> list[str]:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, item in value.items():
        if name in known:
            found += problems(item, known[name], root, f"{at}/{name}")
        elif isinstance(more, dict):
            found += problems(item, more, root, f"{at}/{name}")
        elif more is False:
            found.append(f"{at}: {name} is unknown")
    return found


def test_the_committed_schema_is_current() -> None:
    """`python -m scenewright.kinds.episode.source.schema > docs/schema/...` writes it."""
    assert (ROOT / "docs" / "schema" / FILE_NAME).read_text("utf-8") == schema_text()


@pytest.mark.parametrize("name", FILES)
def test_what_comes_along_fits_the_schema(name: str) -> None:
    schema = bible_schema()
    assert problems(yaml.safe_load(FILES[name]), schema, schema) == []


def test_the_schema_finds_a_slip() -> None:
    schema = bible_schema()
    value = yaml.safe_load(FILES["low-tide.yaml"])
    value["characters"][0]["voise"] = value["characters"][0].pop("voice")
    assert problems(value, schema, schema)


def test_short_forms_fit_the_schema() -> None:
    text = """
title: T
format: multi-camera
characters: {Ann: {voice: {vocabulary: "a, b"}}, Cid: the boss, Dee: }
sets: [Kitchen, {name: Hall, interior: EXT.}]
gags: {door: sticks, cat: {text: sleeps, terms: [cat]}}
episode:
  guests: [Bob]
  scenes:
    - slug: {place: Hall}
      characters: Ann
      setups: {x: y}
"""
    schema = bible_schema()
    assert problems(yaml.safe_load(text), schema, schema) == []
    assert read(Source(name="b.yaml", data=text.encode())).fields["kind"] == "episode"


def test_an_outline_of_a_kept_show_fits_the_schema() -> None:
    schema = bible_schema()
    assert problems({"show": "low-tide", "scenes": [{"slug": "INT. A"}]}, schema, schema) == []


def test_the_example_explains_every_field() -> None:
    """Each is used, or stands in a comment that can be uncommented."""
    text = example().data.decode()
    schema = bible_schema()
    left_out = {"id", "guests", "language", "title", "number_of_scenes", "since", "show", "time", "setup"}
    for form in schema["$defs"].values():
        for name in set(form.get("properties", {})) - left_out:
            assert f"{name}:" in text, name
    assert set(BibleForm.model_fields) - {"id"} <= set(yaml.safe_load(text))
