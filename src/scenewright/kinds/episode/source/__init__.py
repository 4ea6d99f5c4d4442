"""What a writer hands in: a show's bible, a ready outline in YAML or JSON, or one in Fountain or Final Draft."""

from __future__ import annotations

from scenewright.kinds.episode.source.binding import bound
from scenewright.kinds.episode.source.example import example
from scenewright.kinds.episode.source.reader import read

__all__ = ["bound", "example", "read"]
