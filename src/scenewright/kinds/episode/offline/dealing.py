"""Choosing without chance: the same question always gets the same answer, and neighbours get different ones. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def number(*seed: object) -> int:
    """A large number that only the seed decides."""
    text = "\x1f".join(str(part) for part in seed)
    return int.from_bytes(sha256(text.encode(errors="replace")).digest()[:8], "big")


def shuffled(items: Sequence[T], *seed: object) -> list[T]:
    """The items in an order that only the seed decides."""
    keyed = [(number(*seed, at), at) for at in range(len(items))]
    return [items[at] for _, at in sorted(keyed)]


class Deck:
    """Deals shuffled packs from a place on; what one scene has left, its neighbour begins with.

    Nothing is dealt twice before a pack is through. `starts`: pack -> how many were dealt to earlier scenes; for the
    other packs, `share` of the pack.
    """

    def __init__(self, seed: object, starts: Mapping[str, int], share: float = 0.0) -> None:
        self._seed, self._starts, self._share = seed, starts, share
        self._dealt: dict[str, list[int]] = {}

    def deal(self, name: str, items: Sequence[T], fits: Callable[[T], bool] = lambda item: True) -> T | None:
        """The next item of the pack `name` that fits; None if none does."""
        dealt = self._dealt.setdefault(name, [])
        order = list(self._order(name, len(items)))
        for at in [*(at for at in order if at not in dealt), *dealt]:
            if fits(items[at]):
                if at in dealt:
                    dealt.remove(at)
                dealt.append(at)
                return items[at]
        return None

    def _order(self, name: str, size: int) -> Iterator[int]:
        order = shuffled(range(size), self._seed, name)
        start = self._starts.get(name, round(self._share * size)) % size if size else 0
        yield from order[start:]
        yield from order[:start]
