"""The published JSON schema of a bible (docs/schema/); `python -m` with this module prints it."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import RootModel

from scenewright.kinds.episode.source.forms import BibleForm, OutlineForm

FORMAT_VERSION = 1
FILE_NAME = f"scenewright.show-{FORMAT_VERSION}.schema.json"


class BibleFile(RootModel[BibleForm | OutlineForm]):
    """A show's bible, or the outline of one more episode of a show."""


def bible_schema() -> dict[str, Any]:
    schema = BibleFile.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": FILE_NAME, **schema}


def schema_text() -> str:
    return json.dumps(bible_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
