"""The kind `classroom`: slides and quizzes, narrated by a teacher and optional students."""

from scenewright.kinds.classroom.kind import PLUGIN

__all__ = ["PLUGIN"]
