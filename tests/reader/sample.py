"""An episode with one of each thing that the reader shows, and its table read: one second for each utterance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import av
import numpy as np

from scenewright.domain.assessment import Finding
from scenewright.domain.episode import Change, Episode, Patch, SceneProblem
from scenewright.domain.screenplay import Act, Action, Dialogue, Element, Person, Script, ScriptScene, Slug, Transition
from scenewright.domain.show import (
    Character,
    EpisodePlan,
    Joke,
    PlacedCallback,
    RunningGag,
    ScenePlan,
    SetPlace,
    Show,
    VoiceProfile,
)
from scenewright.kinds.episode.measures import assess, scene_seconds

NOTE = "No model wrote this: its lines were put together from the bible and the outline by rules."

SHOW = Show(
    id="night-ferry",
    title="The Night Ferry",
    minutes=4,
    characters=(
        Character(id="ines", name="Ines", voice=VoiceProfile(catchphrases=("tide waits for nobody",))),
        Character(id="bartek", name="Bartek", voice=VoiceProfile(tics=("strictly speaking",))),
        Character(id="wren", name="Wren"),
        Character(id="mayor", name="The Mayor"),
    ),
    sets=(
        SetPlace(id="wheelhouse", name="Wheelhouse", props=("brass bell", "thermos")),
        SetPlace(id="quay", name="Quay", interior="EXT."),
    ),
    gags=(RunningGag(id="bell", text="The bell rings by itself.", terms=("the bell",)),),
)


def say(id: str, who: str, text: str, **more: Any) -> Dialogue:
    return Dialogue(id=id, character=who, text=text, **more)


def do(id: str, text: str, **more: Any) -> Action:
    return Action(id=id, text=text, **more)


WHEELHOUSE = ScriptScene(
    id="s1",
    number="1",
    title="The bell nobody rang",
    slug=Slug(place="Wheelhouse", time="Night"),
    elements=(
        do("d1", "Rain on glass. INES steers with two fingers. A BRASS BELL over her head rings once, by itself."),
        say("l1", "ines", "Not tonight."),
        say("l2", "bartek", "Strictly speaking, it is already tomorrow.", parenthetical="checking three watches"),
        say("l3", "ines", "Then not tomorrow, either."),
        do("d2", "She unscrews the THERMOS without looking. It is empty. It was empty yesterday."),
        say("l4", "ines", "Tide waits for nobody, Bartek. And neither does soup."),
        do("d3", "Close on the bell. It is not moving.", camera=True),
        say("l5", "wren", "There is somebody on the quay!", extension="O.S."),
        say("l6", "ines", "We are full."),
        say("l7", "bartek", "We are empty.", dual=True),
        Transition(id="t1", text="Cut to:"),
    ),
)
QUAY = ScriptScene(
    id="s2",
    number="2",
    title="A passenger with a chair",
    slug=Slug(interior="EXT.", place="Quay", time="Night"),
    elements=(
        do("d1", "THE MAYOR, in a raincoat and slippers, sits on a dining chair at the very edge of the quay."),
        say("l1", "mayor", "I was told to bring my own seat."),
        say("l2", "wren", "You were told there was a queue."),
        say("l3", "mayor", "And I am at the front of it."),
    ),
)
ENGINE = ScriptScene(
    id="s4",
    number="4",
    slug=Slug(place="Engine room", time="Continuous"),
    elements=(
        do("d1", "Pipes knock. Wren listens to one of them with a soup ladle."),
        say("l1", "wren", "It says we should turn round."),
        say("l2", "bartek", "Strictly speaking, pipes do not have opinions."),
        say("l3", "wren", "This one has a tone."),
    ),
)
TAG = ScriptScene(
    id="s5",
    number="5",
    title="Soup",
    slug=Slug(place="Wheelhouse", time="Dawn"),
    elements=(
        do("d1", "Four bowls, one thermos. The bell rings. Nobody looks up."),
        say("l1", "mayor", "Does it always do that?"),
        say("l2", "ines", "Tide waits for nobody. The bell just likes company."),
        Transition(id="t1", text="Fade out."),
    ),
)
SCRIPT = Script(
    id="e1",
    show=SHOW.title,
    title="Soup for Four",
    written_by="Nobody in particular",
    logline="A ferry with no passengers takes one on, and he has brought his own chair.",
    cast=tuple(Person(id=each.id, name=each.name) for each in SHOW.characters),
    acts=(
        Act(name="Cold open", scenes=(WHEELHOUSE,)),
        Act(name="Act one", scenes=(QUAY, ENGINE)),
        Act(name="Tag", scenes=(TAG,)),
    ),
)
PLAN = EpisodePlan(
    title=SCRIPT.title,
    scenes=tuple(
        ScenePlan(id=id, act=act, title=title, slug=Slug(place=place))
        for id, act, title, place in (
            ("s1", "Cold open", "The bell nobody rang", "Wheelhouse"),
            ("s2", "Act one", "A passenger with a chair", "Quay"),
            ("s3", "Act one", "The chair goes overboard", "Deck"),
            ("s4", "Act one", "The pipes", "Engine room"),
            ("s5", "Tag", "Soup", "Wheelhouse"),
        )
    ),
)
JOKES = (
    Joke(scene="s1", setup="l2", punchline="l3", form="wordplay", score=0.7),
    Joke(scene="s2", setup="l2", punchline="l3", form="character"),
    Joke(scene="s5", punchline="l2", form="running_gag", score=0.55),
)
CALLBACKS = (PlacedCallback(scene="s5", element="l2", to="bell", text="The bell rings again.", planned=True),)
CHANGES = (
    Change(
        step="comedy",
        before="Soup doesn't wait for anybody, either.",
        patch=Patch(
            scene="s1",
            element="l4",
            base="x",
            text="Tide waits for nobody, Bartek. And neither does soup.",
            why="Her catchphrase comes first, so that the soup turns it.",
        ),
    ),
    Change(
        step="refine 1",
        before="This one has a tone.",
        patch=Patch(scene="s4", element="l3", base="x", op="insert", text="She hits it.", why="The scene had no end."),
    ),
)


def episode(**more: Any) -> Episode:
    given: dict[str, Any] = {
        "id": "e1",
        "title": SCRIPT.title,
        "written_by": "offline",
        "note": NOTE,
        "show": SHOW,
        "plan": PLAN,
        "script": SCRIPT,
        "quality": assess(SCRIPT, SHOW, PLAN, JOKES),
        "findings": (
            Finding(kind="stakes", scene="s4", element="l1", text="Nothing is lost if they turn round.", by="model"),
        ),
        "jokes": JOKES,
        "callbacks": CALLBACKS,
        "seconds": {scene.id: scene_seconds(scene, language="en") for scene in SCRIPT.scenes},
        "changes": CHANGES,
        "edited": ("s4",),
        "locked": ("s2", "s4"),
        "problems": (
            SceneProblem(scene="s3", title="The chair goes overboard", status="failed", problem="The model said no."),
        ),
    }
    return Episode(**{**given, **more})


def timing(script: Script = SCRIPT, seconds: float = 1.0) -> list[dict[str, Any]]:
    """Headings, directions and lines, one after the other from 0.5 s on; the second of two at once with the first."""
    found, clock = list[dict[str, Any]](), 0.5
    for scene in script.scenes:
        for element, speaker, dual in _read(scene.elements):
            start = found[-1]["start"] if dual else clock
            end = start + seconds * 0.8
            found.append({"scene": scene.id, "element": element, "speaker": speaker, "start": start, "end": end})
            clock = start + seconds
    return found


def _read(elements: Sequence[Element]) -> Iterator[tuple[str, str, bool]]:
    yield "", "narrator", False
    for element in elements:
        match element:
            case Dialogue():
                yield element.id, element.character, element.dual
            case Action(camera=False):
                yield element.id, "narrator", False


def sound(seconds: float) -> bytes:
    """A quiet hum as MP3."""
    rate, out = 22050, BytesIO()
    hum = (np.sin(np.arange(int(rate * seconds)) * 2 * np.pi * 110 / rate) * 1500).astype(np.int16)
    with av.open(out, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(hum.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        for each in (*stream.encode(frame), *stream.encode()):
            container.mux(each)
    return out.getvalue()
