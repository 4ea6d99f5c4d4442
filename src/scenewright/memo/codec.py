"""Answers as rows: JSON, and the bytes apart."""

from __future__ import annotations

from pydantic import ValidationError

from scenewright.domain.calls import ModelAnswer, SpeechAnswer
from scenewright.domain.errors import StoreError


def encode(answer: ModelAnswer | SpeechAnswer) -> tuple[str, bytes | None]:
    body = answer.audio if isinstance(answer, SpeechAnswer) else None
    return answer.model_dump_json(exclude={"audio", "remembered", "limits"}), body


def decode(text: str, body: bytes | None) -> ModelAnswer | SpeechAnswer:
    """The answer, marked as remembered. Raises: StoreError: if the row is not one of ours."""
    try:
        if body is None:
            answer: ModelAnswer | SpeechAnswer = ModelAnswer.model_validate_json(text)
        else:
            # Bytes are not JSON: they are put back after the fields were checked.
            empty = SpeechAnswer.model_validate_json(text[:-1] + ',"audio":""}')
            answer = empty.model_copy(update={"audio": body})
    except ValidationError as exc:
        raise StoreError("A stored answer cannot be read; `scenewright doctor` tells what to do.") from exc
    return answer.model_copy(update={"remembered": True})
