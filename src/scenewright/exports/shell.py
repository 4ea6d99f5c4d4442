"""A page that runs from a file and may reach for nothing else: what the player's and the reader's have in common.

One document with its script, its style, its fonts and its data inside; a policy allows just these, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from scenewright.domain.errors import BadSettings

if TYPE_CHECKING:
    from scenewright.layout import FontFace

_FAMILIES = {"sans": "Scenewright Sans", "mono": "Scenewright Mono"}
_UI_FONTS = {400: "source-sans-3-latin-400-normal.woff2", 600: "source-sans-3-latin-600-normal.woff2"}
RULE = "\n\n" + "=" * 100 + "\n\n"  # between the notices in THIRD-PARTY.txt
_BOLD = 600  # weights from here on are what the pages call bold
_RANGE = re.compile(r"U\+[0-9A-Fa-f?]{1,6}(?:-[0-9A-Fa-f]{1,6})?(?:, ?U\+[0-9A-Fa-f?]{1,6}(?:-[0-9A-Fa-f]{1,6})?)*")


def document(bundle: str, *, title: str, language: str, data: str, faces: Sequence[str], otherwise: str) -> str:
    """The page of a bundle ("player", "reader"), which finds its place and `data` (JSON) by their ids.

    `otherwise` is what it says where no script may run. Raises: BadSettings: the bundle is not installed.
    """
    style = "\n".join((*faces, *_ui_faces(), _no_end_tag(static_text(f"{bundle}/{bundle}.css"))))
    script = _no_end_tag(static_text(f"{bundle}/{bundle}.js"))
    return f"""<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Scenewright">
<link rel="icon" href="data:,">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<div id="{bundle}">
<noscript>{escape(otherwise)}</noscript>
</div>
<script type="application/json" id="work">{script_json(data)}</script>
<script>{script}</script>
</body>
</html>
"""


def policy(style: str, script: str) -> str:
    """Only this script and this style, by their hashes; pictures and sound from beside the page; nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src 'self' data:",
            "media-src 'self'",
            "font-src data:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def script_json(text: str) -> str:
    """JSON as it may stand inside a script element: no "<" that could end it, no separators old engines stumble on."""
    table: dict[int, str | int | None] = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
    return text.translate(table)


def beyond_latin(text: str) -> str:
    """Of a text the characters that the page's own font does not have."""
    return "".join(sorted(char for char in set(text) if ord(char) > 0xFF and char.isprintable()))


def font_faces(fonts: Sequence[FontFace]) -> Iterator[str]:
    for font in fonts:
        bold, italic = font.weight >= _BOLD, font.style == "italic"
        yield face_css(_FAMILIES[font.family], bold, italic, font.unicode_range, font.data)


def _ui_faces() -> Iterator[str]:
    for weight, name in _UI_FONTS.items():
        data = (files("scenewright") / "static" / "fonts" / name).read_bytes()
        yield face_css("Scenewright UI", weight >= _BOLD, False, "", data)


def face_css(family: str, bold: bool, italic: bool, unicode_range: str, woff2: bytes) -> str:
    covers = f"unicode-range:{unicode_range};" if _RANGE.fullmatch(unicode_range) else ""
    weight, style = (700 if bold else 400), ("italic" if italic else "normal")
    source = f'url(data:font/woff2;base64,{base64.b64encode(woff2).decode()}) format("woff2")'
    return f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};{covers}src:{source}}}'


def notices() -> str:
    """What the page contains of other people's work, with their licences."""
    return static_text("THIRD-PARTY.txt")


def static_text(name: str) -> str:
    try:
        return (files("scenewright") / "static" / name).read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise BadSettings(
            f"The page's file {name} is missing from this installation; install Scenewright again from its wheel, "
            "or run its build once."
        ) from exc


def _no_end_tag(text: str) -> str:
    """Nothing in the bundle may close its element; in a script or style this escape means the same."""
    return re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
