"""Over generated documents: whatever comes in, what comes out is a complete, consistent and clean classroom."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.domain.actions import Action, Reveal, Speech
from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.document import (
    Code,
    Document,
    DocumentBlock,
    Formula,
    Image,
    Listing,
    Prose,
    Quotation,
    Section,
    Table,
)
from scenewright.domain.errors import BadInput
from scenewright.domain.outline import Carry, SceneOutline
from scenewright.domain.quiz import Quiz
from scenewright.domain.slides import BulletsBlock, HeadingBlock, Slide, StepsBlock
from scenewright.kinds.classroom import offline
from scenewright.kinds.classroom.offline.phrases import phrases

Told = tuple[SceneOutline, Slide | Quiz, tuple[Action, ...]]

SPEAKERS = (Speaker(id="teacher", name="Ada"), Speaker(id="mia", name="Mia", role="student"))
WORDS = {
    "en": [
        "queue",
        "worker",
        "message",
        "broker",
        "retry",
        "limit",
        "cache",
        "index",
        "table",
        "stream",
        "buffer",
        "thread",
        "token",
        "request",
    ],
    "de": [
        "Warteschlange",
        "Arbeiter",
        "Nachricht",
        "Vermittler",
        "Grenze",
        "Speicher",
        "Tabelle",
        "Strom",
        "Puffer",
        "Anfrage",
    ],
    "zh": ["队列", "消息", "缓存", "索引", "线程", "请求", "数据", "模型", "算法", "网络"],
    "fr": ["file", "message", "cache", "index", "table", "flux", "tampon", "requête", "jeton", "limite"],
    "sv": ["kö", "meddelande", "gräns", "tabell", "ström", "buffert", "begäran", "nyckel"],
}
HOSTILE = [
    "$x^2$",
    "`a_b()`",
    "**bold**",
    "\\",
    "{",
    "$5",
    "*",
    "<script>",
    "{title}",
    "____",
    "“",
    "\u202e",
    "[1]",
    "e.g.",
]


@st.composite
def sentences(draw: st.DrawFn, language: str) -> str:
    word = st.sampled_from(WORDS[language])
    a, b, c = draw(word), draw(word), draw(word)
    number = draw(st.integers(0, 3000))
    shapes = {
        "en": [f"A {a} is a {b} that holds every {c}.", f"However, the {a} took {number} seconds, which is long.",
               f"It needs a {b}.", f"See the {a} for more.", f"The {a} sends {number} items to the {b}:"],
        "de": [f"Ein {a} ist ein {b}, der jeden {c} hält.", f"Unter {a} versteht man das, was {b} und {c} verbindet.",
               f"Der {a} brauchte {number} Sekunden, weil {b} fehlte.", f"Siehe {a}."],
        "zh": [f"{a}是一种用来保存{b}的{c}。", f"但是，{a}用了{number}秒，因为{b}很慢。", f"它需要{b}。"],
        "fr": [f"Un {a} est un {b} qui garde chaque {c}.", f"Le {a} prend {number} secondes."],
        "sv": [f"En {a} är en {b} som håller varje {c}.", f"Det tar {number} sekunder för {a} och {b}."],
    }[language]  # fmt: skip
    text = draw(st.sampled_from(shapes))
    if draw(st.integers(0, 5)) == 0:
        text = f"{draw(st.sampled_from(HOSTILE))} {text}"
    return text


def prose(language: str) -> st.SearchStrategy[str]:
    glue = "" if language == "zh" else " "
    return st.lists(sentences(language), min_size=1, max_size=5).map(glue.join)


def blocks(language: str) -> st.SearchStrategy[DocumentBlock]:
    text = prose(language)
    cell = st.sampled_from([*WORDS[language], "12", "3.5", "1,200", ""])
    row = st.lists(cell, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        text.map(lambda t: Prose(text=t)),
        text.map(lambda t: Prose(text=t)),
        st.builds(Listing, ordered=st.booleans(), items=st.lists(sentences(language), max_size=9).map(tuple)),
        st.builds(Table, header=row, rows=st.lists(row, max_size=12).map(tuple)),
        st.sampled_from(["x = 1", "a -> b -> c", "\n".join(f"line{n}" for n in range(40)), ""]).map(
            lambda t: Code(text=t)
        ),
        st.sampled_from([r"\frac{a}{b}", r"\sum_{i=1}^n x_i^2", "", "}{"]).map(lambda t: Formula(latex=t)),
        st.builds(Image, asset=st.just("1.png"), alt=st.sampled_from(["", "A graph", "build badge"])),
        text.map(lambda t: Quotation(text=t)),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    language = draw(st.sampled_from(sorted(WORDS)))
    count = draw(st.integers(1, 7))
    titles = [*WORDS[language], "License", "1. Introduction", "Why?", "", "Summary", "**Bold** `code`", "{x}"]
    found = [
        Section(
            id=f"s{n}",
            title=draw(st.sampled_from(titles)),
            level=draw(st.integers(0, 3)),
            blocks=tuple(draw(st.lists(blocks(language), max_size=6))),
        )
        for n in range(count)
    ]
    return Document(
        name="notes.md", title=draw(st.sampled_from(["", "Notes"])), language=language, sections=tuple(found)
    )


def carried(scene: SceneOutline, actions: tuple[Action, ...], before: Carry) -> Carry:
    """What the plan hands on from scene to scene."""
    speeches = tuple(action for action in actions if isinstance(action, Speech))[-3:]
    return Carry(speeches=speeches, covered=before.covered if scene.form == "quiz" else (*before.covered, scene.title))


def make(brief: Brief) -> tuple[offline.Outline, list[Told]]:
    plan = offline.outline(brief)
    by_id = {section.id: section for document in brief.documents for section in document.sections}
    carry, told = Carry(), []
    for index, scene in enumerate(plan.scenes):
        cited = tuple(by_id[section] for section in scene.sections)
        shown = offline.content(scene, sections=cited, header=plan.header)
        actions = offline.actions(
            scene, shown, sections=cited, header=plan.header,
            position=position(index, len(plan.scenes)), speakers=brief.speakers, carry=carry,
        )  # fmt: skip
        carry = carried(scene, actions, carry)
        told.append((scene, shown, actions))
    return plan, told


def position(index: int, count: int) -> offline.Position:
    if count == 1:
        return "only"
    return "first" if index == 0 else "last" if index == count - 1 else "middle"


def made(document: Document, scenes: int | None = None) -> tuple[offline.Outline, list[Told]] | None:
    try:
        return make(Brief(documents=(document,), scenes=scenes, speakers=SPEAKERS))
    except BadInput:
        return None


quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)


@quick
@given(documents(), st.one_of(st.none(), st.integers(1, 12)))
def test_ids_targets_and_items_all_exist(document: Document, scenes: int | None) -> None:
    if not (result := made(document, scenes)):
        return
    plan, told = result
    assert [scene.id for scene in plan.scenes] == [f"s{n + 1}" for n in range(len(plan.scenes))]
    assert len({scene.title for scene in plan.scenes}) >= len(plan.scenes) - 2
    assert plan.header.planned == tuple(scene.title for scene in plan.scenes)
    for _, shown, actions in told:
        items = shown.questions if isinstance(shown, Quiz) else shown.blocks
        sizes = {item.id: len(item.items) if isinstance(item, BulletsBlock | StepsBlock) else 0 for item in items}
        assert len(sizes) == len(items) > 0
        assert len({action.id for action in actions}) == len(actions)
        pointed = set()
        for action in actions:
            if isinstance(action, Speech):
                assert action.speaker in ("teacher", "mia")
                assert action.text.strip() == action.text != ""
            else:
                pointed.add(action.target)
                assert action.target in sizes
                assert action.item is None or action.item < sizes[action.target]
        assert pointed == {item.id for item in items if not isinstance(item, HeadingBlock)}


@quick
@given(documents(), st.one_of(st.none(), st.integers(1, 12)))
def test_nothing_shown_or_said_is_empty_and_no_markup_is_spoken(document: Document, scenes: int | None) -> None:
    for scene, shown, actions in (made(document, scenes) or (None, []))[1]:
        assert scene.title.strip()
        assert shown.title.strip()
        if isinstance(shown, Slide):
            for block in shown.blocks:
                if isinstance(block, BulletsBlock | StepsBlock):
                    assert block.items
                    assert all(item.strip() for item in block.items)
        for action in actions:
            if isinstance(action, Speech):
                assert not re.search(r"[\\{}$`<>]|\*\*|____", action.text), action.text


@quick
@given(documents(), st.integers(1, 14))
def test_every_question_has_different_options_and_a_right_answer(document: Document, scenes: int) -> None:
    for _, shown, _ in (made(document, scenes) or (None, []))[1]:
        if not isinstance(shown, Quiz):
            continue
        assert len({question.prompt for question in shown.questions}) == len(shown.questions)
        for question in shown.questions:
            assert question.prompt.strip()
            texts = [re.sub(r"\W+", "", option.text.casefold()) or option.text for option in question.options]
            assert len(set(texts)) == len(texts)
            assert all(answer.strip() for answer in question.answers)
            assert len(question.answers) < len(question.options) or question.type == "short"


@quick
@given(documents())
def test_same_brief_same_classroom(document: Document) -> None:
    assert made(document) == made(document)


@quick
@given(documents(), st.one_of(st.none(), st.integers(1, 12)))
def test_only_the_first_scene_greets_and_only_the_last_says_goodbye(document: Document, scenes: int | None) -> None:
    if not (result := made(document, scenes)):
        return
    plan, told = result
    say = phrases(plan.header.language)
    greetings = [text.split("{")[0].strip(" “„«\xa0") for text in say.greeting]
    for index, (_, _, actions) in enumerate(told):
        spoken = " ".join(action.text for action in actions if isinstance(action, Speech))
        if index and greetings:
            assert not any(greeting in spoken for greeting in greetings)
        if index < len(told) - 1:
            assert not any(goodbye in spoken for goodbye in say.goodbye)
        elif say.goodbye:
            assert any(goodbye in spoken for goodbye in say.goodbye)


@settings(quick, max_examples=12)
@given(st.data(), st.integers(1, 4))
def test_a_wanted_number_of_scenes_is_obeyed_where_the_material_allows(data: st.DataObject, sections: int) -> None:
    scenes = data.draw(st.integers(1, sections * 9 + 2))
    text = " ".join(f"A queue number {n} is a thing that holds the messages of part {n}." for n in range(16))
    found = tuple(Section(id=f"s{n}", title=f"Topic {n}", blocks=(Prose(text=text),)) for n in range(sections))
    plan, _ = make(Brief(documents=(Document(name="n.md", language="en", sections=found),), scenes=scenes))
    assert len(plan.scenes) == scenes


def test_reveals_come_before_the_speech_about_them() -> None:
    found = (Section(id="a", title="A", blocks=(Listing(items=("One thing here", "Another thing", "A third thing")),)),)
    _, told = make(Brief(documents=(Document(name="n.md", language="en", sections=found),), scenes=1))
    actions = told[0][2]
    for index, action in enumerate(actions):
        if isinstance(action, Reveal):
            assert isinstance(actions[index + 1], Speech)
    assert [action.item for action in actions if isinstance(action, Reveal)] == [0, 1, 2]
