"""What is sent to a model, whatever the kind: stable rules first, then facts; and a person's documents as text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from scenewright.domain.calls import Message

CHARACTERS_PER_TOKEN = 3  # on the safe side for European languages; Chinese is counted apart


@cache
def rules(package: str, name: str) -> str:
    """The rules of a step: what all steps of the kind share, then its own. `package` has them in its `prompts`."""
    folder = files(package) / "prompts"
    return (folder / "common.md").read_text("utf-8") + "\n" + (folder / f"{name}.md").read_text("utf-8")


def messages(package: str, name: str, *facts: str) -> tuple[Message, ...]:
    """A system message with the rules of the step, and one user message with the facts, most stable first."""
    return (
        Message(role="system", text=rules(package, name)),
        Message(role="user", text="\n\n".join(fact for fact in facts if fact)),
    )


def source(sections: Sequence[Mapping[str, Any]]) -> str:
    return "# Source\n" + "\n\n".join(_section(section) for section in sections) if sections else ""


def wish(note: str) -> str:
    """What a person wants to be different this time."""
    return f"# What should be different\n{note}" if note else ""


def fact(title: str, value: Any) -> str:
    return f"# {title}\n" + json.dumps(value, ensure_ascii=False, indent=1)


def tokens(text: str) -> int:
    """How many tokens a text takes, on the safe side."""
    wide = sum(ord(character) > 0x2E80 for character in text)
    return wide + (len(text) - wide) // CHARACTERS_PER_TOKEN + 1


def _section(section: Mapping[str, Any]) -> str:
    lines = [f"## [{section['id']}] {section['title']}".rstrip()]
    lines += [_block(block) for block in section["blocks"]]
    return "\n".join(lines)


def _block(block: Mapping[str, Any]) -> str:
    match block["type"]:
        case "list":
            return "\n".join(
                f"{f'{number}.' if block['ordered'] else '-'} {item}" for number, item in enumerate(block["items"], 1)
            )
        case "table":
            rows = [block["header"]] if block["header"] else []
            return "\n".join(" | ".join(row) for row in [*rows, *block["rows"]]) + _caption(block)
        case "code":
            return f"```{block['language']}\n{block['text']}\n```"
        case "formula":
            return f"$${block['latex']}$$"
        case "image":
            return f"(image, asset {block['asset']!r}: {block['alt']}){_caption(block)}"
        case "quote":
            return f"> {block['text']}"
        case _:
            return str(block["text"])


def _caption(block: Mapping[str, Any]) -> str:
    return f"\n({block['caption']})" if block["caption"] else ""


def within(sections: Sequence[Mapping[str, Any]], room: int) -> list[Mapping[str, Any]]:
    """The sections, their last blocks left out if they take more than `room` tokens."""
    kept: list[Mapping[str, Any]] = []
    for section in sections:
        blocks: list[Any] = []
        for block in section["blocks"]:
            room -= tokens(_block(block))
            if room < 0 and (blocks or kept):
                break
            blocks.append(block)
        kept.append({**section, "blocks": blocks})
        if room < 0:
            break
    return kept


def gist(sections: Sequence[Mapping[str, Any]], room: int) -> list[Mapping[str, Any]]:
    """Every section by its title and the beginning of its text, so that all of them fit into `room` tokens."""
    share = max(0, room // max(1, len(sections)) - 20)  # tokens for each, less its heading
    return [{**section, "blocks": _beginning(section["blocks"], share)} for section in sections]


def _beginning(blocks: Sequence[Mapping[str, Any]], room: int) -> list[Mapping[str, Any]]:
    text = " ".join(_block(block) for block in blocks)
    cut = text[: room * CHARACTERS_PER_TOKEN // (3 if tokens(text) * 2 > len(text) else 1)]
    return [{"type": "prose", "text": cut}] if cut else []
