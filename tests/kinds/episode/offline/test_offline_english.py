from __future__ import annotations

import pytest

from scenewright.domain.show import Character
from scenewright.kinds.episode.offline import verbs
from scenewright.kinds.episode.offline.clauses import parsed
from scenewright.kinds.episode.offline.dealing import LOTS, Deck
from scenewright.kinds.episode.offline.frames import exchanges
from scenewright.kinds.episode.offline.marks import use_of
from scenewright.kinds.episode.offline.saying import claimed, fillings, term_said
from scenewright.kinds.episode.offline.things import things
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.kinds.episode.offline.voice import Voice, clipped, joined

NAMED = (("marge", "Marge"), ("len", "Len Ward"), ("voss", "Mr Voss"))


def view(speaker: str, addressee: str, **genders: str) -> View:
    return View(speaker=speaker, addressee=addressee, names=dict(NAMED), genders=genders)


@pytest.mark.parametrize(
    ("third", "forms"),
    {
        "hides": ("hide", "hiding", "hid"),
        "carries": ("carry", "carrying", "carried"),
        "lies": ("lie", "lying", "lied"),
        "drops": ("drop", "dropping", "dropped"),
        "teaches": ("teach", "teaching", "taught"),
        "closes": ("close", "closing", "closed"),
        "goes": ("go", "going", "went"),
        "begins": ("begin", "beginning", "began"),
    }.items(),
)
def test_forms_of_verbs(third: str, forms: tuple[str, str, str]) -> None:
    base = verbs.base(third)
    assert (base, verbs.gerund(base), verbs.past(base)) == forms
    assert verbs.third(base) == third


@pytest.mark.parametrize(
    ("beat", "speaker", "addressee", "said"),
    [
        ("Marge hates boats", "marge", "len", "I hate boats"),
        ("Marge hates boats", "len", "marge", "you hate boats"),
        ("Marge hates boats", "len", "voss", "Marge hates boats"),
        ("Marge announces that the pier closes at six", "marge", "len", "the pier closes at six"),
        ("Len claims that he once sailed round the Horn", "len", "marge", "I once sailed round the Horn"),
        ("Marge tells Len that he may sit down", "marge", "len", "you may sit down"),
        ("Marge promises not to laugh", "marge", "len", "I will not laugh"),
        ("Len says that he has never left the harbour", "len", "marge", "I have never left the harbour"),
        ("Len and Marge need a plan", "len", "marge", "we need a plan"),
        ("Marge admits that the letter is hers", "marge", "len", "the letter is mine"),
    ],
)
def test_a_beat_as_somebody_says_it(beat: str, speaker: str, addressee: str, said: str) -> None:
    looking = view(speaker, addressee, marge="she", len="he")
    assert claimed(parsed(beat, NAMED), looking, NAMED) == said


def test_what_is_done_in_three_persons() -> None:
    clause = parsed("Marge hides her letter from Len, because she is ashamed", NAMED)
    assert claimed(clause, view("marge", "len"), NAMED) == "I hide my letter from you"
    assert claimed(clause, view("len", "marge"), NAMED) == "you hide your letter from me"
    assert claimed(clause, view("len", "voss"), NAMED) == "Marge hides her letter from me"


def test_things_fill_the_slots_of_an_exchange() -> None:
    letter, boats = things("Marge hides her blue letter behind the old boats", NAMED, "marge")
    mine, many = fillings(letter, view("marge", "len")), fillings(boats, view("marge", "len"))
    assert (mine["thing"], mine["Thing"], mine["It"]) == ("my blue letter", "My blue letter", "It")
    assert (many["it"], many["itself"], many["is"]) == ("them", "themselves", "are")
    assert fillings(None, view("marge", "len")) == {}


@pytest.mark.parametrize("beat", ["", "…", "Marge", "Marge, Len", "and then", "Marge Marge Marge", "her", "\ufffd"])
def test_what_cannot_be_taken_apart_stays_whole(beat: str) -> None:
    assert parsed(beat, NAMED).kind == "free"


def test_things_of_a_sentence() -> None:
    found = things(
        "Marge hides her blue letter in the bread bin and ignores what the inspector wants to say", NAMED, "marge"
    )
    assert [each.words for each in found] == ["blue letter", "bread bin", "inspector"]
    assert found[0].said(view("marge", "len")) == "my blue letter"
    assert found[0].said(view("len", "marge")) == "your blue letter"
    assert found[0].said(view("len", "voss")) == "Marge's blue letter"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("wasn't the fish", "That wasn't the fish."),
        ("rope is rotten", "The rope is rotten."),
        ("settling his tab", "Somebody's settling his tab."),
        ("with the spoon", "With the spoon."),
        ("he has a tab", "He has a tab."),
        ("rings at noon", "It rings at noon."),
    ],
)
def test_a_term_can_be_said(term: str, said: str) -> None:
    assert term_said(term) == said


@pytest.mark.parametrize(
    ("mark", "tic", "use"),
    [
        ("kettle", False, "noun"),
        ("the donors", False, "noun"),
        ("tragic", False, "adjective"),
        ("darling", True, "address"),
        ("mind you", True, "closer"),
        ("hypothetically", True, "opener"),
        ("is that okay", True, "asked"),
    ],
)
def test_marks_are_used_by_their_form(mark: str, tic: bool, use: str) -> None:
    assert use_of(mark, tic) == use


def test_a_short_voice_clips_and_a_medium_one_joins() -> None:
    assert (
        clipped("I moved it on Monday, because nobody was looking.")
        == "I moved it on Monday. Because nobody was looking."
    )
    assert joined("It was mine. I wrote it down.", ()) == "It was mine, and I wrote it down."


def test_a_long_voice_speaks_in_long_sentences() -> None:
    voice = Voice(
        Character.model_validate({"id": "o", "name": "O", "voice": {"sentence_length": "long"}}), Deck("x", 0), 0
    )
    said = [voice.speaks("The kettle is on.") for _ in range(9)]
    assert sum(len(each.split()) for each in said) / len(said) > 8
    assert len(set(said)) > 4


def test_scenes_have_lots_of_their_own() -> None:
    items = list(range(40))
    dealt = [[Deck("seed", lot).deal("pack", items, own=True)] for lot in range(LOTS)]
    for lot in range(LOTS):
        deck = Deck("seed", lot)
        dealt[lot] = [deck.deal("pack", items, own=True) for _ in range(4)]
    assert len({each for lot in dealt for each in lot}) == 40


TALKED = (
    "about callback comic free listening opening payoff reveal riff setup re-accuse re-ask re-confess re-order"
    " re-promise re-refuse re-tell re-thank re-want seen-any seen-break seen-come seen-give seen-go seen-hide"
    " seen-look seen-make seen-take"
)


@pytest.mark.parametrize("pack", ["alone", "button", *TALKED.split()])
def test_exchanges_are_whole(pack: str) -> None:
    found = exchanges(pack)
    assert len(found) > 4
    assert len(set(found)) == len(found)
    for each in found:
        assert each.lines
        assert pack == "alone" or len({line.role for line in each.lines}) > 1
