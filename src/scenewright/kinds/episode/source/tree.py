"""A YAML or JSON file as a tree that knows its lines. Every scalar is text: "no", "12:30" and "2012" are titles."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenewright.domain.base import Json

Place = tuple[str | int, ...]  # names of fields and indices of items, from the top


@dataclass(frozen=True, kw_only=True)
class Text:
    line: int  # from 1
    value: str | None  # None = nothing was written


@dataclass(frozen=True, kw_only=True)
class Items:
    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Fields:
    line: int
    fields: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # of the names


Node = Text | Items | Fields


def plain(node: Node) -> Json:
    """Without lines, and without the empty items of lists."""
    match node:
        case Text():
            return node.value
        case Items():
            return [value for item in node.items if (value := plain(item)) is not None]
        case Fields():
            return {name: plain(item) for name, item in node.fields.items()}


def spelt(name: str) -> str:
    """Names of fields may be written with spaces, hyphens and capitals."""
    return "_".join(name.replace("-", " ").replace("_", " ").lower().split())


ALSO = {
    "camera": "format",
    "running_time": "minutes",
    "cast": "characters",
    "running_gags": "gags",
    "continuity": "facts",
    "humor": "humour",
    "slugline": "slug",
    "heading": "slug",
    "set_ups": "setups",
    "pay_offs": "payoffs",
}


def canonical(name: str) -> str:
    """The one name of a field that has several."""
    name = spelt(name)
    return ALSO.get(name, name)


def find(root: Node, place: Place) -> tuple[int, str]:
    """(line, path for people) of the deepest node on the way to the place that the file has.

    A place is one of the value as it is checked: a single item may stand where a list is meant, and a name where a
    mapping is. So steps that lead nowhere are passed over; the last one is still named, for it is what is missing.
    """
    node, line, path = root, root.line, ""
    for index, step in enumerate(place):
        following = place[index + 1] if index + 1 < len(place) else None
        found = _step(node, step, following)
        if found is not None:
            line, name, node = found
            path += f"[{name}]" if isinstance(step, int) else f".{name}" if path else name
        elif following is None and isinstance(step, str):
            path += f".{step}" if path else step
    return line, path


def _step(node: Node, step: str | int, following: str | int | None) -> tuple[int, str, Node] | None:
    if isinstance(node, Fields):
        by_name = {canonical(name): name for name in node.fields}
        if isinstance(step, int):
            alone = isinstance(following, str) and following in by_name
            name = "" if alone else next((each for at, each in enumerate(node.fields) if at == step), "")
        else:
            name = step if step in node.fields else by_name.get(canonical(step), "")
        return (node.lines[name], name, node.fields[name]) if name in node.fields else None
    if isinstance(node, Items) and isinstance(step, int):
        present = [item for item in node.items if plain(item) is not None]
        if 0 <= step < len(present):
            return present[step].line, _called(present[step]) or str(step + 1), present[step]
    return None


def _called(node: Node) -> str:
    """What a person would call an item of a list: its name, its title, its id."""
    if isinstance(node, Fields):
        for key in ("name", "title", "id"):
            for name, item in node.fields.items():
                if canonical(name) == key and isinstance(item, Text) and item.value:
                    return item.value[:40]
    return ""
