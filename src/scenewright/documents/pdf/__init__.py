"""PDF files to documents."""

from __future__ import annotations

from scenewright.documents.pdf.read import read_pdf

__all__ = ["read_pdf"]
