"""A transcript to read: titles, what the slides show, who says what, the quizzes with their answers.

Every word of the work is escaped: it shows as it was written, and nothing of it becomes a link, HTML or an image.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scenewright.domain.actions import Speech
from scenewright.domain.classroom import Classroom, Scene
from scenewright.domain.quiz import Question, Quiz
from scenewright.domain.slides import Slide
from scenewright.exports.files import file_target, write_file
from scenewright.exports.job import ExportJob
from scenewright.exports.markdown_blocks import Images, block
from scenewright.exports.markdown_text import line, words
from scenewright.exports.prepare import prepared

_WORDS = {
    "en": ("Objectives", "Sources", "This scene could not be made", "Answer"),
    "de": ("Lernziele", "Quellen", "Diese Szene konnte nicht erstellt werden", "Antwort"),
    "zh": ("学习目标", "资料来源", "此场景未能生成", "答案"),
}


async def export_markdown(job: ExportJob[Classroom]) -> Path:
    """The transcript in one file, without images.

    Raises: BadInput: `out` cannot be written. StoreError: the disk is full.
    """
    target = file_target(job.out, job.work.title, ".md")
    return await write_file(target, transcript(prepared(job.work, "none")).encode())


def transcript(work: Classroom, *, images: bool = False) -> str:
    """`images`: the files lie beside the transcript, where the work's assets say, and may be shown."""
    shown = {asset.name: asset.src for asset in work.assets} if images else {}
    parts = [*_head(work)]
    for scene in work.scenes:
        parts.extend(_scene(work, scene, shown))
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(work: Classroom) -> Iterator[str]:
    objectives, sources, _, _ = _words_of(work)
    yield f"# {words(work.title)}"
    if work.note:
        yield f"*{words(work.note)}*"
    if work.objectives:
        yield f"**{objectives}**"
        yield "\n".join(f"- {words(each)}" for each in work.objectives)
    if work.sources:
        yield f"{sources}: {', '.join(words(each) for each in work.sources)}"


def _scene(work: Classroom, scene: Scene, images: Images) -> Iterator[str]:
    yield f"## {words(scene.title)}"
    if scene.status == "failed":
        yield f"**{_words_of(work)[2]}:** {words(scene.problem)}"
        return
    if isinstance(scene.content, Slide):
        for each in scene.content.blocks:
            yield from block(each, images)
    yield from _speeches(work, scene)
    if isinstance(scene.content, Quiz):
        yield from _quiz(scene.content, _words_of(work)[3])


def _speeches(work: Classroom, scene: Scene) -> Iterator[str]:
    names = {person.id: person.name for person in work.people}
    for beat in scene.beats:
        if isinstance(beat.action, Speech) and beat.action.text.strip():
            name = names.get(beat.action.speaker, beat.action.speaker)
            yield f"**{words(name)}:** {words(beat.action.text)}" if name.strip() else words(beat.action.text)


def _quiz(quiz: Quiz, answer: str) -> Iterator[str]:
    yield f"### {line(quiz.title)}"
    yield line(quiz.intro)
    for number, question in enumerate(quiz.questions, 1):
        yield f"{number}. {line(question.prompt)}"
        yield "\n".join(f"    {each}" for each in _answers(question, answer))
        if question.explanation:
            yield f"    {line(question.explanation)}"


def _answers(question: Question, answer: str) -> Iterator[str]:
    if question.type == "short":
        yield f"{answer}: {' / '.join(words(each) for each in question.answers)}"
    for option in question.options:
        yield f"- {'☑' if option.id in question.answers else '☐'} {line(option.text)}"


def _words_of(work: Classroom) -> tuple[str, str, str, str]:
    return _WORDS.get(work.language.split("-")[0].lower(), _WORDS["en"])
