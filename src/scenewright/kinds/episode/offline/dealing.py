"""Choosing without chance: the same question always gets the same answer, and neighbours get different ones. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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


LOTS = 10  # scenes among which a pack is dealt out


class Deck:
    """Deals shuffled packs. Every scene has a lot of its own in each pack, so that no two scenes get the same.

    When its lot is through, a scene takes from the others' (unless only its own will do), and then its own again.
    """

    def __init__(self, seed: object, lot: int) -> None:
        self._seed, self._lot = seed, lot
        self._dealt: dict[str, list[int]] = {}

    def deal(
        self, name: str, items: Sequence[T], fits: Callable[[T], bool] = lambda item: True, *, own: bool = False
    ) -> T | None:
        """The next item of the pack `name` that fits; None if none does. `own`: only from this scene's lot."""
        dealt = self._dealt.setdefault(name, [])
        for at in self._order(name, len(items), dealt, own):
            if fits(items[at]):
                if at in dealt:
                    dealt.remove(at)
                dealt.append(at)
                return items[at]
        return None

    def _order(self, name: str, size: int, dealt: Sequence[int], own: bool) -> Iterator[int]:
        order = shuffled(range(size), self._seed, name)
        mine = order[self._lot % LOTS :: LOTS]
        yield from [at for at in mine if at not in dealt]
        if not own:
            start = self._lot * size // LOTS
            yield from [at for at in (*order[start:], *order[:start]) if at not in dealt and at not in mine]
            yield from list(dealt)
