"""What `simulate` does: describes the work, runs it under each setting, and prints them side by side."""

from __future__ import annotations

import json as jsonlib
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenewright.cli.failure import say, tell
from scenewright.domain.errors import BadInput
from scenewright.simulation import Failures, Report, Setting, Workload, compare, picture, setting
from scenewright.simulation import waterfall as drawn
from scenewright.simulation.distributions import Distribution, parse
from scenewright.testing.provider.quota import Quota

NARROW, WIDE = 80, 120  # columns
MOST_SETTINGS = 12
ROWS = 20  # of each waterfall, where there are several
LONG = 1000  # scenes
PARTS = 8  # actions of a scene, unless it has more clips


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The options, as they were given."""

    parallel: str
    voice_parallel: str | None
    ahead: int | None
    scenes: int
    outline: float
    content: str | None
    actions: str | None
    clip: str | None
    speech: str | None
    clips: int
    streaming: bool
    seed: int
    in_flight: int | None
    rpm: int | None
    tpm: int | None
    voice_in_flight: int | None
    voice_rpm: int | None
    errors: float
    refusals: float


def simulate(wanted: Wanted, *, waterfall: bool, pictures: Path | None, json: bool) -> None:
    """Raises: BadInput: a time, a setting or a number that makes no sense."""
    work, settings = workload(wanted), _settings(wanted)
    # Processes take a second to start: not worth it for short works.
    reports = compare(work, settings, processes=os.cpu_count() or 1 if work.scenes >= LONG else 1)
    if pictures is not None:
        _draw(reports, pictures)
    if json:
        tell(jsonlib.dumps([report.summary() for report in reports], indent=2))
        return
    tell(table(reports))
    if waterfall:
        for report in reports:
            tell(f"\n{_title(report)}\n{_drawn(report, len(reports))}")


def workload(wanted: Wanted) -> Workload:
    usual = Workload()
    transient = Failures(transient=wanted.errors)
    both = Failures(transient=wanted.errors, permanent=wanted.refusals)
    failing = {"outline": transient, "content": both, "actions": both, "clip": transient}
    return Workload(
        scenes=wanted.scenes,
        outline=wanted.outline,
        streams=wanted.streaming,
        content=_time(wanted.content, usual.content),
        actions=_time(wanted.actions, usual.actions),
        clip=_time(wanted.clip, usual.clip),
        speech=_time(wanted.speech, usual.speech),
        parts=max(PARTS, wanted.clips),
        clips=wanted.clips,
        failures=failing if wanted.errors or wanted.refusals else {},
        model_quota=Quota(concurrent=wanted.in_flight, per_minute=wanted.rpm, tokens=wanted.tpm),
        voice_quota=Quota(concurrent=wanted.voice_in_flight, per_minute=wanted.voice_rpm),
        seed=wanted.seed,
    )


def table(reports: Sequence[Report]) -> str:
    """One row for each setting."""
    head = ("parallel", "makespan", "first scene", "stalls", "bound", "over", "in use", "429", "failed", "pauses")
    rows = [head, *(_row(report) for report in reports)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(map(_aligned, row, widths, range(len(row)))) for row in rows)


def _aligned(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column else cell.ljust(width)


def _row(report: Report) -> tuple[str, ...]:
    stalls, over, use = report.stalls, report.over_bound, report.model_use
    return (
        report.setting.name,
        _seconds(report.makespan) if report.outcome != "paused" else "never",
        _seconds(report.first_scene),
        f"{stalls.times} ({_seconds(stalls.seconds)})" if stalls.times else "none",
        _seconds(report.bounds.simple if report.bounds else None),
        f"+{max(0.0, over - 1):.0%}" if over is not None else "-",
        f"{use:.0%}" if use is not None else "-",
        str(report.calls.refused),
        str(report.failed_scenes),
        str(report.pauses),
    )


def _seconds(value: float | None) -> str:
    if value is None:
        return "-"
    if value < 600:
        return f"{value:.1f} s" if value < 100 else f"{value:.0f} s"
    hours, minutes = divmod(round(value / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def _title(report: Report) -> str:
    return f"parallel {report.setting.name}: {report.scenes} scenes in {_seconds(report.makespan)}"


def _drawn(report: Report, settings: int) -> str:
    width = min(WIDE, max(NARROW, shutil.get_terminal_size((NARROW, 24)).columns))
    plain = "utf" not in (sys.stdout.encoding or "").lower()
    return drawn(report.course, width=width, rows=ROWS if settings > 1 else ROWS * 2, ascii=plain)


def _draw(reports: Sequence[Report], folder: Path) -> None:
    until = max(report.makespan for report in reports)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for report in reports:
            path = folder / f"parallel-{report.setting.name}.svg"
            path.write_text(picture(report.course, _title(report), until=until), encoding="utf-8")
            say(f"Drew {path}")
    except OSError as exc:
        raise BadInput(f"{folder} cannot be written ({exc.strerror}); choose another folder for the pictures.") from exc


def _settings(wanted: Wanted) -> list[Setting]:
    texts = list(dict.fromkeys(text.strip().lower() for text in wanted.parallel.split(",") if text.strip()))
    if not 1 <= len(texts) <= MOST_SETTINGS:
        raise BadInput(f"--parallel takes 1 to {MOST_SETTINGS} settings, such as off,3,auto; got {wanted.parallel!r}.")
    return [setting(text, wanted.voice_parallel, wanted.ahead) for text in texts]


def _time(text: str | None, usual: Distribution) -> Distribution:
    return usual if text is None else parse(text)
