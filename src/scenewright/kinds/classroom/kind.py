"""What the kind brings along (see kinds.plugin). The heavy halves are imported when they are used."""

from __future__ import annotations

from collections.abc import Mapping

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.classroom import Classroom
from scenewright.domain.errors import BadInput
from scenewright.kinds.classroom.plan import ClassroomPlan
from scenewright.kinds.plugin import Cast, Forecast, Tools
from scenewright.plan import Known, Performer
from scenewright.text.language import detect

TEACHERS = {"en": "Teacher", "de": "Lehrerin", "zh": "老师"}
SAMPLE = 20_000  # characters of the documents that tell their language


class ClassroomKind:
    plan = ClassroomPlan()
    written_steps = ("outline", "content", "actions")

    def complete(self, brief: Brief, cast: Cast) -> Brief:
        if brief.author == "offline" and not brief.documents:
            raise BadInput(
                "A topic alone needs a model to write about it: give one with --model, for example "
                "--model openai:gpt-5-mini or --model ollama:qwen3, or give a document instead of a topic."
            )
        language = brief.language or _language(brief)
        people = brief.speakers or (Speaker(id="teacher", name=TEACHERS.get(language[:2], "Teacher")),)
        if brief.audio:
            voices = cast(people, language, brief.voice)
            people = tuple(who.model_copy(update={"voice": voices[who.id]}) for who in people)
        return brief.model_copy(update={"language": language, "speakers": people})

    def forecast(self, brief: Brief, window: int) -> Forecast:
        if brief.author == "llm":
            from scenewright.kinds.classroom.forecast import expected

            return expected(brief, window)
        from scenewright.kinds.classroom.counting import counted

        return counted(brief)

    def performers(self, brief: Brief, tools: Tools) -> Mapping[str, Performer]:
        from scenewright.kinds.classroom.clips import clip_performer

        return {**_author(brief, tools), "clip": clip_performer(tools)}

    async def assemble(self, known: Known, tools: Tools) -> Classroom:
        from scenewright.kinds.classroom.assemble import assemble

        return await assemble(known, tools)


def _author(brief: Brief, tools: Tools) -> Mapping[str, Performer]:
    if brief.author == "llm":
        from scenewright.kinds.classroom.llm import performers

        return performers(tools.choose)
    from scenewright.kinds.classroom.offline.performers import performers as offline

    return offline()


def _language(brief: Brief) -> str:
    """The documents' own: as declared, else as it reads; for a topic, the language it is written in."""
    for document in brief.documents:
        if document.language:
            return document.language
    text = brief.topic or "\n".join(
        block.text
        for document in brief.documents
        for section in document.sections
        for block in section.blocks
        if block.type == "prose"
    )
    return detect(text[:SAMPLE])


PLUGIN = ClassroomKind()
