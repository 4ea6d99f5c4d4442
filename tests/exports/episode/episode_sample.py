"""A small episode with one of each thing that is counted, and strategies for any."""

from __future__ import annotations

from hypothesis import strategies as st

from scenewright.domain.assessment import Assessment, Finding, Part
from scenewright.domain.episode import Change, Episode, Patch, SceneProblem, SceneRead, Spoken, Utterance
from scenewright.domain.screenplay import Act, Action, Dialogue, Person, Script, ScriptScene, Slug, Transition
from scenewright.domain.show import Character, EpisodePlan, Joke, ScenePlan, SetPlace, Show
from scenewright.domain.speech import Clip, Cue
from tests.documents.scripts import scripts

SHOW = Show(
    id="low-tide",
    title="Low Tide",
    characters=(Character(id="ada", name="Ada"), Character(id="bo", name="Bo Quill"), Character(id="cy", name="Cy")),
    sets=(
        SetPlace(id="shed", name="Boat Shed", aliases=("Loft",), props=("brass bell", "tea urn", "Rope")),
        SetPlace(id="pier", name="Pier", interior="EXT.", props=("life belt",)),
    ),
)

SHED = ScriptScene(
    id="s1",
    number="1",
    title="The bell",
    slug=Slug(place="Boat shed", time="NIGHT"),
    elements=(
        Action(id="d1", text="Rain on the roof. ADA hangs a BRASS BELL beside a STUFFED PIKE, on two ropes."),
        Dialogue(id="l1", character="ada", text="It's a well-kept bell.", parenthetical="to the pike"),
        Dialogue(id="l2", character="bo", text="It rang twice.", dual=True),
        Action(id="d2", text="Close on the TELEPHONE.", camera=True),
        Action(id="d3", text="The bell RINGS. Bo trips over the rope."),
        Transition(id="t1", text="CUT TO:"),
    ),
)
PIER = ScriptScene(
    id="s2",
    number="2",
    title="High water",
    slug=Slug(interior="EXT.", place="Pier", time="DAY - FOG"),
    elements=(
        Action(id="d1", text="A WAITER'S GIFT: the stuffed pike. VFX: the pier sinks."),
        Dialogue(id="l1", character="bo", text="小船 floats."),
    ),
)
LOFT = ScriptScene(id="s4", number="4", slug=Slug(place="Loft", time="MOMENTS LATER"))
PLAN = EpisodePlan(
    title="The Bell",
    scenes=tuple(
        ScenePlan(id=scene, title=title, slug=Slug(place="Pier"))
        for scene, title in (("s1", "The bell"), ("s2", "High water"), ("s3", "A *quiet* word"), ("s4", "Up"))
    ),
)
SCRIPT = Script(
    show="Low Tide",
    title="The Bell",
    credit="",
    written_by="Written without a model",
    cast=(*(Person(id=each.id, name=each.name) for each in SHOW.characters),),
    acts=(Act(name="COLD OPEN", scenes=(SHED,)), Act(name="ACT ONE", scenes=(PIER, LOFT))),
)
EPISODE = Episode(
    id="w1",
    title="The Bell",
    written_by="offline",
    note="No model wrote this.",
    show=SHOW,
    plan=PLAN,
    script=SCRIPT,
    seconds={"s1": 20.5, "s2": 9.0, "s4": 0.0},
    problems=(SceneProblem(scene="s3", title="A *quiet* word", status="failed", problem="The model <refused>."),),
)
EMPTY = Episode(
    title="Nothing yet", show=Show(title=""), plan=EpisodePlan(title=""), script=Script(title="Nothing yet")
)

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_UNIT = st.floats(0, 1)
_SECONDS = st.floats(0, 1e6)
_FINDINGS = st.builds(Finding, kind=st.just("other"), scene=_TEXT, element=_TEXT, text=_TEXT)
_SPOKEN = st.builds(
    Spoken,
    utterance=st.builds(Utterance, element=_TEXT, speaker=_TEXT, text=_TEXT, pause=_SECONDS),
    clip=st.builds(
        Clip,
        blob=_TEXT,
        media_type=_TEXT,
        duration=_SECONDS,
        cues=st.lists(st.builds(Cue, start=_SECONDS, end=_SECONDS, text=_TEXT), max_size=2).map(tuple),
    ),
)
_PATCHES = st.builds(Patch, scene=_TEXT, element=_TEXT, base=_TEXT, text=_TEXT, parenthetical=st.none() | _TEXT)


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    """Whatever is valid: scripts full of traps, bits that belong to nothing."""
    script = draw(scripts())
    ids = [scene.id for scene in script.scenes]
    parts = st.builds(Part, name=_TEXT, value=st.none() | _UNIT, weight=_UNIT, details=st.dictionaries(_TEXT, _SECONDS))
    return Episode(
        title=draw(_TEXT),
        note=draw(_TEXT),
        show=draw(st.sampled_from([SHOW, EMPTY.show])),
        plan=draw(st.sampled_from([PLAN, EMPTY.plan])),
        script=script,
        seconds=draw(st.dictionaries(st.sampled_from(ids), _SECONDS)) if ids else {},
        quality=draw(
            st.none()
            | st.builds(Assessment, quality=_UNIT, threshold=_UNIT, parts=st.lists(parts, max_size=2).map(tuple))
        ),
        findings=tuple(draw(st.lists(_FINDINGS, max_size=2))),
        jokes=tuple(draw(st.lists(st.builds(Joke, scene=_TEXT, punchline=_TEXT, score=st.none() | _UNIT), max_size=2))),
        changes=tuple(draw(st.lists(st.builds(Change, step=_TEXT, patch=_PATCHES, before=_TEXT), max_size=2))),
        problems=EPISODE.problems if draw(st.booleans()) else (),
        read=tuple(
            draw(
                st.lists(st.builds(SceneRead, scene=_TEXT, spoken=st.lists(_SPOKEN, max_size=2).map(tuple)), max_size=1)
            )
        ),
    )
