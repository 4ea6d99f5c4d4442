"""Fountain comes back in as it went out, and whatever else comes in gives a draft or a readable refusal."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.documents.draft import Draft
from scenewright.documents.fountain import MAX_BYTES, read_fountain
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Action, Dialogue, Script, Transition
from scenewright.exports.episode.fountain import to_fountain
from tests.documents.scripts import TEXT, WORDS, scripts

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str, base: Script | None = None) -> Draft:
    return read_fountain(text.encode(), "draft.fountain", base)


@SLOW
@given(scripts(), st.booleans())
def test_a_script_comes_back_as_it_was(script: Script, scene_numbers: bool) -> None:
    draft = read(to_fountain(script, scene_numbers=scene_numbers), script)
    assert draft.script == script
    assert draft.kept == {scene.id for scene in script.scenes}
    assert draft.warnings == ()


@SLOW
@given(scripts())
def test_without_its_base_a_script_still_reads_the_same_on_the_page(script: Script) -> None:
    once = read(to_fountain(script)).script
    assert _page(once) == _page(script)


def _page(script: Script) -> str:
    """Which bracket belongs to a name is not to be known without the cast."""
    return to_fountain(script).replace("@", "").replace(") (", ", ")


def test_an_edited_draft_is_matched_scene_by_scene() -> None:
    text = (
        "INT. HALL - DAY\n\n[[scene one]]\n\nHe waits.\n\nINT. NEW PLACE - DAY\n\nShe sings.\n\n"
        "EXT. YARD - NIGHT\n\n[[scene two]]\n\nINT. HALL - DAY\n\n[[scene one]]\n\nA copy."
    )
    draft = read(text)
    assert [scene.id for scene in draft.script.scenes] == ["one", "new-2", "two", "new-4"]
    assert draft.kept == {"one", "two"}


def test_an_outline_is_headings_and_synopses() -> None:
    draft = read("# ACT ONE\n\n## The cake\n\nINT. KITCHEN - DAY\n\n= They bake.\n= It burns.\n\n.A DREAM\n\n= Fog.\n")
    first, second = draft.script.scenes
    assert (first.title, first.synopsis, draft.script.acts[0].name) == ("The cake", "They bake.\nIt burns.", "ACT ONE")
    assert (second.slug.place, second.synopsis) == ("A DREAM", "Fog.")
    assert any("neither INT. nor EXT." in warning for warning in draft.warnings)


def test_what_another_program_wrote_is_understood() -> None:
    text = (
        "Title:\n    _**BIG FISH**_\nAuthors: A & B\n\nFADE IN:\n\nint. diner - day #12#\n\nJoe *runs*. [[check]]\n\n"
        "/* old\n\nlines */\n\nJOE (O.S.) (CONT'D)\n(quietly)\nYes.\n  \n(beat)\nNo.\n\n"
        "@McCOY ^\nYes.\n\n> FADE OUT.\n\n"
        "> THE END <"
    )
    draft = read(text)
    (scene,) = draft.script.scenes
    assert (draft.script.title, draft.script.written_by, scene.number) == ("BIG FISH", "A & B", "12")
    assert (scene.slug.place, scene.slug.time) == ("diner", "day")
    assert [person.name for person in draft.script.cast] == ["JOE", "McCOY"]
    assert scene.elements == (
        Action(id="e1", text="FADE IN:"),
        Action(id="e2", text="Joe runs."),
        Dialogue(id="e3", character="joe", text="Yes.\n\n(beat)\nNo.", extension="O.S.", parenthetical="quietly"),
        Dialogue(id="e4", character="mccoy", text="Yes.", dual=True),
        Transition(id="e5", text="FADE OUT."),
        Action(id="e6", text="THE END"),
    )
    assert len(draft.warnings) == 4


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no scene heading"),
        (b"Just a letter.\n\nDear you.", "no scene heading"),
        (b"INT. A\n\n" + b"a" * MAX_BYTES, "5.0 MB"),
        (b"INT. A\n\n" + b"a\n\n" * 60_000, "more than 50,000 lines"),
        (b"INT. A\n\n" + b"= a\n" * 60_000, "more than 50,000 lines"),
        (b"\x00\x01\x02\x03" * 100, "does not look like text"),
        (b"\xff\xfeI\x00N", "damaged|no scene heading"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "does not look like text|encoding"),
    ],
)
def test_a_file_that_is_no_script_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_fountain(data, "draft.fountain")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = "INT. CAFÉ - DAY\n\nSchöne Grüße über die Straße, café, déjà vu.\n\nZOË\nGrüße! Ça va très bien.\n" * 5
    draft = read_fountain(text.encode(encoding), "draft.fountain")
    assert draft.script.scenes[0].slug.place == "CAFÉ"


@pytest.mark.parametrize("mark", ["/*", "[[", "*a ", "_a", "(", "\\", "#", "> ", "=", "INT. A - "])
def test_marks_that_are_never_closed_cost_no_time(mark: str) -> None:
    draft = read("INT. A\n\nx\n\n" + mark * 100_000)
    assert draft.script.scenes


def test_emphasis_leaves_its_words() -> None:
    draft = read("INT. A\n\nA **bold *and* plain** _word_, 2 \\* 3, *snake_case*, _ and * alone.")
    (action,) = draft.script.scenes[0].elements
    assert action.text == "A bold and plain word, 2 * 3, snake_case, _ and * alone."


@SLOW
@given(st.lists(st.one_of(WORDS, TEXT, st.sampled_from(["\n", "\n\n", "  \n", "\t", "\x0c", "\x00"]))).map("".join))
def test_any_text_gives_a_draft_or_a_sentence(text: str) -> None:
    try:
        draft = read("INT. A\n\n" + text)
    except BadInput as exc:
        problem = str(exc)
    else:
        problem = "."
        _stands_when_written_again(draft.script)
    assert problem.endswith(".")


def _stands_when_written_again(script: Script) -> None:
    again = read(to_fountain(script), script)
    assert to_fountain(again.script) == to_fountain(script)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_a_sentence(data: bytes) -> None:
    try:
        read_fountain(b"INT. A\n\n" + data, "draft.fountain")
    except BadInput as exc:
        problem = str(exc)
    else:
        problem = "."
    assert problem.endswith(".")
