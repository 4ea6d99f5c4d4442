"""The author that asks a language model. Prompts are in `../prompts`, one file a step, readable by a teacher."""

from scenewright.kinds.classroom.llm.performers import performers

__all__ = ["performers"]
