"""What somebody says in a beat, and who is there to hear it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from scenewright.kinds.episode.offline.saying import Named
from scenewright.kinds.episode.offline.viewpoint import View

Act = Literal["tell", "confess", "ask", "order", "want", "refuse", "promise", "thank", "accuse"]


@dataclass(frozen=True, kw_only=True)
class Utterance:
    who: str
    text: str  # one or two sentences, with their stops
    act: Act
    to: str = ""  # whom it is said to, if the beat says so
    beside: str = ""  # what is done besides, as a beat of its own


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Who is there, as far as speech depends on it."""

    present: tuple[str, ...]
    named: Named
    genders: Mapping[str, str]

    def view(self, who: str, to: str) -> View:
        return View(speaker=who, addressee=to, names=dict(self.named), genders=self.genders)
