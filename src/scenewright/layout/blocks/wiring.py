"""The geometry of a layered diagram: where its nodes stand, how its edges run and where their labels go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from scenewright.layout.blocks.graph import Layered, Route
from scenewright.layout.ink import Step
from scenewright.layout.rich import Line

Point = tuple[float, float]


@dataclass(frozen=True)
class Node:
    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    lines: tuple[Line, ...]
    width: float
    height: float


Wire = tuple[tuple[Step, ...], tuple[Point, ...]]
"""A curve and the corners of its arrow head."""


@dataclass(frozen=True)
class Plan:
    """A diagram in its own units, top left at (0, 0)."""

    size: float  # font size
    width: float
    height: float
    nodes: tuple[Node, ...]
    corners: tuple[tuple[float, float], ...]  # of the nodes
    paths: tuple[Wire, ...]  # curve and arrow head
    labels: tuple[tuple[Label, float, float], ...]  # with the top left corner


def planned(graph: Layered, nodes: tuple[Node, ...], labels: list[Label], right: bool, size: float, air: float) -> Plan:
    """Layers get their places along; what is across was decided by the graph. Labels stand in the gaps."""
    deep = [
        max([0.0, *(_deep(nodes[n], right) for v in layer if (n := graph.vertices[v].node) is not None)])
        for layer in graph.layers
    ]
    gaps = _gaps(graph, labels, right, size, air)
    starts, at = [], 0.0
    for index, depth in enumerate(deep):
        starts.append(at)
        at += depth + (gaps[index] if index < len(gaps) else 0.0)
    length = at
    low = min(v.across - v.thick / 2 for v in graph.vertices)
    high = max(v.across + v.thick / 2 for v in graph.vertices)

    placed = _labels(graph, labels, starts, deep, gaps, right, size)
    low = min([low, *(across for _, _, across in placed)])
    high = max([high, *(across + (lab.height if right else lab.width) for lab, _, across in placed)])
    edge = 2.0  # half a line's width and the arrow heads' corners

    def point(along: float, across: float) -> tuple[float, float]:
        return (along + edge, across - low + edge) if right else (across - low + edge, along + edge)

    corners = []
    for number, node in enumerate(nodes):
        vertex = graph.vertices[number]
        depth = _deep(node, right)
        along = starts[vertex.layer] + (deep[vertex.layer] - depth) / 2
        corners.append(point(along, vertex.across - vertex.thick / 2))
    tracks = _Tracks(graph, nodes, starts, deep, _ports(graph), right, size)
    paths = tuple(_wire(tracks, route, point) for route in graph.routes)
    whole = point(length, high)
    return Plan(
        size=size,
        width=whole[0] + edge,
        height=whole[1] + edge,
        nodes=nodes,
        corners=tuple(corners),
        paths=paths,
        labels=tuple((lab, *point(along, across)) for lab, along, across in placed),
    )


def _deep(node: Node, right: bool) -> float:
    return node.width if right else node.height


def _gaps(graph: Layered, labels: list[Label], right: bool, size: float, air: float) -> list[float]:
    gaps = [size * (2.6 if right else 2.3) * air] * max(0, len(graph.layers) - 1)
    for route in graph.routes:
        label = labels[route.edge]
        if label.lines:
            layer = graph.vertices[route.path[0]].layer
            needed = (label.width if right else label.height) + size * 2.4 * air
            gaps[layer] = max(gaps[layer], needed)
    return gaps


def _labels(
    graph: Layered,
    labels: list[Label],
    starts: list[float],
    deep: list[float],
    gaps: list[float],
    right: bool,
    size: float,
) -> list[tuple[Label, float, float]]:
    """Each in the gap after its edge's first layer, pushed apart across. Gives the corner (along, across)."""
    by_gap: dict[int, list[tuple[float, Label]]] = {}
    for route in graph.routes:
        label = labels[route.edge]
        if label.lines:
            one, two = graph.vertices[route.path[0]], graph.vertices[route.path[1]]
            by_gap.setdefault(one.layer, []).append(((one.across + two.across) / 2, label))
    placed: list[tuple[Label, float, float]] = []
    for layer, wanted in by_gap.items():
        wanted.sort(key=lambda pair: pair[0])
        thick = [label.height if right else label.width for _, label in wanted]
        middle = sum(across for across, _ in wanted) / len(wanted)
        reach = float("-inf")
        tops = []
        for (across, _), side in zip(wanted, thick, strict=True):
            top = max(across - side / 2, reach + 3)
            tops.append(top)
            reach = top + side
        shift = (tops[0] + reach) / 2 - middle if len(tops) > 1 else 0.0
        for (_, label), top in zip(wanted, tops, strict=True):
            wide = label.width if right else label.height
            along = starts[layer] + deep[layer] + (gaps[layer] - wide) / 2
            placed.append((label, along, top - shift))
    return placed


def _ports(graph: Layered) -> dict[tuple[int, int, bool], float]:
    """Where an edge leaves or enters a node, as a share of its side from its middle (-0.3 ... 0.3)."""
    ports: dict[tuple[int, int, bool], float] = {}
    for number, own in enumerate(graph.vertices):
        for out in (True, False):
            joined = sorted(set(own.after if out else own.before), key=lambda v: graph.vertices[v].across)
            for index, other in enumerate(joined):
                share = (index + 0.5) / len(joined) - 0.5
                ports[number, other, out] = 0.6 * share if own.node is not None else 0.0
    return ports


@dataclass(frozen=True)
class _Tracks:
    graph: Layered
    nodes: tuple[Node, ...]
    starts: list[float]
    deep: list[float]
    ports: dict[tuple[int, int, bool], float]
    right: bool
    size: float

    def span(self, number: int) -> tuple[float, float]:
        """Where a vertex begins and ends along."""
        vertex = self.graph.vertices[number]
        start, deep = self.starts[vertex.layer], self.deep[vertex.layer]
        if vertex.node is None:
            return start, start + deep
        own = _deep(self.nodes[vertex.node], self.right)
        return start + (deep - own) / 2, start + (deep + own) / 2

    def across(self, number: int, other: int, out: bool) -> float:
        vertex = self.graph.vertices[number]
        return vertex.across + self.ports[number, other, out] * vertex.thick


def _wire(tracks: _Tracks, route: Route, point: Callable[[float, float], Point]) -> Wire:
    """Straight through the layers, curved in the gaps between them."""
    head = tracks.size * 0.55
    stops: list[tuple[str, Point]] = []  # along, across
    for one, two in pairwise(route.path):
        leave, enter = tracks.across(one, two, True), tracks.across(two, one, False)
        layer = tracks.graph.vertices[one].layer
        near_end = tracks.starts[layer] + tracks.deep[layer]
        far_start = tracks.starts[tracks.graph.vertices[two].layer]
        stops += [("L", (tracks.span(one)[1], leave)), ("L", (near_end, leave)), ("C", (far_start, enter))]
    last = route.path[-1]
    end = (tracks.span(last)[0], tracks.across(last, route.path[-2], False))
    stops.append(("L", end))
    start = stops[0][1]
    if route.backwards:
        tip, back = start, (start[0] + head, start[1])
        stops[0] = ("L", (start[0] + head * 0.8, start[1]))
    else:
        tip, back = end, (end[0] - head, end[1])
        stops[-1] = ("L", (end[0] - head * 0.8, end[1]))
    corners = (tip, (back[0], back[1] - head * 0.42), (back[0], back[1] + head * 0.42))
    return _steps(stops, point), tuple(point(*corner) for corner in corners)


def _steps(stops: list[tuple[str, Point]], point: Callable[[float, float], Point]) -> tuple[Step, ...]:
    steps: list[Step] = [("M", point(*stops[0][1]))]
    before = stops[0][1]
    for command, stop in stops[1:]:
        if command == "C" and abs(stop[1] - before[1]) > 0.5:
            middle = (before[0] + stop[0]) / 2
            controls = (*point(middle, before[1]), *point(middle, stop[1]), *point(*stop))
            steps.append(("C", controls))
        else:
            steps.append(("L", point(*stop)))
        before = stop
    return tuple(steps)
