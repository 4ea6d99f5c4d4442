"""From what a model wrote to values of ours: ids made right, what cannot be used dropped, never shown.

Pure. Every function takes JSON of unknown shape. A `ValueError` says what is missing, in words for the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from scenewright.domain.actions import Action
from scenewright.domain.base import Json
from scenewright.domain.outline import Handoff, Header, SceneOutline
from scenewright.domain.quiz import Question, Quiz
from scenewright.domain.slides import Block, ImageBlock, Slide, SlideBlock
from scenewright.kinds.mending import listed, member, nearest, text, texts
from scenewright.text.spoken import spoken

T = TypeVar("T")

_BLOCK: TypeAdapter[SlideBlock] = TypeAdapter(SlideBlock)
_ACTION: TypeAdapter[Action] = TypeAdapter(Action)
_FORMS: dict[str, type[Block]] = {form.model_fields["type"].default: form for form in get_args(get_args(SlideBlock)[0])}
_ITEMS: dict[str, Callable[[Any], int]] = {
    "bullets": lambda block: len(block.items),
    "steps": lambda block: len(block.items),
    "table": lambda block: len(block.rows),
    "comparison": lambda block: len(block.left) + len(block.right),
}


def header(value: Json, language: str) -> Header | None:
    if not isinstance(value, dict):
        return None
    planned = tuple(texts(value.get("planned")))
    title = text(value.get("title"))
    if not planned or not title:
        return None
    written = text(value.get("language"))
    return Header(
        title=title,
        language=language or (written if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", written) else "en"),
        objectives=tuple(texts(value.get("objectives"))),
        planned=planned,
    )


def scene(value: Json, name: str, sections: Sequence[str]) -> SceneOutline | None:
    if not isinstance(value, dict) or not (title := text(value.get("title"))):
        return None
    cited = (nearest(text(cite), sections) for cite in listed(value.get("sections")))
    return SceneOutline(
        id=name,
        title=title,
        form="quiz" if value.get("form") == "quiz" else "slide",
        purpose=text(value.get("purpose")),
        key_points=tuple(texts(value.get("key_points"))),
        sections=tuple(dict.fromkeys(cite for cite in cited if cite)),
        handoff=Handoff(ends_on=text(value.get("ends_on")), next_opens_on=text(value.get("next_opens_on"))),
    )


def slide(value: Json, title: str, assets: frozenset[str]) -> Slide:
    blocks: list[SlideBlock] = []
    problems: list[str] = []
    for number, raw in enumerate(listed(member(value, "blocks")), 1):
        if not isinstance(raw, dict):
            continue
        name = _free(text(raw.get("id")), {block.id for block in blocks}, "b", number)
        block = _validated(_BLOCK, _known_fields({**raw, "id": name}), problems, f"block {number}")
        if isinstance(block, ImageBlock) and block.asset not in assets:
            problems.append(f"block {number} names an image {block.asset!r} that the source does not have")
        elif block is not None and _says_something(block):
            blocks.append(block)
    if not blocks:
        raise ValueError("the slide has no usable block" + (f" ({'; '.join(problems[:3])})" if problems else ""))
    return Slide(title=text(member(value, "title")) or title, blocks=tuple(blocks))


def quiz(value: Json, title: str) -> Quiz:
    questions: list[Question] = []
    problems: list[str] = []
    for number, raw in enumerate(listed(member(value, "questions")), 1):
        if not isinstance(raw, dict):
            continue
        name = _free(text(raw.get("id")), {question.id for question in questions}, "q", number)
        fields = {key: raw[key] for key in Question.model_fields if key in raw} | {"id": name}
        try:
            questions.append(Question.model_validate(fields))
        except ValidationError as exc:
            problems.append(f"question {number}: {_first(exc)}")
    if not questions:
        raise ValueError("the quiz has no usable question" + (f" ({'; '.join(problems[:3])})" if problems else ""))
    return Quiz(
        title=text(member(value, "title")) or title, intro=text(member(value, "intro")), questions=tuple(questions)
    )


def action(value: Json, name: str, content: Slide | Quiz, speakers: Sequence[str], language: str) -> Action | None:
    """A speech without words, or a pointer at nothing, is dropped; a near miss of an id is put right."""
    if not isinstance(value, dict):
        return None
    if value.get("type") == "speech":
        said = spoken(text(value.get("text")), language)
        speaker = nearest(text(value.get("speaker")), speakers) or speakers[0]
        return (
            _validated(_ACTION, {"type": "speech", "id": name, "speaker": speaker, "text": said}, []) if said else None
        )
    items = targets(content)
    target = nearest(text(value.get("target")), list(items))
    if not target:
        return None
    item = value.get("item")
    fits = isinstance(item, int) and not isinstance(item, bool) and 0 <= item < items[target]
    return _validated(
        _ACTION, {"type": value.get("type"), "id": name, "target": target, "item": item if fits else None}, []
    )


def targets(content: Slide | Quiz) -> dict[str, int]:
    """What actions may point at, and how many items it has."""
    if isinstance(content, Quiz):
        return {question.id: len(question.options) for question in content.questions}
    return {block.id: _ITEMS.get(block.type, lambda _: 0)(block) for block in content.blocks}


def _known_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Without fields that the block type does not have, which models like to add."""
    form = _FORMS.get(str(raw.get("type")))
    return {key: value for key, value in raw.items() if form and key in form.model_fields and value is not None}


def _says_something(block: SlideBlock) -> bool:
    fields = block.model_dump(exclude={"id", "type", "direction", "tone", "chart", "language"})
    return any(value not in ("", (), []) for value in fields.values())


def _free(wanted: str, taken: set[str], prefix: str, number: int) -> str:
    name = wanted if re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", wanted) else f"{prefix}{number}"
    while name in taken:
        number += 1
        name = f"{prefix}{number}"
    return name


def _validated(adapter: TypeAdapter[T], raw: Json, problems: list[str], where: str = "") -> T | None:
    try:
        return adapter.validate_python(raw)
    except ValidationError as exc:
        problems.append(f"{where}: {_first(exc)}")
        return None


def _first(exc: ValidationError) -> str:
    error = exc.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(step) for step in error['loc'])} {error['msg']}".strip()
