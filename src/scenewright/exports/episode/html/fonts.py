"""The typefaces of the reader's page: Courier Prime for the script, and what helps out where letters are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

from scenewright.domain.base import Json
from scenewright.domain.drawing import FontName
from scenewright.domain.episode import Episode
from scenewright.exports.episode.pdf.fonts import REGULAR, courier_characters, courier_folder
from scenewright.exports.shell import beyond_latin, face_css, font_faces, static_text

FAMILY = "Scenewright Courier"
_FILES = {False: REGULAR, True: "Courier Prime Bold.ttf"}  # by weight
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("’“”…–—")


def faces(work: Episode, breakdown: Json) -> list[str]:
    """Each @font-face: just the characters that the page writes."""
    from scenewright.layout import font_subsets  # fontTools: only where a page is made

    script = set("".join(_texts(work.script.model_dump(mode="json"))))
    script |= set(work.title + work.show.title)
    script |= {big for char in script for big in char.upper()}
    chars = frozenset(char for char in script | _ALWAYS if ord(char) in courier_characters())
    extra: dict[tuple[FontName, bool, bool], str] = {
        ("mono", False, False): "".join(sorted(char for char in script - chars if char.isprintable())),
        **_beside(work, breakdown),
    }
    helping = font_subsets((), language=work.language, extra={style: text for style, text in extra.items() if text})
    return [*(_courier(bold, chars) for bold in _FILES), *font_faces(helping)]


def _beside(work: Episode, breakdown: Json) -> dict[tuple[FontName, bool, bool], str]:
    """What the panels write in the page's own font. In Chinese their words are in the bundle."""
    own = static_text("reader/reader.js") if work.language.lower().startswith("zh") else ""
    data = work.model_dump(mode="json", exclude={"read", "show", "plan"})
    shown = beyond_latin("".join((own, work.show.title, *_texts(data), *_texts(breakdown))))
    return {("sans", False, False): shown, ("sans", True, False): shown}


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _of(value.values())
        case list() | tuple():
            yield from _of(value)


def _of(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)


@lru_cache(maxsize=32)
def _courier(bold: bool, chars: frozenset[str]) -> str:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 13, 14])
    font, out = TTFont(courier_folder() / _FILES[bold], recalcTimestamp=False), BytesIO()
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in chars])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(out)
    return face_css(FAMILY, bold, False, "", out.getvalue())


def licence() -> str:
    """Of Courier Prime: the text that lies beside the font, or where there is none, its name."""
    head = "Font: Courier Prime (SIL Open Font License 1.1)"
    for path in (courier_folder() / "LICENSE" / "OFL.txt", courier_folder() / "OFL.txt"):
        if path.is_file():
            return f"{head}\n\n{path.read_text(encoding='utf-8', errors='replace').strip()}"
    return head
