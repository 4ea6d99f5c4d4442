"""Fountain as another program reads it: each element of a script is the same element there."""

from __future__ import annotations

import io
import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from screenplain.parsers import fountain as theirs
from screenplain.types import Action as TheirAction
from screenplain.types import Dialog, DualDialog, PageBreak, Section
from screenplain.types import Slug as TheirSlug
from screenplain.types import Transition as TheirTransition

from scenewright.domain.screenplay import Act, Action, Dialogue, Person, Script, ScriptScene, Slug, Transition
from scenewright.exports.episode.fountain import to_fountain
from tests.documents.scripts import scripts

SCRIPT = Script(
    id="w1",
    show="The Corner",
    title="The Wrong Cake",
    written_by="Nobody",
    cast=(Person(id="a", name="Anna"), Person(id="m", name="McCoy"), Person(id="l", name="李")),
    acts=(
        Act(
            name="COLD OPEN",
            scenes=(
                ScriptScene(
                    id="s1",
                    number="1",
                    title="The cake",
                    synopsis="They bake.",
                    slug=Slug(place="Kitchen", time="night"),
                    elements=(
                        Action(id="e1", text="SMOKE.\nIt is everywhere."),
                        Dialogue(id="e2", character="a", text="Well.\n\nWell.", parenthetical="dry", extension="O.S."),
                        Dialogue(id="e3", character="m", text="It was *fine*.", dual=True),
                        Dialogue(id="e4", character="l", text="Third.", dual=True),
                        Transition(id="e5", text="Smash cut."),
                    ),
                ),
            ),
        ),
        Act(
            name="TAG",
            scenes=(
                ScriptScene(
                    id="s 2",
                    number="2A",
                    slug=Slug(interior="EXT.", place="Yard"),
                    elements=(Transition(id="e1", text="CUT TO:"),),
                ),
            ),
        ),
    ),
)


def test_a_script_is_written_as_a_writer_would() -> None:
    assert to_fountain(SCRIPT, scene_numbers=True) == (
        "Title: The Wrong Cake\nCredit: Written by\nAuthor: Nobody\nShow: The Corner\nLanguage: en\nCamera: single\n"
        "Scenewright: w1\n\n# COLD OPEN\n\n> COLD OPEN <\n\n## The cake\n\nINT. KITCHEN - NIGHT #1#\n\n= They bake.\n\n"
        "[[scene s1]]\n\n!SMOKE.\nIt is everywhere.\n\nANNA (O.S.)\n(dry)\nWell.\n  \nWell.\n\n"
        "MCCOY ^\nIt was \\*fine\\*.\n\n@李\nThird.\n\n> Smash cut.\n\n> END OF COLD OPEN <\n\n===\n\n"
        "# TAG\n\n> TAG <\n\nEXT. YARD #2A#\n\n[[scene s%202]]\n\nCUT TO:\n\n> END OF TAG <\n"
    )


def test_ids_and_numbers_can_be_left_out() -> None:
    text = to_fountain(SCRIPT, ids=False)
    assert "[[" not in text
    assert "Scenewright" not in text
    assert "#1#" not in text


def parsed(script: Script, **options: bool) -> Any:
    return theirs.parse(io.StringIO(to_fountain(script, **options)))


def test_screenplain_reads_the_title_page_and_each_element() -> None:
    found = parsed(SCRIPT, scene_numbers=True)
    assert found.title_page["Title"] == ["The Wrong Cake"]
    assert found.title_page["Author"] == ["Nobody"]
    kinds = [Section, TheirAction, Section, TheirSlug, TheirAction, DualDialog, Dialog, TheirTransition, TheirAction]
    kinds += [PageBreak, Section, TheirAction, TheirSlug, TheirTransition, TheirAction]
    assert [type(paragraph) for paragraph in found] == kinds
    slug, pair = found.paragraphs[3], found.paragraphs[5]
    assert (str(slug.line), str(slug.scene_number), slug.synopsis) == ("INT. KITCHEN - NIGHT", "1", "They bake.")
    assert str(pair.left.character) == "ANNA (O.S.)"
    assert [(bracketed, str(text)) for bracketed, text in pair.left.blocks] == [
        (True, "(dry)"),
        (False, "Well."),
        (False, ""),
        (False, "Well."),
    ]
    assert str(pair.right.blocks[0][1]) == "It was *fine*."


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scripts())
def test_screenplain_takes_nothing_for_something_else(script: Script) -> None:
    found = [kind for paragraph in parsed(script) for kind in _kinds(paragraph)]
    assert found == list(_expected(script))


def _kinds(paragraph: Any) -> list[str]:
    match paragraph:
        case TheirSlug():
            return ["slug"]
        case Dialog():
            return ["dialogue"]
        case DualDialog():
            return ["dialogue", "dual"]
        case TheirTransition():
            return ["transition"]
        case TheirAction():
            return [] if paragraph.centered else ["action"]
        case _:
            return []


def _expected(script: Script) -> Any:
    for scene in script.scenes:
        yield "slug"
        for element in scene.elements:
            if element.type == "transition" and element.text.endswith("<"):
                continue  # for a program that knows no backslash, "> ... <" is a centred line
            yield "dual" if isinstance(element, Dialogue) and element.dual else element.type


def test_no_line_holds_a_control_character() -> None:
    action = Action(id="e1", text="a\x00b\u2028c\ud800\x1b[31m")
    scene = ScriptScene(id="\ud800", number="1\n", slug=Slug(place="A\nB"), elements=(action,))
    text = to_fountain(Script(title="T\r\nKey: x", acts=(Act(name="", scenes=(scene,)),)))
    text.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    assert text.startswith("Title: T Key: x\n")
    assert "INT. A B\n" in text
