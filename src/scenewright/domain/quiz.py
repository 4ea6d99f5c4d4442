"""A quiz scene. Text is `Inline` (see document.py)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from scenewright.domain.base import Value
from scenewright.domain.document import Inline


class Option(Value):
    id: str
    text: Inline


class Question(Value):
    """`answers`: option ids for single (exactly one) and multiple (one or more); accepted texts for short."""

    id: str  # unique within the scene; actions point at it as they do at a block
    type: Literal["single", "multiple", "short"]
    prompt: Inline
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = Field(min_length=1)
    explanation: Inline = ""
    points: int = Field(default=1, ge=1, le=100)

    @model_validator(mode="after")
    def _answers_exist(self) -> Self:
        if self.type == "short":
            if self.options:
                raise ValueError("a short-answer question has no options")
            return self
        ids = [option.id for option in self.options]
        if len(ids) < 2 or len(set(ids)) != len(ids):
            raise ValueError("a choice question needs two or more options with different ids")
        if unknown := set(self.answers) - set(ids):
            raise ValueError(f"answers name options that do not exist: {', '.join(sorted(unknown))}")
        if self.type == "single" and len(self.answers) != 1:
            raise ValueError("a single-choice question has exactly one answer")
        return self


class Quiz(Value):
    type: Literal["quiz"] = "quiz"
    title: Inline
    intro: Inline = ""
    questions: tuple[Question, ...] = Field(min_length=1)
