"""Final Draft's XML: paragraphs as another program makes them from the same script, and nothing that breaks XML."""

from __future__ import annotations

import io

import lxml.etree
from hypothesis import HealthCheck, given, settings
from screenplain.export.fdx import to_fdx as their_fdx
from screenplain.parsers import fountain as theirs

from scenewright.domain.screenplay import Act, Action, Dialogue, Script, ScriptScene, Slug
from scenewright.exports.episode.fdx import to_fdx
from scenewright.exports.episode.fountain import to_fountain
from tests.documents.scripts import scripts
from tests.exports.episode.test_fountain import SCRIPT

MADE_OF_ONE_LINE = ("Scene Heading", "Character", "Parenthetical", "Transition")


def paragraphs(xml: str, kinds: tuple[str, ...] = MADE_OF_ONE_LINE) -> list[tuple[str, str]]:
    root = lxml.etree.fromstring(xml.encode())
    found = (
        (one.get("Type"), "".join(one.xpath("Text//text()")).strip()) for one in root.find("Content").iter("Paragraph")
    )
    return [(kind, text.upper()) for kind, text in found if kind in kinds]


def test_screenplain_makes_the_same_paragraphs_of_our_fountain() -> None:
    out = io.StringIO()
    their_fdx(theirs.parse(io.StringIO(to_fountain(SCRIPT))), out)
    assert paragraphs(to_fdx(SCRIPT)) == paragraphs(out.getvalue())


def test_acts_numbers_ids_and_summaries_are_there() -> None:
    text = to_fdx(SCRIPT, scene_numbers=True)
    assert '<Paragraph Type="New Act" StartsNewPage="Yes"><Text>TAG</Text></Paragraph>' in text
    assert '<Paragraph Type="Scene Heading" Number="2A" ScenewrightId="s 2">' in text
    assert "<Summary><Paragraph><Text>They bake.</Text></Paragraph></Summary>" in text
    assert "ScenewrightId" not in to_fdx(SCRIPT, ids=False)
    assert 'Number="' not in to_fdx(SCRIPT)


def test_two_lines_at_once_share_a_paragraph_and_a_third_does_not() -> None:
    root = lxml.etree.fromstring(to_fdx(SCRIPT).encode())
    (pair,) = root.iter("DualDialogue")
    assert [one.findtext("Text") for one in pair if one.get("Type") == "Character"] == ["ANNA (O.S.)", "MCCOY"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scripts())
def test_every_script_is_well_formed_and_equal_each_time(script: Script) -> None:
    text = to_fdx(script)
    lxml.etree.fromstring(text.encode())
    assert to_fdx(Script.model_validate_json(script.model_dump_json())) == text


def test_what_xml_cannot_hold_is_left_out() -> None:
    elements = (Action(id="e1", text="a\x00\ud800\ufffe\x1b]]>&<b>"), Dialogue(id="e2", character="gone", text="x"))
    scene = ScriptScene(id='"&<\x01', number="1", slug=Slug(place="A"), elements=elements)
    root = lxml.etree.fromstring(to_fdx(Script(title="T", acts=(Act(name="", scenes=(scene,)),))).encode())
    assert root.findtext("Content/Paragraph[@Type='Action']/Text") == "a]]>&<b>"
    assert root.findtext("Content/Paragraph[@Type='Character']/Text") == "GONE"
