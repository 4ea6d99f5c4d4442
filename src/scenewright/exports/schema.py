"""The published JSON schema of `work.json` (docs/schema/); `python -m scenewright.exports.schema` prints it."""

from __future__ import annotations

import json
import sys
from typing import Any

from scenewright.domain.classroom import FORMAT_VERSION, Classroom

FILE_NAME = f"scenewright.classroom-{FORMAT_VERSION}.schema.json"


def classroom_schema() -> dict[str, Any]:
    schema = Classroom.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": FILE_NAME, **schema}


def schema_text() -> str:
    return json.dumps(classroom_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
