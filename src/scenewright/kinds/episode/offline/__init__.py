"""The offline author: scripts from a bible and an outline by rules, without a model. Deterministic; English only."""

from scenewright.kinds.episode.offline.performers import performers

__all__ = ["performers"]
