"""What is said in a beat, as it is said; and what is shown, because saying it might go wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.kinds.episode.offline.given import clauses_of
from scenewright.kinds.episode.offline.questions import asked_directly
from scenewright.kinds.episode.offline.sound import sound
from scenewright.kinds.episode.offline.speech import told_in
from scenewright.kinds.episode.offline.utterance import Scene

NAMED = (("ada", "Ada"), ("bo", "Bo Lind"), ("cy", "Cy"))
PEOPLE = Scene(present=("ada", "bo", "cy"), named=NAMED, genders={"ada": "she", "bo": "he", "cy": "he"})
TWO = Scene(present=("ada", "bo"), named=NAMED, genders={"ada": "she", "bo": "he"})


def said(*beats: str, scene: Scene = PEOPLE) -> list[tuple[str, str] | None]:
    return [(each.who, each.text) if each else None for each in told_in(beats, scene)]


@pytest.mark.parametrize(
    ("beat", "who", "text"),
    [
        ("Ada tells Bo to mind his head.", "ada", "Mind your head."),
        ("Ada asks Bo not to tell anybody.", "ada", "Please don't tell anybody."),
        ("Bo asks for the correct spelling.", "bo", "May I have the correct spelling?"),
        ("Bo asks Ada what a new floor costs.", "bo", "What does a new floor cost?"),
        ("Bo asks Ada what the boat down there is.", "bo", "What is the boat down there?"),
        ("Bo asks Ada why she never claimed it.", "bo", "Why did you never claim it?"),
        ("Ada asks Bo what is wrong with him.", "ada", "What is wrong with you?"),
        ("Ada asks Bo for what reason.", "ada", "For what reason?"),
        ("Cy asks Ada whether he may sit down.", "cy", "May I sit down?"),
        ("Bo asks Ada straight out if she passed.", "bo", "Did you pass?"),
        ("Bo wants to know who cleaned it.", "bo", "Who cleaned it?"),
        ("Bo tells Ada what his mother always said, never run.", "bo", "My mother always said, never run."),
        ("Bo admits that he's been forging the forms.", "bo", "I have been forging the forms."),
        ("Ada whispers to Cy that she has to talk to him right now.", "ada", "I have to talk to you right now."),
        ("Bo, leaning on the broom, points out that the roof leaks.", "bo", "The roof leaks."),
        ("Bo accuses Ada of stealing the cake.", "bo", "You stole the cake."),
        ("Ada confesses to hiding the letter.", "ada", "I hid the letter."),
        ("Ada refuses to open the letter.", "ada", "I won't open the letter."),
        ("Bo thanks Ada for the soup.", "bo", "Thank you for the soup."),
        ('"Who ate my lunch?" demands Bo.', "bo", "Who ate my lunch?"),
        ("'That never stopped anyone,' Ada tells him.", "ada", "That never stopped anyone."),
        ('Ada, panicking: "We are lost."', "ada", "We are lost."),
        ("The tide is early, Bo explains.", "bo", "The tide is early."),
    ],
)
def test_what_is_said_is_said_as_it_is_meant(beat: str, who: str, text: str) -> None:
    scene = TWO if beat.startswith(("Bo accuses", "Bo thanks")) else PEOPLE
    assert said(beat, scene=scene) == [(who, text)]


@pytest.mark.parametrize(
    "beat",
    [
        "The fridge is opened by Bo, who stares into it.",
        "They argue about the soup.",
        "Bo's labels get bigger every week.",
        "Could they fake it by three?",
        "Ada and Bo whisper about the lamp.",
        'Ada puts it with all the others that say "final".',
        "Ada holds up the glove that somebody has lost.",
        "Ada asks the picture of her mother for forgiveness.",
        "Bo says nothing for longer than anyone has ever heard him say nothing.",
        "Bo thanks the scone.",
        "Dee says that she is late.",
    ],
)
def test_what_cannot_be_said_safely_is_shown(beat: str) -> None:
    assert said(beat) == [None]


def test_she_is_whoever_was_spoken_of_last_and_may_be_meant() -> None:
    found = said("Ada sees Bo in the hall.", "She'll keep quiet, she says, if he drives her home.", scene=TWO)
    assert found == [None, ("ada", "I will keep quiet if you drive me home.")]


@pytest.mark.parametrize(
    ("beat", "parts"),
    [
        ("Ada sits down and tells Bo that it is late.", 2),
        ("Bo reports that he is adrift, and asks for the correct spelling.", 2),
        ("Cy asks who cleaned it, and Bo says that he did it.", 2),
        ("In the dark something groans, and Ada says that it was not the fish.", 2),
        ("Bo asks Ada what day it is, and she counts to six.", 2),
        ("Ada sits down and paddles out with the spoon.", 1),
        ("Bo says that it is the Patience, and that her rope is rotten.", 1),
    ],
)
def test_what_is_done_and_what_is_said_are_two_beats(beat: str, parts: int) -> None:
    assert len(clauses_of(beat, NAMED)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "In the dark something groans, and me says that it was not the fish.",
        "I appear to be adrift, and asks for the correct spelling.",
        "Why are you sitting down on the tea tray and paddles out with the spoon?",
        "Bo asks and I asks.",
        "You is late.",
        "I hurt himself.",
        "The the lamp.",
        "He take the lamp.",
        "They will see my and.",
        "",
    ],
)
def test_broken_english_is_found_out(text: str) -> None:
    assert not sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "I appear to be adrift, and nobody asks.",
        "You may be a fake captain, but Bo is a real idiot, and alone.",
        "This is what the ladder is for.",
        "Did he take the lamp?",
        "It is the Patience, and her rope is rotten, so nobody must lean on it.",
        "Neither my mother nor my grandmother lived to finish the sentence.",
        "Everyone is acting strange, and two of them are the same person.",
    ],
)
def test_good_english_passes(text: str) -> None:
    assert sound(text)


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("where the box is", "Where is the box?"),
        ("how long you have been standing in my fern", "How long have you been standing in my fern?"),
        ("if you passed", "Did you pass?"),
        ("whether a right glove has come in", "Has a right glove come in?"),
        ("what happens to people who fail", "What happens to people who fail?"),
        ("why", "Why?"),
        ("nonsense", ""),
    ],
)
def test_indirect_questions_are_turned_round(asked: str, question: str) -> None:
    assert asked_directly(asked) == question


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(('Ada says "', "'", ", she says", "Ada tells Bo to")))))
def test_nothing_that_is_written_breaks_it(beats: list[str]) -> None:
    found = told_in(beats, PEOPLE)
    assert len(found) == len(beats)
    assert all(each is None or each.text.strip() for each in found)
