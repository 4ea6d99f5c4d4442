"""Readable nonsense: short sentences from a seeded source."""

from __future__ import annotations

import random

_NOUNS = (
    *("river", "lantern", "engine", "garden", "signal", "bridge", "ledger", "compass", "harbour", "lattice"),
    *("kernel", "orchard", "prism", "valve", "archive", "meadow", "circuit", "glacier", "pendulum", "workshop"),
)
_ADJECTIVES = ("quiet", "steady", "bright", "hidden", "narrow", "early", "patient", "copper", "open", "distant")
_VERBS = ("guides", "balances", "feeds", "shapes", "measures", "follows", "carries", "explains", "protects", "repeats")


class Words:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given = 0

    def noun(self) -> str:
        return self._rng.choice(_NOUNS)

    def name(self) -> str:
        """A name that has not been given before."""
        self._given += 1
        return f"{self.noun()}-{self._given}"

    def title(self) -> str:
        return f"The {self._rng.choice(_ADJECTIVES)} {self.noun()}".capitalize()

    def sentence(self) -> str:
        choose = self._rng.choice
        first = choose(_ADJECTIVES)
        article = "An" if first[0] in "aeio" else "A"
        return f"{article} {first} {self.noun()} {choose(_VERBS)} the {choose(_ADJECTIVES)} {self.noun()}."

    def sentences(self, least: int = 2, most: int = 4) -> str:
        return " ".join(self.sentence() for _ in range(self._rng.randint(least, most)))
