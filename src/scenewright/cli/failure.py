"""Exit codes, and errors as one readable sentence."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

DONE, FAILED, BAD_USE, PAUSED, INTERRUPTED = 0, 1, 2, 3, 130
OUTCOMES = {"done": DONE, "failed": FAILED, "paused": PAUSED, "cancelled": INTERRUPTED}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def guarded(command: Callable[[], Any], *, debug: bool) -> int:
    """Runs a command; what it raises becomes a sentence on standard error and an exit code."""
    import typer
    from typer.exceptions import TyperException

    from scenewright.domain.errors import ScenewrightError

    unbreakable_output()
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except typer.Exit as exc:
        return exc.exit_code
    except TyperException as exc:
        _show_usage(exc)
        return BAD_USE
    except (KeyboardInterrupt, typer.Abort, EOFError):
        say("Interrupted.")
        return INTERRUPTED
    except ScenewrightError as exc:
        _show(exc, debug)
        say(f"Error: {exc}")
        return BAD_USE
    except BrokenPipeError:
        mute()
        return DONE
    except Exception as exc:
        _show(exc, debug)
        say(
            f"Error: something went wrong inside Scenewright ({type(exc).__name__}); nothing that was stored is lost. "
            "Run the command again with --debug before its name to see where."
        )
        return FAILED


def finish(code: int) -> NoReturn:
    """Ends a command with its exit code."""
    import typer

    raise typer.Exit(code)


def mute() -> None:
    """Nobody reads standard output any more: what is still to be written to it goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_usage(exc: Exception) -> None:
    show = getattr(exc, "show", None)
    if show:
        show()
    else:
        say(f"Error: {exc}")


def say(text: str) -> None:
    """To standard error, so that standard output stays for results. Whoever no longer listens misses it."""
    with suppress(OSError, ValueError):
        print(plain(text), file=sys.stderr, flush=True)  # noqa: T201


def tell(text: str) -> None:
    """A result, to standard output."""
    print(plain(text))  # noqa: T201


def on_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agreed() -> bool:
    """Asks whether to go on; where nobody can be asked, it goes on."""
    return not on_a_terminal() or input("Go on? [y/N] ").strip().lower() in ("y", "yes", "j", "ja")


def plain(text: str) -> str:
    """Without control characters: titles and messages come from documents, models and file names."""
    return _CONTROL.sub("\ufffd", text)


def unbreakable_output() -> None:
    """A character that the terminal's encoding does not have is written as its number, instead of ending the command.

    JSON is written in ASCII, so it is right in every encoding.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _show(exc: BaseException, debug: bool) -> None:
    if debug:
        say(readable_traceback(exc))


def readable_traceback(exc: BaseException) -> str:
    """The traceback with every key of the environment blotted out."""
    import traceback

    from scenewright.providers.llm.secrets import Secrets

    return Secrets(os.environ).scrub("".join(traceback.format_exception(exc)))
