"""What is sent: the stable rules first, so that providers' prompt caches hit, then the facts of this step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenewright.domain.calls import Message
from scenewright.kinds import prompting
from scenewright.kinds.prompting import fact, gist, source, tokens, wish, within

__all__ = ["fact", "gist", "header", "messages", "source", "task", "tokens", "wish", "within"]


def messages(name: str, *facts: str) -> tuple[Message, ...]:
    return prompting.messages("scenewright.kinds.classroom", name, *facts)


def task(wishes: Mapping[str, Any], language: str = "") -> str:
    lines = [f"Language: {language or wishes['language'] or 'that of the source'}"]
    if wishes["audience"]:
        lines.append(f"Audience: {wishes['audience']}")
    if wishes["instructions"]:
        lines.append(f"Wishes: {wishes['instructions']}")
    return "# Task\n" + "\n".join(lines)


def header(value: Mapping[str, Any]) -> str:
    return fact("Classroom", {key: value[key] for key in ("title", "objectives", "planned")})
