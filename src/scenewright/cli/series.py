"""`new` and `shows`: a kind's example to fill in, and the shows that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scenewright.cli.options import Json


def add_to(app: typer.Typer) -> None:
    """The program gets these commands."""
    app.command()(new)
    app.command()(shows)


def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What it is for: episode.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where it goes; otherwise a file here.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Take the place of a file that is there.")] = False,
) -> None:
    """Write a commented example of what a kind of work is made from, to be filled in."""
    from scenewright.cli import keeping

    keeping.new(kind, out, force=force)


def shows(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A kept show; alone: a list of all.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Write the bible into this file."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Take the place of a file that is there.")] = False,
    json: Json = False,
) -> None:
    """List the shows that are kept, or print one as a bible: what it said, and what its episodes have established."""
    from scenewright.cli import keeping

    if name is None:
        keeping.list_shows(json=json)
    else:
        keeping.show_bible(name, out, force=force)
