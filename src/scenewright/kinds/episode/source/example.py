"""The example that `scenewright new episode` writes."""

from __future__ import annotations

from scenewright.kinds.plugin import Source

FILE_NAME = "bible.yaml"


def example() -> Source:
    """A bible with one episode, every field explained in a comment. Complete: it makes a script as it is."""
    from importlib.resources import files  # only here

    return Source(name=FILE_NAME, data=files(__package__).joinpath(FILE_NAME).read_bytes())
