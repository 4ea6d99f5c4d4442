"""A script to read on any screen: acts and scenes as headings, names in bold. Every word is escaped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scenewright.domain.episode import Episode, SceneProblem
from scenewright.domain.screenplay import Action, Dialogue, Element, ScriptScene, Transition
from scenewright.exports.episode.breakdown.count import heading
from scenewright.exports.episode.options import chosen
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob
from scenewright.exports.markdown_text import words

_STATUS = {"failed": "could not be written", "skipped": "was left out", "missing": "is not written yet"}


async def export_markdown(job: ExportJob[Episode]) -> Path:
    """Raises: BadInput: `out` cannot be written. StoreError: the disk is full."""
    chosen(job.options)
    target = file_target(job.out, job.work.title, ".md")
    return await write_file(target, (await asyncio.to_thread(transcript, job.work)).encode(errors="replace"))


def transcript(work: Episode) -> str:
    """The whole script. Scenes that are missing are named in their places."""
    missing = _places(work)
    parts = [*_head(work)]
    for act in work.script.acts:
        inside = [block for scene in act.scenes for block in _scene(work, scene, missing.pop(scene.id, []))]
        parts += [f"## {words(act.name)}" if act.name.strip() else "", *inside]
    parts += [_missing(each) for rest in missing.values() for each in rest]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(work: Episode) -> Iterator[str]:
    yield f"# {words(work.title)}"
    yield f"**{words(work.script.show)}**" if work.script.show.strip() else ""
    yield words(f"{work.script.credit} {work.script.written_by}") if work.script.written_by.strip() else ""
    yield f"*{words(work.note)}*" if work.note.strip() else ""
    yield words(work.script.logline)


def _places(work: Episode) -> dict[str, list[SceneProblem]]:
    """Missing scenes by the scene that they are planned before; those behind the last one under ""."""
    problems, there = {each.scene: each for each in work.problems}, {scene.id for scene in work.scenes}
    found: dict[str, list[SceneProblem]] = {}
    waiting: list[SceneProblem] = []
    for plan in work.plan.scenes:
        if plan.id in there and waiting:
            found[plan.id], waiting = waiting, []
        elif problem := problems.pop(plan.id, None):
            waiting.append(problem)
    return found | {"": [*waiting, *problems.values()]}


def _missing(problem: SceneProblem) -> str:
    name, reason = words(problem.title or problem.scene), words(problem.problem)
    return f"> **{name}** {_STATUS[problem.status]}." + (f" {reason}" if reason else "")


def _scene(work: Episode, scene: ScriptScene, before: Sequence[SceneProblem]) -> Iterator[str]:
    names = {person.id: person.name for person in work.script.cast}
    yield from map(_missing, before)
    yield f"### {words(f'{scene.number} {heading(scene)}')}"
    yield f"*{words(scene.title)}*" if scene.title.strip() else ""
    for each in scene.elements:
        yield _element(each, names)


def _element(element: Element, names: Mapping[str, str]) -> str:
    match element:
        case Action():
            return "  \n".join(filter(None, map(words, element.text.splitlines())))
        case Transition():
            return f"**{words(element.text.upper())}**" if element.text.strip() else ""
        case Dialogue():
            return _speech(element, names)


def _speech(line: Dialogue, names: Mapping[str, str]) -> str:
    extension = line.extension.strip("() ")
    aside = line.parenthetical.strip("() ")
    cue = words(names.get(line.character, line.character).upper() + (f" ({extension})" if extension else ""))
    beside = f" *({words(aside)})*" if words(aside) else ""
    said = " ".join(filter(None, map(words, line.text.splitlines())))
    return f"> **{cue}**{beside}  \n> {said}" if said else f"> **{cue}**{beside}"
