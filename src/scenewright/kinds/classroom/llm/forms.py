"""The forms of answers: what a model is asked to fill in. Ids and positions are ours, so they are not in here."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from scenewright.domain.quiz import Quiz
from scenewright.domain.slides import Slide


class HeaderForm(BaseModel):
    title: str
    language: str
    objectives: list[str]
    planned: list[str]


class PlannedHeaderForm(HeaderForm):
    """For a source that does not fit into one request: which sections each planned scene draws on."""

    cites: list[list[str]]


class SceneForm(BaseModel):
    title: str
    form: Literal["slide", "quiz"]
    purpose: str
    key_points: list[str]
    sections: list[str]
    ends_on: str
    next_opens_on: str


class OutlineForm(BaseModel):
    header: HeaderForm
    scenes: list[SceneForm]


class ScenesForm(BaseModel):
    scenes: list[SceneForm]


class HeaderOnlyForm(BaseModel):
    header: PlannedHeaderForm


class ActionForm(BaseModel):
    type: Literal["speech", "spotlight", "laser", "reveal"]
    speaker: str | None
    text: str | None
    target: str | None
    item: int | None


class ActionsForm(BaseModel):
    actions: list[ActionForm]


@cache
def schema(form: type[BaseModel]) -> dict[str, Any]:
    return form.model_json_schema()


FORMS: dict[str, type[BaseModel]] = {"slide": Slide, "quiz": Quiz}
