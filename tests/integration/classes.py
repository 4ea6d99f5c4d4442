"""A scripted model that writes a sensible classroom: differently at every call, and true to the ids it is shown."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.document import Document, Prose, Section
from scenewright.testing.provider import Seen

WORDS = (
    "amber",
    "basalt",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "garnet",
    "heron",
    "indigo",
    "juniper",
    "kelp",
    "lagoon",
)
_turn = itertools.count()


def phrase() -> str:
    """Never the same twice in a run, so that nothing passes by luck."""
    number = next(_turn)
    return f"{WORDS[number % 12]} {WORDS[(number // 12) % 12]} number {number}"


def document(sections: int = 3, changed: int | None = None) -> Document:
    def text(number: int) -> str:
        return f"Section {number} tells of the {WORDS[number]}." + (" It was rewritten." if number == changed else "")

    return Document(
        name="doc.md",
        sections=tuple(
            Section(id=f"part-{number}", title=f"Part {number}", blocks=(Prose(text=text(number)),))
            for number in range(1, sections + 1)
        ),
    )


def classroom(seen: Seen, scenes: int = 3) -> Json:
    """The answer to any of the classroom's questions."""
    name = seen.body["response_format"]["json_schema"]["name"]
    return {"outline": outline, "slide": slide, "quiz": quiz, "actions": actions}[name](seen, scenes)


def outline(seen: Seen, scenes: int) -> Json:
    planned = [f"Scene {number}: {phrase()}" for number in range(1, scenes + 1)]
    listed = [
        {
            "title": title,
            "form": "quiz" if number == scenes else "slide",
            "purpose": phrase(),
            "key_points": [phrase(), phrase()],
            "sections": [f"part-{number}"],
            "ends_on": phrase(),
            "next_opens_on": phrase(),
        }
        for number, title in enumerate(planned, 1)
    ]
    header = {"title": phrase(), "language": "en", "objectives": [phrase()], "planned": planned}
    return {"header": header, "scenes": listed}


def slide(seen: Seen, scenes: int) -> Json:
    return {
        "type": "slide",
        "title": phrase(),
        "blocks": [
            {"type": "bullets", "id": "b1", "items": [phrase(), phrase()]},
            {"type": "formula", "id": "b2", "latex": "\\beta + \\frac{1}{2}", "caption": ""},
        ],
    }


def quiz(seen: Seen, scenes: int) -> Json:
    options = [{"id": name, "text": phrase()} for name in "abc"]
    question = {"id": "q1", "type": "single", "prompt": phrase(), "options": options, "answers": ["b"]}
    return {
        "type": "quiz",
        "title": phrase(),
        "intro": "",
        "questions": [{**question, "explanation": phrase(), "points": 1}],
    }


def actions(seen: Seen, scenes: int) -> Json:
    target = "q1" if '"questions"' in seen.text else "b1"
    return {
        "actions": [
            {"type": "spotlight", "speaker": None, "text": None, "target": target, "item": None},
            speech(phrase()),
            speech(phrase()),
        ]
    }


def speech(text: str) -> dict[str, Any]:
    return {"type": "speech", "speaker": "teacher", "text": text, "target": None, "item": None}


def asks_for(seen: Seen, name: str) -> bool:
    wanted = seen.body.get("response_format") or {}
    return bool(wanted) and wanted["json_schema"]["name"] == name


def accepted(seen: Seen) -> list[Json]:
    """The parts that a continued request names as kept."""
    told = [message["content"] for message in seen.body["messages"] if message["role"] == "assistant"]
    return [json.loads(line) for line in told[-1].splitlines()] if told and re.match(r"\{", told[-1]) else []
