"""Scripts that are hard to write down: names, words and marks that formats take for something else."""

from __future__ import annotations

from hypothesis import strategies as st

from scenewright.domain.screenplay import (
    Act,
    Action,
    Dialogue,
    Element,
    Person,
    Script,
    ScriptScene,
    Slug,
    Transition,
)

TRAPS = tuple(
    r"""
    INT. EXT. EST. INT./EXT. I/E CUT TO: FADE OUT. ANNA BOB THE END > < ! @ ~ # ## = === . .. ... ^ (beat) ( ) [[ ]]
    /* */ * ** *a* _ _b_ __ \ \\ \* \_ // Title: Key: #1# #2A# [[scene s1]] & <b> ]]> &amp; é 李 ß İ ’ - --
    she opens the door and it is him again NIGHT DAY LATER 23 <!DOCTYPE
    """.split()  # noqa: SIM905 (a list would fill the page)
)
WORDS = st.sampled_from(TRAPS)
LINE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
TEXT = st.lists(st.one_of(LINE, st.just("")), min_size=1, max_size=4).map("\n".join).map(lambda text: text.strip("\n"))
IDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=6) | st.sampled_from(
    ["s 1", "a]]b", "%"]
)
NAMES = (
    "Anna",
    "Bob",
    "McCoy",
    "Bob (Loud)",
    "李",
    "R2-D2",
    "INT. VOICE",
    "The Man_In_Black",
    "CUT TO:",
    "*Star*",
    "!Xobile",
)
CAST = tuple(Person(id=f"p{index}", name=name) for index, name in enumerate(NAMES))
PLACES = ("Kitchen", "House - Hall", "LAB #2#", "Bob's _old_ _car_", "厨房", "A - B - NIGHT", "Roof (back)", "*Bar*")


def _bracketed(text: str) -> bool:
    first = text.split("\n")[0]
    return first.startswith("(") and first.endswith(")")


def _elements(draw: st.DrawFn) -> tuple[Element, ...]:
    found: list[Element] = []
    free = False
    for index in range(draw(st.integers(0, 5))):
        ident = f"e{index + 1}"
        which = draw(st.sampled_from(["action", "dialogue", "dialogue", "transition"]))
        if which == "action":
            found.append(Action(id=ident, text=draw(TEXT.filter(bool))))
        elif which == "transition":
            found.append(Transition(id=ident, text=draw(LINE)))
        else:
            dual = free and draw(st.booleans())
            found.append(_dialogue(draw, ident, dual=dual))
            free = not dual
            continue
        free = False
    return tuple(found)


def _dialogue(draw: st.DrawFn, ident: str, *, dual: bool) -> Dialogue:
    parenthetical = draw(st.sampled_from(["", "", "wry", "to *him*", "a) b"]))
    text = draw(TEXT.filter(lambda text: bool(parenthetical) or not _bracketed(text)))
    extension = draw(st.sampled_from(["", "", "V.O.", "on_the_phone", "O.S."]))
    who = draw(st.sampled_from(CAST)).id
    return Dialogue(id=ident, character=who, text=text, parenthetical=parenthetical, extension=extension, dual=dual)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Scripts of which a page carries everything: no running times, no camera marks, scene ids that differ."""
    ids = iter(draw(st.lists(IDS, min_size=4, max_size=4, unique=True)))
    names = draw(st.sampled_from([("",), ("COLD OPEN",), ("COLD OPEN", "Act_One_ *x*", "#TAG"), ("A", "A")]))
    number, acts = 0, []
    for name in names:
        scenes = []
        for _ in range(draw(st.integers(1 if not number else 0, 2 if len(names) < 3 else 1))):
            number += 1
            slug = Slug(
                interior=draw(st.sampled_from(["INT.", "EXT.", "INT./EXT."])),
                place=draw(st.sampled_from(PLACES)),
                time=draw(st.sampled_from(["", "NIGHT", "DAY", "MOMENTS LATER", "DAY - RAIN"])),
            )
            scenes.append(
                ScriptScene(
                    id=next(ids),
                    number=str(number),
                    title=draw(st.just("") | LINE),
                    synopsis=draw(st.just("") | LINE),
                    slug=slug,
                    elements=_elements(draw),
                )
            )
        acts.append(Act(name=name, scenes=tuple(scenes)))
    return Script(
        id=draw(st.just("") | IDS),
        show=draw(st.just("") | LINE),
        title=draw(LINE),
        written_by=draw(st.just("") | LINE),
        camera=draw(st.sampled_from(["single", "multi"])),
        logline=draw(st.just("") | LINE),
        cast=CAST,
        acts=tuple(acts),
    )
