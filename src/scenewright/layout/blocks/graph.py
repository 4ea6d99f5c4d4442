"""Layered drawing of a directed graph, after Sugiyama: cycles broken, layers, fewest crossings, straight chains.

Everything is in one direction here: `along` runs from layer to layer, `across` within a layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_SWEEPS = 8


@dataclass
class Vertex:
    """A node, or a bend where an edge passes a layer (`node` is None)."""

    node: int | None
    layer: int
    across: float = 0.0  # centre
    thick: float = 0.0  # size across
    before: list[int] = field(default_factory=list)  # vertices in the layer before that it is joined to
    after: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Route:
    """An edge as the vertices it passes, from low to high layer; `backwards` if it points the other way."""

    edge: int
    path: tuple[int, ...]
    backwards: bool


@dataclass(frozen=True)
class Layered:
    vertices: list[Vertex]
    layers: list[list[int]]  # vertex numbers in order across
    routes: list[Route]


def layered(count: int, edges: Sequence[tuple[int, int]], thick: Sequence[float], gap: float) -> Layered:
    """`count` nodes; edges between different nodes; `thick`: each node's size across; `gap`: between neighbours."""
    forward = _acyclic(count, edges)
    levels = _levels(count, forward) if edges else _grid(count)
    graph = _with_bends(count, edges, forward, levels)
    for number in range(count):
        graph.vertices[number].thick = thick[number]
    _order(graph)
    _place(graph, gap)
    return graph


def _acyclic(count: int, edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Edges that close a cycle are turned round (depth first, in the order given)."""
    follow: list[list[int]] = [[] for _ in range(count)]
    for number, (source, _) in enumerate(edges):
        follow[source].append(number)
    state = [0] * count  # 0 new, 1 on the way, 2 done
    turned: set[int] = set()
    for root in [*_roots(count, edges), *range(count)]:
        stack: list[tuple[int, int]] = [(root, 0)] if not state[root] else []
        while stack:
            node, at = stack.pop()
            state[node] = 1
            if at == len(follow[node]):
                state[node] = 2
                continue
            stack.append((node, at + 1))
            target = edges[follow[node][at]][1]
            if state[target] == 1:
                turned.add(follow[node][at])
            elif state[target] == 0:
                stack.append((target, 0))
    return [(t, s) if number in turned else (s, t) for number, (s, t) in enumerate(edges)]


def _roots(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    entered = {target for _, target in edges}
    return [node for node in range(count) if node not in entered]


def _levels(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Longest path from a source; then nodes are drawn towards their followers, which shortens edges."""
    levels = [0] * count
    for _ in range(count):
        changed = False
        for source, target in edges:
            if levels[target] < levels[source] + 1:
                levels[target] = levels[source] + 1
                changed = True
        if not changed:
            break
    entered = {target for _, target in edges}
    for node in range(count):
        followers = [levels[target] for source, target in edges if source == node]
        if node not in entered and followers:
            levels[node] = max(0, min(followers) - 1)
    return levels


def _grid(count: int) -> list[int]:
    """No edges at all: rows of like length."""
    columns = max(1, round((count * 1.6) ** 0.5))
    return [node % columns for node in range(count)]


def _with_bends(
    count: int, edges: Sequence[tuple[int, int]], forward: list[tuple[int, int]], levels: list[int]
) -> Layered:
    vertices = [Vertex(node, levels[node]) for node in range(count)]
    routes: list[Route] = []
    for number, (source, target) in enumerate(forward):
        path = [source]
        for layer in range(levels[source] + 1, levels[target]):
            vertices.append(Vertex(None, layer, thick=14.0))
            path.append(len(vertices) - 1)
        path.append(target)
        for one, two in pairwise(path):
            vertices[one].after.append(two)
            vertices[two].before.append(one)
        routes.append(Route(number, tuple(path), backwards=(source, target) != tuple(edges[number])))
    layers: list[list[int]] = [[] for _ in range(max((v.layer for v in vertices), default=0) + 1)]
    for index, vertex in enumerate(vertices):
        layers[vertex.layer].append(index)
    return Layered(vertices, [layer for layer in layers if layer], routes)


def _order(graph: Layered) -> None:
    """Barycentre sweeps down and up; the order with the fewest crossings is kept."""
    best, fewest = [list(layer) for layer in graph.layers], _crossings(graph)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for layer in graph.layers if down else graph.layers[::-1]:
            ranks = {vertex: index for other in graph.layers for index, vertex in enumerate(other)}
            keys = {}
            for index, vertex in enumerate(layer):
                joined = graph.vertices[vertex].before if down else graph.vertices[vertex].after
                keys[vertex] = sum(ranks[other] for other in joined) / len(joined) if joined else float(index)
            layer.sort(key=keys.__getitem__)
        crossings = _crossings(graph)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in graph.layers], crossings
    graph.layers[:] = best


def _crossings(graph: Layered) -> int:
    ranks = {vertex: index for layer in graph.layers for index, vertex in enumerate(layer)}
    total = 0
    for layer in graph.layers:
        ends = [(ranks[v], ranks[w]) for v in layer for w in graph.vertices[v].after]
        total += sum(1 for i, a in enumerate(ends) for b in ends[i + 1 :] if (a[0] - b[0]) * (a[1] - b[1]) < 0)
    return total


def _place(graph: Layered, gap: float) -> None:
    """Each vertex moves towards the middle of its neighbours, as far as its own neighbours across let it."""
    for layer in graph.layers:
        at = 0.0
        for number in layer:
            vertex = graph.vertices[number]
            vertex.across = at + vertex.thick / 2
            at += vertex.thick + gap
        for number in layer:
            graph.vertices[number].across -= (at - gap) / 2
    for sweep in range(12):
        down = sweep % 2 == 0
        for layer in graph.layers if down else graph.layers[::-1]:
            wanted = []
            for number in layer:
                vertex = graph.vertices[number]
                joined = vertex.before if down else vertex.after
                joined = joined or (vertex.after if down else vertex.before)
                middle = sum(graph.vertices[o].across for o in joined) / len(joined) if joined else vertex.across
                wanted.append(middle)
            _separate([graph.vertices[number] for number in layer], wanted, gap)


def _separate(vertices: list[Vertex], wanted: list[float], gap: float) -> None:
    """The places nearest to those wanted, in order and without overlap: overlapping neighbours merge into blocks
    that lie around the mean of their members' wishes."""
    blocks: list[tuple[float, int, list[float]]] = []  # sum of wishes for the first member, members, offsets
    for index in range(len(vertices)):
        total, members, offsets = wanted[index], 1, [0.0]
        while blocks:
            last_total, last_members, last_offsets = blocks[-1]
            reach = (vertices[index - members].thick + vertices[index - members + 1].thick) / 2 + gap
            if total / members >= last_total / last_members + last_offsets[-1] + reach - 1e-9:
                break
            blocks.pop()
            shift = last_offsets[-1] + reach
            total = last_total + total - members * shift
            offsets = [*last_offsets, *(offset + shift for offset in offsets)]
            members += last_members
        blocks.append((total, members, offsets))
    at = 0
    for total, members, offsets in blocks:
        for offset in offsets:
            vertices[at].across = total / members + offset
            at += 1
