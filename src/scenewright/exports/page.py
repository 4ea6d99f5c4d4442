"""`index.html`: the player, the work and the fonts in one page that runs from a file and may reach for nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scenewright.domain.classroom import Classroom
from scenewright.domain.drawing import FontName
from scenewright.exports.shell import beyond_latin, document, font_faces, static_text
from scenewright.exports.work_json import dumps

if TYPE_CHECKING:
    from scenewright.layout import FontFace


def page_html(work: Classroom, fonts: Sequence[FontFace]) -> str:
    """Raises: BadSettings: the player is missing from this installation."""
    return document(
        "player",
        title=work.title,
        language=work.language,
        data=dumps(work),
        faces=list(font_faces(fonts)),
        otherwise=f"{work.title}: this page plays with JavaScript; transcript.md has the words.",
    )


def fonts_of(work: Classroom) -> Sequence[FontFace]:
    """Of every font just the characters that the pages write, and what else the player shows beyond Latin: not
    every reader's system has letters for every language.
    """
    from scenewright.layout import font_subsets  # fontTools: only where a page is made

    pages = (page for scene in work.scenes for page in scene.pages)
    strong, shown = _player_texts(work)
    extra: dict[tuple[FontName, bool, bool], str] = {
        ("sans", True, False): beyond_latin(strong),
        ("sans", False, False): beyond_latin(strong + shown),
    }
    wanted = {style: text for style, text in extra.items() if text}
    return font_subsets(pages, language=work.language, extra=wanted)


def _player_texts(work: Classroom) -> tuple[str, str]:
    """What the player writes in bold, and what it writes in the regular weight."""
    own = static_text("player/player.js") if work.language.lower().startswith("zh") else ""  # its words are in there
    strong = [own, work.title, *(person.name for person in work.people), *(scene.title for scene in work.scenes)]
    shown = [work.note, *work.objectives, *work.sources, *(scene.problem for scene in work.scenes)]
    for scene in work.scenes:
        shown += [beat.action.text for beat in scene.beats if beat.action.type == "speech"]
        if scene.content is not None and scene.content.type == "quiz":
            strong.append(scene.content.model_dump_json())
    return "".join(strong), "".join(shown)
