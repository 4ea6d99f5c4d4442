"""What reading gives back, and how much of a source is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenewright.domain.document import Document


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One source, read. Section ids are unique across all its documents."""

    documents: tuple[Document, ...]
    assets: Mapping[str, bytes] = field(default_factory=dict)  # "<16 hex digits>.png" or ".jpg" -> the picture's bytes
    warnings: tuple[str, ...] = ()  # what a person should know, one sentence each


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of a source is read. What exceeds a limit is an error, except where it says "dropped"."""

    max_bytes: int = 64 * 2**20  # of one file or one fetched answer, also after decompression
    max_unpacked_bytes: int = 512 * 2**20  # of the parts inside one .docx or .pptx
    max_pages: int = 1_000  # of one PDF; slides of one presentation
    max_characters: int = 5_000_000  # of the text of one document
    max_sections: int = 3_000  # of one document
    max_section_characters: int = 12_000  # a longer section is continued in another one
    max_files: int = 200  # of one folder
    max_images: int = 300  # of one source; the rest is dropped
    max_image_bytes: int = 32 * 2**20  # of one picture, as stored; a larger one is dropped
    max_image_pixels: int = 50_000_000  # of one picture; a larger one is dropped
    max_image_side: int = 1_600  # pixels; a larger picture is scaled down
    max_table_rows: int = 400  # of one table; the rest is dropped
    max_table_columns: int = 40  # of one table; the rest is dropped
    fetch_seconds: float = 60.0  # for one address, all redirects included
    max_redirects: int = 5
