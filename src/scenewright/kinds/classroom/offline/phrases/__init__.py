"""What the offline author says in its own words, by hand, in each language. Elsewhere it stays silent."""

from scenewright.kinds.classroom.offline.phrases.lookup import labelled, phrases, pick
from scenewright.kinds.classroom.offline.phrases.table import Phrases

__all__ = ["Phrases", "labelled", "phrases", "pick"]
