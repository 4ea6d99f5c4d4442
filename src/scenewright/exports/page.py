"""`index.html`: the player, the work and the fonts in one page that runs from a file and may reach for nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from scenewright.domain.classroom import Classroom
from scenewright.domain.drawing import FontName
from scenewright.domain.errors import BadSettings
from scenewright.exports.work_json import dumps

if TYPE_CHECKING:
    from scenewright.layout import FontFace

_FAMILIES = {"sans": "Scenewright Sans", "mono": "Scenewright Mono"}
_UI_FONTS = {400: "source-sans-3-latin-400-normal.woff2", 600: "source-sans-3-latin-600-normal.woff2"}
_BOLD = 600  # weights from here on are what the player calls bold
_RANGE = re.compile(r"U\+[0-9A-Fa-f?]{1,6}(?:-[0-9A-Fa-f]{1,6})?(?:, ?U\+[0-9A-Fa-f?]{1,6}(?:-[0-9A-Fa-f]{1,6})?)*")


def page_html(work: Classroom, fonts: Sequence[FontFace]) -> str:
    """Raises: BadSettings: the player is missing from this installation."""
    style = "\n".join((*font_faces(fonts), *_ui_faces(), _no_end_tag(_static("player/player.css"))))
    script = _no_end_tag(_static("player/player.js"))
    return f"""<!doctype html>
<html lang="{escape(work.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Scenewright">
<link rel="icon" href="data:,">
<title>{escape(work.title)}</title>
<style>{style}</style>
</head>
<body>
<div id="player">
<noscript>{escape(work.title)}: this page plays with JavaScript; transcript.md has the words.</noscript>
</div>
<script type="application/json" id="work">{script_json(dumps(work))}</script>
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


def fonts_of(work: Classroom) -> Sequence[FontFace]:
    """Of every font just the characters that the pages write, and what else the player shows beyond Latin: not
    every reader's system has letters for every language.
    """
    from scenewright.layout import font_subsets  # fontTools: only where a page is made

    pages = (page for scene in work.scenes for page in scene.pages)
    strong, shown = _player_texts(work)
    extra: dict[tuple[FontName, bool, bool], str] = {
        ("sans", True, False): _beyond_latin(strong),
        ("sans", False, False): _beyond_latin(strong + shown),
    }
    wanted = {style: text for style, text in extra.items() if text}
    return font_subsets(pages, language=work.language, extra=wanted)


def _player_texts(work: Classroom) -> tuple[str, str]:
    """What the player writes in bold, and what it writes in the regular weight."""
    own = _static("player/player.js") if work.language.lower().startswith("zh") else ""  # its words are in there
    strong = [own, work.title, *(person.name for person in work.people), *(scene.title for scene in work.scenes)]
    shown = [work.note, *work.objectives, *work.sources, *(scene.problem for scene in work.scenes)]
    for scene in work.scenes:
        shown += [beat.action.text for beat in scene.beats if beat.action.type == "speech"]
        if scene.content is not None and scene.content.type == "quiz":
            strong.append(scene.content.model_dump_json())
    return "".join(strong), "".join(shown)


def _beyond_latin(text: str) -> str:
    return "".join(sorted(char for char in set(text) if ord(char) > 0xFF and char.isprintable()))


def font_faces(fonts: Sequence[FontFace]) -> Iterator[str]:
    for font in fonts:
        bold, italic = font.weight >= _BOLD, font.style == "italic"
        yield _face(_FAMILIES[font.family], bold, italic, font.unicode_range, font.data)


def _ui_faces() -> Iterator[str]:
    for weight, name in _UI_FONTS.items():
        data = (files("scenewright") / "static" / "fonts" / name).read_bytes()
        yield _face("Scenewright UI", weight >= _BOLD, False, "", data)


def _face(family: str, bold: bool, italic: bool, unicode_range: str, woff2: bytes) -> str:
    covers = f"unicode-range:{unicode_range};" if _RANGE.fullmatch(unicode_range) else ""
    weight, style = (700 if bold else 400), ("italic" if italic else "normal")
    source = f'url(data:font/woff2;base64,{base64.b64encode(woff2).decode()}) format("woff2")'
    return f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};{covers}src:{source}}}'


def notices() -> str:
    """What the page contains of other people's work, with their licences."""
    return _static("THIRD-PARTY.txt")


def _static(name: str) -> str:
    try:
        return (files("scenewright") / "static" / name).read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise BadSettings(
            f"The player's file {name} is missing from this installation; install Scenewright again from its wheel, "
            "or run its build once."
        ) from exc


def _no_end_tag(text: str) -> str:
    """Nothing in the bundle may close its element; in a script or style this escape means the same."""
    return re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
