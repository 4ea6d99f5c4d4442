"""Measures of a script that need no model: computed from its text, the bible and the plan; never made up."""

from scenewright.domain.assessment import Assessment, Finding, Part
from scenewright.kinds.episode.measures.reading import Reading, read
from scenewright.kinds.episode.measures.score import THRESHOLD, WEIGHTS, assess
from scenewright.kinds.episode.measures.telling import telling_apart
from scenewright.kinds.episode.measures.threads import Thread, followed
from scenewright.kinds.episode.measures.timing import element_seconds, scene_eighths, scene_seconds, script_seconds

__all__ = [
    "THRESHOLD",
    "WEIGHTS",
    "Assessment",
    "Finding",
    "Part",
    "Reading",
    "Thread",
    "assess",
    "element_seconds",
    "followed",
    "read",
    "scene_eighths",
    "scene_seconds",
    "script_seconds",
    "telling_apart",
]
