"""Large works are set aside from the collector of cycles while they run, and given back after."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from scenewright.scheduler.aside import EVERY, Aside


@pytest.fixture(autouse=True)
def nothing_set_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_a_small_work_changes_nothing() -> None:
    with Aside(held=0) as aside:
        for _ in range(EVERY - 1):
            aside.count()
        assert gc.get_freeze_count() == 0


def test_a_large_work_is_set_aside_while_it_runs() -> None:
    with Aside(held=0) as aside:
        for _ in range(EVERY):
            aside.count()
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_a_work_that_was_large_already_is_set_aside_at_once() -> None:
    with Aside(held=10 * EVERY) as aside:
        aside.count()
        assert gc.get_freeze_count() > 0
        seen = gc.get_freeze_count()
        aside.count()
        assert gc.get_freeze_count() <= seen  # not at every event


def test_what_somebody_else_set_aside_stays_so_behind_a_small_work() -> None:
    gc.freeze()
    with Aside(held=0) as aside:
        aside.count()
    assert gc.get_freeze_count() > 0
