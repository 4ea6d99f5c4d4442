"""What a demanding teacher would look for in a classroom that no model wrote."""

from __future__ import annotations

import re

import pytest

from scenewright.domain.actions import Action, Speech
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
from scenewright.domain.slides import (
    BulletsBlock,
    CalloutBlock,
    ChartBlock,
    CodeBlock,
    ComparisonBlock,
    DiagramBlock,
    FormulaBlock,
    ImageBlock,
    ParagraphBlock,
    QuoteBlock,
    Slide,
    StepsBlock,
    TableBlock,
)
from scenewright.kinds.classroom import offline

Content = Slide | Quiz


def section(title: str, *blocks: DocumentBlock | str, level: int = 2) -> Section:
    made = tuple(Prose(text=block) if isinstance(block, str) else block for block in blocks)
    return Section(id=re.sub(r"\W+", "-", title.lower()) or "start", title=title, level=level, blocks=made)


def document(*sections: Section, title: str = "Message queues", language: str = "en") -> Document:
    return Document(name="queues.md", title=title, language=language, sections=sections)


def carried(scene: SceneOutline, actions: tuple[Action, ...], before: Carry) -> Carry:
    """What the plan hands on from scene to scene."""
    speeches = tuple(action for action in actions if isinstance(action, Speech))[-3:]
    return Carry(speeches=speeches, covered=before.covered if scene.form == "quiz" else (*before.covered, scene.title))


def classroom(source: Document, scenes: int | None = None) -> list[tuple[SceneOutline, Content, tuple[Action, ...]]]:
    speakers = (Speaker(id="ada", name="Ada"), Speaker(id="mia", name="Mia", role="student"))
    plan = offline.outline(Brief(documents=(source,), scenes=scenes, speakers=speakers))
    by_id = {one.id: one for one in source.sections}
    carry, told = Carry(), []
    for index, scene in enumerate(plan.scenes):
        cited = tuple(by_id[name] for name in scene.sections)
        shown = offline.content(scene, sections=cited, header=plan.header)
        last = index == len(plan.scenes) - 1
        place: offline.Position = (
            "only" if last and not index else "first" if not index else "last" if last else "middle"
        )
        actions = offline.actions(
            scene, shown, sections=cited, header=plan.header, position=place, speakers=speakers, carry=carry
        )
        carry = carried(scene, actions, carry)
        told.append((scene, shown, actions))
    return told


def slide(*blocks: DocumentBlock | str, language: str = "en") -> Slide:
    """What a scene about one section shows."""
    shown = classroom(document(section("Topic", *blocks), language=language), scenes=1)[0][1]
    assert isinstance(shown, Slide)
    return shown


def speech(actions: tuple[Action, ...]) -> str:
    return " ".join(action.text for action in actions if isinstance(action, Speech))


QUEUES = document(
    section(
        "Message queues",
        "A message queue is a buffer that keeps messages until a worker takes them. "
        "It decouples the sender from the receiver. Most large systems contain several of them.",
        level=1,
    ),
    section(
        "1. Terms",
        "A **broker** is a server that stores the messages of many queues. "
        "A **worker** is a program that takes messages from a queue and handles them. "
        "A **dead letter** is a message that could not be handled after several attempts. "
        "However, the broker never looks inside a message that somebody hands over to one of its queues, "
        "which keeps it simple and quick.",
    ),
    section(
        "2. Acknowledgement",
        "A worker confirms each message after it has been handled. It does so in three steps:",
        Listing(ordered=True, items=("Take the message.", "Handle it completely.", "Send the acknowledgement.")),
        Prose(text="**Note:** A message without acknowledgement is delivered again."),
    ),
    section(
        "3. Throughput",
        "We measured three brokers on the same machine.",
        Table(header=("Broker", "Messages per second"), rows=(("Alpha", "1200"), ("Beta", "3400"), ("Gamma", "2100"))),
        "The throughput falls when messages are written to the disk.",
    ),
    section(
        "4. Waiting times",
        "The average wait grows without bound as the load approaches the capacity:",
        Formula(latex=r"W = \frac{1}{\mu - \lambda}"),
        "Here $\\mu$ is the service rate and $\\lambda$ the arrival rate.",
    ),
    section("License", "This text is licensed under a licence that nobody teaches."),
    section("References", Listing(items=("Smith 2019", "Jones 2020"))),
)


def test_a_document_becomes_an_opening_its_topics_a_quiz_and_a_summary() -> None:
    told = classroom(QUEUES)
    assert [scene.purpose for scene, _, _ in told] == ["opening", *["explain"] * (len(told) - 3), "check", "closing"]
    assert 6 <= len(told) <= 14
    titles = [scene.title for scene, _, _ in told]
    assert "Terms" in titles
    assert not {"License", "References"} & set(titles)


def test_the_opening_states_the_subject_and_the_objectives() -> None:
    scene, shown, actions = classroom(QUEUES)[0]
    assert isinstance(shown, Slide)
    paragraph = next(block for block in shown.blocks if isinstance(block, ParagraphBlock))
    assert paragraph.text.startswith("A message queue is a buffer")
    goals = next(block for block in shown.blocks if isinstance(block, BulletsBlock))
    assert len(goals.items) >= 3
    assert "“Message queues”" in speech(actions)
    assert scene.handoff.next_opens_on == "Terms"


def test_narration_says_more_than_the_bullets() -> None:
    for scene, shown, actions in classroom(QUEUES):
        if scene.title == "Terms":
            assert isinstance(shown, Slide)
            bullets = next(block for block in shown.blocks if isinstance(block, BulletsBlock))
            short = "The broker never looks inside a message that somebody hands over to one of its queues"
            assert short in bullets.items
            assert "which keeps it simple and quick." in speech(actions)


def test_quiz_options_come_from_the_text_and_explanations_quote_it() -> None:
    quizzes = [shown for _, shown, _ in classroom(QUEUES) if isinstance(shown, Quiz)]
    assert quizzes
    text = " ".join(block.text for one in QUEUES.sections for block in one.blocks if isinstance(block, Prose))
    for question in quizzes[0].questions:
        right = [option.text for option in question.options if option.id in question.answers]
        assert question.explanation
        if question.type == "single" and "described" not in question.prompt:
            assert any(
                answer in text
                or answer in ("Alpha", "Beta", "Gamma")
                or answer.isdigit()
                or answer.endswith(("completely", "message"))
                for answer in right
            )


def test_the_right_option_is_not_always_at_the_same_place() -> None:
    places = set()
    for number in range(12):
        words = [f"thing{number}{letter}" for letter in "abcde"]
        text = " ".join(
            f"A {word} is a device that serves purpose {n} of plant {number}." for n, word in enumerate(words)
        )
        for _, shown, _ in classroom(document(section("One", text), section("Two", text.replace("thing", "part"))), 4):
            if isinstance(shown, Quiz):
                places |= {int(q.answers[0][1:]) for q in shown.questions if q.type == "single"}
    assert len(places) > 2


def test_ordered_lists_become_steps_and_notes_become_callouts() -> None:
    _, shown, actions = next(entry for entry in classroom(QUEUES) if "Acknowledgement" in entry[0].title)
    assert isinstance(shown, Slide)
    steps = next(block for block in shown.blocks if isinstance(block, StepsBlock))
    assert steps.items == ("Take the message", "Handle it completely", "Send the acknowledgement")
    callout = next(block for block in shown.blocks if isinstance(block, CalloutBlock))
    assert (callout.tone, callout.text) == ("info", "A message without acknowledgement is delivered again.")
    assert "Step 2: Handle it completely." in speech(actions)


def test_rich_blocks_are_kept() -> None:
    assert any(isinstance(block, CodeBlock) for block in slide("Install it first.", Code(text="pip install x")).blocks)
    assert any(
        isinstance(b, ImageBlock) for b in slide("Look at it.", Image(asset="1.png", alt="A cat on a mat")).blocks
    )
    quote = next(
        b for b in slide("Text here.", Quotation(text="All is number. — Pythagoras")).blocks if b.type == "quote"
    )
    assert isinstance(quote, QuoteBlock)
    assert (quote.text, quote.attribution) == ("All is number.", "Pythagoras")
    drawn = next(b for b in slide("It flows.", Code(text="read -> sort -> write")).blocks if b.type == "diagram")
    assert isinstance(drawn, DiagramBlock)
    assert [node.label for node in drawn.nodes] == ["read", "sort", "write"]


def test_a_formula_is_read_in_words_with_the_sentence_that_explains_it() -> None:
    _, shown, actions = next(entry for entry in classroom(QUEUES) if "Waiting" in entry[0].title)
    assert isinstance(shown, Slide)
    formula = next(block for block in shown.blocks if isinstance(block, FormulaBlock))
    assert formula.caption.startswith("Here $\\mu$ is")
    assert "W equals 1 over mu minus lambda. Here mu is the service rate" in speech(actions)


def test_comparable_numbers_become_a_chart_and_the_extremes_are_said() -> None:
    _, shown, actions = next(entry for entry in classroom(QUEUES) if "Throughput" in entry[0].title)
    assert isinstance(shown, Slide)
    chart = next(block for block in shown.blocks if isinstance(block, ChartBlock))
    assert chart.series[0].values == (1200.0, 3400.0, 2100.0)
    assert "is 3400, and it belongs to Beta" in speech(actions)


def test_numbers_are_read_in_the_notation_of_the_language() -> None:
    table = Table(header=("Ort", "Einwohner"), rows=(("A", "1.200"), ("B", "3.400"), ("C", "2.100")))
    shown = slide("Die Orte sind verschieden groß und liegen am Fluss.", table, language="de")
    chart = next(block for block in shown.blocks if isinstance(block, ChartBlock))
    assert chart.series[0].values == (1200.0, 3400.0, 2100.0)


def test_tables_of_words_stay_tables_and_long_ones_say_what_is_missing() -> None:
    rows = tuple((f"name {n}", f"use {n}") for n in range(20))
    shown = slide("These tools exist.", Table(header=("Tool", "Use"), rows=rows))
    table = next(block for block in shown.blocks if isinstance(block, TableBlock))
    assert len(table.rows) == 8
    assert "8 of 20" in table.caption


def test_advantages_and_drawbacks_stand_side_by_side() -> None:
    source = document(
        section("Advantages", Listing(items=("It is fast", "It is small"))),
        section("Disadvantages", Listing(items=("It is new", "It is strange"))),
        title="Rust",
    )
    shown = classroom(source, scenes=1)[0][1]
    assert isinstance(shown, Slide)
    sides = next(block for block in shown.blocks if isinstance(block, ComparisonBlock))
    assert (sides.left_title, sides.right_title) == ("Advantages", "Disadvantages")
    assert sides.left == ("It is fast", "It is small")


def test_long_code_is_shown_up_to_a_good_place_and_says_so() -> None:
    code = "\n\n".join(f"def f{n}():\n    a = {n}\n    return a" for n in range(20))
    block = next(
        b for b in slide("Many functions follow.", Code(language="python", text=code)).blocks if b.type == "code"
    )
    assert isinstance(block, CodeBlock)
    assert block.code.endswith("return a")
    assert block.caption == "An excerpt"


def test_slides_are_not_overloaded() -> None:
    text = " ".join(f"The part number {n} of the machine turns wheel {n + 1} slowly." for n in range(40))
    rich: list[DocumentBlock] = [Code(text="x = 1"), Formula(latex="x"), Table(header=("a", "b"), rows=(("c", "d"),))]
    shown = slide(text, *rich, Listing(items=tuple(f"item number {n}" for n in range(30))))
    assert sum(len(b.items) for b in shown.blocks if isinstance(b, BulletsBlock)) <= 6
    assert sum(isinstance(b, CodeBlock | FormulaBlock | TableBlock) for b in shown.blocks) <= 2


@pytest.mark.parametrize(
    "noise",
    [
        "See Section 3 for more.", "For more information, see the manual.", "Docs | Blog | Source | Issues",
        "Version: 1.2.3", "mail@example.org", "Copyright (c) 2020 Somebody. All rights reserved.",
    ],
)  # fmt: skip
def test_what_only_points_elsewhere_is_neither_shown_nor_said(noise: str) -> None:
    source = document(section("Topic", "The engine turns the wheel. The wheel moves the belt.", noise), title="Engines")
    _, shown, actions = classroom(source, scenes=1)[0]
    assert noise.split()[-1].strip(".") not in shown.model_dump_json() + speech(actions)


def test_a_topic_without_a_document_is_refused_with_the_remedy() -> None:
    with pytest.raises(BadInput, match="--model"):
        offline.outline(Brief(topic="Bees"))
    with pytest.raises(BadInput, match="no text"):
        offline.outline(Brief(documents=(document(section("Only a heading")),)))


def test_another_language_than_the_documents_is_refused() -> None:
    text = (
        "Der Motor dreht das Rad, und das Rad bewegt den Riemen, der die Maschine antreibt, wenn sie nicht steht. " * 6
    )
    source = document(section("Motor", text), language="de", title="Motoren")
    with pytest.raises(BadInput, match="--language"):
        offline.outline(Brief(documents=(source,), language="en"))
    assert offline.outline(Brief(documents=(source,), language="de-AT")).header.language == "de-AT"


def test_a_language_without_phrases_gets_none_in_english() -> None:
    text = "Kön är en buffert som håller meddelanden. En arbetare är ett program som tar emot dem. Systemet är snabbt."
    source = document(section("Köer", text), section("Arbetare", text), language="sv", title="Köer i system")
    for _, shown, actions in classroom(source, scenes=4):
        said = shown.model_dump_json() + speech(actions)
        assert not re.search(r"\b(?:the|Let us|Welcome|questions?|Which|Next)\b", said.replace('"questions"', ""))


def test_an_edited_slide_is_told_as_it_stands() -> None:
    plan = offline.outline(Brief(documents=(QUEUES,)))
    scene = plan.scenes[1]
    edited = Slide(title="New", blocks=(BulletsBlock(id="x", items=("A point **nobody** wrote",)),))
    cited = tuple(one for one in QUEUES.sections if one.id in scene.sections)
    actions = offline.actions(scene, edited, sections=cited, header=plan.header, position="middle")
    assert "A point nobody wrote." in speech(actions)
    assert {action.target for action in actions if not isinstance(action, Speech)} == {"x"}


def test_a_scene_picks_up_what_the_one_before_announced() -> None:
    plan = offline.outline(Brief(documents=(QUEUES,)))
    scene = plan.scenes[2]
    cited = tuple(one for one in QUEUES.sections if one.id in scene.sections)
    shown = offline.content(scene, sections=cited, header=plan.header)
    announced = Carry(
        speeches=(Speech(id="a1", speaker="ada", text=f"Next comes “{scene.title}”."),), covered=(plan.scenes[1].title,)
    )
    for carry, named in ((announced, False), (Carry(covered=(plan.scenes[1].title,)), True)):
        actions = offline.actions(scene, shown, sections=cited, header=plan.header, position="middle", carry=carry)
        first = next(action.text for action in actions if isinstance(action, Speech))
        assert (scene.title in first) is named


def test_changing_a_section_changes_only_the_scenes_that_cite_it() -> None:
    plan = offline.outline(Brief(documents=(QUEUES,)))
    by_id = {one.id: one for one in QUEUES.sections}
    changed = by_id | {"1-terms": section("1. Terms", "A broker is a thing that was rewritten completely today.")}
    for scene in plan.scenes:
        before, after = (
            offline.content(scene, sections=tuple(m[name] for name in scene.sections), header=plan.header)
            for m in (by_id, changed)
        )
        assert (before != after) is ("1-terms" in scene.sections)


CHINESE = document(
    section(
        "一、什么是索引",
        "索引是一种帮助数据库快速定位记录的数据结构。**主键索引**是指建立在主键列上的索引。"
        "**唯一索引**是指要求列值不能重复的索引。全表扫描是指数据库从头到尾读取每一行数据的访问方式。",
    ),
    section(
        "二、步骤",
        "创建索引的步骤如下：",
        Listing(ordered=True, items=("找出慢查询。", "查看执行计划。", "创建索引。")),
    ),
    section("三、注意", "> 注意：索引会占用磁盘空间。", "索引会降低写入速度，因为每次写入都要更新索引。"),
    section("参考文献", "张三，数据库原理，2018年。"),
    title="数据库索引",
    language="zh",
)


def test_a_chinese_document_is_taught_in_chinese() -> None:
    told = classroom(CHINESE, scenes=6)
    titles = [scene.title for scene, _, _ in told]
    assert len(told) == 6
    assert "什么是索引" in titles
    assert "参考文献" not in titles
    said = " ".join(speech(actions) for _, _, actions in told)
    assert "第2步，查看执行计划。" in said
    assert not re.search(r"[A-Za-z]{3,}", said)
    quiz = next(shown for _, shown, _ in told if isinstance(shown, Quiz))
    assert any(
        "指的是" in q.prompt or "概念" in q.prompt or "说明了" in q.prompt or "理解" in q.prompt for q in quiz.questions
    )


def test_nested_items_are_told_with_the_one_above() -> None:
    shown = slide(
        "These are the rules.", Listing(items=("Write tests", "– before the code", "– for each bug", "Read them"))
    )
    bullets = next(block for block in shown.blocks if isinstance(block, BulletsBlock))
    assert bullets.items == ("Write tests", "Read them")
