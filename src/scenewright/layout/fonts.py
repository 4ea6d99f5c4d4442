"""The fonts and their metrics: which files exist, which face draws a character, and how wide it is.

The files come from the npm packages named in `FONT_PACKAGES` (all SIL Open Font License 1.1) and lie in
`scenewright/static/fonts/` under the packages' own file names, `<package>-<subset>-<weight>-<style>.woff2`,
beside `<package>.unicode.json` (the package's `unicode.json`) and `<package>.LICENSE`. Kerning and ligatures are
off everywhere: widths are plain sums of advances, so the page, a PDF and a video agree to the last unit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from scenewright.domain.drawing import FontName

Script = Literal["latin", "cjk"]


@dataclass(frozen=True, kw_only=True)
class FontPackage:
    """`subsets` are the keys of the package's unicode.json; "*" is every numbered slice "[n]"."""

    package: str
    weights: tuple[int, ...]
    styles: tuple[str, ...]
    subsets: tuple[str, ...]


FONT_PACKAGES = (
    FontPackage(
        package="source-sans-3",
        weights=(400, 600),
        styles=("normal", "italic"),
        subsets=("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"),
    ),
    FontPackage(
        package="jetbrains-mono",
        weights=(400, 700),
        styles=("normal",),
        subsets=("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese"),
    ),
    FontPackage(package="fira-code", weights=(400,), styles=("normal",), subsets=("symbols2",)),
    FontPackage(package="noto-sans-sc", weights=(400, 700), styles=("normal",), subsets=("*",)),
    FontPackage(package="noto-sans-math", weights=(400,), styles=("normal",), subsets=("latin",)),
    FontPackage(package="noto-sans-symbols-2", weights=(400,), styles=("normal",), subsets=("symbols",)),
    FontPackage(package="noto-emoji", weights=(400,), styles=("normal",), subsets=("*",)),
)
