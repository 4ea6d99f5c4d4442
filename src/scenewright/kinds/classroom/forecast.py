"""What a classroom will probably take. A model's prompts are rendered and measured; the offline author simply writes.

The figures for what a model answers follow from what the prompts ask it for. They are for machines that have no past
runs yet: whoever estimates prefers what those have shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.calls import ModelRequest
from scenewright.domain.ranges import ONE, Range
from scenewright.kinds.classroom.llm import prompts
from scenewright.kinds.classroom.llm.forms import ScenesForm
from scenewright.kinds.classroom.llm.outline import SCENES, Questions
from scenewright.kinds.classroom.llm.performers import actions_question, content_question
from scenewright.kinds.classroom.plan import CARRIED_SPEECHES, ClassroomPlan
from scenewright.kinds.plugin import Forecast, StepForecast
from scenewright.limits.expecting import input_tokens, tokens
from scenewright.plan import Known
from scenewright.providers.llm.asking import Question
from scenewright.text.sentences import base
from scenewright.text.timing import speaking_seconds

TOKENS_A_SCENE = 400  # of the source, where the number of scenes is open
QUIZZES = 0.2  # share of the scenes: "a quiz after every three to five slides"
HEADER, OUTLINED = 150, 225  # tokens: of an outline's header, and of a scene's title, purpose, points and handoff
SLIDE, QUIZ, TIMELINE = 330, 485, 545  # tokens of an answer: two to five blocks, questions; three to eight speeches
ACTIONS = Range(6, 9, 13)  # parts of a timeline: its speeches, and what is pointed at
SPEECHES, SENTENCES = Range(4, 5, 7), Range(1.8, 2.5, 3.2)  # of a scene; of a speech: each is spoken by one call
SENTENCE, WIDE_SENTENCE = Range(75, 90, 115), Range(22, 28, 36)  # characters; the latter in scripts without spaces
WIDE = ("zh", "ja", "ko")
TITLE, POINT = "x" * 35, "x" * 95  # as long as a scene's title, and as one sentence about it
COUNTING = (0.9, 1.2)  # models count tokens in their own ways
CITING, ANSWERING = (0.7, 1.5), (0.6, 1.7)  # how far a guess may be off

OPEN = "The number of scenes is open: one for each {tokens} tokens of the source, from {low} to {high}."
TOPIC = "The number of scenes is open, and there is no source that tells: {low} to {high}, as the model is asked."
THOUGHTS = "A model that thinks before it answers is paid for its thoughts, too; only past runs tell how many."


def expected(brief: Brief, window: int) -> Forecast:
    """Of a classroom that a model writes."""
    return _Expected(brief, window).forecast()


class _Expected:
    def __init__(self, brief: Brief, window: int) -> None:
        self.brief, self.window = brief, window
        (step,) = ClassroomPlan().work_steps(Known(brief=brief))
        self.questions = Questions(step, window)
        self.source = tokens(prompts.source(self.questions.sections))
        self.scenes = Range.exactly(brief.scenes) if brief.scenes else self._open()

    def forecast(self) -> Forecast:
        sentence = WIDE_SENTENCE if base(self.brief.language) in WIDE else SENTENCE
        clips = StepForecast(
            name="clip", pool="voice", steps=self.scenes * SPEECHES, calls=SENTENCES, characters=sentence
        )
        written = (self._outline(), self._content(), self._actions())
        heard = SPEECHES * SENTENCES * _seconds(self.brief.language, sentence)
        return Forecast(
            scenes=self.scenes,
            steps=(*written, clips) if self.brief.audio else written,
            heard=heard,
            assumed=self._assumed(),
        )

    def _open(self) -> Range:
        least, most = SCENES
        if not self.questions.sections:
            return Range(least, (least + most) // 2, most)
        likely = min(max(round(self.source / TOKENS_A_SCENE), least), most)
        return Range(max(least, likely * 2 // 3), likely, min(most, ceil(likely * 3 / 2)))

    def _assumed(self) -> tuple[str, ...]:
        told = OPEN if self.questions.sections else TOPIC
        low, high = SCENES
        scenes = () if self.brief.scenes else (told.format(tokens=TOKENS_A_SCENE, low=low, high=high),)
        return (*scenes, THOUGHTS)

    def _outline(self) -> StepForecast:
        asked, calls = input_tokens(_request(self.questions.whole())), 1
        if not self.questions.fits:  # the header first, then piece by piece
            pieces = ceil(self.source / self.questions.room)
            piece = input_tokens(_request(self.questions.ask("outline", ScenesForm))) + self.source / pieces
            calls = 1 + pieces
            asked = round((input_tokens(_request(self.questions.header())) + pieces * piece) / calls)
        answers = self.scenes * OUTLINED + Range.exactly(HEADER)
        return StepForecast(
            name="outline",
            pool="model",
            steps=ONE,
            calls=Range.exactly(calls),
            input_tokens=Range.around(asked, *COUNTING),
            reads_source=True,
            output_tokens=answers * Range.around(1 / calls, *ANSWERING),
            parts=self.scenes + ONE,
            where="work",
        )

    def _content(self) -> StepForecast:
        slide, quiz = (input_tokens(_request(self._asked_content(form))) for form in ("slide", "quiz"))
        cited = Range.around(self._cited(), *CITING).at_most(self.window / 2)
        return StepForecast(
            name="content",
            pool="model",
            steps=self.scenes,
            input_tokens=Range.around(_mixed(slide, quiz), *COUNTING) + cited,
            reads_source=True,
            output_tokens=Range.around(_mixed(SLIDE, QUIZ), *ANSWERING),
        )

    def _actions(self) -> StepForecast:
        shown = Range.around(_mixed(SLIDE, QUIZ), *ANSWERING)
        asked = input_tokens(_request(self._asked_actions()))
        return StepForecast(
            name="actions",
            pool="model",
            steps=self.scenes,
            input_tokens=Range.around(asked, *COUNTING) + shown,
            output_tokens=Range.around(TIMELINE, *ANSWERING),
            parts=ACTIONS,
        )

    def _cited(self) -> float:
        """Tokens of the source that one scene draws on: its share, or one whole section if there are few."""
        return self.source / max(1, min(len(self.questions.sections), self.scenes.likely))

    def _asked_content(self, form: str) -> Question:
        question, _ = content_question({**self._common(), "sections": (), "scene": self._scene(form)}, self.window)
        return question

    def _asked_actions(self) -> Question:
        speakers = [speaker.model_dump(exclude={"voice"}) for speaker in self.brief.speakers]
        given = {**self._common(), "scene": self._scene("slide"), "content": {}, "speakers": speakers}
        speech = {"speaker": "teacher", "text": POINT * round(SENTENCES.likely)}
        carry = {"speeches": [speech] * CARRIED_SPEECHES, "covered": [TITLE] * self._before}
        return actions_question(given, {"first": False, "last": False, "carry": carry})

    def _common(self) -> Mapping[str, Any]:
        brief = self.brief
        wishes = {"language": brief.language, "audience": brief.audience, "instructions": brief.instructions}
        header = {"title": TITLE, "objectives": [POINT] * 4, "planned": [TITLE] * (self._before + 1)}
        return {"wishes": wishes, "header": {**header, "language": brief.language}}

    @property
    def _before(self) -> int:
        """Scenes before one in the middle: each is told of those that were planned up to itself."""
        return int(self.scenes.likely) // 2

    def _scene(self, form: str) -> Mapping[str, Any]:
        handoff = {"ends_on": POINT, "next_opens_on": POINT}
        return {"title": TITLE, "form": form, "purpose": POINT, "key_points": [POINT] * 4, "handoff": handoff}


def _request(question: Question) -> ModelRequest:
    return ModelRequest(model="", messages=question.messages, answer_schema=question.schema)


def _mixed(slide: float, quiz: float) -> float:
    return slide * (1 - QUIZZES) + quiz * QUIZZES


def _seconds(language: str, characters: Range) -> Range:
    return characters * (speaking_seconds("x" * 100 if base(language) not in WIDE else "字" * 100, language) / 100)
