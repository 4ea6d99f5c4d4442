"""The comedy pass: find every joke, write better punchlines for the weak ones, keep those that win."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from scenewright.domain.base import Json
from scenewright.domain.screenplay import ScriptScene
from scenewright.domain.show import Joke
from scenewright.kinds.episode.llm import prompts
from scenewright.kinds.episode.llm.jokes import Found, jokes_question, read_jokes
from scenewright.kinds.episode.llm.judging import (
    Winner,
    groups,
    judge_question,
    read_scores,
    runs_of_groups,
    winners,
)
from scenewright.kinds.episode.llm.page import Citations, Place, Whole, runs
from scenewright.kinds.episode.llm.punchlines import (
    Candidate,
    Missing,
    missing_callbacks,
    punchlines_question,
    read_candidates,
)
from scenewright.kinds.episode.llm.thinning import applied, insertions, thinned
from scenewright.plan import Step
from scenewright.providers.llm.asking import Asker

T = TypeVar("T")
RESERVE = 0.5  # share of the window that the text may take


async def comedy(asker: Asker, step: Step, window: int) -> dict[str, Any]:
    """The value of the step. Of an episode that does not fit into the window, a run of scenes is asked at a time."""
    found = _Pass(asker, step, window)
    jokes = await found.jokes()
    missing = await asyncio.to_thread(missing_callbacks, found.whole)
    candidates = await found.candidates(jokes, missing)
    won = await found.won(candidates)
    return await asyncio.to_thread(_value, found.whole, jokes, won, step.context["made_for"])


def told_once(read: Callable[[Json], T], nothing: T) -> Callable[[Json], T]:
    """`read`, but what is useless twice counts for `nothing`: the episode can do without a better joke."""
    told = False

    def reading(value: Json) -> T:
        nonlocal told
        try:
            return read(value)
        except ValueError:
            if told:
                return nothing
            told = True
            raise

    return reading


class _Pass:
    def __init__(self, asker: Asker, step: Step, window: int) -> None:
        self._asker, self._note, self._room = asker, step.note, int(window * RESERVE)
        self.whole = Whole.of(step.context)
        self._runs = runs([each for each in self.whole.scenes if each.elements], self.whole.names, self._room)
        self._cite = Citations(self.whole.scenes)
        self._task = prompts.task({**step.context["wishes"], "language": self.whole.language})

    async def jokes(self) -> list[Found]:
        found = list[Found]()
        for run in self._runs:
            question = jokes_question(self.whole, run, self._task, found, self._note)
            found += await self._asker.ask(question, partial(read_jokes, cite=self._cite, run=run))
        return found

    async def candidates(self, jokes: Sequence[Found], missing: Sequence[Missing]) -> list[Candidate]:
        """Nothing is asked about scenes without a weak joke and without a callback to place."""
        found = list[Candidate]()
        for run in self._runs:
            here = {scene.id for scene in run}
            wanted = [each for each in missing if each.scene in here]
            if wanted or any(each.weak and each.joke.scene in here for each in jokes):
                found += await self._better(run, jokes, wanted)
        return found

    async def _better(
        self, run: Sequence[ScriptScene], jokes: Sequence[Found], missing: Sequence[Missing]
    ) -> list[Candidate]:
        question = punchlines_question(self.whole, run, self._task, jokes, missing, self._note)

        def read(value: Json) -> list[Candidate]:
            return read_candidates(value, self.whole, self._cite, run, jokes, missing)

        return await self._asker.ask(question, told_once(read, list[Candidate]()))

    async def won(self, candidates: Sequence[Candidate]) -> list[Winner]:
        found = list[Winner]()
        for asked in runs_of_groups(self.whole, groups(self.whole, candidates), self._room):
            question = judge_question(self.whole, asked, self._task, self._note)
            read = told_once(partial(read_scores, asked=asked), dict[tuple[str, str], tuple[float, str]]())
            found += winners(asked, await self._asker.ask(question, read))
        return found


def _value(whole: Whole, found: Sequence[Found], won: Sequence[Winner], made_for: Json) -> dict[str, Any]:
    jokes = [each.joke for each in found]
    patches = thinned(whole, jokes, [each.candidate.patch for each in won])
    kept = [each for each in won if each.candidate.patch in patches]
    scenes = applied(whole, patches)
    new = {(patch.scene, patch.element): ident for patch, ident in insertions(scenes, patches)}
    after = _judged(jokes, kept, new, scenes)
    return {
        "jokes": [each.model_dump(mode="json") for each in after],
        "patches": [each.model_dump(mode="json") for each in patches],
        "callbacks": [*_found_callbacks(scenes, found), *_placed(whole, kept, new)],
        "made_for": made_for,
    }


def _judged(
    jokes: Sequence[Joke], kept: Sequence[Winner], new: dict[Place, str], scenes: Sequence[ScriptScene]
) -> list[Joke]:
    """The jokes as they are now, in the order of the script: with the scores of what won, and what was inserted."""
    scores = {each.candidate.joke: each.score for each in kept if each.candidate.joke}
    after = [joke.model_copy(update={"score": scores.get((joke.scene, joke.punchline), joke.score)}) for joke in jokes]
    for each in kept:
        patch = each.candidate.patch
        if patch.op == "insert":
            punchline = new[patch.scene, patch.element]
            after.append(Joke(scene=patch.scene, punchline=punchline, form="callback", score=each.score))
    order = [(scene.id, element.id) for scene in scenes for element in scene.elements]
    return sorted(after, key=lambda joke: order.index((joke.scene, joke.punchline)))


def _found_callbacks(scenes: Sequence[ScriptScene], found: Sequence[Found]) -> list[dict[str, Any]]:
    """Callbacks that the text has already, to the place that they call back to."""
    texts = {(scene.id, each.id): each.text for scene in scenes for each in scene.elements}
    return [_callback(each.place, ".".join(each.origin), texts[each.place]) for each in found if each.origin]


def _placed(whole: Whole, kept: Sequence[Winner], new: dict[Place, str]) -> list[dict[str, Any]]:
    """Callbacks that were placed now: planned ones by the id of what they call back to, others by its place."""
    planned = {each.id: each.to for scene in whole.plan.scenes for each in scene.callbacks}
    placed = [each.candidate for each in kept if each.candidate.patch.op == "insert"]
    return [
        _callback(
            (each.patch.scene, new[each.patch.scene, each.patch.element]),
            planned[each.callback] if each.callback else ".".join(each.origin or ()),
            each.patch.text,
            planned=bool(each.callback),
        )
        for each in placed
    ]


def _callback(place: Place, to: str, words: str, *, planned: bool = False) -> dict[str, Any]:
    return {"scene": place[0], "element": place[1], "to": to, "text": words, "planned": planned}
