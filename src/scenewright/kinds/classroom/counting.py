"""What a classroom of the offline author takes: it costs nothing to write it, so it is written and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenewright.domain.actions import Action, Speech
from scenewright.domain.brief import Brief
from scenewright.domain.outline import Carry
from scenewright.domain.ranges import ONE, Range
from scenewright.kinds.classroom.offline import Outline, Position, actions, content, outline
from scenewright.kinds.classroom.plan import CARRIED_SPEECHES
from scenewright.kinds.plugin import Forecast, StepForecast
from scenewright.providers.speech.clip import requests
from scenewright.providers.speech.voices import VoiceSpec
from scenewright.text.timing import speaking_seconds

ANY_VOICE = VoiceSpec(engine="", voice="")  # how a text is split does not depend on who speaks it


def counted(brief: Brief) -> Forecast:
    planned = outline(brief)
    timelines = list(_timelines(brief, planned))
    scenes = Range.exactly(len(timelines))
    speeches = [[action for action in timeline if isinstance(action, Speech)] for timeline in timelines]
    heard = [sum(speaking_seconds(speech.text, brief.language) for speech in scene) for scene in speeches]
    parts = Range.exactly(_mean([len(timeline) for timeline in timelines]))
    return Forecast(
        scenes=scenes,
        steps=(
            StepForecast(name="outline", pool="cpu", steps=ONE, parts=scenes + ONE, where="work"),
            StepForecast(name="content", pool="cpu", steps=scenes),
            StepForecast(name="actions", pool="cpu", steps=scenes, parts=parts),
            *([_clips(brief, [speech for scene in speeches for speech in scene])] if brief.audio else []),
        ),
        counted=True,
        heard=Range.exactly(_mean(heard)),
    )


def _clips(brief: Brief, speeches: Sequence[Speech]) -> StepForecast:
    asked = [
        request.text
        for speech in speeches
        for _, request in requests(speech.text, voice=ANY_VOICE, lexicon=brief.lexicon, language=brief.language)
    ]
    return StepForecast(
        name="clip",
        pool="voice",
        steps=Range.exactly(len(speeches)),
        calls=Range.exactly(len(asked) / max(1, len(speeches))),
        characters=Range.exactly(_mean([len(text) for text in asked])),
    )


def _timelines(brief: Brief, planned: Outline) -> Iterator[Sequence[Action]]:
    sections = {section.id: section for document in brief.documents for section in document.sections}
    carry, last = Carry(), len(planned.scenes) - 1
    for number, scene in enumerate(planned.scenes):
        cited = tuple(sections[name] for name in scene.sections if name in sections)
        header = planned.header.model_copy(update={"planned": planned.header.planned[: number + 1]})
        shown = content(scene, sections=cited, header=header)
        told = actions(
            scene,
            shown,
            sections=cited,
            header=header,
            position=_position(number, last),
            speakers=brief.speakers,
            carry=carry,
        )
        yield told
        said = [action for action in told if isinstance(action, Speech)]
        covered = (*carry.covered, scene.title) if scene.form != "quiz" else carry.covered
        carry = Carry(speeches=tuple(said[-CARRIED_SPEECHES:]), covered=covered)


def _position(number: int, last: int) -> Position:
    if number == 0:
        return "first" if last else "only"
    return "last" if number == last else "middle"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
