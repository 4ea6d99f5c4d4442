"""What people write in a work themselves, and what nothing may change any more, as the events that say so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scenewright.app.control import scene_of
from scenewright.app.work import Work
from scenewright.domain.base import Json
from scenewright.domain.errors import BadInput
from scenewright.domain.events import (
    AnyEvent,
    SceneEdited,
    SceneLocked,
    ScenesArranged,
    SceneSkipped,
    SceneUnlocked,
    SceneWanted,
)
from scenewright.kinds.plugin import Imported, Source, TakesEdits
from scenewright.plan import Known


def lock(work: Work, said: str | int) -> list[AnyEvent]:
    """The scene stays as it reads now. Raises: BadInput: it is not written, or is locked already."""
    scene, known = scene_of(work.board, said), work.known
    if scene in known.locked:
        raise BadInput(f"Scene {said} is locked already; `scenewright unlock {work.id} --scene {said}` opens it.")
    if scene in known.skipped:
        raise BadInput(f"Scene {said} is skipped; `scenewright retry {work.id} --scene {said}` brings it back first.")
    if not work.board.complete(scene):
        raise BadInput(f"Scene {said} is not written yet; lock it when it is.")
    return [*_written_down(work, scene), SceneLocked(scene=scene)]


def unlock(work: Work, said: str | int) -> list[AnyEvent]:
    """The scene may change again; it reads as it did until something changes it. Raises: BadInput: it is open."""
    scene = scene_of(work.board, said)
    if scene not in work.known.locked:
        raise BadInput(f"Scene {said} is not locked.")
    opened = SceneUnlocked(scene=scene)
    return [opened, *_kept_out(work, scene, opened)]


def _written_down(work: Work, scene: str) -> Iterator[AnyEvent]:
    if isinstance(work.plugin, TakesEdits):
        value = work.plugin.standing(work.known, scene)
        if value is None:
            raise BadInput(f"Scene {work.board.position(scene) + 1} is not written yet; lock it when it is.")
        yield _written(work, scene, value)


def _kept_out(work: Work, scene: str, opened: SceneUnlocked) -> Iterator[AnyEvent]:
    """What was made for the scene while it was locked must not come in now."""
    if isinstance(work.plugin, TakesEdits):
        after = _with(work, [opened])
        now = work.plugin.texts(work.known).get(scene)
        if now is not None and not _same(work.plugin.texts(after).get(scene), now):
            yield _written(work, scene, now)


def _written(work: Work, scene: str, value: Json) -> SceneEdited:
    before = work.known.edits.get(scene)
    return SceneEdited(scene=scene, value=value, why="locked", written=before is not None and before.written)


def refuse_locked(work: Work, said: str | int) -> None:
    """Raises: BadInput: the scene is locked."""
    scene = scene_of(work.board, said)
    if scene in work.known.locked:
        raise BadInput(f"Scene {said} is locked; `scenewright unlock {work.id} --scene {said}` opens it first.")


def imported(work: Work, source: Source, *, force: bool = False) -> tuple[Imported, list[AnyEvent]]:
    """What a file changes. No events if it changes nothing.

    Raises: BadInput: it is no script, or not one of this work (unless forced), or it changes locked scenes.
    """
    plugin = editable(work, "comes back in from a file")
    found = plugin.imported(work.known, source)
    if not force:
        _refuse_foreign(work, source.name, found)
    _refuse_changed_locks(work, source.name, found)
    return found, list(_events_of(work, found, f"imported {source.name}"))


def _refuse_foreign(work: Work, name: str, found: Imported) -> None:
    remedy = "with --force it is taken all the same"
    if found.work and found.work != work.id:
        raise BadInput(f"{name} says that it is a script of work {found.work}, and not of {work.id}; {remedy}.")
    if not found.matched:
        raise BadInput(f"{name} has no scene of work {work.id}; {remedy}, and leaves every scene out that there was.")
    there = len(found.gone) + found.matched
    if 2 * len(found.gone) > there:
        raise BadInput(
            f"{name} has only {found.matched} of the {there} scenes that are written; the others would be left out. "
            f"If that is meant, {remedy}."
        )


def _refuse_changed_locks(work: Work, name: str, found: Imported) -> None:
    changed = [scene for scene in work.board.scenes if scene in {*found.edits, *found.gone} & work.known.locked]
    if changed:
        numbers = [str(work.board.position(scene) + 1) for scene in changed]
        raise BadInput(
            f"{name} changes {_scenes(numbers)}, and that is locked; nothing was taken. Open it first: "
            f"scenewright unlock {work.id} --scene {numbers[0]}"
        )


def _events_of(work: Work, found: Imported, why: str) -> Iterator[AnyEvent]:
    known = work.known
    for scene, value in found.edits.items():
        yield SceneEdited(scene=scene, value=value, why=why)
        if scene in known.skipped:
            yield SceneWanted(scene=scene)
    yield from _arranged(work, found.scenes, found.gone)


def _arranged(work: Work, order: Sequence[str], gone: Iterable[str]) -> Iterator[AnyEvent]:
    """The order, if it is another; scenes that are gone stand behind the others and are skipped."""
    out = [scene for scene in gone if scene not in work.known.skipped]
    if [*order, *(scene for scene in work.board.scenes if scene not in order)] != list(work.board.scenes):
        yield ScenesArranged(scenes=tuple(order))
    for scene in out:
        yield SceneSkipped(scene=scene)


def back_to(work: Work, number: int, then: Known) -> list[AnyEvent]:
    """The work reads as it did in a version. `then`: what was known at that time.

    Raises: BadInput: its outline has been made anew since, or it would change a locked scene.
    """
    plugin, known = editable(work, "returns to an earlier version"), work.known
    texts, order = plugin.texts(then), list(work.plugin.plan.scenes(then))
    wanted = [SceneWanted(scene=scene) for scene in texts if scene in known.skipped]
    now = plugin.texts(_with(work, wanted) if wanted else known)
    there = {*work.board.scenes, *known.edits, *then.edits}
    if lost := [scene for scene in texts if scene not in there]:
        raise BadInput(
            f"Version {number} has scenes that are in the plan no more ({', '.join(lost)}): the work was planned anew "
            f"since. `scenewright diff {work.id} {number}` still shows what they said."
        )
    out = [scene for scene in now if scene not in texts]
    kept = {scene: edit.value for scene, edit in known.edits.items() if scene not in work.board.scenes} | dict(now)
    changed = {scene: value for scene, value in texts.items() if not _same(kept.get(scene), value)}
    if locked := [scene for scene in (*changed, *out) if scene in known.locked]:
        numbers = [_number(work, scene) for scene in locked]
        raise BadInput(
            f"Version {number} has another text of {_scenes(numbers)}, and that is locked; open it first: "
            f"scenewright unlock {work.id} --scene {numbers[0]}"
        )
    edits = [SceneEdited(scene=scene, value=changed[scene], why=f"back to version {number}") for scene in changed]
    return [*edits, *wanted, *_arranged(work, order, out)]


def editable(work: Work, does: str) -> TakesEdits:
    """The work's kind, if people can write in it. Raises: BadInput."""
    if not isinstance(work.plugin, TakesEdits):
        raise BadInput(
            f"A {work.brief.kind} has no text that {does}; `scenewright regenerate {work.id} --scene N --note TEXT` "
            "writes a scene again."
        )
    return work.plugin


def _with(work: Work, events: Sequence[AnyEvent]) -> Known:
    """What would be known if this happened, too."""
    return Known().replay([*(logged.event for logged in work.events), *events])


def _same(one: Json | None, two: Json | None) -> bool:
    """Whether two values of scenes read alike; what else they hold is the kind's."""
    if one is None or two is None:
        return one is two
    return bool(one["scene"] == two["scene"] and one.get("act") == two.get("act"))


def _number(work: Work, scene: str) -> str:
    """As people count; the name of one that is in the plan no more."""
    return str(work.board.position(scene) + 1) if scene in work.board.scenes else scene


def _scenes(numbers: Sequence[str]) -> str:
    return f"scene {numbers[0]}" if len(numbers) == 1 else f"scenes {', '.join(numbers[:-1])} and {numbers[-1]}"
