"""Which sections share a scene, and which fill several: neighbours are joined, the heaviest are split."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

SCENE_WEIGHT = 8.0  # what one scene holds comfortably, in sentences
_TINY, _TINY_OF_FEW = 3.0, 2.0  # a section lighter than this is better told with its neighbour
_FEW = 8  # sections, of which each may well have a scene of its own
_MOST_PARTS = 3  # of one section, unless more scenes are asked for
_FOREIGN = 6.0  # joining across a chapter's border costs as much as this much weight


@dataclass(frozen=True, kw_only=True)
class Atom:
    """A section with material of its own."""

    section: str
    title: str
    chapter: tuple[str, ...]  # titles above it
    weight: float
    units: int  # into how many scenes it can be split at most


@dataclass(frozen=True, kw_only=True)
class Group:
    """Atoms told in `parts` scenes; several parts only for a single atom."""

    atoms: tuple[Atom, ...]
    parts: int = 1

    @property
    def weight(self) -> float:
        return sum(atom.weight for atom in self.atoms)


def natural_count(atoms: Sequence[Atom], low: int, high: int) -> int:
    """How many scenes the material asks for by itself."""
    joined = _join(list(atoms), 1, only_tiny=True)
    wanted = sum(min(max(1, round(group.weight / (SCENE_WEIGHT * 1.3))), _MOST_PARTS) for group in joined)
    return max(min(wanted, high), min(low, sum(max(1, int(group.weight / 3)) for group in joined)))


def group(atoms: Sequence[Atom], count: int) -> tuple[Group, ...]:
    """Groups whose parts add up to `count` exactly, or to as many as there are units, if those are fewer."""
    count = max(1, min(count, sum(atom.units for atom in atoms)))
    joined = _join(list(atoms), count, only_tiny=False)
    if _capacity(joined) >= count:
        return _split(joined, count)
    return _split([Group(atoms=(atom,)) for atom in atoms], count)


def _capacity(groups: Sequence[Group]) -> int:
    return sum(g.atoms[0].units if len(g.atoms) == 1 else 1 for g in groups)


def _join(atoms: list[Atom], count: int, *, only_tiny: bool) -> list[Group]:
    """Joins the cheapest neighbours until `count` groups are left and no tiny one that could be told elsewhere."""
    groups: list[Group | None] = [Group(atoms=(atom,)) for atom in atoms]
    after = list(range(1, len(atoms) + 1))
    before = list(range(-1, len(atoms) - 1))
    light = _TINY if len(atoms) > _FEW else _TINY_OF_FEW
    heap = [(_cost(groups[i], groups[i + 1]), i, i + 1, 1, 1) for i in range(len(atoms) - 1)]
    heapq.heapify(heap)
    left = len(atoms)
    while heap:
        cost, i, j, size_i, size_j = heapq.heappop(heap)
        a, b = groups[i], groups[j]
        if a is None or b is None or (len(a.atoms), len(b.atoms)) != (size_i, size_j) or after[i] != j:
            continue
        tiny = min(a.weight, b.weight) < light and cost <= SCENE_WEIGHT + _TINY
        if not tiny and (only_tiny or left <= count):
            continue
        groups[i], groups[j] = Group(atoms=a.atoms + b.atoms), None
        left -= 1
        after[i] = after[j]
        if after[j] < len(atoms):
            before[after[j]] = i
        for x, y in ((before[i], i), (i, after[i])):
            if x >= 0 and y < len(atoms):
                gx, gy = groups[x], groups[y]
                if gx and gy:
                    heapq.heappush(heap, (_cost(gx, gy), x, y, len(gx.atoms), len(gy.atoms)))
    return [g for g in groups if g is not None]


def _cost(a: Group | None, b: Group | None) -> float:
    if a is None or b is None:
        return float("inf")
    left, right = a.atoms[-1], b.atoms[0]
    related = left.chapter == right.chapter or (*left.chapter, left.title) == right.chapter[: len(left.chapter) + 1]
    foreign = 0.0 if related else _FOREIGN / (1 + _common(left.chapter, right.chapter))
    return a.weight + b.weight + foreign


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _split(groups: Sequence[Group], count: int) -> tuple[Group, ...]:
    parts = [1] * len(groups)
    heap = [(-g.weight, i) for i, g in enumerate(groups) if len(g.atoms) == 1 and g.atoms[0].units > 1]
    heapq.heapify(heap)
    missing = count - len(groups)
    while missing > 0 and heap:
        _, i = heapq.heappop(heap)
        parts[i] += 1
        missing -= 1
        if parts[i] < groups[i].atoms[0].units:
            heapq.heappush(heap, (-groups[i].weight / parts[i], i))
    return tuple(Group(atoms=g.atoms, parts=n) for g, n in zip(groups, parts, strict=True))
