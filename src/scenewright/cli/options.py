"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Encoding(StrEnum):
    opus = "opus"
    aac = "aac"
    wav = "wav"


Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        help="A document (.md .txt .html .pdf .docx .pptx), a folder of them, - for standard input, an http(s) "
        "address, a quoted topic or premise, a .yaml brief; for an episode also a show's bible (.yaml) or an outline "
        "(.yaml .fountain .fdx).",
    ),
]
Kind = Annotated[
    str | None, typer.Option(metavar="KIND", help="What to make: classroom or episode.  [default: classroom]")
]
Show = Annotated[
    str | None, typer.Option(metavar="NAME", help="The show that an episode belongs to: a kept one, or its bible.")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A setting of the kind, such as rounds=2; may be repeated."),
]
Voice = Annotated[
    str | None, typer.Option(metavar="V", help="engine:voice of the teacher, or of the narrator of a table read.")
]
Language = Annotated[str | None, typer.Option(metavar="L", help="Language of the work, such as en or de.")]
Scenes = Annotated[int | None, typer.Option(metavar="N", min=1, max=10_000, help="How many scenes.")]
Audience = Annotated[str | None, typer.Option(metavar="TEXT", help="Who it is for.")]
Audio = Annotated[bool, typer.Option("--audio/--no-audio", help="Speak it, or captions only.")]
Model = Annotated[str | None, typer.Option(metavar="M", help="provider:model that writes; 'offline' for no model.")]
ModelFor = Annotated[
    list[str] | None, typer.Option(metavar="STEP=M", help="Another model for one step; may be repeated.")
]
BaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address of the model.")]
SpeechUrl = Annotated[str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address of the voice.")]
WorkId = Annotated[str, typer.Argument(metavar="ID", help="The work's id, or its first letters.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
JsonEvents = Annotated[bool, typer.Option("--json", help="Print the event log as JSON lines, and nothing else.")]
Parallel = Annotated[
    str | None,
    typer.Option(metavar="[N|auto|off]", help="Scenes written side by side; alone: 3. Off unless set."),
]
VoiceParallel = Annotated[
    str | None, typer.Option(metavar="[N|auto|off]", help="The same for voices; as the scenes unless set.")
]
Budget = Annotated[
    str | None,
    typer.Option(metavar="USD", help="What the work may cost, all its runs together; it pauses before it costs more."),
]
Price = Annotated[
    list[str] | None,
    typer.Option(
        metavar="IN/OUT", help="US dollars for a million tokens of input and output; MODEL=IN/OUT for one model."
    ),
]
VoicePrice = Annotated[str | None, typer.Option(metavar="USD", help="US dollars for a million characters spoken.")]
Ahead = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Write only N scenes beyond the one that is listened to."),
]
Playhead = Annotated[
    str | None, typer.Option(metavar="SCENE", help="The scene that is listened to now: its number or id.")
]
Scene = Annotated[str, typer.Option("--scene", metavar="N", help="The scene: its number, or its id.")]
SomeScene = Annotated[str | None, typer.Option("--scene", metavar="N", help="Only this scene: its number, or its id.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where the finished folder goes.")]
