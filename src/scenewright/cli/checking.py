"""`doctor`: what is installed, which providers answer, which voices exist, where data lives."""

from __future__ import annotations

import asyncio
import json as jsonlib
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.resources import files

from scenewright.app.settings import Settings, load_settings
from scenewright.cli.failure import DONE, FAILED
from scenewright.domain.errors import ScenewrightError

LITTLE = 500_000_000  # bytes free, below which a work may not fit


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`needed`: if it is broken, nothing works."""

    name: str
    ok: bool
    text: str
    needed: bool = True


def doctor(base_url: str | None, *, json: bool) -> int:
    settings = load_settings(base_url=base_url)
    findings = [
        *_attempt("Scenewright", _installed),
        *_attempt("data folder", lambda: _data(settings)),
        *_attempt("player", _player),
        *_attempt("voices", _voices),
        *_attempt("model", lambda: asyncio.run(_model(settings))),
    ]
    if json:
        print(jsonlib.dumps([asdict(finding) for finding in findings], indent=2))  # noqa: T201
    else:
        for finding in findings:
            mark = "ok " if finding.ok else ("BAD" if finding.needed else "-- ")
            print(f"{mark} {finding.name}: {finding.text}")  # noqa: T201
    return FAILED if any(not finding.ok and finding.needed for finding in findings) else DONE


def _attempt(name: str, check: Callable[[], list[Finding]]) -> list[Finding]:
    """A check that breaks is a finding, too."""
    try:
        return check()
    except ScenewrightError as exc:
        return [Finding(name=name, ok=False, text=str(exc))]
    except Exception as exc:
        return [Finding(name=name, ok=False, text=f"could not be checked ({type(exc).__name__}); install again")]


def _installed() -> list[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    return [Finding(name="Scenewright", ok=True, text=f"{version('scenewright')} on Python {python}")]


def _data(settings: Settings) -> list[Finding]:
    from scenewright.store import Database

    Database(settings.home).close()
    free = shutil.disk_usage(settings.home).free
    text = f"{settings.home} ({free / 1e9:.1f} GB free)"
    return [Finding(name="data folder", ok=free > LITTLE, text=text if free > LITTLE else f"{text}; free some space")]


def _player() -> list[Finding]:
    remedy = "missing; install Scenewright again (its build makes them)"
    return [
        Finding(name=name, ok=there, text="installed" if there else remedy)
        for name, there in (("player", _there("player", ".js")), ("fonts", _there("fonts", ".woff2")))
    ]


def _there(folder: str, suffix: str) -> bool:
    place = files("scenewright") / "static" / folder
    return place.is_dir() and any(entry.name.endswith(suffix) for entry in place.iterdir())


def _voices() -> list[Finding]:
    from scenewright.providers.speech.registry import engines

    findings = []
    for engine in engines().values():
        problem = engine.problem()
        voices = engine.voices() if not problem else ()
        languages = len({voice.language for voice in voices if voice.language})
        count = f"{len(voices)} voices" + (f" in {languages} languages" if languages else "")
        findings.append(
            Finding(
                name=f"voices of {engine.title}", ok=not problem, text=problem or count, needed=engine.name == "espeak"
            )
        )
    return findings


async def _model(settings: Settings) -> list[Finding]:
    from scenewright.providers.llm.checking import check

    if not settings.model and not settings.base_url:
        return [Finding(name="model", ok=True, text="none configured; the offline author writes", needed=False)]
    found = await check(settings.model, settings.base_url)
    return [Finding(name=f"model {settings.model}", ok=found.ok, text=found.text)]
