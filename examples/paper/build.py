# /// script
# requires-python = ">=3.11"
# dependencies = ["typst>=0.15,<0.16"]
# ///
"""Turns paper.typ into paper.pdf. The fonts come with the typst package."""

from __future__ import annotations

from pathlib import Path

import typst

HERE = Path(__file__).parent
typst.compile(HERE / "paper.typ", output=HERE / "paper.pdf", ignore_system_fonts=True)
