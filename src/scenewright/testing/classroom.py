"""A scripted model that writes a sensible classroom, true to the ids it is shown: answers for a ScriptedProvider."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

from scenewright.domain.base import Json, digest
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
Say = Callable[[], str]


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


def classroom(seen: Seen, scenes: int = 3, say: Say = phrase) -> Json:
    """The answer to any of the classroom's questions. `say`: its words."""
    name = seen.body["response_format"]["json_schema"]["name"]
    return {"outline": outline, "slide": slide, "quiz": quiz, "actions": actions}[name](seen, scenes, say)


def by_content(seen: Seen, scenes: int = 3) -> Json:
    """As `classroom`, the same for the same question; asked to go on behind kept parts, what is behind them."""
    told = [dict(message) for message in seen.body["messages"]]
    first = next((n for n, message in enumerate(told) if message["role"] == "assistant"), len(told))
    asked, turn = digest(told[:first]), itertools.count()
    whole = classroom(seen, scenes, lambda: f"{WORDS[int(asked[:8], 16) % 12]} {asked[:12]} number {next(turn)}")
    kept = accepted(seen)
    if asks_for(seen, "outline") and kept:
        return {"scenes": whole["scenes"][len(kept) - 1 :]}
    if asks_for(seen, "actions"):
        return {"actions": whole["actions"][len(kept) :]}
    return whole


def outline(seen: Seen, scenes: int, say: Say) -> Json:
    planned = [f"Scene {number}: {say()}" for number in range(1, scenes + 1)]
    listed = [
        {
            "title": title,
            "form": "quiz" if number == scenes else "slide",
            "purpose": say(),
            "key_points": [say(), say()],
            "sections": [f"part-{number}"],
            "ends_on": say(),
            "next_opens_on": say(),
        }
        for number, title in enumerate(planned, 1)
    ]
    header = {"title": say(), "language": "en", "objectives": [say()], "planned": planned}
    return {"header": header, "scenes": listed}


def slide(seen: Seen, scenes: int, say: Say) -> Json:
    return {
        "type": "slide",
        "title": say(),
        "blocks": [
            {"type": "bullets", "id": "b1", "items": [say(), say()]},
            {"type": "formula", "id": "b2", "latex": "\\beta + \\frac{1}{2}", "caption": ""},
        ],
    }


def quiz(seen: Seen, scenes: int, say: Say) -> Json:
    options = [{"id": name, "text": say()} for name in "abc"]
    question = {"id": "q1", "type": "single", "prompt": say(), "options": options, "answers": ["b"]}
    return {
        "type": "quiz",
        "title": say(),
        "intro": "",
        "questions": [{**question, "explanation": say(), "points": 1}],
    }


def actions(seen: Seen, scenes: int, say: Say) -> Json:
    target = "q1" if '"questions"' in seen.text else "b1"
    return {
        "actions": [
            {"type": "spotlight", "speaker": None, "text": None, "target": target, "item": None},
            speech(say()),
            speech(say()),
        ]
    }


def speech(text: str) -> dict[str, Any]:
    return {"type": "speech", "speaker": "teacher", "text": text, "target": None, "item": None}


def asks_for(seen: Seen, name: str) -> bool:
    wanted = seen.body.get("response_format") or {}
    return bool(wanted) and wanted["json_schema"]["name"] == name


def accepted(seen: Seen, *marks: str) -> list[Json]:
    """The parts that a continued request names as kept. An answer that is shown with what was wrong in it has none.

    `marks`: a part has "type" or one of these.
    """
    told = [message["content"] for message in seen.body["messages"] if message["role"] == "assistant"]
    try:
        kept = [json.loads(line) for line in told[-1].splitlines()] if told else []
    except ValueError:
        return []
    return kept if all(isinstance(part, dict) and part.keys() & {"type", *marks} for part in kept) else []
