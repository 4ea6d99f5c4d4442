"""Which reader reads which file."""

from __future__ import annotations

from pathlib import PurePath

from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.source.bible import read_bible
from scenewright.kinds.episode.source.outline import read_outline
from scenewright.kinds.plugin import Read, Source

_SCRIPTS = (".fountain", ".fdx")


def read(source: Source) -> Read:
    """Raises: BadInput: with file, line and field, what is wrong and the remedy."""
    try:
        if PurePath(source.name).suffix.lower() in _SCRIPTS:
            return read_outline(source)
        return read_bible(source)
    except RecursionError as exc:
        raise BadInput(f"{source.name} is nested too deeply to be read; simplify it and try again.") from exc
