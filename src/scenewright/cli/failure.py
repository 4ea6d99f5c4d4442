"""Exit codes, and errors as one readable sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

DONE, FAILED, BAD_USE, PAUSED, INTERRUPTED = 0, 1, 2, 3, 130
OUTCOMES = {"done": DONE, "failed": FAILED, "paused": PAUSED, "cancelled": INTERRUPTED}


def guarded(command: Callable[[], Any], *, debug: bool) -> int:
    """Runs a command; what it raises becomes a sentence on standard error and an exit code."""
    import typer
    from typer.exceptions import TyperException

    from scenewright.domain.errors import ScenewrightError

    try:
        code = command()
        return code if isinstance(code, int) else DONE
    except typer.Exit as exc:
        return exc.exit_code
    except TyperException as exc:
        _show_usage(exc)
        return BAD_USE
    except (KeyboardInterrupt, typer.Abort):
        say("Interrupted.")
        return INTERRUPTED
    except ScenewrightError as exc:
        _show(exc, debug)
        say(f"Error: {exc}")
        return BAD_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as exc:
        _show(exc, debug)
        say(
            f"Error: something went wrong inside Scenewright ({type(exc).__name__}); nothing that was stored is lost. "
            "Run the command again with --debug before its name to see where."
        )
        return FAILED


def _show_usage(exc: Exception) -> None:
    show = getattr(exc, "show", None)
    if show:
        show()
    else:
        say(f"Error: {exc}")


def say(text: str) -> None:
    """To standard error, so that standard output stays for results."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _show(exc: BaseException, debug: bool) -> None:
    if debug:
        say(readable_traceback(exc))


def readable_traceback(exc: BaseException) -> str:
    """The traceback with every key of the environment blotted out."""
    import traceback

    from scenewright.providers.llm.secrets import Secrets

    return Secrets(os.environ).scrub("".join(traceback.format_exception(exc)))
