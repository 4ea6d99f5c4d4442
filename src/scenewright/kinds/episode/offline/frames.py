"""Ready-made pieces of talk, read from the text files beside this module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ROLE = re.compile(r"^(\*?)([abc]): (.+)$")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Said:
    """One line of an exchange, with slots in braces. `role`: a acts or tells, b resists."""

    role: str
    text: str
    punchline: bool = False

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(slot.lower() for slot in _SLOT.findall(self.text))


@dataclass(frozen=True)
class Exchange:
    """Lines that belong together. The first few make sense without the rest."""

    lines: tuple[Said, ...]
    form: str = ""  # of the joke, if it is one

    @property
    def slots(self) -> frozenset[str]:
        return frozenset().union(*(line.slots for line in self.lines))

    @property
    def punchline(self) -> int:
        """Which line is the punchline; -1 if none is."""
        return next((at for at, line in enumerate(self.lines) if line.punchline), -1)


@cache
def exchanges(name: str) -> tuple[Exchange, ...]:
    """Those of one kind, as they stand in `exchanges/<name>.txt`: blocks of "a: text", "*b: text" is a punchline."""
    return tuple(_exchange(block) for block in _text(name).strip().split("\n\n"))


def _exchange(block: str) -> Exchange:
    form, lines = "", list[Said]()
    for row in block.splitlines():
        if row.startswith("# "):
            form = row[2:].strip()
        elif match := _ROLE.match(row):
            lines.append(Said(match[2], match[3], bool(match[1])))
        else:
            raise ValueError(f"not a line of an exchange: {row!r}")
    return Exchange(tuple(lines), form)


@cache
def frames(name: str = "frames") -> Mapping[str, tuple[str, ...]]:
    """Section -> its rows, as they stand in `exchanges/<name>.txt`."""
    found: dict[str, list[str]] = {}
    for row in _text(name).splitlines():
        if row.startswith("[") and row.endswith("]"):
            found[row[1:-1]] = []
        elif row.strip():
            found[list(found)[-1]].append(row)
    return {section: tuple(rows) for section, rows in found.items()}


def _text(name: str) -> str:
    return files(__package__).joinpath("exchanges", f"{name}.txt").read_text("utf-8")
