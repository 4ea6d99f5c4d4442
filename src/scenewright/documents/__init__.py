"""Sources in: files, folders, bytes and web addresses, read into documents with sections and blocks."""

from __future__ import annotations

from scenewright.documents.fetch import fetch, looks_like_address
from scenewright.documents.guard import Guard, is_public
from scenewright.documents.reading import Limits, Reading
from scenewright.documents.source import read_bytes, read_path

__all__ = ["Guard", "Limits", "Reading", "fetch", "is_public", "looks_like_address", "read_bytes", "read_path"]
