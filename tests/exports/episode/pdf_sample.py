"""A short script with one of each element, and strategies for any."""

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

CAST = (Person(id="ada", name="Ada"), Person(id="bo", name="Bo Quill"))


def script_of(*elements: Element, camera: str = "single", act: str = "", number: str = "7") -> Script:
    scene = ScriptScene(id="s1", number=number, slug=Slug(place="Boat shed", time="Night"), elements=elements)
    return Script(
        show="Low Tide",
        title="The Anchor",
        written_by="The author",
        camera="multi" if camera == "multi" else "single",
        cast=CAST,
        acts=(Act(name=act, scenes=(scene,)),),
    )


def action(text: str, **more: bool) -> Action:
    return Action(id="a", text=text, **more)


def said(character: str, text: str, *, parenthetical: str = "", extension: str = "", dual: bool = False) -> Dialogue:
    return Dialogue(id="d", character=character, text=text, parenthetical=parenthetical, extension=extension, dual=dual)


EVERY = (
    action("A lamp swings over an upturned hull."),
    action("Close on the keel.", camera=True),
    said("ada", "It floats. It has to.", parenthetical="to the hull", extension="O.S."),
    said("bo", "It sank twice."),
    said("ada", "It rose twice.", dual=True),
    Transition(id="t", text="Cut to:"),
)

_SENTENCES = (
    "It floats.",
    "Who says so?",
    "I have carried this boat down to the water every spring since the war.",
    "and on " * 200,
    "x" * 90,
    "小船还在水上，",
    "漂着。",
)
_TEXTS = st.one_of(st.lists(st.sampled_from(_SENTENCES), max_size=40).map(" ".join), st.text(max_size=80))
ELEMENTS: st.SearchStrategy[Element] = st.one_of(
    st.builds(Action, id=st.just("a"), text=_TEXTS, camera=st.booleans()),
    st.builds(
        Dialogue,
        id=st.just("d"),
        character=st.sampled_from(["ada", "bo", "nobody in the cast"]),
        text=_TEXTS,
        extension=st.sampled_from(["", "V.O."]),
        parenthetical=st.one_of(st.just(""), st.text(max_size=60)),
        dual=st.booleans(),
    ),
    st.builds(Transition, id=st.just("t"), text=st.sampled_from(["CUT TO:", "FADE IN:", "THROUGH A LONG FOG TO:", ""])),
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    acts, count = [], 0
    for name in draw(st.lists(st.sampled_from(["", "Cold open", "Act one"]), min_size=1, max_size=3)):
        scenes = []
        for elements in draw(st.lists(st.lists(ELEMENTS, max_size=12), max_size=3)):
            count += 1
            slug = Slug(place=draw(st.sampled_from(["Shed", "The long pier behind the harbour office " * 3])))
            scenes.append(ScriptScene(id=f"s{count}", number=str(count), slug=slug, elements=tuple(elements)))
        acts.append(Act(name=name, scenes=tuple(scenes)))
    camera = draw(st.sampled_from(["single", "multi"]))
    return Script(title="Any", camera="multi" if camera == "multi" else "single", cast=CAST, acts=tuple(acts))
