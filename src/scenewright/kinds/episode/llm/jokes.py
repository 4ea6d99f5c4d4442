"""The first question of the comedy pass: where the jokes are, and how good each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenewright.domain.base import Json
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Joke
from scenewright.kinds.episode.llm import prompts
from scenewright.kinds.episode.llm.forms import JokesForm, schema
from scenewright.kinds.episode.llm.mend_show import as_told
from scenewright.kinds.episode.llm.page import Citations, Place, Whole, numbered
from scenewright.kinds.mending import listed, member, text
from scenewright.providers.llm.asking import Question

WEAK = 0.5  # a joke below this gets alternatives
BEFORE = 12  # jokes of earlier scenes that are shown, the best
FORMS = ("wordplay", "situational", "physical", "callback", "character", "misdirection", "running_gag")


@dataclass(frozen=True, kw_only=True)
class Found:
    joke: Joke
    origin: Place | None = None  # what it calls back to, in an earlier scene

    @property
    def place(self) -> Place:
        return self.joke.scene, self.joke.punchline

    @property
    def weak(self) -> bool:
        return (self.joke.score or 0.0) < WEAK


def jokes_question(
    whole: Whole, run: Sequence[ScriptScene], wishes: str, before: Sequence[Found], note: str
) -> Question:
    """`before`: jokes of earlier runs of scenes, which those of this run may call back to."""
    told = "\n".join(f"[{scene}.{element}] {words}" for (scene, element), words in _best(whole, before).items())
    return Question(
        messages=prompts.messages(
            "comedy-jokes",
            wishes,
            prompts.show(as_told(whole.show.model_dump(mode="json"))),
            f"# Jokes in the scenes before\n{told}" if told else "",
            f"# Text\n{numbered(run, whole.names)}",
            prompts.wish(note),
        ),
        schema=schema(JokesForm),
        name="jokes",
    )


def read_jokes(value: Json, cite: Citations, run: Sequence[ScriptScene]) -> list[Found]:
    """In the order of the script; of two with one punchline the better. Raises: ValueError: for the model."""
    if not isinstance(value, dict) or not isinstance(value.get("jokes"), list):
        raise ValueError("`jokes` is missing; give an empty list if there are none")
    raws = [raw for raw in listed(member(value, "jokes")) if isinstance(raw, dict)]
    places = cite.read([member(raw, "punchline") for raw in raws])
    order = {(scene.id, each.id): at for at, (scene, each) in enumerate((s, e) for s in run for e in s.elements)}
    found: dict[Place, Found] = {}
    for raw, place in zip(raws, places, strict=True):
        if place in order and place is not None:
            joke = _found(raw, place, cite.one(member(raw, "setup")))
            if place not in found or (joke.joke.score or 0.0) > (found[place].joke.score or 0.0):
                found[place] = joke
    return sorted(found.values(), key=lambda each: order[each.place])


def score(value: Json) -> float | None:
    """0 to 1; None if it is no number. What is above 1 is taken for points of 10 or 100."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 100:
        return None
    return round(value if value <= 1 else value / 10 if value <= 10 else value / 100, 3)


def _found(raw: Mapping[str, Json], place: Place, setup: Place | None) -> Found:
    scene, punchline = place
    form = text(raw.get("form"))
    near = setup is not None and setup[0] == scene and setup != place
    joke = Joke(
        scene=scene,
        punchline=punchline,
        setup=setup[1] if setup and near else "",
        form=form if form in FORMS else "",
        score=score(raw.get("score")),
    )
    return Found(joke=joke, origin=setup if setup and setup[0] != scene else None)


def _best(whole: Whole, before: Sequence[Found]) -> dict[Place, str]:
    texts = {(scene.id, each.id): each.text for scene in whole.scenes for each in scene.elements}
    best = sorted(before, key=lambda each: -(each.joke.score or 0.0))[:BEFORE]
    return {each.place: texts[each.place] for each in best}
