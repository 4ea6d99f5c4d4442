"""Three stories take turns in an outline that is made from a bible."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from scenewright.kinds.episode.offline.outline import outlined
from scenewright.kinds.episode.source import read
from scenewright.kinds.plugin import Source

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.mark.parametrize("name", ["low-tide.yaml", "afterlight.yaml"])
@pytest.mark.parametrize("scenes", [None, 8, 12])
def test_no_story_has_more_than_two_scenes_in_a_row(name: str, scenes: int | None) -> None:
    show = read(Source(name=name, data=(EXAMPLES / name).read_bytes())).fields["details"]["show"]
    head, *planned = outlined({"show": show, "premise": "The lift is stuck.", "scenes": scenes})
    told = [each["story"] for each in planned]
    assert set(told) == {"A", "B", "C"} == set(head["stories"])
    assert max(len(list(run)) for _, run in groupby(told)) <= 2
    assert len(list(groupby(told))) >= 6
    assert told.count("A") >= max(told.count("B"), told.count("C"))
