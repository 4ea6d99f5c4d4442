"""Final Draft comes back in as it went out; hostile XML is refused with a sentence."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from screenplain.export.fdx import to_fdx as their_fdx
from screenplain.parsers import fountain as theirs

from scenewright.documents.fdx import MAX_BYTES, read_fdx
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Action, Dialogue, Script
from scenewright.exports.episode.fdx import to_fdx
from tests.documents.scripts import scripts

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEAD = '<FinalDraft DocumentType="Script" Version="5"><Content>'
TAIL = "</Content></FinalDraft>"
SCENE = '<Paragraph Type="Scene Heading"><Text>INT. A - DAY</Text></Paragraph>'


@SLOW
@given(scripts(), st.booleans())
def test_a_script_comes_back_as_it_was(script: Script, scene_numbers: bool) -> None:
    draft = read_fdx(to_fdx(script, scene_numbers=scene_numbers).encode(), "draft.fdx", script)
    assert draft.script == script
    assert draft.kept == {scene.id for scene in script.scenes}
    assert draft.warnings == ()


def test_what_final_draft_writes_is_understood() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>'
        + HEAD
        + '<Paragraph Type="Cold Opening"><Text>COLD</Text>'
        '</Paragraph><Paragraph Number="3A" Type="Scene Heading"><SceneProperties Length="1/8" Page="1" Title=""/>'
        '<Text>EXT. ROOF </Text><Text Style="Bold">- NIGHT</Text></Paragraph>'
        '<Paragraph Type="Action"><ScriptNote ID="1"><Paragraph><Text>why?</Text></Paragraph></ScriptNote>'
        '<Text>He </Text><Text Style="Italic">runs</Text><Text>.</Text></Paragraph>'
        '<Paragraph Type="Character"><Text>JOE (V.O.) (CONT\'D)</Text></Paragraph>'
        '<Paragraph Type="Dialogue"><Text>One.</Text></Paragraph>'
        '<Paragraph Type="Parenthetical"><Text>(beat)</Text></Paragraph>'
        '<Paragraph Type="Dialogue"><Text>Two.</Text></Paragraph>'
        '<Paragraph Type="Shot"><Text>CLOSE ON THE CAT</Text></Paragraph>'
        "</Content><TitlePage><Content><Paragraph><Text/></Paragraph><Paragraph><Text>BIG FISH</Text></Paragraph>"
        "<Paragraph><Text>written by</Text></Paragraph><Paragraph><Text>A. Writer</Text></Paragraph></Content>"
        "</TitlePage></FinalDraft>"
    )
    draft = read_fdx(text.encode(), "draft.fdx")
    (scene,) = draft.script.scenes
    assert (draft.script.title, draft.script.written_by, draft.script.acts[0].name) == ("BIG FISH", "A. Writer", "COLD")
    assert (scene.number, scene.slug.interior, scene.slug.place, scene.slug.time) == ("3A", "EXT.", "ROOF", "NIGHT")
    assert scene.elements == (
        Action(id="e1", text="He runs."),
        Dialogue(id="e2", character="joe", text="One.\n(beat)\nTwo.", extension="V.O."),
        Action(id="e3", text="CLOSE ON THE CAT", camera=True),
    )


def test_what_screenplain_writes_is_understood() -> None:
    out = io.StringIO()
    their_fdx(theirs.parse(io.StringIO("INT. A - DAY\n\nANN\nHi.\n\nBOB ^\n(low)\nHo.\n\n> FADE OUT.\n")), out)
    (scene,) = read_fdx(out.getvalue().encode(), "theirs.fdx").script.scenes
    assert [element.type for element in scene.elements] == ["dialogue", "dialogue", "transition"]
    assert scene.elements[1] == Dialogue(id="e2", character="bob", text="Ho.", parenthetical="low", dual=True)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + HEAD + SCENE + "&b;" + TAIL


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "damaged"),
        (b"INT. A - DAY", "damaged"),
        (b"<html><body/></html>", "not a Final Draft script"),
        ((HEAD + TAIL).encode(), "no scene heading"),
        (BOMB.encode(), "declares XML entities"),
        (BOMB.encode("utf-16"), "declares XML entities"),
        (BOMB.encode("utf-16-be"), "declares XML entities|damaged"),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + BOMB.encode("utf-7"), "declares XML entities|damaged"),
        (
            b'<?xml version="1.0" encoding="IBM037"?>'.decode().encode("cp037") + BOMB.encode("cp037"),
            "entities|damaged",
        ),
        (b'<!DOCTYPE f SYSTEM "file:///etc/passwd">' + (HEAD + SCENE + TAIL).encode(), "declares XML entities"),
        ((HEAD + SCENE + "&undeclared;" + TAIL).encode(), "damaged"),
        ((HEAD + SCENE[:-3]).encode(), "damaged"),
        (("<FinalDraft>" + "<Content>" * 5_000).encode(), "damaged"),
        ((HEAD + SCENE + "<Paragraph><Text>x</Text></Paragraph>" * 60_000 + TAIL).encode(), "more than 50,000 lines"),
        (b" " * (MAX_BYTES + 1), "more than any script"),
        (b'<?xml version="1.0" encoding="no-such"?>' + (HEAD + SCENE + TAIL).encode(), "damaged"),
    ],
)
def test_a_file_that_is_no_script_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_fdx(data, "draft.fdx")


@SLOW
@given(scripts(), st.data())
def test_damaged_files_give_a_draft_or_a_sentence(script: Script, data: st.DataObject) -> None:
    whole = to_fdx(script).encode()
    start = data.draw(st.integers(0, len(whole)))
    size = data.draw(st.integers(0, 40))
    broken = whole[:start] + data.draw(st.binary(max_size=8)) + whole[start + size :]
    try:
        read_fdx(broken, "draft.fdx")
    except BadInput as exc:
        problem = str(exc)
    else:
        problem = "."
    assert problem.endswith(".")
