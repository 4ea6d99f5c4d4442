"""Who performs the steps of limericks: a model, or a rhymester that needs none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from scenewright.domain.base import Json, Value
from scenewright.domain.calls import Message
from scenewright.plan import Desk, Performer, Step
from scenewright.providers.llm.asking import Asker, ModelChoice, Question
from scenewright.testing.limerick.finale import patch


async def write_outline(step: Step, desk: Desk) -> dict[str, Any]:
    topic, verses = step.given["topic"], step.given["verses"]
    turns = ("who arrives", *(f"trouble {number}" for number in range(1, verses - 1)), "how it ends")[:verses]
    parts: list[dict[str, Any]] = [{"type": "header", "title": f"Limericks: {topic}", "planned": list(turns)}]
    parts += [{"type": "scene", "id": f"v{number}", "title": turn} for number, turn in enumerate(turns, 1)]
    for part in parts[len(desk.parts) :]:  # those before were accepted by an earlier run
        await desk.part(part)
    return {"parts": parts}


# What a model is asked to answer with


class Verse(Value):
    lines: tuple[str, ...] = Field(min_length=5, max_length=5)


class Lead(Value):
    lines: tuple[str, ...] = Field(min_length=1, max_length=1)


class Finding(Value):
    scene: str
    line: int
    problem: str


class Review(Value):
    score: int = Field(ge=0, le=100)
    findings: tuple[Finding, ...]


class Line(Value):
    line: int
    text: str


class Refined(Value):
    lines: tuple[Line, ...]


A = TypeVar("A", bound=Value)


def model_author(choose: Callable[[str], ModelChoice]) -> Mapping[str, Performer]:
    """Raises, when performed: BadAnswer; CallFailed."""

    async def ask(step: Step, desk: Desk, rules: str, facts: Json, form: type[A], check: Callable[[A], None]) -> A:
        wish = f"\nA person wants it to be different: {step.note}" if step.note else ""
        messages = (Message(role="system", text=rules), Message(role="user", text=f"{facts}{wish}"))
        question = Question(messages=messages, schema=form.model_json_schema(), name=step.id.name)
        return await Asker(choose(step.id.name), step, desk).ask(question, lambda value: _read(form, value, check))

    async def verse(step: Step, desk: Desk) -> dict[str, Any]:
        rules = "Write a limerick of five lines."
        return (await ask(step, desk, rules, step.given, Verse, _anything)).model_dump(mode="json")

    async def lead(step: Step, desk: Desk) -> dict[str, Any]:
        facts = {"verse": step.given["verse"], "before": step.context["before"]}
        rules = "Write one line that leads from the verse before to this one."
        return (await ask(step, desk, rules, facts, Lead, _anything)).model_dump(mode="json")

    async def review(step: Step, desk: Desk) -> dict[str, Any]:
        text = dict(step.given["text"])

        def check(answer: Review) -> None:
            for found in answer.findings:
                if found.line not in range(len(text.get(found.scene, ()))):
                    raise ValueError(f"there is no line {found.line} in {found.scene!r}")

        rules = "Judge these limericks from 0 to 100, and name each line to be better; line 0 leads over to the verse."
        return (await ask(step, desk, rules, step.given, Review, check)).model_dump(mode="json")

    async def refine(step: Step, desk: Desk) -> dict[str, Any]:
        lines, named = step.given["lines"], {found["line"] for found in step.given["findings"]}

        def check(answer: Refined) -> None:
            if {each.line for each in answer.lines} != named:
                raise ValueError(f"`lines` must give lines {sorted(named)}, and no others")

        answer = await ask(step, desk, "Rewrite the lines that the findings name.", step.given, Refined, check)
        return {"patches": [patch(lines, each.line, each.text) for each in answer.lines]}

    return {"outline": write_outline, "verse": verse, "lead": lead, "review": review, "refine": refine}


def _read(form: type[A], value: Json, check: Callable[[A], None]) -> A:
    """Raises: ValueError: the model is told this, and asked once more."""
    try:
        answer = form.model_validate(value)
    except ValidationError as exc:
        first = exc.errors()[0]
        raise ValueError(f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}") from exc
    check(answer)
    return answer


def _anything(answer: Value) -> None:
    """Every answer of this form will do."""


# Without a model: as plain as can be, the same every time, and another line for every take


ENDS = ("and nobody asked it to stay", "and that was the end of the day", "and so it went home the long way")


def rhymester() -> Mapping[str, Performer]:
    """Ends its verses alike on purpose, so that the review has something to find."""

    async def verse(step: Step, desk: Desk) -> dict[str, Any]:
        topic, turn = step.given["topic"], step.given["turn"]
        middle = [f"Now hear of {turn}", "as the old ballads learn", "when the evening was quiet and grey,"]
        return {"lines": [f"Of {topic}, so they say,", *middle, ENDS[step.take % len(ENDS)]]}

    async def lead(step: Step, desk: Desk) -> dict[str, Any]:
        before = step.context["before"]
        return {"lines": [f"After “{before['lines'][1]}”:" if before else "To begin with:"]}

    async def review(step: Step, desk: Desk) -> dict[str, Any]:
        last = [(scene, lines[-1]) for scene, lines in step.given["text"]]
        findings = [_again(scene) for i, (scene, line) in enumerate(last) if line in {each for _, each in last[:i]}]
        return {"score": 100 - 100 * len(findings) // len(last), "findings": findings}

    async def refine(step: Step, desk: Desk) -> dict[str, Any]:
        lines: Sequence[str] = step.given["lines"]
        other = ENDS[(ENDS.index(lines[-1]) + 1 + step.take % 2) % len(ENDS)]
        return {"patches": [patch(lines, found["line"], other) for found in step.given["findings"]]}

    return {"outline": write_outline, "verse": verse, "lead": lead, "review": review, "refine": refine}


def _again(scene: str) -> dict[str, Any]:
    return {"scene": scene, "line": 5, "problem": "an earlier verse ends like this"}
