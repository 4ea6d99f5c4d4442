"""Bytes of a YAML or JSON file to a tree. Untrusted: no aliases, no tags, bounded in size and in depth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from scenewright.documents.fountain_marks import clean
from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.source.tree import Fields, Items, Node, Text, spelt

LARGEST = 1_000_000  # bytes; a bible of a hundred pages is about 300,000
DEEPEST = 24  # levels; a bible has about eight
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_JSON_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+|\n')

# ("{", "[" , "end" or a scalar's text or None, line)
Event = tuple[Literal["{", "[", "end", "text"], str | None, int]


def parse(data: bytes, name: str) -> Node:
    """Raises: BadInput: with the line, what is wrong and the remedy."""
    if len(data) > LARGEST:
        raise BadInput(f"{name} has {len(data) / 1e6:.1f} MB, more than any bible ({LARGEST // 10**6} MB); check it.")
    text = _decoded(data, name)
    if not text.strip():
        raise BadInput(f"{name} is empty; `scenewright new episode` writes an example to fill in.")
    events = _json_events(text, name) if name.lower().endswith(".json") else _yaml_events(text, name)
    root = _Builder(name).build(events)
    if root is None:
        raise BadInput(f"{name} holds only comments; `scenewright new episode` writes an example to fill in.")
    return root


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise BadInput(f"{name}, line {line} is not UTF-8; save the file as UTF-8 and try again.") from exc
    if found := _CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"{name}, line {line} has a control character in it (U+{ord(found[0]):04X}); delete it.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Builder:
    """Puts events together. It keeps a stack of its own, so that no file is too deep for Python's."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[Fields | Items] = []
        self._keys: list[tuple[str, int] | None] = []  # for each open one the name that waits for its value ...
        self._names: list[dict[str, int]] = []  # ... and the names that it has, with their lines

    def build(self, events: Iterator[Event]) -> Node | None:
        root: Node | None = None
        for kind, value, line in events:
            if kind == "end":
                self._open.pop()
                self._keys.pop()
                self._names.pop()
                continue
            if self._is_name(kind, value, line):
                continue
            node: Node = Fields(line=line) if kind == "{" else Items(line=line) if kind == "[" else _text(value, line)
            root = root or node
            self._add(node)
            if not isinstance(node, Text):
                self._enter(node)
        return root

    def _is_name(self, kind: str, value: str | None, line: int) -> bool:
        if not self._open or not isinstance(self._open[-1], Fields) or self._keys[-1] is not None:
            return False
        if kind != "text":
            raise self._bad(line, "has a list or a mapping where the name of a field is meant; write `name: value`")
        name = " ".join(clean(value or "").split())
        if not name:
            raise self._bad(line, "has a field without a name; write `name: value`")
        first = self._names[-1].setdefault(spelt(name), line)
        if len(self._names[-1]) == len(self._open[-1].fields):
            raise self._bad(line, f"says `{name}` again (first in line {first}); leave one of the two")
        self._keys[-1] = (name, line)
        return True

    def _add(self, node: Node) -> None:
        if not self._open:
            return
        inside = self._open[-1]
        if isinstance(inside, Items):
            inside.items.append(node)
        elif key := self._keys[-1]:
            inside.fields[key[0]], inside.lines[key[0]] = node, key[1]
            self._keys[-1] = None

    def _enter(self, node: Fields | Items) -> None:
        self._open.append(node)
        self._keys.append(None)
        self._names.append({})
        if len(self._open) > DEEPEST:
            raise self._bad(node.line, f"is nested more than {DEEPEST} levels deep, which no bible is; simplify it")

    def _bad(self, line: int, what: str) -> BadInput:
        return BadInput(f"{self._name}, line {line} {what}.")


def _text(value: str | None, line: int) -> Text:
    return Text(line=line, value=clean(value).strip() if value is not None else None)


def _yaml_events(text: str, name: str) -> Iterator[Event]:
    import yaml  # only for bibles

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it is built
    documents = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                raise BadInput(f"{name}, line {line} refers to another place (*name); write the value out instead.")
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise BadInput(f"{name}, line {line} begins a second document (---); give each file on its own.")
            yield from _yaml_event(event, name, line)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        if mark and _begins_with_a_tab(text, mark.line):
            raise BadInput(f"{name}{where} is indented with a tab, which YAML does not take; use spaces.") from exc
        problem = getattr(exc, "problem", None) or "it cannot be read"
        raise BadInput(
            f"{name}{where} is not valid YAML ({' '.join(str(problem).split())}); a text with a colon or a quotation "
            "mark in it needs quotes around it, and lists need equal indents."
        ) from exc


def _begins_with_a_tab(text: str, line: int) -> bool:
    """`line`: from 0."""
    written = text.split("\n")[line : line + 1]
    return any("\t" in each[: len(each) - len(each.lstrip())] for each in written)


def _yaml_event(event: Any, name: str, line: int) -> Iterator[Event]:
    import yaml

    if getattr(event, "tag", None) is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
        raise BadInput(f"{name}, line {line} has a tag ({event.tag}), which a bible does not need; delete it.")
    match event:
        case yaml.ScalarEvent():
            nothing = event.implicit[0] and event.value in _NOTHING
            yield "text", None if nothing else event.value, line
        case yaml.MappingStartEvent():
            yield "{", None, line
        case yaml.SequenceStartEvent():
            yield "[", None, line
        case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
            yield "end", None, line
        case _:
            return


def _json_events(text: str, name: str) -> Iterator[Event]:
    """Checked by the library, then read token by token for the lines."""
    try:
        json.loads(text)
    except json.JSONDecodeError as exc:
        raise BadInput(f"{name}, line {exc.lineno} is not valid JSON ({exc.msg}); mend it and try again.") from exc
    except (RecursionError, ValueError) as exc:  # too deep, or a number with thousands of digits
        raise BadInput(f"{name} is not a bible: it is nested too deeply or has a number beyond sense.") from exc
    line = 1
    for token in _JSON_TOKEN.findall(text):
        match token:
            case "\n":
                line += 1
            case "{" | "[":
                yield token, None, line
            case "}" | "]":
                yield "end", None, line
            case _:
                yield "text", _json_value(token), line


def _json_value(token: str) -> str | None:
    if token.startswith('"'):
        return str(json.loads(token))
    return None if token == "null" else token  # noqa: S105
