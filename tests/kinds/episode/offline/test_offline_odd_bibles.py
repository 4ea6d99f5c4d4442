"""Whatever a bible and a plan hold: always a line, never a crash, the same again for the same."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.domain.screenplay import Slug
from scenewright.domain.show import (
    Character,
    ContinuityFact,
    EpisodePlan,
    RunningGag,
    ScenePlan,
    SetPlace,
    Show,
    VoiceProfile,
)
from scenewright.kinds.episode.draft import woven
from scenewright.kinds.episode.knowledge import bible_for, known_before
from scenewright.kinds.episode.offline.outline import outlined
from scenewright.kinds.episode.offline.performers import dialogue, directions
from tests.kinds.episode.offline import writing

TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            "Ada hides the letter.",
            "Ada and Bo argue about the last of the soup, and Bo says that it is his.",
            "…",
            "{thing} {claim}",
            "ADA",
            "Somebody knocks",
            "The lights go out",
            "%s %(x)s \\1 \\g<0>",
            "משהו קורה",
            "第一幕。他说：“走吧。”",
            "Ada tells Bo that that that is that.",
            "Ada refuses to.",
            "Ada says.",
            "Ada, Bo and Cy",
        )
    ),
)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
NAMES = st.sampled_from(("Ada", "Bo", "Mrs. O'Hara-Lind", "王", "…", " ", "A", "THE DUKE"))
VOICES = st.builds(
    VoiceProfile,
    vocabulary=WORDS,
    tics=WORDS,
    catchphrases=WORDS,
    sentence_length=st.sampled_from(("", "short", "medium", "long")),
)


@st.composite
def shows(draw: st.DrawFn) -> Show:
    people = tuple(
        Character(id=f"c{n}", name=draw(NAMES), description=draw(TEXT), voice=draw(VOICES))
        for n in range(draw(st.integers(0, 3)))
    )
    ids = [each.id for each in people]
    known = st.lists(st.sampled_from(ids), max_size=2).map(tuple) if ids else st.just(())
    return Show(
        title=draw(TEXT),
        minutes=draw(st.sampled_from((0.1, 3.0, 8.0))),
        camera=draw(st.sampled_from(("single", "multi"))),
        characters=people,
        sets=tuple(
            SetPlace(id=f"p{n}", name=draw(TEXT), description=draw(TEXT), props=draw(WORDS))
            for n in range(draw(st.integers(0, 2)))
        ),
        gags=tuple(RunningGag(id="g", text=draw(TEXT), terms=draw(WORDS)) for _ in range(draw(st.integers(0, 1)))),
        facts=tuple(
            ContinuityFact(id="f", text=draw(TEXT), terms=draw(WORDS), known_by=draw(known))
            for _ in range(draw(st.integers(0, 1)))
        ),
    )


@st.composite
def plans(draw: st.DrawFn, show: Show) -> ScenePlan:
    ids = [each.id for each in show.characters]
    return ScenePlan.model_validate(
        {
            "id": "s1",
            "title": draw(TEXT),
            "slug": Slug(place=draw(TEXT)),
            "characters": tuple(ids[: draw(st.integers(0, len(ids)))]),
            "beats": draw(WORDS),
            "comic_beats": draw(WORDS),
            "setups": [{"id": "u", "text": draw(TEXT), "terms": draw(WORDS)}],
            "payoffs": [{"setup": "u", "text": draw(TEXT), "terms": draw(WORDS)}],
            "callbacks": [{"id": "k", "to": "g", "text": draw(TEXT), "terms": draw(WORDS)}],
            "reveals": [each.model_dump(mode="json") for each in show.facts],
            "act_out": draw(TEXT),
            "act_out_terms": draw(WORDS),
            "seconds": draw(st.sampled_from((None, 1.0, 30.0))),
        }
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_scene_has_lines_and_directions_that_fit_them(data: st.DataObject) -> None:
    show = data.draw(shows())
    plan = data.draw(plans(show))
    inputs = {
        "show": bible_for(show, plan),
        "header": {"title": show.title},
        "scene": plan.model_dump(mode="json"),
        "earlier": [],
        "knows": known_before(show, (), plan),
    }
    lines = list(dialogue(inputs))
    assert lines
    assert all(line.text.strip() for line in lines)
    beats = list(directions({**inputs, "lines": [line.model_dump(mode="json") for line in lines]}, None))
    assert {beat.line for beat in beats} <= {"", *(line.id for line in lines)}
    elements = woven(lines, beats)
    assert len({each.id for each in elements}) == len(elements)
    assert lines == list(dialogue(inputs))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shows(), TEXT, st.sampled_from((None, 1, 2, 3, 5, 12, 60)))
def test_any_bible_and_premise_are_planned(show: Show, premise: str, wanted: int | None) -> None:
    given = {"show": show.model_dump(mode="json"), "plan": None, "premise": premise, "scenes": wanted}
    header, *scenes = outlined(given)
    plan = EpisodePlan.model_validate(
        {"title": header["title"], "scenes": [{k: v for k, v in each.items() if k != "type"} for each in scenes]}
    )
    assert len(plan.scenes) == (wanted or 8)
    assert abs(sum(scene.seconds or 0 for scene in plan.scenes) - show.minutes * 60) < 0.01
    planted = {setup.id: at for at, scene in enumerate(plan.scenes) for setup in scene.setups}
    paid = {payoff.setup: at for at, scene in enumerate(plan.scenes) for payoff in scene.payoffs}
    assert planted.keys() == paid.keys()
    assert all(planted[name] < paid[name] for name in planted)


def test_sixty_scenes_with_one_character_and_no_sets() -> None:
    show = Show(title="Alone", minutes=4, characters=(Character(id="ada", name="Ada"),))
    work = writing.written(writing.brief(show, "Ada waits for the ferry.", rounds=0).model_copy(update={"scenes": 60}))
    assert len(work.script.scenes) == 60
    assert all(any(each.type == "dialogue" for each in scene.elements) for scene in work.script.scenes)
