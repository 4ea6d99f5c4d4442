"""Running time against the format, and every scene against its plan. Seconds are estimates (see `timing`)."""

from __future__ import annotations

from collections.abc import Iterator

from scenewright.domain.assessment import Finding, Part
from scenewright.domain.show import EpisodePlan, Show
from scenewright.kinds.episode.measures.parts import clip
from scenewright.kinds.episode.measures.reading import Reading
from scenewright.kinds.episode.measures.timing import scene_seconds

FREE = 0.1  # off by so much is as good as on time
WORST = 0.6  # off by so much is worth nothing
SCENE_OFF = 0.5  # a scene that is off by more than this is named


def running(reading: Reading, show: Show, plan: EpisodePlan | None, weight: float) -> Part:
    """1 within a tenth of the format's length, falling to 0 at six tenths."""
    wanted = show.minutes * 60
    off = reading.seconds / wanted - 1
    late = [] if abs(off) <= FREE or not reading.items else [_off(reading, off)]
    return Part(
        name="running time",
        value=1 - clip((abs(off) - FREE) / (WORST - FREE)),
        weight=weight,
        details={"seconds": reading.seconds, "seconds wanted": wanted},
        findings=(*late, *_scenes(reading, plan)),
    )


def _off(reading: Reading, off: float) -> Finding:
    told = "longer" if off > 0 else "shorter"
    return reading.items[-1].finding("running_time", f"The episode is {abs(off):.0%} {told} than its format.")


def _scenes(reading: Reading, plan: EpisodePlan | None) -> Iterator[Finding]:
    wanted = {scene.id: scene.seconds for scene in plan.scenes if scene.seconds} if plan else {}
    for number, scene in enumerate(reading.scenes):
        planned, items = wanted.get(scene.id) or scene.seconds, reading.by_scene[number]
        seconds = scene_seconds(scene, language=reading.language, multi=reading.script.camera == "multi")
        if planned and items and abs(seconds / planned - 1) > SCENE_OFF:
            yield items[-1].finding(
                "scene_time", f"This scene plays {seconds:.0f} s and is planned for {planned:.0f} s."
            )
