"""From what a scene shows to its timeline: who says what, and what is pointed at meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from scenewright.domain.actions import Action, Reveal, Speech, Spotlight
from scenewright.domain.brief import Speaker
from scenewright.domain.document import Section
from scenewright.domain.outline import Carry, Header, SceneOutline
from scenewright.domain.quiz import Question, Quiz
from scenewright.domain.slides import (
    BulletsBlock,
    CodeBlock,
    FormulaBlock,
    HeadingBlock,
    Slide,
    SlideBlock,
    StepsBlock,
    TableBlock,
)
from scenewright.kinds.classroom.offline.grammar.lookup import every_grammar
from scenewright.kinds.classroom.offline.naming import stem
from scenewright.kinds.classroom.offline.narration import Teller, full_stop, join
from scenewright.kinds.classroom.offline.phrases.lookup import chance
from scenewright.kinds.classroom.offline.questions import GAP
from scenewright.kinds.classroom.offline.slides import CLOSING, OPENING, compose
from scenewright.kinds.classroom.offline.tidy import matcher
from scenewright.text import inline
from scenewright.text.spoken import spoken_plain
from scenewright.text.timing import speaking_seconds

Position = Literal["first", "middle", "last", "only"]
_Key = tuple[str, str]
_BREATH = 1.3  # seconds; what is shorter is said together with what follows
_TEACHER = Speaker(id="teacher", name="Teacher")


class Performance:
    """Collects the actions of one scene in order and numbers them."""

    def __init__(
        self, scene: SceneOutline, header: Header, position: Position, speakers: Sequence[Speaker], carry: Carry
    ) -> None:
        self.scene, self.header, self.position, self.carry = scene, header, position, carry
        heard = " ".join(speech.text for speech in carry.speeches)
        self.tell = Teller(header.language, scene.id, heard)
        self.actions: list[Action] = []
        self._teacher = next((s for s in speakers if s.role == "teacher"), None) or (
            speakers[0] if speakers else _TEACHER
        )
        self._students = [s for s in speakers if s.role == "student"]
        self._pending = ""  # said together with what follows
        self._last_block = ""
        self.told_any = False

    @property
    def title(self) -> str:
        return self.name(self.scene.title)

    def name(self, title: str) -> str:
        """How a scene's title is said: without the number of its part."""
        return spoken_plain(stem(title, self.header.language), self.header.language)

    def speak(self, text: str, speaker: Speaker | None = None) -> None:
        text = join(self._pending, text) if speaker is None else text
        if speaker is None:
            self._pending = ""
        elif self._pending:
            self.speak("")
        if text.strip():
            self.actions.append(Speech(id=self._id(), speaker=(speaker or self._teacher).id, text=text.strip()))

    def hold(self, text: str) -> None:
        """Says it in one breath with what comes next."""
        self._pending = join(self._pending, text)

    def spotlight(self, target: str) -> None:
        if target != self._last_block:
            self._flush()
            self.actions.append(Spotlight(id=self._id(), target=target))
            self.told_any = True
            self._last_block = target

    def reveal(self, target: str, item: int) -> None:
        self._flush()
        self.actions.append(Reveal(id=self._id(), target=target, item=item))

    def student(self, variants: tuple[str, ...], slot: str, *, answer: bool) -> None:
        """A classmate asks or remarks, if there is one."""
        if not self._students or not variants:
            return
        self._flush()
        who = self._students[chance(self.scene.id, slot, "who") % len(self._students)]
        self.speak(self.tell.phrase(variants, slot), who)
        if answer:
            self.hold(self.tell.phrase(self.tell.say.teacher_yes, slot + "yes"))

    def end(self) -> tuple[Action, ...]:
        self._flush()
        if not any(isinstance(action, Speech) for action in self.actions):
            self.speak(full_stop(self.title, self.header.language) or "…")
        return tuple(self.actions)

    def _flush(self) -> None:
        """What is held back long enough is a speech of its own; a short phrase waits for its sentence."""
        if speaking_seconds(self._pending, self.header.language) > _BREATH:
            self.speak("")

    def _id(self) -> str:
        return f"a{len(self.actions) + 1}"


def open_scene(show: Performance) -> None:
    """A greeting in the first scene; elsewhere the way from the scene before to this one."""
    say, scene, title = show.tell.say, show.scene, show.title
    if show.position in ("first", "only"):
        show.hold(show.tell.phrase(say.greeting, "greet", title=spoken_plain(show.header.title, show.header.language)))
        return
    if scene.form == "quiz":
        show.hold(show.tell.phrase(say.quiz_intro, "quiz"))
    elif scene.purpose == CLOSING:
        show.hold(show.tell.phrase(say.summing_up, "sum"))
    elif scene.part > 1 and show.carry.covered:
        show.hold(show.tell.phrase(say.staying, "stay", title=title))
    elif show.carry.speeches and title in show.carry.speeches[-1].text:
        show.hold(show.tell.phrase(say.announced, "go", title=title))
    elif title.endswith(("?", "？")):
        show.hold(show.tell.phrase(say.question_topic, "ask", title=title))
    else:
        _from_before(show, title)


def _from_before(show: Performance, title: str) -> None:
    previous = show.name(show.carry.covered[-1]) if show.carry.covered else ""
    plain_seam = not previous or previous.endswith(("?", "？")) or previous == title or len(previous) > 60
    if plain_seam or chance(show.scene.id, "seam") % 2:
        show.hold(show.tell.phrase(show.tell.say.next_topic, "next", title=title))
    else:
        show.hold(show.tell.phrase(show.tell.say.seen_next, "seen", previous=previous, title=title))


def close_scene(show: Performance) -> None:
    """Goodbye in the last scene; elsewhere, now and then, a look ahead."""
    say = show.tell.say
    if show.position in ("last", "only"):
        show.speak(show.tell.phrase(say.goodbye, "bye"))
        return
    ahead = show.scene.handoff.next_opens_on
    ends = any(matcher(notes.endings).fullmatch(ahead) for notes in every_grammar())
    if not ahead or ends or ahead.startswith((say.quiz, say.summary or ahead)) or show.name(ahead) == show.title:
        return
    if show.scene.purpose == OPENING:
        show.speak(show.tell.phrase(say.first_step, "first", title=show.name(ahead)))
    elif chance(show.scene.id, "ahead") % 3 == 0 and not ahead.endswith(("?", "？")):
        show.speak(show.tell.phrase(say.ahead, "ahead", title=show.name(ahead)))


def tell_slide(show: Performance, slide: Slide, sections: Sequence[Section]) -> None:
    """Each block gets its moment; items of lists appear one by one as they are spoken of."""
    composed = compose(show.scene, sections, show.header)
    source: dict[_Key, tuple[str, ...]] = {}
    for entry in composed.told:
        source.setdefault(_key(entry.block, entry.item), entry.said)
    asks = chance(show.scene.id, "student") % 2 == 0 and show.scene.purpose not in (OPENING, CLOSING)
    for block in slide.blocks:
        if asks and (variants := _curiosity(show, block)):
            show.student(variants, "wonder", answer=True)
            asks = False
        if isinstance(block, HeadingBlock):
            show.hold(
                _heading(show, block, first=not show.told_any)
            )  # it needs no pointing at: what follows stands under it
            continue
        show.spotlight(block.id)
        said = source.get(
            _key(block, None), (block.text,) if not isinstance(block, HeadingBlock) and hasattr(block, "text") else ()
        )
        if isinstance(block, BulletsBlock | StepsBlock):
            _tell_items(show, block, said, source)
        else:
            words = show.tell.block(block, said)
            show.speak(words or "")
            if not words:
                show.speak(show.tell.plain(getattr(block, "text", "")))
    if asks is False and chance(show.scene.id, "after") % 3 == 0 and show.scene.purpose not in (OPENING, CLOSING):
        show.student(show.tell.say.student_after, "after", answer=False)


def _heading(show: Performance, block: HeadingBlock, *, first: bool) -> str:
    say = show.tell.say
    if show.scene.purpose == OPENING and block.text == say.goals:
        if not show.told_any:
            show.speak(show.tell.phrase(say.journey, "journey"))
        return show.tell.phrase(say.agenda, "agenda")
    variants = say.under if first else say.and_under
    title = show.tell.plain(block.text)
    if not variants or title.endswith(("?", "？")):
        return show.tell.block(block, ())
    return show.tell.phrase(variants, "under", title=title)


def _tell_items(
    show: Performance, block: BulletsBlock | StepsBlock, said: tuple[str, ...], source: dict[_Key, tuple[str, ...]]
) -> None:
    tell = show.tell
    steps = isinstance(block, StepsBlock)
    texts = [tell.sentences(source.get(_key(block, i), (item,)), first=True) for i, item in enumerate(block.items)]
    texts = [text or tell.plain(item) or "…" for text, item in zip(texts, block.items, strict=True)]
    brief = all(speaking_seconds(text, show.header.language) < 2.5 for text in texts)
    intro = tell.block(block, said)
    if not intro and not steps and brief and show.scene.purpose not in (OPENING, CLOSING):
        intro = tell.phrase(tell.say.list_, "list")
    show.hold(intro)
    for index, text in enumerate(texts):
        show.reveal(block.id, index)
        show.speak(tell.step(index + 1, text) if steps else text)


def tell_quiz(show: Performance, quiz: Quiz) -> None:
    tell = show.tell
    if tell.say.quiz_count and len(quiz.questions) > 1:
        show.hold(tell.say.quiz_count.format(count=len(quiz.questions)))
    if not tell.say.quiz_intro:
        show.hold(full_stop(tell.plain(quiz.title), show.header.language))
    for question in quiz.questions:
        show.spotlight(question.id)
        show.speak(_asked(show, question))
    show.speak(tell.phrase(tell.say.quiz_done, "done"))


def _asked(show: Performance, question: Question) -> str:
    prompt = inline.plain(question.prompt) if GAP in question.prompt else ""
    gap = f" {show.tell.say.gap} "
    text = inline.escape(prompt.replace(GAP, gap)) if prompt else question.prompt
    return full_stop(show.tell.plain(text), show.header.language) or "…"


def _curiosity(show: Performance, block: SlideBlock) -> tuple[str, ...]:
    match block:
        case CodeBlock():
            return show.tell.say.student_code
        case FormulaBlock():
            return show.tell.say.student_formula
        case TableBlock():
            return show.tell.say.student_table
        case BulletsBlock(items=items) if len(items) > 2:
            return show.tell.say.student_list
        case _:
            return ()


def _key(block: SlideBlock, item: int | None) -> _Key:
    if isinstance(block, BulletsBlock | StepsBlock):
        return (block.type, block.items[item] if item is not None else "\n".join(block.items[:1]) + "\n")
    return (block.type, block.model_copy(update={"id": ""}).model_dump_json())
