"""Values that fit a JSON schema, made from a seeded source."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from scenewright.domain.base import Json
from scenewright.testing.provider.patterns import matching
from scenewright.testing.provider.script import Seen
from scenewright.testing.provider.words import Words

Override = Callable[[Seen], Json] | Json
_DEEP = 6  # from here on lists are as short and choices as plain as the schema allows
_MOST_ITEMS = 4


class Answers:
    """Makes one value per request.

    `overrides`: by property name, or by "Title.property" where a name means different things; a value, or a function
    of the request.
    """

    def __init__(self, seed: int, overrides: Mapping[str, Override]) -> None:
        self._seed, self._overrides = seed, overrides

    def text(self, seen: Seen, *, vary: bool) -> str:
        """Plain sentences, for a request without a schema."""
        return Words(self._source(seen, vary)).sentences()

    def value(self, schema: Mapping[str, Any], seen: Seen, *, vary: bool) -> Json:
        return _Maker(schema, self._source(seen, vary), self._overrides, seen).make(schema)

    def _source(self, seen: Seen, vary: bool) -> random.Random:
        # The attempt, not the arrival: a test with parallel requests stays repeatable.
        return random.Random(f"{self._seed}/{seen.digest}/{seen.attempt if vary else 0}")


class _Maker:
    def __init__(
        self, root: Mapping[str, Any], rng: random.Random, overrides: Mapping[str, Override], seen: Seen
    ) -> None:
        self._root, self._rng, self._overrides, self._seen = root, rng, overrides, seen
        self._words = Words(rng)

    def make(self, schema: Mapping[str, Any], name: str = "", depth: int = 0) -> Json:
        schema = self._resolve(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._rng.choice(schema["enum"])
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return self.make(self._choose(choices, depth), name, depth)
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = next((one for one in kind if one != "null"), "null")
        return self._make_kind(kind, schema, name, depth)

    def _make_kind(self, kind: str, schema: Mapping[str, Any], name: str, depth: int) -> Json:
        match kind:
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, name, depth)
            case "string":
                return self._string(schema, name)
            case "integer":
                return int(self._number(schema, whole=True))
            case "number":
                return self._number(schema, whole=False)
            case "boolean":
                return self._rng.random() < 0.5
            case _:
                return None

    def _resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            target: Any = self._root
            for step in schema["$ref"].removeprefix("#").strip("/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")] if step else target
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        merged = dict(schema)
        for part in merged.pop("allOf", ()):
            merged = {**self._resolve(part), **merged}
        return merged

    def _choose(self, choices: list[Mapping[str, Any]], depth: int) -> Mapping[str, Any]:
        """Something rather than nothing, until it gets deep."""
        nothing = [choice for choice in choices if choice.get("type") == "null"]
        something = [choice for choice in choices if choice.get("type") != "null"]
        if depth >= _DEEP and nothing:
            return nothing[0]
        return self._rng.choice(something or nothing)

    def _object(self, schema: Mapping[str, Any], depth: int) -> Json:
        title = str(schema.get("title", ""))
        properties = schema.get("properties", {})
        made = {
            name: self._property(title, name, part, depth)
            for name, part in properties.items()
            if depth < _DEEP or name in schema.get("required", ())
        }
        free = schema.get("additionalProperties")
        if isinstance(free, dict) and not properties:
            for _ in range(max(1, int(schema.get("minProperties", 1)))):
                made[self._words.name()] = self.make(free, "", depth + 1)
        return made

    def _property(self, title: str, name: str, schema: Mapping[str, Any], depth: int) -> Json:
        for key in (f"{title}.{name}", name):
            if key in self._overrides:
                found = self._overrides[key]
                return found(self._seen) if callable(found) else found
        return self.make(schema, name, depth + 1)

    def _array(self, schema: Mapping[str, Any], name: str, depth: int) -> Json:
        if "prefixItems" in schema:
            return [self.make(part, name, depth + 1) for part in schema["prefixItems"]]
        least = int(schema.get("minItems", 0))
        most = int(schema.get("maxItems", max(least, _MOST_ITEMS)))
        count = least if depth >= _DEEP else self._rng.randint(max(least, min(2, most)), max(least, most))
        items = schema.get("items", {})
        made: list[Json] = []
        for _ in range(count * 20):
            if len(made) == count:
                break
            item = self.make(items, name, depth + 1)
            if not (schema.get("uniqueItems") and item in made):
                made.append(item)
        return made

    def _string(self, schema: Mapping[str, Any], name: str) -> str:
        if pattern := schema.get("pattern"):
            return matching(pattern, self._rng)
        text = self._said(name)
        least, most = int(schema.get("minLength", 0)), schema.get("maxLength")
        while len(text) < least:
            text = f"{text} {self._words.sentence()}"
        return text if most is None else text[: int(most)].strip() or text[: int(most)]

    def _said(self, name: str) -> str:
        match name.rstrip("s"):
            case "id" | "name":
                return self._words.name()
            case "language" | "lang":
                return "en"
            case "title" | "label" | "heading" | "caption":
                return self._words.title()
            case _:
                return self._words.sentence()

    def _number(self, schema: Mapping[str, Any], *, whole: bool) -> float:
        step = 1 if whole else 0.001
        low = schema.get("minimum", schema.get("exclusiveMinimum", -step) + step)
        high = schema.get("maximum", schema.get("exclusiveMaximum", max(low, 0) + 100 + step) - step)
        low, high = (low, high) if low <= high else (high, high)
        return self._rng.randint(int(low), int(high)) if whole else round(self._rng.uniform(low, high), 3)
