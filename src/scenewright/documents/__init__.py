"""Sources in: files, folders, bytes and web addresses, read into documents with sections and blocks."""

from __future__ import annotations

from scenewright.documents.reading import Limits, Reading
from scenewright.documents.source import read_bytes, read_path

__all__ = ["Limits", "Reading", "read_bytes", "read_path"]
