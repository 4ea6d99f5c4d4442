"""Ids made of names, and names that refer to something. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable

from scenewright.documents.fountain_marks import one_line
from scenewright.kinds.episode.source.tree import Place

LONGEST = 32  # characters of an id that is made


class Wrong(Exception):
    """Something in a file is not as it should be. `place`: where; `what`: the rest of the sentence, with the remedy."""

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(what)
        self.place = place
        self.what = what


def ident(name: str, otherwise: str) -> str:
    """Lower-case ASCII of at most 32 characters; `otherwise`, if no letter of the name is left."""
    folded = unicodedata.normalize("NFKD", name[:400]).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", folded.replace("'", "")).strip("-")
    return words[:LONGEST].rpartition("-")[0] or words[:LONGEST] if len(words) > LONGEST else words or otherwise


def free(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with a number behind it."""
    if wanted not in taken:
        return wanted
    return next(one for n in range(2, len(taken) + 3) if (one := f"{wanted[:28]}-{n}") not in taken)


def same(name: str) -> str:
    """Equal for names that look the same on a page."""
    return one_line(name).casefold().strip(" .")


class Names:
    """What may be referred to, by id or by name. `known` is False while the show is not there yet: all is taken."""

    def __init__(self, what: str, *, known: bool = True) -> None:
        self.what = what  # "character", for sentences
        self.known = known
        self._ids: dict[str, str] = {}
        self._shown: list[str] = []

    def add(self, ident: str, *names: str) -> None:
        for name in (ident, *names):
            if same(name):
                self._ids.setdefault(same(name), ident)
        self._shown.append(next((name for name in names if name), ident))

    def alias(self, name: str, ident: str) -> None:
        self._ids.setdefault(same(name), ident)

    def known_as(self, *names: str) -> str | None:
        """The id of the first of them that is there."""
        return next((self._ids[same(name)] for name in names if name in self), None)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._ids.values()))

    @property
    def shown(self) -> tuple[str, ...]:
        """Names as people write them."""
        return tuple(self._shown)

    def __contains__(self, name: str) -> bool:
        return same(name) in self._ids

    def find(self, name: str) -> str | None:
        return self._ids.get(same(name), None if self.known else name)

    def resolve(self, name: str, place: Place) -> str:
        """Raises: Wrong."""
        found = self.find(name)
        if found is None:
            raise Wrong(place, f"names {short(name)!r}, which is no {self.what} here; {self._remedy(name)}")
        return found

    def _remedy(self, name: str) -> str:
        near = nearest(name, self._ids)
        if near:
            shown = next((each for each in self._shown if same(each) == near), near)
            return f"did you mean {short(shown)!r}?"
        if not self._shown:
            return f"no {self.what} is given"
        return f"there are {listed(self._shown)}"


def nearest(name: str, known: Iterable[str]) -> str:
    """The most similar, or ""."""
    return next(iter(difflib.get_close_matches(same(name)[:80], list(known)[:500], n=1, cutoff=0.6)), "")


def listed(names: Iterable[str], most: int = 12) -> str:
    shown = [short(name) for name in names]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more


def short(text: str, longest: int = 60) -> str:
    text = one_line(text)
    return text if len(text) <= longest else text[: longest - 3] + "..."
