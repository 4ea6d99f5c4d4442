"""What an export is given, and what an exporter is: one frozen value in, a path out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from scenewright.layout import FontFace

AudioFormat = Literal["as-is", "opus", "aac", "wav", "none"]
"""What becomes of the clips: kept as they were made, made into another format, or left out."""


class Blobs(Protocol):
    async def get(self, digest: str) -> bytes:
        """The bytes with this SHA-256 (64 hexadecimal digits)."""


W = TypeVar("W")


class NoBlobs:
    """For works whose files are not wanted."""

    async def get(self, digest: str) -> bytes:
        raise KeyError(digest)


@dataclass(frozen=True, kw_only=True)
class ExportJob(Generic[W]):
    """`out`: the folder to make, or the file; for a file, an existing folder means "in there, named by its title"."""

    work: W
    out: Path
    blobs: Blobs = field(default_factory=NoBlobs)
    fonts: Sequence[FontFace] | None = None  # None = just what the pages need
    audio: AudioFormat = "as-is"
    options: Mapping[str, str] = field(default_factory=dict)  # what only this format knows; see Format.options


@dataclass(frozen=True, kw_only=True)
class Format(Generic[W]):
    """One way to export one kind of work. `write` returns what a person opens."""

    name: str
    says: str  # one line for `--help`
    write: Callable[[ExportJob[W]], Awaitable[Path]]
    suffix: str = ""  # of the file it writes, with its dot; "" = it writes a folder
    options: Mapping[str, str] = field(default_factory=dict)  # name -> what it means and which values it takes
    text: Callable[[W], str] | None = None  # the work as text that people compare line by line
