"""The commands and their options."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from scenewright.cli import control, editing, series
from scenewright.cli.arguments import normalised
from scenewright.cli.failure import finish, guarded
from scenewright.cli.options import (
    Ahead,
    Audience,
    Audio,
    BaseUrl,
    Budget,
    Encoding,
    Json,
    JsonEvents,
    Kind,
    Language,
    Model,
    ModelFor,
    Out,
    Parallel,
    Playhead,
    Price,
    Scenes,
    Set,
    Show,
    Source,
    SpeechUrl,
    Voice,
    VoiceParallel,
    VoicePrice,
    WorkId,
)
from scenewright.cli.simulate import simulate

app = typer.Typer(
    name="scenewright",
    help="Turns a document into a narrated interactive classroom, and a premise or a show's bible into an episode.",
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
    """Turns a document into a narrated interactive classroom, and a premise or a show's bible into an episode."""


@app.command()
def make(
    source: Source,
    kind: Kind = None,
    show: Show = None,
    settings: Set = None,
    model: Model = None,
    model_for: ModelFor = None,
    base_url: BaseUrl = None,
    voice: Voice = None,
    speech_url: SpeechUrl = None,
    language: Language = None,
    scenes: Scenes = None,
    audience: Audience = None,
    parallel: Parallel = None,
    voice_parallel: VoiceParallel = None,
    budget: Budget = None,
    price: Price = None,
    voice_price: VoicePrice = None,
    ahead: Ahead = None,
    playhead: Playhead = None,
    out: Out = None,
    audio: Audio = True,
    encoding: Annotated[
        Encoding, typer.Option(help="Of the audio.", case_sensitive=False, show_choices=True)
    ] = Encoding.opus,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a model is used.")] = False,
    json: JsonEvents = False,
) -> None:
    """Make a work from SOURCE, a classroom or an episode, and put it into a folder that opens in a browser."""
    from scenewright.cli import making
    from scenewright.cli.running import Running

    options = making.wishes(
        kind=kind,
        voice=voice,
        language=language,
        scenes=scenes,
        audience=audience,
        model_for=model_for,
        settings=settings,
        audio=audio,
        encoding=None if encoding is Encoding.opus else encoding.value,
    )
    running = Running(
        base_url=base_url,
        speech_url=speech_url,
        parallel=parallel,
        voice_parallel=voice_parallel,
        budget=budget,
        price=price,
        voice_price=voice_price,
        ahead=ahead,
        playhead=playhead,
        out=out,
        json=json,
    )
    finish(making.make(source, options, show, model, running, yes=yes))


@app.command()
def estimate(
    source: Source,
    kind: Kind = None,
    show: Show = None,
    settings: Set = None,
    model: Model = None,
    model_for: ModelFor = None,
    base_url: BaseUrl = None,
    voice: Voice = None,
    speech_url: SpeechUrl = None,
    language: Language = None,
    scenes: Scenes = None,
    audience: Audience = None,
    price: Price = None,
    voice_price: VoicePrice = None,
    audio: Audio = True,
    json: Json = False,
) -> None:
    """Say what making SOURCE will cost and how long it will take, for several settings. Nobody is called."""
    from scenewright.cli import estimating, making
    from scenewright.cli.running import Running

    options = making.wishes(
        kind=kind,
        voice=voice,
        language=language,
        scenes=scenes,
        audience=audience,
        model_for=model_for,
        settings=settings,
        audio=audio,
        encoding=None,
    )
    running = Running(base_url=base_url, speech_url=speech_url, price=price, voice_price=voice_price, json=json)
    estimating.show_estimate(source, options, show, model, running)


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
    budget: Budget = None,
    price: Price = None,
    voice_price: VoicePrice = None,
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
        budget=budget,
        price=price,
        voice_price=voice_price,
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
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="folder, json, markdown, vtt; of an episode also html, fountain, fdx, pdf, breakdown, mp3, srt.",
        ),
    ] = "folder",
    out: Out = None,
    audio: Annotated[str | None, typer.Option(metavar="E", help="Encoding of the audio: opus, aac or wav.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="An option of the format, such as paper=a4; may be repeated."),
    ] = None,
) -> None:
    """Write a work, as far as it is done, in another form."""
    from scenewright.cli import looking

    looking.export(work, to, out, audio, settings or [])


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
editing.add_to(app)
series.add_to(app)
app.command()(simulate)


def main() -> None:
    """The console script."""
    words = normalised(sys.argv[1:])
    sys.exit(guarded(lambda: app(words, standalone_mode=False), debug="--debug" in words))
