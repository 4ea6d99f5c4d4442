"""A run as a picture: an SVG with a lane for each scene, readable on light and on dark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from math import ceil, log10

from scenewright.simulation.report import WORK, Course

WIDTH, LEFT, TOP, FOOT, RIGHT = 760, 64, 30, 44, 12
MOST_LANES, TALL, THIN = 120, 12.0, 3.0
STEPS = ("outline", "content", "actions", "clip")
NAMES = {"outline": "outline", "content": "content", "actions": "actions", "clip": "clips"}
STYLE = """<style>
text{font:11px system-ui,sans-serif;fill:#333}.title{font-size:13px;font-weight:600}
.grid{stroke:#8886;stroke-width:1}.release{stroke:#333}
.outline{fill:#8a8f98}.content{fill:#4f8edc}.actions{fill:#e08a2e}.clip{fill:#3fa37c}
@media (prefers-color-scheme:dark){text{fill:#ddd}.release{stroke:#ddd}}
</style>"""


def picture(course: Course, title: str, *, until: float | None = None) -> str:
    """`until`: seconds that the axis shows, so that several pictures can be compared; the makespan if None."""
    shown = until or course.makespan or 1.0
    group = ceil(course.scenes / MOST_LANES)
    lanes = 1 + ceil(course.scenes / group)
    tall = max(THIN, min(TALL, 480 / lanes))
    bottom = TOP + lanes * tall
    scale = (WIDTH - LEFT - RIGHT) / shown
    body = [
        f'<text class="title" x="{LEFT}" y="18">{escape(title)}</text>',
        *_grid(shown, scale, bottom),
        *_labels(course.scenes, group, lanes, tall),
        *_bars(course, group, tall, scale),
        _releases(course, group, tall, scale),
        *_legend(bottom + FOOT - 10),
    ]
    size = f"{WIDTH} {bottom + FOOT:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{WIDTH}" role="img" '
        f'aria-label="{escape(title, quote=True)}">{STYLE}\n' + "\n".join(body) + "\n</svg>\n"
    )


def _bars(course: Course, group: int, tall: float, scale: float) -> Iterable[str]:
    """One path for each sort of step. Clips are thin and at the foot of the lane, as they run beside the actions."""
    spans: dict[str, dict[int, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for each in course.intervals:
        spans[each.step][0 if each.scene == WORK else 1 + each.scene // group].append((each.start, each.end))
    for step in STEPS:
        high, down = (tall * 0.3, tall * 0.65) if step == "clip" else (tall * 0.55, tall * 0.05)
        boxes = "".join(
            f"M{_short(LEFT + start * scale)} {_short(TOP + lane * tall + down)}"
            f"h{_short(max(0.3, (end - start) * scale))}v{_short(high)}h-{_short(max(0.3, (end - start) * scale))}z"
            for lane, found in sorted(spans[step].items())
            for start, end in _union(found, 0.3 / scale)
        )
        if boxes:
            yield f'<path class="{step}" d="{boxes}"/>'


def _union(spans: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Overlapping spans, and those too near to be told apart, as one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _releases(course: Course, group: int, tall: float, scale: float) -> str:
    """One mark for each lane, when the last of its scenes was released."""
    last = {1 + scene // group: at for scene, at in course.releases}
    marks = "".join(
        f"M{_short(LEFT + at * scale)} {_short(TOP + lane * tall)}v{_short(tall)}" for lane, at in last.items()
    )
    return f'<path class="release" stroke-width="{_short(tall / 8)}" d="{marks}"/>' if marks else ""


def _grid(shown: float, scale: float, bottom: float) -> Iterable[str]:
    step = _round_step(shown / 8)
    for index in range(int(shown / step) + 1):
        x = _short(LEFT + index * step * scale)
        yield f'<path class="grid" d="M{x} {TOP}V{_short(bottom)}"/>'
        unit = "" if index else " s"
        yield f'<text x="{x}" y="{_short(bottom + 13)}" text-anchor="middle">{index * step:g}{unit}</text>'


def _round_step(least: float) -> float:
    power = 10.0 ** int(log10(least) if least >= 1 else log10(least) - 1)
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def _labels(scenes: int, group: int, lanes: int, tall: float) -> Iterable[str]:
    every = max(1, ceil(12 / tall))
    named = [(0, "outline"), *((lane, f"scene {(lane - 1) * group + 1}") for lane in range(1, lanes, every))]
    for lane, name in named if every == 1 else named[:1] + named[2:]:
        yield f'<text x="{LEFT - 6}" y="{_short(TOP + (lane + 0.75) * tall)}" text-anchor="end">{name}</text>'


def _legend(y: float) -> Iterable[str]:
    for index, step in enumerate(STEPS):
        x = LEFT + index * 90
        yield f'<rect class="{step}" x="{x}" y="{_short(y - 9)}" width="10" height="10"/>'
        yield f'<text x="{x + 15}" y="{_short(y)}">{NAMES[step]}</text>'
    x = LEFT + len(STEPS) * 90
    yield f'<path class="release" d="M{x + 5} {_short(y - 9)}v10"/><text x="{x + 15}" y="{_short(y)}">released</text>'


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
