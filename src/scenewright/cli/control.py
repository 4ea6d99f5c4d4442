"""The commands that ask something of a work. What they do is in `controlling`, imported when one is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scenewright.cli.failure import finish
from scenewright.cli.options import (
    BaseUrl,
    Budget,
    JsonEvents,
    Out,
    Parallel,
    Price,
    Scene,
    SomeScene,
    SpeechUrl,
    VoiceParallel,
    VoicePrice,
    WorkId,
)

if TYPE_CHECKING:
    from scenewright.cli.running import Running

RUNS = "If another process runs the work, that one does it. Otherwise it is run on here, and exported at the end."


def add_to(app: typer.Typer) -> None:
    """The program gets these commands."""
    app.command()(pause)
    app.command()(cancel)
    for command in (retry, skip, regenerate, refresh):
        app.command(help=f"{command.__doc__}\n\n{RUNS}")(command)


def pause(work: WorkId) -> None:
    """Ask whoever runs a work to pause: what is under way is waited for and kept."""
    from scenewright.cli import controlling

    controlling.stop(work, "pause")


def cancel(work: WorkId) -> None:
    """Ask whoever runs a work to stop at once: what has arrived is kept."""
    from scenewright.cli import controlling

    controlling.stop(work, "cancel")


def retry(
    work: WorkId,
    scene: SomeScene = None,
    base_url: BaseUrl = None,
    speech_url: SpeechUrl = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    budget: Budget = None,
    price: Price = None,
    voice_price: VoicePrice = None,
    out: Out = None,
    json: JsonEvents = False,
) -> None:
    """Try again what failed, or bring a skipped scene back."""
    from scenewright.cli import controlling

    running = running_of(base_url, speech_url, parallel, voice_parallel, budget, price, voice_price, out, json)
    finish(controlling.retry(work, scene, running))


def skip(
    work: WorkId,
    scene: Scene,
    base_url: BaseUrl = None,
    speech_url: SpeechUrl = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    budget: Budget = None,
    price: Price = None,
    voice_price: VoicePrice = None,
    out: Out = None,
    json: JsonEvents = False,
) -> None:
    """Leave a scene out, and go on without it."""
    from scenewright.cli import controlling

    running = running_of(base_url, speech_url, parallel, voice_parallel, budget, price, voice_price, out, json)
    finish(controlling.skip(work, scene, running))


def regenerate(
    work: WorkId,
    scene: Scene,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What should be different, in plain words.")] = "",
    step: Annotated[str | None, typer.Option(metavar="NAME", help="Only this step, such as content.")] = None,
    base_url: BaseUrl = None,
    speech_url: SpeechUrl = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    budget: Budget = None,
    price: Price = None,
    voice_price: VoicePrice = None,
    out: Out = None,
    json: JsonEvents = False,
) -> None:
    """Write a scene again, differently."""
    from scenewright.cli import controlling

    running = running_of(base_url, speech_url, parallel, voice_parallel, budget, price, voice_price, out, json)
    finish(controlling.regenerate(work, scene, note, step, running))


def refresh(
    work: WorkId,
    scene: SomeScene = None,
    outline: Annotated[bool, typer.Option("--outline", help="Also plan the work anew, if its plan is stale.")] = False,
    base_url: BaseUrl = None,
    speech_url: SpeechUrl = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    budget: Budget = None,
    price: Price = None,
    voice_price: VoicePrice = None,
    out: Out = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before money is spent.")] = False,
    json: JsonEvents = False,
) -> None:
    """Make anew what is stale: made from something that has changed since."""
    from scenewright.cli import controlling

    running = running_of(base_url, speech_url, parallel, voice_parallel, budget, price, voice_price, out, json)
    finish(controlling.refresh(work, scene, running, outline=outline, yes=yes))


def running_of(
    base_url: str | None,
    speech_url: str | None,
    parallel: str | None,
    voice_parallel: str | None,
    budget: str | None,
    price: list[str] | None,
    voice_price: str | None,
    out: Path | None,
    json: bool,
) -> Running:
    from scenewright.cli.running import Running

    return Running(
        base_url=base_url,
        speech_url=speech_url,
        parallel=parallel,
        voice_parallel=voice_parallel,
        budget=budget,
        price=price,
        voice_price=voice_price,
        out=out,
        json=json,
    )
