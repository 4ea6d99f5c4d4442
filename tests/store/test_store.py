"""What survives: events, answers and blobs on a real disk."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from scenewright.domain.errors import BadInput, StoreError, WorkBusy
from scenewright.domain.events import CallMade, RunPausing
from scenewright.domain.steps import StepId
from scenewright.store import AnswerRows, Blobs, Database, Lease, Log
from scenewright.store import database as database_module
from scenewright.store.database import MIGRATIONS


@pytest.fixture
def database(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = Database(tmp_path / "home")
    yield opened
    opened.close()


def test_events_come_back_in_order_without_gaps(database: Database) -> None:
    async def write() -> None:
        log = Log(database)
        work = await log.create("classroom")
        await asyncio.gather(*(log.append(work, RunPausing(reason=f"r{n}")) for n in range(20)))
        logged = await log.read(work)
        assert [entry.seq for entry in logged] == list(range(1, 21))
        assert sorted(entry.event.reason for entry in logged if entry.event.type == "run.pausing") == sorted(
            f"r{n}" for n in range(20)
        )

    asyncio.run(write())


def test_a_work_is_found_by_its_first_letters(database: Database) -> None:
    async def look() -> None:
        log = Log(database)
        work = await log.create("classroom")
        assert await log.find(work[:5]) == work
        for wrong in ("", "zzzzzzzzz"):
            with pytest.raises(BadInput, match="There is no work"):
                await log.find(wrong)
        with pytest.raises(BadInput, match="There is no work"):
            await log.read("nosuch")

    asyncio.run(look())


def test_blobs_are_addressed_by_content_and_damage_shows(database: Database) -> None:
    async def keep() -> None:
        log, blobs = Log(database), Blobs(database)
        work = await log.create("classroom")
        name = await blobs.put(work, b"sound")
        assert await blobs.put(work, b"sound") == name
        assert await blobs.get(name) == b"sound"
        (database.folder / "blobs" / name[:2] / name[2:]).write_bytes(b"noise")
        with pytest.raises(StoreError, match="damaged"):
            await blobs.get(name)

    asyncio.run(keep())


def test_removing_a_work_drops_only_what_no_other_uses(database: Database) -> None:
    async def remove() -> None:
        log, blobs, rows = Log(database), Blobs(database), AnswerRows(database)
        one, two = await log.create("classroom"), await log.create("classroom")
        own, shared = await blobs.put(one, b"own"), await blobs.put(one, b"shared")
        assert await blobs.put(two, b"shared") == shared
        step = StepId(name="content", scene="s1")
        for key, works in (("mine", [one]), ("ours", [one, two])):
            await rows.put(key, "{}", None)
            for work in works:
                await log.append(work, CallMade(step=step, account="a", model="m", key=key))
        await blobs.drop(await log.remove(one, answers=True))
        assert (await blobs.has(own), await blobs.has(shared)) == (False, True)
        assert (await rows.get("mine"), await rows.get("ours")) == (None, ("{}", None))
        assert [row.id for row in await log.works()] == [two]

    asyncio.run(remove())


def test_removing_a_work_keeps_paid_answers_unless_told_otherwise(database: Database) -> None:
    async def remove() -> None:
        log, rows = Log(database), AnswerRows(database)
        work = await log.create("classroom")
        await rows.put("paid", "{}", b"audio")
        await log.append(work, CallMade(step=StepId(name="clip"), account="a", model="m", key="paid"))
        await log.remove(work)
        assert await rows.get("paid") == ("{}", b"audio")

    asyncio.run(remove())


def test_a_newer_data_folder_is_refused_with_the_remedy(tmp_path: Path) -> None:
    Database(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "scenewright.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"newer Scenewright.*SCENEWRIGHT_HOME"):
        Database(tmp_path)


def test_a_folder_that_cannot_be_used_is_an_error_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="SCENEWRIGHT_HOME"):
        Database(tmp_path / "file" / "home")
    (tmp_path / "scenewright.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="SCENEWRIGHT_HOME"):
        Database(tmp_path)


def test_the_database_is_durable_and_allows_readers(database: Database) -> None:
    def pragmas(db: sqlite3.Connection) -> tuple[str, int]:
        return db.execute("PRAGMA journal_mode").fetchone()[0], db.execute("PRAGMA synchronous").fetchone()[0]

    assert asyncio.run(database.run(pragmas)) == ("wal", 2)


def test_a_write_that_was_asked_for_happens_though_the_asker_left(database: Database) -> None:
    async def leave() -> None:
        log = Log(database)
        work = await log.create("classroom")
        appending = asyncio.ensure_future(log.append(work, RunPausing(reason="kept")))
        await asyncio.sleep(0)
        appending.cancel()
        await asyncio.wait({appending})
        assert len(await log.read(work)) == 1

    asyncio.run(leave())


HOLDER = """
    import sys
    from pathlib import Path
    from scenewright.store import Lease
    with Lease(Path(sys.argv[1]), "work"):
        print("held", flush=True)
        sys.stdin.read()
"""


def test_one_process_holds_a_work_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(WorkBusy, match="another process"), Lease(tmp_path, "work"):
            pass
        with Lease(tmp_path, "other"):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with Lease(tmp_path, "work"):
        pass


def test_before_a_migration_everything_that_was_committed_is_backed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what another process committed last and SQLite still keeps beside the file."""
    first = Database(tmp_path)
    asyncio.run(Log(first).create("classroom"))
    monkeypatch.setattr(database_module, "MIGRATIONS", (*MIGRATIONS, "ALTER TABLE works ADD COLUMN note TEXT"))
    Database(tmp_path).close()
    first.close()
    with closing(sqlite3.connect(tmp_path / "scenewright.v1.bak")) as backup:
        assert backup.execute("SELECT count(*) FROM works").fetchone() == (1,)
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_damaged_blob_is_mended_when_it_is_put_again(database: Database) -> None:
    async def mend() -> None:
        blobs, work = Blobs(database), await Log(database).create("classroom")
        name = await blobs.put(work, b"sound")
        (database.folder / "blobs" / name[:2] / name[2:]).write_bytes(b"sou")
        await blobs.put(work, b"sound")
        assert await blobs.get(name) == b"sound"

    asyncio.run(mend())


def test_a_log_of_another_time_is_an_error_with_the_remedy(database: Database) -> None:
    async def read() -> None:
        log = Log(database)
        work = await log.create("classroom")
        await database.run(lambda db: db.execute("INSERT INTO events VALUES (?, 1, 0, 'x', '{}')", (work,)) and None)
        with pytest.raises(StoreError, match=f"scenewright remove {work}"):
            await log.read(work)

    asyncio.run(read())


OPENER = (
    "import sys; from pathlib import Path; from scenewright.store import Database; Database(Path(sys.argv[1])).close()"
)


def test_processes_that_open_a_new_folder_together_do_not_trip_over_each_other(tmp_path: Path) -> None:
    home = tmp_path / "ein Ordner 学"
    opening = [subprocess.Popen([sys.executable, "-c", OPENER, str(home)]) for _ in range(4)]
    assert [process.wait(60) for process in opening] == [0] * 4
