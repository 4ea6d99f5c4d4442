"""What people write in works themselves: files that come back in, locks, versions. Asked like all else, by the log."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from scenewright.app import editing
from scenewright.app.comparing import SceneDiff, compared
from scenewright.app.control import scene_of
from scenewright.app.sections import Section, sections
from scenewright.app.shelf import Shelf
from scenewright.app.versions import Moment, Version, Walk, chosen
from scenewright.app.work import Work
from scenewright.domain.base import Value, canonical
from scenewright.domain.events import AnyEvent
from scenewright.kinds.plugin import Imported, Source, TakesEdits
from scenewright.plan import Known


class Drafts(Shelf, ABC):
    @abstractmethod
    async def assembled(self, work: Work, known: Known) -> Value:
        """The work in its kind's published format, with what was known of it at some time."""

    async def import_(self, work: str, source: Source, *, force: bool = False) -> Imported:
        """A file that was edited elsewhere: what it changes is taken over, as edits of the scenes.

        `force`: also if it looks like a file of another work, or lacks most of the scenes.
        Raises: BadInput: it cannot be used; nothing was taken.
        """
        taken: list[Imported] = []

        def asked(opened: Work) -> Sequence[AnyEvent]:
            found, events = editing.imported(opened, source, force=force)
            taken.append(found)
            return events

        await self._ask(work, asked)
        return taken[0]

    async def lock(self, work: str, scene: str | int) -> None:
        """No later step changes the scene. Raises: BadInput."""
        await self._ask(work, lambda opened: editing.lock(opened, scene))

    async def unlock(self, work: str, scene: str | int) -> None:
        """Raises: BadInput: it is not locked."""
        await self._ask(work, lambda opened: editing.unlock(opened, scene))

    async def versions(self, work: str) -> Sequence[Version]:
        """Every text that the work has had, oldest first; the last is the one of now."""
        opened = await self.open(work)
        walk, found = Walk(opened.plugin), list[Version]()
        for moment in walk.moments(opened.events):
            now = await self._sections(opened, moment.known)
            if now and not (found and now == found[-1].sections):
                found.append(_version(found, moment, now))
                walk.taken()
        return found

    async def diff(
        self, work: str, before: int | None = None, after: int | None = None, scene: str | int | None = None
    ) -> tuple[Version, Version, Sequence[SceneDiff]]:
        """What differs between two versions: the newest and the one before it, or another and the newest.

        `scene`: of this one only. Raises: BadInput: there is no such version or scene.
        """
        found = await self.versions(work)
        one, two = chosen(found, before, 1), chosen(found, after, 0)
        diffs = compared(one.sections, two.sections)
        if scene is None:
            return one, two, diffs
        opened = await self.open(work)
        name = scene_of(opened.board, scene)
        key = _key_of(opened, name, two)
        return one, two, [each for each in diffs if each.key == key]

    async def undo(self, work: str, to: int | None = None) -> Version:
        """Goes back to a version, by default the one before the newest; that makes another one. Returns: it as it was.

        Raises: BadInput: there is none, its scenes are planned no more, or it would change a locked scene.
        """
        version = chosen(await self.versions(work), to, 1)

        def asked(opened: Work) -> Sequence[AnyEvent]:
            then = Known().replay(logged.event for logged in opened.events[: version.seq])
            return editing.back_to(opened, version.number, then)

        await self._ask(work, asked)
        return version

    async def _sections(self, work: Work, known: Known) -> tuple[Section, ...]:
        """The text at some time, in pieces; () while nothing is written."""
        from scenewright.exports import formats_of  # heavy

        ids = list(work.plugin.texts(known)) if isinstance(work.plugin, TakesEdits) else []
        if not (ids or (not isinstance(work.plugin, TakesEdits) and any(step.scene for step in known.adopted))):
            return ()
        document = await self.assembled(work, known)
        write = next((each.text for each in formats_of(work.brief.kind) if each.text), None)
        return sections(write(document) if write else _plain(document), ids)


def _version(earlier: Sequence[Version], moment: Moment, now: tuple[Section, ...]) -> Version:
    others = [each for each in compared(earlier[-1].sections, now) if each.number] if earlier else []
    return Version(
        number=len(earlier) + 1,
        seq=moment.seq,
        at=moment.at,
        why=moment.why,
        changed=tuple(each.number for each in others if each.change != "removed"),
        gone=sum(each.change == "removed" for each in others),
        sections=now,
    )


def _key_of(work: Work, scene: str, version: Version) -> str:
    """For kinds whose sections have no ids: the scene in the same place."""
    if isinstance(work.plugin, TakesEdits):
        return scene
    place = work.board.position(scene) + 1
    return next((each.key for each in version.sections if each.number == place), scene)


def _plain(document: Value) -> str:
    """For kinds without a text of their own."""
    import json

    return json.dumps(json.loads(canonical(document.model_dump(mode="json"))), indent=1, ensure_ascii=False)
