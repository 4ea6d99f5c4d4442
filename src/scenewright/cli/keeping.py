"""What `new` and `shows` do: nothing here calls a model."""

from __future__ import annotations

import json as jsonlib
import sys
from dataclasses import asdict
from pathlib import Path

from scenewright.app.series import all_series, series_source
from scenewright.app.settings import load_settings
from scenewright.cli.failure import agreed, on_a_terminal, plain, say, tell
from scenewright.domain.errors import BadInput
from scenewright.kinds.plugin import ReadsSources, load


def new(kind: str, out: Path | None, *, force: bool) -> None:
    plugin = load(kind)
    if not isinstance(plugin, ReadsSources):
        raise BadInput(f"A {kind} is made from documents or a topic; there is no example to fill in.")
    example = plugin.example()
    target = out or Path(example.name)
    _write(target / example.name if target.is_dir() else target, example.data, force=force)


def list_shows(*, json: bool) -> None:
    found, broken = all_series(load_settings().home)
    for error in broken:
        say(f"Note: {error}")
    if json:
        tell(jsonlib.dumps([{"id": each.name, "kind": each.kind, **asdict(each.told)} for each in found], indent=2))
        return
    if not found:
        say("No shows are kept yet; `scenewright make bible.yaml --kind episode` keeps the bible's.")
    for each in found:
        count = len(each.told.episodes)
        tell(f"{each.name}  {each.told.title}  {count} episode{'' if count == 1 else 's'}")
        tell(f"  {', '.join(each.told.people) or '(nobody yet)'}")
        for title in each.told.episodes:
            tell(f"  - {title}")


def show_bible(name: str, out: Path | None, *, force: bool) -> None:
    source = series_source(load_settings().home, name)
    if out is None:
        text = source.data.decode()
        sys.stdout.write(plain(text) if sys.stdout.isatty() else text)  # a file is to be read again as it is
        return
    _write(out / source.name if out.is_dir() else out, source.data, force=force)


def _write(target: Path, data: bytes, *, force: bool) -> None:
    """Nothing that is there is lost unless somebody says so. Raises: BadInput."""
    try:
        with target.open("wb" if force or _may_replace(target) else "xb") as file:
            file.write(data)
    except FileExistsError as exc:
        raise BadInput(f"{target} is there already; choose another name with -o, or add --force.") from exc
    except OSError as exc:
        raise BadInput(f"{target} cannot be written ({exc.strerror}); choose another place with -o.") from exc
    tell(plain(str(target)))


def _may_replace(target: Path) -> bool:
    if not target.exists() or not on_a_terminal():
        return False
    say(f"{target} is there already and would be replaced.")
    return agreed()
