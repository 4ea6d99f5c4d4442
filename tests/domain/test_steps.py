"""Names of steps in events: an object in JSON, as stored logs have it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scenewright.domain.events import EVENT, StepReset
from scenewright.domain.steps import StepId

CLIP = StepId(name="clip", scene="s1", item="a1")


def test_a_name_is_an_object_in_the_log() -> None:
    text = '{"type":"step.reset","step":{"name":"clip","scene":"s1","item":"a1"}}'
    assert StepReset(step=CLIP).model_dump_json() == text
    assert EVENT.validate_json(text) == StepReset(step=CLIP)
    assert StepReset(step=CLIP).model_dump(mode="json")["step"] == {"name": "clip", "scene": "s1", "item": "a1"}


def test_what_is_left_out_is_empty() -> None:
    event = EVENT.validate_json('{"type":"step.reset","step":{"name":"outline"}}')
    assert event == StepReset(step=StepId(name="outline"))


@pytest.mark.parametrize(
    "step",
    ["{}", '{"scene":"s1"}', '{"name":"a","more":"b"}', '{"name":1}', '["a","b","c"]', '"a"', "null"],
)
def test_what_is_no_name_is_refused(step: str) -> None:
    with pytest.raises(ValidationError):
        EVENT.validate_json(f'{{"type":"step.reset","step":{step}}}')


def test_a_name_is_read_as_it_is_written() -> None:
    assert [StepId.parse(str(step)) for step in (CLIP, StepId(name="outline"))] == [CLIP, StepId(name="outline")]
    assert repr(CLIP) == "StepId(name='clip', scene='s1', item='a1')"
