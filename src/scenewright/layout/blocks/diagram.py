"""Diagrams of nodes and edges: sized by their labels, layered, scaled to fit; a list where there are too many."""

from __future__ import annotations

from scenewright.domain.drawing import Box, Mark
from scenewright.domain.slides import DiagramBlock, TableBlock
from scenewright.layout.blocks.code import caption_under
from scenewright.layout.blocks.graph import layered
from scenewright.layout.blocks.table import table
from scenewright.layout.blocks.wiring import Label, Node, Plan, planned
from scenewright.layout.clean import one_line
from scenewright.layout.flow import Flexible, Part, Solid
from scenewright.layout.ink import Outline, figure_box, fill, polygon, rect, stroke
from scenewright.layout.rich import Line, set_plain
from scenewright.layout.setting import Setting
from scenewright.text.inline import escape

_MOST_NODES = 32
_MOST_EDGES = 64
_LARGEST = 1.3  # times its wanted size, where there is room
_SMALLEST = 10.0  # text; smaller than that the diagram becomes a list
_ROOM = 400.0  # height that a page has for a figure, about


def diagram(block: DiagramBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """Item n is node n."""
    block = _valid(block)
    if not block.nodes:
        return caption_under(block.id, block.caption, width, setting)
    if len(block.nodes) > _MOST_NODES or len(block.edges) > _MOST_EDGES:
        return _as_list(block, width, setting)
    plan = _best(block, width, setting)
    across = min(_LARGEST, width / plan.width)
    if plan.size * min(across, _ROOM / plan.height) < _SMALLEST:
        return _as_list(block, width, setting)
    lowest = min(plan.height * across, max(120.0, plan.height * setting.theme.small_floor / plan.size))

    def at(height: float) -> Part:
        scale = min(_LARGEST, width / plan.width, height / plan.height)
        return Solid(
            height=plan.height * scale,
            boxes=lambda x, y: _boxes(block, plan, x, y, width, scale, setting),
            space=setting.body * 0.8,
            keep=bool(block.caption.strip()),
        )

    found: list[Part | Flexible] = [
        Flexible(lowest=lowest, ideal=plan.height * across, at=at, space=setting.body * 0.8)
    ]
    return found + caption_under(block.id, block.caption, width, setting, align=0.5)


def _valid(block: DiagramBlock) -> DiagramBlock:
    """Twice the same node, and edges to nowhere, are left out; a loop's label goes to its node."""
    nodes = {node.id: node for node in reversed(block.nodes)}
    ordered = tuple({node.id: nodes[node.id] for node in block.nodes}.values())
    for edge in block.edges:
        if edge.source == edge.target and edge.source in nodes:
            old = nodes[edge.source]
            new = old.model_copy(update={"label": f"{old.label} ↻ {edge.label}".strip()})
            ordered = tuple(new if node.id == old.id else node for node in ordered)
            nodes[old.id] = new
    edges = tuple(e for e in block.edges if e.source in nodes and e.target in nodes and e.source != e.target)
    return block.model_copy(update={"nodes": ordered, "edges": edges})


def _best(block: DiagramBlock, width: float, setting: Setting) -> Plan:
    """The wanted direction, unless the other one can be read much better; wide or narrow nodes, as fits."""
    size = max(setting.theme.small_floor, setting.small * 1.06)
    wanted = block.direction == "right"
    tried: list[tuple[float, int, Plan]] = []
    for turn, right in enumerate((wanted, not wanted)):
        for wrap, air in ((9.5, 1.0), (7.0, 1.0), (7.0, 0.62)):
            plan = _plan(block, right, size, wrap, air, setting)
            shown = min(1.0, width / plan.width, _ROOM * 0.8 / plan.height)
            if turn == 0 and shown > 0.97:
                return plan
            tried.append((shown * (0.72 if turn else 1.0), -len(tried), plan))
    return max(tried, key=lambda entry: entry[:2])[2]


def _plan(block: DiagramBlock, right: bool, size: float, wrap: float, air: float, setting: Setting) -> Plan:
    """`wrap`: widest label in em; `air`: space between layers against the usual."""
    pen = setting.pen(size, setting.theme.ink)
    nodes = tuple(_sized(set_plain(node.label, pen, size * wrap), size) for node in block.nodes)
    numbers = {node.id: index for index, node in enumerate(block.nodes)}
    edges = [(numbers[edge.source], numbers[edge.target]) for edge in block.edges]
    small = setting.pen(size * 0.86, setting.theme.muted)
    labels = [_label(set_plain(edge.label, small, size * 6.5), size * 0.86) for edge in block.edges]
    graph = layered(len(nodes), edges, [n.height if right else n.width for n in nodes], size * (1.6 if right else 1.35))
    return planned(graph, nodes, labels, right, size, air)


def _sized(lines: tuple[Line, ...], size: float) -> Node:
    width = max([size * 3.2, *(line.width + size * 1.7 for line in lines)])
    return Node(lines, width, max(1, len(lines)) * size * 1.26 + size * 1.15)


def _label(lines: tuple[Line, ...], size: float) -> Label:
    width = max((line.width for line in lines), default=0.0)
    return Label(lines, width + size * 0.7 if lines else 0.0, len(lines) * size * 1.2 + size * 0.2 if lines else 0.0)


def _boxes(
    block: DiagramBlock, plan: Plan, x: float, y: float, width: float, scale: float, setting: Setting
) -> list[Box]:
    """The whole with its edges first, then a box for each node."""
    theme = setting.theme
    left = x + (width - plan.width * scale) / 2

    def moved(outline: Outline) -> Outline:
        return Outline(
            tuple((c, tuple(n * scale + (y if i % 2 else left) for i, n in enumerate(ns))) for c, ns in outline.steps)
        )

    marks: list[Mark] = []
    for curve, head in plan.paths:
        marks.append(stroke(moved(Outline(curve)), theme.faint, 1.7 * scale))
        marks.append(fill(moved(polygon(*head)), theme.faint))
    for label, lx, ly in plan.labels:
        at = (left + lx * scale, y + ly * scale)
        marks.append(rect(*at, label.width * scale, label.height * scale, theme.background))
        marks += _centred(label.lines, *at, label.width, label.height, scale)
    boxes = [figure_box(block.id, (left, y, plan.width * scale, plan.height * scale), _spoken(block), marks)]
    for index, (node, (nx, ny)) in enumerate(zip(plan.nodes, plan.corners, strict=True)):
        area = (left + nx * scale, y + ny * scale, node.width * scale, node.height * scale)
        inset = (area[0] + 0.75, area[1] + 0.75, area[2] - 1.5, area[3] - 1.5)
        panel = rect(*inset, theme.soft, radius=8 * scale, edge=theme.accent, edge_width=1.4)
        text = _centred(node.lines, area[0], area[1], node.width, node.height, scale)
        boxes.append(figure_box(block.id, area, one_line(block.nodes[index].label), [panel, *text], index))
    return boxes


def _centred(lines: tuple[Line, ...], x: float, y: float, width: float, height: float, scale: float) -> list[Mark]:
    marks: list[Mark] = []
    for row, line in enumerate(lines):
        size = line.pen.size
        base = (height - len(lines) * size * 1.26) / 2 + size * (1.26 * row + 0.95)
        smaller = line.scaled(scale)
        marks += smaller.marks(x + (width * scale - smaller.width) / 2, y + base * scale)
    return marks


def _spoken(block: DiagramBlock) -> str:
    names = {node.id: one_line(node.label).strip() for node in block.nodes}
    arrows = [
        f"{names[e.source]} \u2192 {names[e.target]}" + (f" ({one_line(e.label).strip()})" if e.label.strip() else "")
        for e in block.edges
    ]
    return "; ".join(arrows) or ", ".join(names.values())


def _as_list(block: DiagramBlock, width: float, setting: Setting) -> list[Part | Flexible]:
    """A table of arrows; nodes without any come last."""
    names = {node.id: escape(one_line(node.label)) for node in block.nodes}
    joined = {end for edge in block.edges for end in (edge.source, edge.target)}
    rows = [(names[e.source], "\u2192", names[e.target], escape(one_line(e.label))) for e in block.edges]
    rows += [(names[node.id], "", "", "") for node in block.nodes if node.id not in joined]
    return table(TableBlock(id=block.id, rows=tuple(rows), caption=block.caption), width, setting)
