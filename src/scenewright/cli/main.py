"""The commands and their options."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from scenewright.cli import control
from scenewright.cli.arguments import normalised
from scenewright.cli.failure import guarded
from scenewright.cli.options import (
    Ahead,
    BaseUrl,
    Encoding,
    Json,
    JsonEvents,
    Model,
    ModelFor,
    Out,
    Parallel,
    Playhead,
    SpeechUrl,
    VoiceParallel,
    WorkId,
)
from scenewright.cli.simulate import simulate

app = typer.Typer(
    name="scenewright",
    help="Turns a document into a narrated interactive classroom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"scenewright {version('scenewright')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Turns a document into a narrated interactive classroom."""


@app.command()
def make(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A file (.md .txt .html .pdf .docx .pptx, or a .yaml brief), a folder of such files, "
            "- for standard input, an http(s) address, or a quoted topic.",
        ),
    ],
    kind: Annotated[str | None, typer.Option(help="What to make.  [default: classroom]")] = None,
    model: Model = None,
    model_for: ModelFor = None,
    base_url: BaseUrl = None,
    voice: Annotated[str | None, typer.Option(metavar="V", help="engine:voice of the teacher.")] = None,
    speech_url: SpeechUrl = None,
    language: Annotated[str | None, typer.Option(metavar="L", help="Language of the work, such as en or de.")] = None,
    scenes: Annotated[int | None, typer.Option(metavar="N", min=1, max=10_000, help="How many scenes.")] = None,
    audience: Annotated[str | None, typer.Option(metavar="TEXT", help="Who it is for.")] = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    ahead: Ahead = None,
    playhead: Playhead = None,
    out: Out = None,
    audio: Annotated[bool, typer.Option("--audio/--no-audio", help="Speak it, or captions only.")] = True,
    encoding: Annotated[
        Encoding, typer.Option(help="Of the audio.", case_sensitive=False, show_choices=True)
    ] = Encoding.opus,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a model is used.")] = False,
    json: JsonEvents = False,
) -> None:
    """Make a work from SOURCE and put it into a folder that plays in a browser."""
    from scenewright.cli import making
    from scenewright.cli.running import Running

    given: dict[str, Any] = {
        "kind": kind,
        "voice": voice,
        "language": language,
        "scenes": scenes,
        "audience": audience,
        "models": making.models_for(model_for or []) or None,
        "audio": None if audio else False,
        "encoding": None if encoding is Encoding.opus else encoding.value,
    }
    options = {name: value for name, value in given.items() if value is not None}
    running = Running(
        base_url=base_url,
        speech_url=speech_url,
        parallel=parallel,
        voice_parallel=voice_parallel,
        ahead=ahead,
        playhead=playhead,
        out=out,
        json=json,
    )
    finish(making.make(source, options, model, running, yes=yes))


@app.command()
def resume(
    work: WorkId,
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="The document after a change; only what it reaches runs again.")
    ] = None,
    model: Model = None,
    model_for: ModelFor = None,
    base_url: BaseUrl = None,
    speech_url: SpeechUrl = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    ahead: Ahead = None,
    playhead: Playhead = None,
    out: Out = None,
    json: JsonEvents = False,
) -> None:
    """Go on with a work that was paused, interrupted, killed, or has failed scenes."""
    from scenewright.cli import making
    from scenewright.cli.running import Running

    running = Running(
        base_url=base_url,
        speech_url=speech_url,
        parallel=parallel,
        voice_parallel=voice_parallel,
        ahead=ahead,
        playhead=playhead,
        out=out,
        json=json,
    )
    finish(making.resume(work, source, model, making.models_for(model_for or []), running))


@app.command()
def works(json: Json = False) -> None:
    """List the works in the data folder, newest first."""
    from scenewright.cli import looking

    looking.works(json=json)


@app.command()
def show(work: WorkId, json: Json = False) -> None:
    """Show one work: its scenes, what is missing, failed or stale, and what it cost."""
    from scenewright.cli import looking

    looking.show(work, json=json)


@app.command()
def export(
    work: WorkId,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="folder, json, vtt or markdown.")] = "folder",
    out: Out = None,
    audio: Annotated[str | None, typer.Option(metavar="E", help="Encoding of the audio: opus, aac or wav.")] = None,
) -> None:
    """Write a work, as far as it is done, in another form."""
    from scenewright.cli import looking

    looking.export(work, to, out, audio)


@app.command()
def remove(
    work: WorkId,
    answers: Annotated[
        bool, typer.Option("--answers", help="Also forget what its calls were answered; they would be paid again.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Forget a work. Exports stay."""
    from scenewright.cli import looking

    looking.remove(work, answers=answers, yes=yes)


@app.command()
def doctor(
    base_url: BaseUrl = None,
    json: Json = False,
) -> None:
    """Check what is installed, which providers answer, which voices exist and where data lives."""
    from scenewright.cli import checking

    finish(checking.doctor(base_url, json=json))


control.add_to(app)
app.command()(simulate)


def finish(code: int) -> None:
    raise typer.Exit(code)


def main() -> None:
    """The console script."""
    words = normalised(sys.argv[1:])
    sys.exit(guarded(lambda: app(words, standalone_mode=False), debug="--debug" in words))
