"""A day in the room, from Python: files come back in, scenes are locked, versions are compared and taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.comparing import SceneDiff
from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.versions import Version
from scenewright.app.works import Works
from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput
from scenewright.domain.events import RunStarted
from scenewright.kinds.episode import kind
from scenewright.kinds.plugin import Source
from scenewright.plan import Step
from tests.kinds.episode.authors import PLAIN, performers
from tests.kinds.episode.desk import brief

Act = Callable[[Works, str], Awaitable[Any]]


@pytest.fixture(autouse=True)
def authors(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Who writes: the scripted authors; with these answers instead of theirs."""

    def are(**others: Any) -> None:
        monkeypatch.setattr(kind, "_authors", lambda brief, tools: performers(**others))

    are()
    return are


def played(home: Path, *acts: Act, scenes: int = 3, **details: Any) -> list[Any]:
    """A work that is made, then these acts, each in a process of its own as far as the data folder can tell."""

    async def go() -> list[Any]:
        async with Works(Settings(home=home)) as works:
            work = await works.create(Request(brief=brief(scenes, **details)))
            assert (await works.run(work)).outcome == "done"
        results = []
        for act in acts:
            async with Works(Settings(home=home)) as works:
                results.append(await act(works, work))
        return results

    return asyncio.run(go())


async def document(works: Works, work: str) -> Episode:
    made = await works.document(await works.open(work))
    assert isinstance(made, Episode)
    return made


async def lines(works: Works, work: str) -> dict[str, list[str]]:
    return {scene.id: [each.text for each in scene.elements] for scene in (await document(works, work)).scenes}


async def fountain(works: Works, work: str) -> str:
    from scenewright.exports.episode.fountain import to_fountain

    return to_fountain((await document(works, work)).script)


async def rewritten(works: Works, work: str, *changes: tuple[str, str], force: bool = False) -> Any:
    """The script with other words comes back in, and the work is run on."""
    text = await fountain(works, work)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    found = await works.import_(work, Source(name="draft.fountain", data=text.encode()), force=force)
    await works.run(work, again=False)
    return found


def whys(versions: Sequence[Version]) -> list[str]:
    return [version.why for version in versions]


def shown(diffs: Sequence[SceneDiff]) -> list[tuple[str, str, list[str]]]:
    return [
        (each.key, each.change, [f"{line.sign}{line.text}" for line in each.lines if line.sign in "+-"])
        for each in diffs
    ]


def test_versions_tell_where_a_text_came_from(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> Sequence[Version]:
        await works.regenerate(work, 3, note="Ada should find out here")
        await works.run(work, again=False)
        await rewritten(works, work, ("Soup, s1.", "Bisque."))
        return await works.versions(work)

    (versions,) = played(tmp_path, act)
    assert whys(versions) == [
        "draft",
        "after the comedy pass",
        "refined, round 1",
        "scene 3 written again: Ada should find out here",
        "imported draft.fountain",
    ]
    assert [version.changed for version in versions] == [(), (1, 2, 3), (2,), (3,), (1,)]
    assert [version.number for version in versions] == [1, 2, 3, 4, 5]
    assert sorted(version.seq for version in versions) == [version.seq for version in versions]


def test_two_versions_are_compared_scene_by_scene(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> list[Any]:
        await rewritten(works, work, ("Soup, s1.", "Bisque, s1."))
        (_, _, newest), (_, _, all_), (_, _, one) = (
            await works.diff(work),
            await works.diff(work, 1, 2),
            await works.diff(work, 1, 2, scene=3),
        )
        with pytest.raises(BadInput, match="versions 1 to 4"):
            await works.diff(work, 9)
        with pytest.raises(BadInput, match="no scene '7'"):
            await works.diff(work, scene=7)
        return [shown(newest), [key for key, _, _ in shown(all_)], shown(one)]

    ((newest, all_, one),) = played(tmp_path, act)
    assert newest == [("s1", "changed", ["-Soup, s1.", "+Bisque, s1."])]
    assert all_ == ["s1", "s2", "s3"]
    assert one == [("s3", "changed", ["-It is the sea of s3, take 0.", "+Soup, s3."])]


def test_undo_makes_a_version_and_can_be_undone(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> list[Any]:
        drafted = await lines(works, work)
        await rewritten(works, work, ("Soup, s1.", "Bisque."), ("Refined.", "Mine."))
        mine = await lines(works, work)
        back = await works.undo(work)
        await works.run(work, again=False)
        undone = await lines(works, work)
        await works.undo(work)
        await works.run(work, again=False)
        redone = await lines(works, work)
        await works.undo(work, 1)
        return [drafted == undone, mine == redone, mine == drafted, back.number, await works.versions(work)]

    ((undone, redone, same, number, versions),) = played(tmp_path, act)
    assert (undone, redone, same, number) == (True, True, False, 3)
    assert whys(versions)[3:] == [
        "imported draft.fountain",
        "back to version 3",
        "back to version 4",
        "back to version 1",
    ]
    assert versions[-1].sections == versions[0].sections


def test_scenes_that_were_added_moved_and_left_out_come_back(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> list[Any]:
        text = await fountain(works, work)
        head, first, second, third = (text + "\n").split("## ")
        mixed = "## ".join([head, third, first]) + "INT. PIER - DAY\n\nA gull lands.\n"
        found = await works.import_(work, Source(name="d.fountain", data=mixed.encode()))
        assert (await works.run(work, again=False)).outcome == "done"
        after = await lines(works, work)
        _, _, diffs = await works.diff(work)
        assert second
        await works.undo(work)
        await works.run(work, again=False)
        undone = await lines(works, work)
        await works.undo(work)
        await works.run(work, again=False)
        return [found.gone, after, [(each.key, each.change) for each in diffs], undone, await lines(works, work)]

    ((gone, after, diffs, undone, redone),) = played(tmp_path, act)
    assert gone == ("s2",)
    assert list(after) == ["s3", "s1", "new-1"]
    assert set(diffs) == {("s2", "removed"), ("new-1", "added"), ("s1", "moved")} or set(diffs) == {
        ("s2", "removed"),
        ("new-1", "added"),
        ("s3", "moved"),
    }
    assert list(undone) == ["s1", "s2", "s3"]
    assert undone["s2"][0] == "Refined."
    assert redone == after


def test_a_locked_scene_is_changed_by_nothing_and_says_how_to_open_it(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> list[Any]:
        before = await lines(works, work)
        await works.lock(work, 2)
        assert await lines(works, work) == before
        for refused in (
            works.regenerate(work, 2),
            works.retry(work, 2),
            works.skip(work, 2),
            works.undo(work, 1),
            rewritten(works, work, ("Refined.", "Mine."), ("Soup, s1.", "Bisque.")),
            works.import_(work, Source(name="d.fountain", data=b"INT. PIER\n\nFog.\n"), force=True),
        ):
            with pytest.raises(BadInput, match=rf"locked.*scenewright unlock {work} --scene 2"):
                await refused
        with pytest.raises(BadInput, match="locked already"):
            await works.lock(work, 2)
        assert await lines(works, work) == before
        assert await works.refresh(work)
        await works.run(work, again=False)
        assert (await lines(works, work))["s2"] == before["s2"]
        assert (await document(works, work)).locked == ("s2",)
        assert (await document(works, work)).edited == ()
        await works.unlock(work, 2)
        with pytest.raises(BadInput, match="not locked"):
            await works.unlock(work, 2)
        await works.run(work, again=False)
        assert (await lines(works, work))["s2"] == before["s2"]
        await works.regenerate(work, 2, note="softer")
        await works.run(work, again=False)
        return [(await lines(works, work))["s2"][0], whys(await works.versions(work))]

    ((first, versions),) = played(tmp_path, act)
    assert first == "Is this the fog of s2, take 1? (softer)"
    assert versions == ["draft", "after the comedy pass", "refined, round 1", "scene 2 written again: softer"]


def test_what_is_not_written_yet_cannot_be_locked(tmp_path: Path) -> None:
    async def go() -> None:
        async with Works(Settings(home=tmp_path)) as works:
            work = await works.create(Request(brief=brief()))
            with pytest.raises(BadInput, match="no scene is planned yet"):
                await works.lock(work, 1)
            assert await works.versions(work) == []
            with pytest.raises(BadInput, match="Nothing of this work is written yet"):
                await works.diff(work)

    asyncio.run(go())


def test_one_note_changes_no_other_line_and_refresh_says_what_it_takes(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> list[Any]:
        before = await lines(works, work)
        await works.regenerate(work, 3, note="faster")
        await works.run(work, again=False)
        after = await lines(works, work)
        opened = await works.open(work)
        stale = [(str(step.step), step.planning) for step in opened.stale(outline=False)]
        assert await works.refresh(work)
        await works.run(work, again=False)
        fresh = (await works.open(work)).stale()
        return [before, after, stale, fresh, (await lines(works, work))["s3"]]

    ((before, after, stale, fresh, last),) = played(tmp_path, act)
    assert {scene: after[scene] for scene in ("s1", "s2")} == {scene: before[scene] for scene in ("s1", "s2")}
    assert after["s3"][0] == "Is this the fog of s3, take 1? (faster)"
    assert stale == [("comedy", False), ("review/1", False), ("review/2", False)]
    assert fresh == []
    assert last[2] == "Soup, s3."


def test_a_file_of_another_work_or_with_most_scenes_gone_is_taken_only_with_force(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> Any:
        text = await fountain(works, work)
        other = text.replace(f"Scenewright: {work}", "Scenewright: elsewhere")
        assert other != text
        strange = b"INT. PIER\n\nFog.\n"
        one = "## ".join(text.split("## ")[:2])
        for data, said in ((other.encode(), "elsewhere"), (strange, "no scene of"), (one.encode(), "only 1 of the 3")):
            with pytest.raises(BadInput, match=f"{said}.*--force"):
                await works.import_(work, Source(name="d.fountain", data=data))
        before = len((await works.open(work)).events)
        await works.import_(work, Source(name="d.fountain", data=text.encode()))
        assert len((await works.open(work)).events) == before
        await works.import_(work, Source(name="d.fountain", data=one.encode()), force=True)
        return list(await lines(works, work))

    assert played(tmp_path, act) == [["s1"]]


def test_a_scene_that_a_person_added_has_no_other_take(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> Any:
        text = await fountain(works, work) + "\nINT. PIER\n\nFog.\n"
        await works.import_(work, Source(name="d.fountain", data=text.encode()))
        await works.run(work, again=False)
        with pytest.raises(BadInput, match="added by a person"):
            await works.regenerate(work, 4)
        await works.lock(work, 4)
        await works.unlock(work, 4)
        await works.skip(work, 4)
        await works.retry(work, 4)
        return list(await lines(works, work))

    assert played(tmp_path, act) == [["s1", "s2", "s3", "new-1"]]


def test_an_edit_gives_way_to_another_take_and_a_version_keeps_it(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> Any:
        await rewritten(works, work, ("Soup, s3.", "Bisque."))
        await works.regenerate(work, 3)
        await works.run(work, again=False)
        gone = "Bisque." not in (await lines(works, work))["s3"]
        await works.undo(work)
        return gone, (await lines(works, work))["s3"][2]

    assert played(tmp_path, act) == [(True, "Bisque.")]


def test_what_is_imported_while_the_work_runs_is_obeyed_by_whoever_runs_it(
    tmp_path: Path, authors: Callable[..., None]
) -> None:
    """The edit of scene 1 comes while the comedy pass is at work: its patch for that scene no longer applies."""

    async def go() -> tuple[list[Any], dict[str, list[str]]]:
        at_work, go_on = asyncio.Event(), asyncio.Event()

        def comedy(step: Step) -> dict[str, Any]:
            at_work.set()
            return PLAIN["comedy"](step)

        authors(comedy=comedy)
        async with Works(Settings(home=tmp_path)) as works, Works(Settings(home=tmp_path)) as elsewhere:
            work = await works.create(Request(brief=brief()))
            slow = kind._authors(None, None)  # type: ignore[arg-type]

            async def held(step: Step, desk: Any) -> Any:
                made = await slow["comedy"](step, desk)
                await go_on.wait()
                return made

            others = {**slow, "comedy": held}
            kind._authors = lambda brief, tools: others
            running = asyncio.create_task(works.run(work))
            await at_work.wait()
            text = (await fountain(elsewhere, work)).replace("Is this the fog of s1, take 0?", "Mine.")
            await elsewhere.import_(work, Source(name="d.fountain", data=text.encode()))
            await elsewhere.lock(work, 3)
            go_on.set()
            assert (await asyncio.wait_for(running, 30)).outcome == "done"
            opened = await works.open(work)
            runs = [logged for logged in opened.events if isinstance(logged.event, RunStarted)]
            return runs, await lines(works, work)

    runs, read = asyncio.run(go())
    assert len(runs) == 1
    assert read["s1"] == ["Mine.", "Bo wipes the glass of s1.", "It is the sea of s1, take 0."]
    assert read["s2"][2] == "Soup, s2."
    assert read["s3"][2] == "It is the sea of s3, take 0."


def test_versions_of_a_work_that_was_killed(tmp_path: Path) -> None:
    async def act(works: Works, work: str) -> list[str]:
        opened = await works.open(work)
        cut = next(logged.seq for logged in opened.events if getattr(logged.event, "step", None) == comedy_of(opened))
        await works._database.run(lambda db: db.execute("DELETE FROM events WHERE seq > ?", (cut,)) and None)
        return whys(await works.versions(work))

    def comedy_of(opened: Any) -> Any:
        return next(step for step in opened.known.adopted if step.name == "comedy")

    assert played(tmp_path, act) == [["draft"]]
