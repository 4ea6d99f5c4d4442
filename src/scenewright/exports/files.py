"""Files and folders that appear whole or not at all, and never take the place of something that is not ours."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenewright.domain.errors import BadInput, StoreError

MARKER = "work.json"
_TABLES = ("breakdown.json", "scenes.csv", "cast.csv", "sets.csv", "props.csv", "effects.csv")
# What the folders of our kinds hold. With a "/": all that may lie in that folder; a person's file in it is seen.
OURS = frozenset(
    {"index.html", MARKER, "audio", "images", "captions", "transcript.md", "THIRD-PARTY.txt"}
    | {"script.fountain", "script.fdx", "script.pdf", "script-a4.pdf", "script.md"}
    | {f"breakdown/{name}" for name in _TABLES}
)
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
_LONGEST = 80  # bytes of a name, without its suffix
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def safe_name(text: str, otherwise: str = "work") -> str:
    """A file name in the text's own letters that every system takes: no separators, no dots at its ends."""
    kept = "".join(char if char.isalnum() else "-" for char in unicodedata.normalize("NFKC", text).lower())
    name = re.sub(r"-+", "-", kept).strip("-").encode()[:_LONGEST].decode(errors="ignore").strip("-")
    return otherwise if not name or _RESERVED.match(name) else name


def file_target(out: Path, title: str, suffix: str) -> Path:
    """`out` itself, or a file named after the title where `out` is a folder.

    Raises: BadInput: there is a file of another type in its place.
    """
    target = out / (safe_name(title) + suffix) if out.is_dir() else out
    if target.exists() and (not target.is_file() or target.suffix.lower() != suffix):
        raise BadInput(f"{target} exists and is not a {suffix} file; choose another name with -o.")
    return target


async def write_file(target: Path, data: bytes) -> Path:
    """Atomically. Raises: BadInput: it cannot be written there. StoreError: the disk is full."""
    with translated(target):
        await asyncio.to_thread(_write_file, target, data)
    return target


def _write_file(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".partial", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def check_replaceable(out: Path, ours: frozenset[str], marker: str = MARKER) -> None:
    """Whether a folder may be made at `out`: nothing there, an empty folder, or an export of ours and nothing else.

    `marker`: the file by which an export of ours is known. Names in `ours` with a "/" are all that may lie in there.

    Raises: BadInput: something else is there.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise BadInput(f"{out} is a file; choose a folder with -o.")
    if strangers := sorted(_strangers(out, ours)):
        raise BadInput(f"{out} holds other files ({strangers[0]}); choose an empty or a new folder with -o.")
    if any(out.iterdir()) and not _is_export(out / marker):
        raise BadInput(f"{out} is not empty and not an export of ours; choose another folder with -o.")


def _strangers(out: Path, ours: frozenset[str]) -> Iterator[str]:
    listed = {folder for name in ours for folder, slash, _ in [name.partition("/")] if slash}
    for entry in out.iterdir():
        if entry.name in listed and entry.is_dir():
            inside = (f"{entry.name}/{each.name}" for each in entry.iterdir())
            yield from (name for name in inside if name not in ours)
        elif entry.name not in ours:
            yield entry.name


def _is_export(marker: Path) -> bool:
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and str(found.get("format", "")).startswith("scenewright.")


@contextmanager
def fresh_folder(out: Path, ours: frozenset[str], *, marker: str = MARKER) -> Iterator[Path]:
    """A folder to fill; when the block ends well it takes the place of `out`, otherwise it disappears.

    Raises: BadInput: `out` is taken or cannot be written. StoreError: the disk is full.
    """
    with translated(out):
        target = out.resolve()
        check_replaceable(target, ours, marker)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".partial", dir=target.parent))
        try:
            partial.chmod(0o755)
            yield partial
            _swap(partial, target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _swap(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".old", dir=target.parent))
    target.rename(old / "old")
    try:
        fresh.rename(target)
    except BaseException:
        (old / "old").rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def translated(target: Path) -> Iterator[None]:
    """Turns what the file system raises into a sentence."""
    try:
        yield
    except OSError as exc:
        if exc.errno in _FULL:
            raise StoreError(f"The disk is full; {target} was not written. Free some space and export again.") from exc
        reason = exc.strerror or type(exc).__name__
        raise BadInput(f"{target} cannot be written ({reason}); choose another place with -o.") from exc
