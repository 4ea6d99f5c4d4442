"""The published JSON schemas of `work.json` (docs/schema/); `python -m scenewright.exports.schema KIND` prints one."""

from __future__ import annotations

import json
import sys
from typing import Any

from scenewright.domain.base import Value
from scenewright.domain.classroom import FORMAT_VERSION, Classroom
from scenewright.domain.episode import Episode

FILE_NAME = f"scenewright.classroom-{FORMAT_VERSION}.schema.json"
KINDS: dict[str, tuple[str, type[Value]]] = {
    "classroom": (FILE_NAME, Classroom),
    "episode": ("scenewright.episode-1.schema.json", Episode),
}


def schema_of(kind: str) -> dict[str, Any]:
    name, model = KINDS[kind]
    schema = model.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **schema}


def schema_text(kind: str = "classroom") -> str:
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "classroom"
    if asked not in KINDS:
        sys.exit(f"There is no schema for {asked!r}; there are: {', '.join(KINDS)}.")
    sys.stdout.write(schema_text(asked))
