"""Day or night, as the last word of a scene heading says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scenewright.domain.screenplay import ScriptScene
from scenewright.exports.episode.breakdown.values import Light

_SAYS: tuple[tuple[Light, str], ...] = (
    ("day", "day morning noon midday afternoon lunchtime tag morgen vormittag mittag nachmittag"),
    ("day", "jour matin midi día dia mañana tarde giorno mattina 日 日间 白天 早晨 上午 下午"),
    ("night", "night evening midnight nacht abend mitternacht nuit soir noche notte sera 夜 夜间 晚上 夜晚 深夜"),
    ("dawn", "dawn sunrise daybreak morgengrauen aube alba amanecer 黎明 清晨"),
    ("dusk", "dusk sunset twilight dämmerung abenddämmerung crépuscule tramonto anochecer 黄昏 傍晚"),
)
_WORDS = {word: light for light, text in _SAYS for word in text.split()}
_GOES_ON = re.compile(
    r"(?i)\b(?:continuous|later|same|moments|seconds|minutes|an hour|weiter|später|suite|plus tard)\b"
)


def lights(scenes: Iterable[ScriptScene]) -> Iterator[Light]:
    """Of each scene. CONTINUOUS, LATER and SAME are as the scene before them; what says nothing is unknown."""
    before: Light = "unknown"
    for scene in scenes:
        light = light_of(scene.slug.time)
        if light == "unknown" and _GOES_ON.search(scene.slug.time):
            light = before
        yield light
        before = light


def light_of(time: str) -> Light:
    """The first word that says it: NIGHT - LATER is night."""
    return next((_WORDS[word] for word in re.findall(r"\w+", time.casefold()) if word in _WORDS), "unknown")
