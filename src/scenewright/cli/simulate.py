"""The command `simulate` and its options. What it does is in `simulating`, imported when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TIME = "12 = always, 8-15 = between, 12~0.35 = mean and spread"


def _time(of: str, usual: str) -> object:
    return typer.Option(metavar="TIME", help=f"Seconds of {of}. Usually {usual}.", rich_help_panel="The work")


def _count(what: str, least: int = 1) -> object:
    return typer.Option(metavar="N", min=least, help=what, rich_help_panel="The accounts")


def _share(what: str) -> object:
    return typer.Option(metavar="SHARE", min=0.0, max=1.0, help=what, rich_help_panel="The accounts")


def simulate(
    parallel: Annotated[
        str, typer.Option(metavar="LIST", help="Settings side by side: off, a number of calls at a time, or auto.")
    ] = "off,3,6,auto",
    voice_parallel: Annotated[
        str | None, typer.Option(metavar="P", help="The same for voices; follows --parallel if not given.")
    ] = None,
    ahead: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Write only N scenes beyond the one that is listened to.")
    ] = None,
    scenes: Annotated[int, typer.Option(metavar="N", min=1, help="How many scenes.", rich_help_panel="The work")] = 10,
    outline: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.0, help="Seconds of the outline.", rich_help_panel="The work")
    ] = 20.0,
    content: Annotated[str | None, _time("a content", f"11.7~0.35 ({TIME})")] = None,
    actions: Annotated[str | None, _time("a scene's actions", "5.8~0.35")] = None,
    clip: Annotated[str | None, _time("the making of a clip", "1.4~0.3")] = None,
    speech: Annotated[str | None, _time("speech in a clip, as a listener hears it", "8")] = None,
    clips: Annotated[
        int, typer.Option(metavar="N", min=0, max=1000, help="Clips of a scene.", rich_help_panel="The work")
    ] = 8,
    streaming: Annotated[
        bool, typer.Option(help="Whether models stream, so that clips start early.", rich_help_panel="The work")
    ] = True,
    seed: Annotated[int, typer.Option(metavar="N", help="Other numbers, other luck.", rich_help_panel="The work")] = 0,
    in_flight: Annotated[int | None, _count("Calls at a time that the model's account takes.")] = None,
    rpm: Annotated[int | None, _count("Requests a minute that the model's account takes.")] = None,
    tpm: Annotated[int | None, _count("Tokens a minute that the model's account takes.")] = None,
    voice_in_flight: Annotated[int | None, _count("Calls at a time that the voice's account takes.")] = None,
    voice_rpm: Annotated[int | None, _count("Requests a minute that the voice's account takes.")] = None,
    errors: Annotated[float, _share("Calls answered with a server error, and tried again.")] = 0.0,
    refusals: Annotated[float, _share("Contents and actions that fail for good.")] = 0.0,
    waterfall: Annotated[bool, typer.Option(help="Draw what ran when, for each setting.")] = True,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also draw it as SVG files in this folder.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Try settings on a described work and its accounts: nothing is written, nothing is paid."""
    from scenewright.cli import simulating

    simulating.simulate(
        simulating.Wanted(
            parallel=parallel,
            voice_parallel=voice_parallel,
            ahead=ahead,
            scenes=scenes,
            outline=outline,
            content=content,
            actions=actions,
            clip=clip,
            speech=speech,
            clips=clips,
            streaming=streaming,
            seed=seed,
            in_flight=in_flight,
            rpm=rpm,
            tpm=tpm,
            voice_in_flight=voice_in_flight,
            voice_rpm=voice_rpm,
            errors=errors,
            refusals=refusals,
        ),
        waterfall=waterfall,
        pictures=pictures,
        json=json,
    )
