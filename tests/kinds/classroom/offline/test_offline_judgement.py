"""What the offline author chooses to show, to ask and to sum up."""

from __future__ import annotations

import re

import pytest

from scenewright.domain.actions import Speech
from scenewright.domain.brief import Brief
from scenewright.domain.document import Code, Document, DocumentBlock, Listing, Prose, Section, Table
from scenewright.domain.outline import SceneOutline
from scenewright.domain.quiz import Question, Quiz
from scenewright.domain.slides import BulletsBlock, HeadingBlock, ParagraphBlock, Slide, StepsBlock
from scenewright.kinds.classroom import offline

Shown = list[tuple[SceneOutline, Slide | Quiz, str]]


def section(title: str, *blocks: DocumentBlock | str, level: int = 2) -> Section:
    made = tuple(Prose(text=block) if isinstance(block, str) else block for block in blocks)
    return Section(id=re.sub(r"\W+", "-", title.lower()) or "start", title=title, level=level, blocks=made)


def told(*sections: Section, title: str = "The sea", language: str = "en", scenes: int | None = None) -> Shown:
    source = Document(name="sea.md", title=title, language=language, sections=sections)
    plan = offline.outline(Brief(documents=(source,), scenes=scenes))
    by_id = {one.id: one for one in sections}
    made: Shown = []
    for scene in plan.scenes:
        cited = tuple(by_id[name] for name in scene.sections)
        shown = offline.content(scene, sections=cited, header=plan.header)
        actions = offline.actions(scene, shown, sections=cited, header=plan.header, position="middle")
        made.append((scene, shown, " ".join(a.text for a in actions if isinstance(a, Speech))))
    return made


def questions(made: Shown) -> list[Question]:
    return [question for _, shown, _ in made if isinstance(shown, Quiz) for question in shown.questions]


def slide(made: Shown, title: str) -> Slide:
    found = next(shown for scene, shown, _ in made if scene.title == title)
    assert isinstance(found, Slide)
    return found


TIDES = section(
    "Was Gezeiten sind",
    "**Gezeiten** sind das regelmäßige Steigen und Fallen des Meeresspiegels. Steigt das Wasser, spricht man von Flut. "
    "Das Wort Ebbe meint also nicht den niedrigen Wasserstand, sondern den Weg dorthin.",
    Listing(
        items=(
            "**Hochwasser** ist der höchste Wasserstand zwischen Flut und Ebbe.",
            "**Niedrigwasser** ist der tiefste Wasserstand zwischen Ebbe und Flut.",
            "**Tidenhub** ist der mittlere Höhenunterschied zwischen zwei Wasserständen.",
        )
    ),
    "Deshalb kommt das Wasser der Flut jeden Tag rund 50 Minuten später, und so spät ist im Mittel auch der Mond.",
)
COAST = section(
    "Jede Küste hat ihre Tide",
    "In der Nordsee läuft die Tide als lange Welle an der Küste entlang. In engen Buchten schaukelt sich das Wasser "
    "auf. Die Ostsee ist durch enge Meeresstraßen mit dem Ozean verbunden.",
)


def test_the_sections_own_term_is_on_its_slide_and_no_dangling_sentence() -> None:
    shown = slide(told(TIDES, COAST, title="Ebbe und Flut", language="de", scenes=5), "Was Gezeiten sind")
    paragraph = next(block for block in shown.blocks if isinstance(block, ParagraphBlock))
    assert paragraph.text.startswith("**Gezeiten** sind")
    assert "Deshalb" not in shown.model_dump_json()


def test_what_is_no_noun_phrase_defines_nothing() -> None:
    asked = questions(told(TIDES, COAST, title="Ebbe und Flut", language="de", scenes=5))
    assert asked
    assert not any("also nicht" in question.model_dump_json() for question in asked if "Ebbe meint" in question.prompt)
    assert not any(option.text.startswith("also") for question in asked for option in question.options)


def test_the_summary_remembers_definitions_and_leaves_out_what_means_nothing_alone() -> None:
    made = told(
        section("What a tide is", "People often stand and wait. A **tide** is the regular rise and fall of the sea."),
        section("Ask", "Note the half-open interval: from the first of May to the fourth.", "See Figure 3 for it."),
        section("Coasts", "Narrow bays push the water of the tide higher than open coasts. It is known as a funnel."),
        section("Boats", "A boat with a flat bottom stands upright on the mud at low water. It waits for the flood."),
        scenes=7,
    )
    scene, shown, _ = made[-1]
    assert scene.purpose == "closing"
    assert isinstance(shown, Slide)
    text = shown.model_dump_json()
    assert "A **tide** is the regular rise and fall of the sea" in text
    assert "half-open" not in text


@pytest.mark.parametrize(
    ("lead", "items", "procedure"),
    [
        ("Proceed in these steps:", ("The valve turns.", "The pump starts.", "The tank fills."), True),
        ("Let the engine do it:", ("Check the file.", "Write a copy.", "Open the copy."), True),
        ("Four things matter:", ("It is cheap and small.", "The sea is deep.", "Boats are heavy."), False),
    ],
)
def test_only_real_procedures_are_steps_and_asked_for_their_order(
    lead: str, items: tuple[str, ...], procedure: bool
) -> None:
    made = told(section("Water", lead, Listing(items=items, ordered=True)), COAST_EN, BOATS, scenes=5)
    blocks = [b for _, shown, _ in made if isinstance(shown, Slide) for b in shown.blocks]
    assert any(isinstance(block, StepsBlock) for block in blocks) is procedure
    if not procedure:
        assert not any("step" in question.prompt for question in questions(made))


COAST_EN = section(
    "Coasts",
    "A **bay** is a part of the sea that reaches into the land. A **cape** is a piece of land that reaches into the "
    "sea. Narrow bays push the water higher than open coasts.",
)
BOATS = section("Boats", "A boat with a flat bottom stands upright on the mud. It waits there for the next flood.")


def test_tables_are_asked_for_named_things_and_never_for_the_value_of_a_number() -> None:
    harbours = Table(header=("Port", "Range (m)"), rows=(("Dover", "6.0"), ("Brest", "5.9"), ("Venice", "0.9")))
    loads = Table(header=("Load", "Wait"), rows=(("0.5", "1.2"), ("0.6", "1.9"), ("0.7", "2.8")))
    made = told(section("Ports", harbours, "Ports differ a lot."), COAST_EN, BOATS, scenes=5)
    (question,) = [q for q in questions(made) if "table" in q.prompt]
    assert [o.text for o in question.options if o.id in question.answers] == ["Dover"]
    made = told(section("Loads", loads, "The wait grows with the load."), COAST_EN, BOATS, scenes=5)
    assert not any("table" in q.prompt for q in questions(made))


def test_several_answers_are_asked_for_once_in_a_work() -> None:
    names = ("sand", "mud", "rock", "salt", "foam", "kelp", "surf", "reef")
    sections = [
        section(
            f"The {name} of the coast",
            f"The {name} of this coast is older than the harbour. Many boats have come to see the {name} in summer.",
            Listing(items=tuple(f"the {name} that is number {n} of all" for n in ("one", "two", "three", "four"))),
        )
        for name in names
    ]
    asked = questions(told(*sections, scenes=12))
    assert sum(question.type == "multiple" for question in asked) == 1


def test_a_heading_does_not_repeat_the_title_of_its_slide() -> None:
    made = told(
        section("Discussion", "The sea is deep and the boats are heavy. Nobody has counted them so far."),
        section("Limits", "All this was seen on one coast in summer.", level=3),
        COAST_EN,
        BOATS,
        scenes=4,
    )
    for _, shown, _ in made:
        headings = [b.text for b in shown.blocks if isinstance(b, HeadingBlock)] if isinstance(shown, Slide) else []
        assert shown.title not in headings


def test_a_title_page_with_names_and_a_date_does_not_open_the_lesson() -> None:
    made = told(
        section("The sea", "The Harbour Office", "*A document of the harbour project, November 2026*", level=1),
        section("Abstract", "Teams that watch the sea write down what they see. We count the boats of one summer."),
        COAST_EN,
        BOATS,
    )
    scene, shown, said = made[0]
    assert scene.purpose == "opening"
    assert "Teams that watch the sea" in shown.model_dump_json()
    assert "November" not in said


def test_code_is_introduced_by_its_source_or_its_file_and_not_always_alike() -> None:
    lines = "\n".join(f"x{n} = {n}" for n in range(7))
    plain = [section(f"Part {n}", f"The part number {n} turns a wheel of its own.", Code(text=lines)) for n in range(5)]
    said = [text for scene, _, text in told(*plain, scenes=7) if scene.purpose == "explain"]
    endings = [text.split("of its own.")[-1] for text in said]
    assert len(set(endings)) >= len(endings) - 1
    led = told(section("Part", "The wheel turns. Here is how to turn it:", Code(text=lines)), scenes=1)[0][2]
    assert "Here is how to turn it:" in led
    assert "7 lines" not in led
    named = told(section("Part", "The wheel turns.", Code(text=f"# wheel.py\n{lines}")), scenes=1)[0][2]
    assert "wheel.py" in named


def test_a_french_lesson_has_no_english_in_it() -> None:
    made = told(
        section("Le pain", "Le pain se fait avec de la farine, de l'eau et du temps. On le mange partout.", level=1),
        section(
            "Le levain",
            "Le **levain** est un mélange de farine et d'eau dans lequel vivent des levures. Une **levure** est un "
            "champignon microscopique qui transforme le sucre. L'**acidité** est la saveur que donnent les bactéries.",
        ),
        section(
            "La recette",
            "Voici les étapes :",
            Listing(items=("Mélangez la farine et l'eau.", "Laissez reposer la pâte.", "Enfournez."), ordered=True),
        ),
        section("Le code", "On calcule ainsi les quantités.", Code(text="eau = 1\nsel = 2\n\na = 3\nb = 4\nc = 5")),
        title="Le pain",
        language="fr",
    )
    words = " ".join(f"{shown.model_dump(mode='json')['title']} {said}" for _, shown, said in made)
    assert not re.search(r"\b(?:the|let us|welcome|questions? on|which|next|step|here is|lines|file)\b", words, re.I)
    assert any(isinstance(b, StepsBlock) for _, shown, _ in made if isinstance(shown, Slide) for b in shown.blocks)
    assert all(b.items for _, s, _ in made if isinstance(s, Slide) for b in s.blocks if isinstance(b, BulletsBlock))
