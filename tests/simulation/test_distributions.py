from __future__ import annotations

import random
import statistics

import pytest

from scenewright.domain.errors import BadInput
from scenewright.simulation import Workload, draw
from scenewright.simulation.distributions import Fixed, Lognormal, Uniform, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", Fixed(12)), (" 1.5 ", Fixed(1.5)), ("8-15", Uniform(8, 15)), ("8..15", Uniform(8, 15)),
     ("12 ~ 0.35", Lognormal(12, 0.35))],
)  # fmt: skip
def test_three_ways_to_say_how_long(text: str, expected: object) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "-1", "3-1", "0~1", "1~9", "nan", "inf", "1e3", "12s", "١٢~x"])
def test_what_is_no_time_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(BadInput, match="8-15"):
        parse(text)


@pytest.mark.parametrize("text", ["12", "8-16", "12~0.35"])
def test_what_is_drawn_is_as_described_on_average(text: str) -> None:
    rng, described = random.Random(1), parse(text)
    assert described.mean == 12
    assert statistics.mean(described.draw(rng) for _ in range(4000)) == pytest.approx(12, rel=0.02)


def test_works_are_drawn_as_benchmarks_draw_them() -> None:
    """All contents, then all actions, then the clips of each scene; what is heard does not disturb them."""
    rng = random.Random(7)
    content = [rng.lognormvariate(2.4, 0.35) for _ in range(4)]
    actions = [rng.lognormvariate(1.7, 0.35) for _ in range(4)]
    clips = [[rng.lognormvariate(0.3, 0.3) for _ in range(8)] for _ in range(4)]
    for heard in (Fixed(8), Uniform(4, 9)):
        drawn = draw(Workload(scenes=4, seed=7, speech=heard))
        assert drawn.content == pytest.approx(content)
        assert drawn.actions == pytest.approx(actions)
        assert [list(each) for each in drawn.clips] == [pytest.approx(each) for each in clips]
