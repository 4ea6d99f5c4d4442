"""The author that asks a language model. Prompts are in `../prompts`, one file a question, readable by a writer."""

from scenewright.kinds.episode.llm.performers import performers

__all__ = ["performers"]
