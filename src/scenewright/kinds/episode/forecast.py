"""What an episode will probably take. A model's prompts are rendered and measured; how much is written follows from the
running time. Figures for what a model answers are for machines that have no past runs yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from scenewright.domain.brief import Brief
from scenewright.domain.calls import ModelRequest
from scenewright.domain.outline import Handoff
from scenewright.domain.ranges import NONE, ONE, Range
from scenewright.domain.screenplay import ScriptScene, Slug
from scenewright.domain.show import Character, EpisodePlan, ScenePlan, SetUp, Show, VoiceProfile
from scenewright.kinds.episode.details import details_of, wishes_of
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.llm.comedy import RESERVE
from scenewright.kinds.episode.llm.jokes import jokes_question
from scenewright.kinds.episode.llm.outline import planned, scenes_wanted
from scenewright.kinds.episode.llm.page import Whole
from scenewright.kinds.episode.llm.prompts import per_word, words_in
from scenewright.kinds.episode.llm.refine import refine_question
from scenewright.kinds.episode.llm.review import review_question
from scenewright.kinds.episode.llm.scenes import dialogue_question, directions_question
from scenewright.kinds.episode.plan import EpisodePlanner
from scenewright.kinds.plugin import Forecast, StepForecast
from scenewright.limits.expecting import input_tokens
from scenewright.plan import Known
from scenewright.providers.llm.asking import Question

LINE = 12  # words that are spoken in one line
SENTENCES = Range(1.2, 1.6, 2.2)  # of a line; each is spoken by one call
BEATS = Range(5, 8, 12)  # directions of a scene
NARRATED = 90  # characters of a heading or a direction
HEADER, OUTLINED, BIBLE = 450, 520, 1900  # tokens: of an outline's header, of a scene's plan, of an invented show
PER_LINE, PER_BEAT = 46, 55  # tokens of an answer, with the form around the words
SHOWN_LINE, SHOWN_BEAT = 28, 26  # tokens of the same where the text is read again
JOKE, A_FINDING, A_CHANGE = 34, 60, 75  # tokens of an answer
JOKES_APART = 35  # seconds of a first draft
TEXT, SENTENCE = "x" * 35, "x" * 95  # a title, and a sentence about something
COUNTING, ANSWERING = (0.9, 1.2), (0.6, 1.7)  # models count in their own ways; how far a guess may be off

OPEN = "The number of scenes is open: {low} to {high}, as the running time of {minutes:g} minutes suggests."
ROUNDS = "How often it is refined follows from its quality: from not at all to {rounds} times."
THOUGHTS = "A model that thinks before it answers is paid for its thoughts, too; only past runs tell how many."


def forecast(brief: Brief, window: int) -> Forecast:
    """Nothing is asked of anybody. `window`: tokens that a request may take. A brief with more scenes takes no less."""
    return _Expected(brief, window).forecast()


class _Expected:
    def __init__(self, brief: Brief, window: int) -> None:
        self.brief, self.window, self.details = brief, window, details_of(brief)
        self.ready = len(self.details.plan.scenes) if self.details.plan else 0
        self.seconds = self.details.show.minutes * 60
        self.language = brief.language or self.details.show.language
        self.scenes = self._scenes()

    def forecast(self) -> Forecast:
        written = self._by_model() if self.brief.author == "llm" else self._by_hand()
        read = (self._read(),) if self.brief.audio else ()
        return Forecast(
            scenes=self.scenes,
            steps=(*written, *read),
            in_a_row="",  # directions wait for earlier dialogues only, which run beside each other
            heard=Range.around(self.seconds / self.scenes.likely, 0.8, 1.2),
            assumed=self._assumed(),
        )

    def _scenes(self) -> Range:
        if count := self.ready or self.brief.scenes:
            return Range.exactly(count)
        low, high = scenes_wanted(self.details.show.minutes, None)
        return Range(low, (low + high) // 2, high)

    def _assumed(self) -> tuple[str, ...]:
        low, high = round(self.scenes.low), round(self.scenes.high)
        told = [] if self.scenes.exact else [OPEN.format(low=low, high=high, minutes=self.details.show.minutes)]
        if self.brief.author == "llm":
            told += [ROUNDS.format(rounds=self.details.rounds)] if self.details.rounds else []
            told.append(THOUGHTS)
        return tuple(told)

    def _by_hand(self) -> tuple[StepForecast, ...]:
        """The offline author: nothing is paid."""
        rounds, local = self.details.rounds, StepForecast(name="", pool="cpu", steps=ONE)
        return (
            _named(local, "outline", parts=self.scenes + ONE, where="work"),
            _named(local, "dialogue", steps=self.scenes, parts=self._lines),
            _named(local, "directions", steps=self.scenes, parts=BEATS),
            _named(local, "comedy", where="finale"),
            _named(local, "review", steps=Range(1, min(2, rounds + 1), rounds + 1), where="finale"),
            _named(local, "refine", steps=self._refined, where="finale"),
        )

    def _by_model(self) -> tuple[StepForecast, ...]:
        return (self._outline(), self._dialogue(), self._directions(), self._comedy(), self._review(), self._refine())

    def _outline(self) -> StepForecast:
        parts = self.scenes + ONE
        if self.ready:
            return StepForecast(name="outline", pool="cpu", steps=ONE, parts=parts, where="work")
        (step,) = EpisodePlanner().work_steps(Known(brief=self.brief))
        asked = planned(step.given, step.context, self.window).question
        bible = 0 if self.details.show.characters else BIBLE
        answer = self.scenes * OUTLINED + Range.exactly(HEADER + bible)
        return StepForecast(
            name="outline",
            pool="model",
            steps=ONE,
            input_tokens=_asked(asked),
            reads_source=True,
            output_tokens=answer * Range.around(1, *ANSWERING),
            parts=parts,
            where="work",
        )

    def _dialogue(self) -> StepForecast:
        show, before = self._show, [self._scene] * (int(self.scenes.likely) // 2)
        given = {
            **self._common,
            "header": {"title": TEXT, "logline": SENTENCE, "stories": {"A": SENTENCE, "B": SENTENCE}},
            "earlier": [each.model_dump(mode="json") for each in before],
            "knows": known_before(show, (), self._scene),
        }
        return StepForecast(
            name="dialogue",
            pool="model",
            steps=self.scenes,
            input_tokens=_asked(dialogue_question(given, self.window)),
            output_tokens=self._lines * PER_LINE * Range.around(1, *ANSWERING),
            parts=self._lines,
        )

    def _directions(self) -> StepForecast:
        line = {"id": "l1", "character": "x", "text": SENTENCE}
        before = {"title": TEXT, "slug": self._scene.slug.model_dump(mode="json"), "lines": [line] * 3}
        asked = directions_question({**self._common, "lines": [line]}, {"before": before})
        return StepForecast(
            name="directions",
            pool="model",
            steps=self.scenes,
            input_tokens=_asked(asked) + self._lines * SHOWN_LINE,
            output_tokens=BEATS * PER_BEAT * Range.around(1, *ANSWERING),
            parts=BEATS,
        )

    def _comedy(self) -> StepForecast:
        """Jokes, punchlines, versions: up to three questions for each run of scenes."""
        found = self.seconds / JOKES_APART
        answer = Range.around(found * JOKE / self._runs, *ANSWERING)
        return StepForecast(
            name="comedy",
            pool="model",
            steps=ONE,
            calls=Range(1, 3, 3) * self._runs,
            input_tokens=_asked(jokes_question(self._whole, (), "", (), "")) + self._text * (1 / self._runs),
            output_tokens=answer * Range(1, 1.5, 3),
            where="finale",
        )

    def _review(self) -> StepForecast:
        rounds = self.details.rounds
        return StepForecast(
            name="review",
            pool="model",
            steps=Range(1, min(2, rounds + 1), rounds + 1),
            calls=Range.exactly(self._runs),
            input_tokens=_asked(review_question(self._whole, (), (), "", "")) + self._text * (1 / self._runs),
            output_tokens=Range(0.3, 1.0, 2.5) * A_FINDING * (self.scenes.likely / self._runs),
            where="finale",
        )

    def _refine(self) -> StepForecast:
        finding = {"kind": "voice", "scene": "s1", "element": "l1", "text": SENTENCE, "other_scene": ""}
        text = ScriptScene(id="s1", number="", slug=self._scene.slug).model_dump(mode="json")
        context = {**self._common, "text": text, "findings": []}
        asked = refine_question(context)
        return StepForecast(
            name="refine",
            pool="model",
            steps=self._refined,
            input_tokens=_asked(asked) + self._shown + Range(1, 3, 6) * (len(str(finding)) / 4),
            output_tokens=Range(1, 2.5, 6) * A_CHANGE,
            where="finale",
            beside=True,
        )

    def _read(self) -> StepForecast:
        """One step a scene; every sentence is one call."""
        narrated = BEATS + ONE if self.details.narrator else NONE
        calls = self._lines * SENTENCES + narrated
        spoken = self._words * per_word(self.language)
        characters = [
            (words + told * NARRATED) / each
            for words, told, each in zip(spoken.values, narrated.values, calls.values, strict=True)
        ]
        return StepForecast(
            name="read",
            pool="voice",
            steps=self.scenes,
            calls=calls,
            characters=Range(*sorted(characters)),
            parts=self._lines + narrated,
            where="finale",
            beside=True,
        )

    @cached_property
    def _words(self) -> Range:
        """Spoken in one scene."""
        each = words_in(self.seconds / self.scenes.likely, self.language)
        return Range.around(each, 0.8, 1.2)

    @cached_property
    def _lines(self) -> Range:
        return self._words * (1 / LINE)

    @cached_property
    def _shown(self) -> Range:
        """Tokens of the text of one scene, as it is read again."""
        return self._lines * SHOWN_LINE + BEATS * SHOWN_BEAT

    @cached_property
    def _text(self) -> Range:
        return self._shown * self.scenes.likely

    @property
    def _runs(self) -> int:
        """Into how many runs of scenes the text falls, because it does not fit into the window."""
        return max(1, -(-int(self._text.likely) // max(1, int(self.window * RESERVE))))

    @property
    def _refined(self) -> Range:
        rounds = self.details.rounds
        return self.scenes * Range(0, min(1, rounds) * 0.6, rounds)

    @cached_property
    def _show(self) -> Show:
        """As given; for one that is still to be invented, one of the usual size."""
        show = self.details.show
        if show.characters:
            return show
        voice = VoiceProfile(
            vocabulary=(TEXT,) * 2, sentence_shape=TEXT, tics=(TEXT,), catchphrases=(TEXT,), speech_patterns=(SENTENCE,)
        )
        people = tuple(
            Character(id=f"c{n}", name=TEXT, description=SENTENCE, voice=voice, background=SENTENCE, humour=SENTENCE)
            for n in range(1, 6)
        )
        return show.model_copy(update={"characters": people, "rules": (SENTENCE,) * 3})

    @cached_property
    def _scene(self) -> ScenePlan:
        if self.details.plan and self.details.plan.scenes:
            return max(self.details.plan.scenes, key=lambda each: len(each.model_dump_json()))
        return ScenePlan(
            id="s5",
            title=TEXT,
            slug=Slug(place=TEXT, time="NIGHT"),
            characters=tuple(each.id for each in self._show.characters[:3]),
            purpose=SENTENCE,
            beats=(SENTENCE,) * 4,
            comic_beats=(SENTENCE,) * 2,
            setups=(SetUp(id="u1", text=SENTENCE, terms=(TEXT,)),),
            seconds=self.seconds / self.scenes.likely,
            handoff=Handoff(ends_on=SENTENCE, next_opens_on=SENTENCE),
        )

    @cached_property
    def _common(self) -> Mapping[str, Any]:
        bible, scene = bible_for(self._show, self._scene), self._scene.model_dump(mode="json")
        return {"show": bible, "scene": scene, "wishes": wishes_of(self.brief)}

    @cached_property
    def _whole(self) -> Whole:
        """Without its text, which is counted apart."""
        scenes = (self._scene,) * round(self.scenes.likely)
        return Whole(show=self._show, plan=EpisodePlan(title=TEXT, scenes=scenes), scenes=(), language="en")


def _asked(question: Question) -> Range:
    request = ModelRequest(model="", messages=question.messages, answer_schema=question.schema)
    return Range.around(input_tokens(request), *COUNTING)


def _named(step: StepForecast, name: str, **fields: Any) -> StepForecast:
    return replace(step, name=name, **fields)
