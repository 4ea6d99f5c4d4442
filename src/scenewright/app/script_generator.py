"""`scenewright.ScriptGenerator`: an episode's script with one call, for programs that bring their own values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from scenewright.app.making import Made, run, settings_of
from scenewright.app.reporting import OnProgress
from scenewright.app.settings import Settings
from scenewright.app.sources import Request, authored
from scenewright.app.works import Works
from scenewright.domain.base import Value
from scenewright.domain.brief import Brief
from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput, ScenewrightError
from scenewright.domain.show import Character, EpisodePlan, Show
from scenewright.kinds.episode.details import MOST_ROUNDS

V = TypeVar("V", bound=Value)


class ScriptIncomplete(ScenewrightError):
    """Not every scene could be written. What was is in `partial`; `Works.run` with the work's id goes on with it.

    `partial`: the episode as far as it goes. `failed`: id of a scene -> why it is not there. `reason`: why it ended.
    """

    def __init__(self, work: str, reason: str, partial: Episode, failed: Mapping[str, str]) -> None:
        named = "; ".join(f"{scene}: {why}" for scene, why in failed.items()) or reason
        super().__init__(f"The script is not complete ({named}). `scenewright resume {work}` goes on with it.")
        self.work, self.reason, self.partial, self.failed = work, reason, partial, failed


class ScriptGenerator:
    """Writes scripts. Nothing is spoken unless `audio` is set.

    `max_parallel_scenes`: calls to the model in flight; 0, None and False are one at a time, True is 3, "auto" adapts.
    `max_refinement_iterations`: rounds of review and refinement, 0 to 10. `quality_threshold`: 0 to 1; from there on
    nothing is refined. `model`: "provider:model", or None as the settings say; without one, the offline author puts
    the script together. `home`: the data folder. Raises: BadInput, BadSettings: an option has a value it cannot have.
    """

    def __init__(
        self,
        max_parallel_scenes: bool | int | str | None = 3,
        max_refinement_iterations: int = 3,
        quality_threshold: float = 0.75,
        *,
        model: str | None = None,
        models: Mapping[str, str] | None = None,
        base_url: str | None = None,
        home: str | Path | None = None,
        language: str = "",
        instructions: str = "",
        audio: bool = False,
        voice: str = "",
        speech_url: str | None = None,
    ) -> None:
        rounds, wanted = max_refinement_iterations, quality_threshold
        if isinstance(rounds, bool) or not isinstance(rounds, int) or not 0 <= rounds <= MOST_ROUNDS:
            raise BadInput(f"max_refinement_iterations is a whole number from 0 to {MOST_ROUNDS}, not {rounds!r}.")
        if isinstance(wanted, bool) or not isinstance(wanted, int | float) or not 0 <= wanted <= 1:
            raise BadInput(f"quality_threshold is a number from 0 to 1, not {wanted!r}.")
        self._details = {"rounds": rounds, "threshold": float(wanted)}
        self._model = model
        self._settings: Settings = settings_of(
            home=home,
            base_url=base_url,
            speech_url=speech_url,
            parallel_scene_concurrency=max_parallel_scenes or "off",
        )
        self._fields = {
            "models": dict(models or {}),
            "language": language,
            "instructions": instructions,
            "audio": audio,
            "voice": voice or self._settings.voice,
        }

    async def generate_full_script(
        self,
        outline: EpisodePlan | Mapping[str, Any] | str | None,
        characters: Sequence[Character | Mapping[str, Any]],
        show: Show | Mapping[str, Any],
        progress_callback: OnProgress | None = None,
    ) -> Episode:
        """The finished episode.

        `outline`: a plan with its scenes; a premise, or None: then one is planned. `characters`: those of the show,
        too, unless they are here again by their id. `progress_callback`: (status, current, total), plain or async.

        Raises: BadInput: names the field that is wrong; BadSettings: nothing has been paid. ScriptIncomplete: a scene
        failed, or the run was stopped; nothing is left running. StoreError. Cancelling it cancels the run.
        """
        request = self._request(outline, characters, show)
        async with Works(self._settings) as works:
            work = await works.create(authored(request, self._model, self._settings.model))
            made = await run(works, work, on_progress=progress_callback)
            return await _result(works, made)

    def _request(
        self,
        outline: EpisodePlan | Mapping[str, Any] | str | None,
        characters: Sequence[Character | Mapping[str, Any]],
        show: Show | Mapping[str, Any],
    ) -> Request:
        bible = _with(_value(Show, show, "show"), _all(characters))
        plan = None if outline is None or isinstance(outline, str) else _value(EpisodePlan, outline, "outline")
        _check(bible, plan)
        details = {
            **self._details,
            "show": bible.model_dump(mode="json"),
            "plan": plan.model_dump(mode="json") if plan else None,
        }
        topic = outline.strip() if isinstance(outline, str) else ""
        return Request(brief=Brief(kind="episode", topic=topic, details=details, **cast(Any, self._fields)))

    def __repr__(self) -> str:
        settings = self._settings.for_models
        return f"ScriptGenerator(parallel={settings}, {self._details!r})"


async def _result(works: Works, made: Made) -> Episode:
    opened = await works.open(made.work)
    episode = cast(Episode, await works.document(opened, empty=True))
    if made.outcome == "done":
        return episode
    failed = {scene: failure.reason for scene, failure in opened.known.failed_scenes.items()}
    raise ScriptIncomplete(made.work, made.reason, episode, failed)


def _all(characters: Iterable[Character | Mapping[str, Any]]) -> list[Character]:
    return [_value(Character, _with_id(each), f"characters.{number}") for number, each in enumerate(characters)]


def _with_id(given: Character | Mapping[str, Any]) -> Character | Mapping[str, Any]:
    """As in a bible: who has no id is called by the name."""
    if isinstance(given, Character) or "id" in given or not isinstance(given.get("name"), str):
        return given
    from scenewright.kinds.episode.source.names import ident

    return {**given, "id": ident(given["name"], "")}


def _with(show: Show, characters: Sequence[Character]) -> Show:
    _once("characters", [each.id for each in characters])
    people = {each.id: each for each in (*show.characters, *characters)}
    return show.model_copy(update={"characters": tuple(people.values())})


def _check(show: Show, plan: EpisodePlan | None) -> None:
    _once("outline.scenes", [scene.id for scene in plan.scenes] if plan else [])
    there = {each.id for each in show.characters}
    for number, scene in enumerate(plan.scenes if plan else ()):
        if unknown := [who for who in scene.characters if who not in there]:
            known = ", ".join(sorted(there)) or "nobody"
            raise BadInput(f"outline.scenes.{number}.characters: there is no {unknown[0]!r}; there is {known}.")


def _once(where: str, ids: Sequence[str]) -> None:
    if twice := [name for name, count in Counter(ids).items() if count > 1]:
        raise BadInput(f"{where}: the id {twice[0]!r} is there twice; give each its own.")


def _value(kind: type[V], given: V | Mapping[str, Any], where: str) -> V:
    """Raises: BadInput: names the field."""
    try:
        return given if isinstance(given, kind) else kind.model_validate(given)
    except ValidationError as exc:
        error = exc.errors(include_url=False, include_input=False)[0]
        field = ".".join((where, *(str(step) for step in error["loc"])))
        raise BadInput(f"{field}: {error['msg']}; mend it and try again.") from exc
