"""Files that a kind reads itself, such as a show's bible, and what they give to a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenewright.domain.base import writable
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput, ScenewrightError
from scenewright.kinds.plugin import KeepsSeries, ReadsSources, Source, TakesDetails, load, names

LARGEST = 20_000_000  # bytes
DEFAULT_KIND = str(Brief.model_fields["kind"].default)
YAML = (".yaml", ".yml")


@dataclass(frozen=True, kw_only=True)
class OwnRead:
    """What a file gave: fields of Brief, and notes for the person."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def reads(kind: str, path: Path) -> bool:
    """Whether the kind reads such files itself. Raises: BadSettings: there is no such kind."""
    plugin = load(kind)
    return isinstance(plugin, ReadsSources) and path.suffix.lower() in plugin.suffixes


def read_own(kind: str, path: Path) -> OwnRead:
    """Raises: BadInput: the file cannot be read, or the kind says what is wrong in it."""
    plugin = load(kind)
    if not isinstance(plugin, ReadsSources):
        raise BadInput(f"A {kind} reads no files of its own; {path.name} cannot be its source.")
    found = plugin.read(Source(name=path.name, data=_bytes(path)))
    return OwnRead(fields=dict(found.fields), warnings=found.warnings)


def shown_kind(path: Path) -> str:
    """The kind that a YAML file names at its top; "" if it names none, or is no YAML."""
    kind = top_fields(path).get("kind") if path.is_file() and path.suffix.lower() in YAML else None
    return kind if isinstance(kind, str) else ""


def series_kind() -> str:
    """The kind whose works belong to a series; "" if none is installed, or several are."""
    found = [kind for kind in names() if isinstance(load(kind), KeepsSeries)]
    return found[0] if len(found) == 1 else ""


def top_fields(path: Path) -> Mapping[str, Any]:
    """What stands at the top of a YAML file; empty if that cannot be said. Its reader says what is wrong with it."""
    import yaml  # only for briefs and bibles

    try:
        root = yaml.compose(_bytes(path).decode("utf-8-sig"), Loader=yaml.SafeLoader)  # nothing is made of it yet
    except (yaml.YAMLError, ScenewrightError, UnicodeDecodeError, RecursionError):
        return {}
    if not isinstance(root, yaml.MappingNode):
        return {}
    return {str(name.value): value.value for name, value in root.value if isinstance(name.value, str)}


def kind_hint(path: Path, fields: Mapping[str, Any] | None = None) -> str:
    """How to say which kind a file is for, if it looks like one's own; else "". `fields`: at its top, if YAML."""
    for kind in names():
        plugin: Any = load(kind)
        theirs = isinstance(plugin, ReadsSources) and path.suffix.lower() in plugin.suffixes
        if theirs and (fields is None or _shared(plugin, fields)):
            return f"if it is meant for the kind {kind}, say so: --kind {kind}"
    return ""


def _shared(plugin: ReadsSources, fields: Mapping[str, Any]) -> bool:
    """Whether the file has fields of the kind's example that a brief does not have."""
    import yaml

    root = yaml.compose(plugin.example().data, Loader=yaml.SafeLoader)
    theirs = {name.value for name, _ in root.value} if isinstance(root, yaml.MappingNode) else set()
    return bool((theirs - set(Brief.model_fields)) & fields.keys())


def merged(kind: str, file: Mapping[str, Any], given: Mapping[str, Any], show: str | None) -> dict[str, Any]:
    """Fields of Brief from what the files say and what the person gave, who wins. `show`: a kept one, or a file.

    Raises: BadInput: the kind takes no such details, or belongs to no series.
    """
    details = {**file.get("details", {}), **given.get("details", {})}
    if show is not None:
        details = _in_series(kind, details, show)
    return {**file, **given, "kind": kind, "details": _checked(kind, details, bool(given.get("details")))}


def _in_series(kind: str, details: Mapping[str, Any], show: str) -> dict[str, Any]:
    plugin, path = load(kind), Path(show).expanduser()
    if not isinstance(plugin, KeepsSeries):
        raise BadInput(f"A {kind} belongs to no show; leave --show out, or say what to make with --kind.")
    brought = details
    if _is_file(path) and reads(kind, path):
        brought = {**details, **read_own(kind, path).fields.get("details", {})}
        return dict(plugin.into_series(details, brought.get("show")))
    if path.suffix.lower() in (*YAML, ".json"):
        raise BadInput(f"There is no file {show!r}; give the path of a bible, or the name of a kept show.")
    return dict(plugin.into_series(details, show))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # longer than names of files are
        return False


def _checked(kind: str, details: Mapping[str, Any], typed: bool) -> Mapping[str, Any]:
    """`typed`: a person gave some one by one, so they are told if the kind knows of none."""
    plugin = load(kind)
    if isinstance(plugin, TakesDetails):
        return dict(plugin.with_details(writable(dict(details)))) if details else {}
    if typed:
        raise BadInput(f"A {kind} has no settings of its own; leave out --set.")
    return details


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is larger than {LARGEST} bytes; give a smaller file.")
        return path.read_bytes()
    except OSError as exc:
        raise BadInput(f"{path.name} cannot be read ({exc.strerror}); check the file.") from exc
