from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.testing.virtualloop import Stuck, run


def test_hours_pass_at_once_and_exactly() -> None:
    async def main() -> float:
        await asyncio.sleep(3600.1)
        return asyncio.get_running_loop().time()

    assert run(main()) == 3600.1


@given(st.lists(st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000), max_size=20))
def test_timers_fire_in_order_at_their_very_moment(delays: list[float]) -> None:
    async def main() -> list[tuple[float, float]]:
        fired: list[tuple[float, float]] = []

        async def wait(delay: float) -> None:
            await asyncio.sleep(delay)
            fired.append((delay, asyncio.get_running_loop().time()))

        await asyncio.gather(*(wait(delay) for delay in delays))
        return fired

    fired = run(main())
    assert [delay for delay, _ in fired] == sorted(delays)
    assert all(delay == at for delay, at in fired)


def test_timeouts_are_virtual() -> None:
    async def main() -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(90):
                await asyncio.Event().wait()
        return asyncio.get_running_loop().time()

    assert run(main()) == 90


def test_a_deadlock_names_who_waits() -> None:
    async def main() -> None:
        asyncio.current_task().set_name("the-waiter")  # type: ignore[union-attr]
        await asyncio.Event().wait()

    with pytest.raises(Stuck, match="the-waiter"):
        run(main())


def test_time_stands_still_while_a_thread_works() -> None:
    def work() -> str:
        return str(sum(range(100_000)))

    async def main() -> tuple[str, float]:
        async with asyncio.timeout(1000):
            said = await asyncio.to_thread(work)
        return said, asyncio.get_running_loop().time()

    assert run(main()) == ("4999950000", 0.0)


@pytest.mark.parametrize("opens", ["socket", "server", "process"])
def test_real_sockets_and_processes_are_refused(opens: str) -> None:
    async def main() -> None:
        match opens:
            case "socket":
                await asyncio.open_connection("127.0.0.1", 9)
            case "server":
                await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
            case _:
                await asyncio.create_subprocess_exec("true")

    with pytest.raises(RuntimeError, match="no real sockets"):
        run(main())


def test_it_does_not_really_wait() -> None:
    before = time.perf_counter()
    run(asyncio.sleep(1e6))
    assert time.perf_counter() - before < 5
