"""What the offline author knows of each language's grammar: enough to pick, shorten and question sentences."""

from scenewright.kinds.classroom.offline.grammar.lookup import grammar
from scenewright.kinds.classroom.offline.grammar.table import Grammar

__all__ = ["Grammar", "grammar"]
