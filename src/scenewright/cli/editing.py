"""The commands for people who write in a work themselves. What they do is in `drafting`, imported when called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scenewright.cli.control import RUNS, running_of
from scenewright.cli.failure import finish
from scenewright.cli.options import (
    BaseUrl,
    Budget,
    Json,
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


def add_to(app: typer.Typer) -> None:
    """The program gets these commands."""
    app.command("import", help=f"{import_.__doc__}\n\n{RUNS}")(import_)
    for command in (lock, unlock, versions, diff):
        app.command()(command)
    app.command(help=f"{undo.__doc__}\n\n{RUNS}")(undo)


def import_(
    work: WorkId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The script, edited elsewhere: .fountain or .fdx.")],
    force: Annotated[
        bool, typer.Option("--force", help="Even if it seems to be of another work, or lacks most scenes.")
    ] = False,
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
    """Take over what was edited in another program, scene by scene. It stands until you ask for something else."""
    from scenewright.cli import drafting

    running = running_of(base_url, speech_url, parallel, voice_parallel, budget, price, voice_price, out, json)
    finish(drafting.import_(work, file, running, force=force))


def lock(work: WorkId, scene: Scene) -> None:
    """Forbid changes to a scene by any later step. It stays as it reads now."""
    from scenewright.cli import drafting

    drafting.lock(work, scene)


def unlock(work: WorkId, scene: Scene) -> None:
    """Let a locked scene be changed again. It reads as it does until something changes it."""
    from scenewright.cli import drafting

    drafting.unlock(work, scene)


def versions(work: WorkId, json: Json = False) -> None:
    """List the versions of a work's text, with where each came from. None is ever lost."""
    from scenewright.cli import drafting

    drafting.versions(work, json=json)


def diff(
    work: WorkId,
    before: Annotated[
        int | None, typer.Argument(metavar="[A]", help="A version.  [default: the one before the newest]")
    ] = None,
    after: Annotated[
        int | None, typer.Argument(metavar="[B]", help="The version to compare it with.  [default: the newest]")
    ] = None,
    scene: SomeScene = None,
    json: Json = False,
) -> None:
    """Show what differs between two versions, scene by scene."""
    from scenewright.cli import drafting

    drafting.diff(work, before, after, scene, json=json)


def undo(
    work: WorkId,
    version: Annotated[
        int | None, typer.Argument(metavar="[N]", help="The version.  [default: the one before the newest]")
    ] = None,
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
    """Go back to an earlier version. That makes a new one, so that it can be undone, too."""
    from scenewright.cli import drafting

    running = running_of(base_url, speech_url, parallel, voice_parallel, budget, price, voice_price, out, json)
    finish(drafting.undo(work, version, running))
