"""`index.html` of an episode: the reader and all it shows in one page that may reach for nothing but its sound."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scenewright.domain.base import Json, writable
from scenewright.domain.episode import Episode
from scenewright.exports import shell
from scenewright.exports.episode.html.fonts import faces, licence

AUDIO = "audio/table-read.mp3"  # beside the page
FORMAT, VERSION = "scenewright.reader", 1  # of the data in the page; frontend/src/reader/episode.ts reads them


def page_html(work: Episode, breakdown: Json, timing: Sequence[Json] = (), audio: str = AUDIO) -> str:
    """The whole page.

    `breakdown`: what was counted (exports/episode/breakdown), as JSON. `timing`: for each utterance of the table read,
    in order, {"scene", "element" ("" = the heading), "speaker", "start", "end"}, in seconds of the file `audio`, a path
    relative to the page; without any there is nothing to listen to.

    Raises: BadSettings: the reader or Courier Prime is missing from this installation.
    """
    data = {
        "format": FORMAT,
        "version": VERSION,
        "episode": work.model_dump(mode="json", exclude={"read"}),
        "breakdown": breakdown,
        "timing": list(timing),
        "audio": audio if timing else "",
    }
    return shell.document(
        "reader",
        title=_one(f"{work.show.title}: {work.title}" if work.show.title else work.title),
        language=_one(work.language),
        data=json.dumps(writable(data), ensure_ascii=False, allow_nan=False),
        faces=faces(work, breakdown),
        otherwise=_one(f"{work.title}: this page reads with JavaScript; the other files beside it have the script."),
    )


def _one(text: str) -> str:
    return str(writable(text))


def notices() -> str:
    """What the page contains of other people's work, with their licences."""
    return f"{shell.notices().rstrip()}{shell.RULE}{licence()}\n"
