"""The reader in a real browser, with pages made as an export makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scenewright.domain.episode import Episode
from scenewright.exports.episode.breakdown import breakdown
from scenewright.exports.episode.html import AUDIO, page_html
from tests import browser as browsers
from tests.browser import browser
from tests.reader.sample import episode, sound, timing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["Reading", "browser"]


class Reading(browsers.Watched):
    """A page that shows an episode."""

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).click()

    def now(self) -> list[str]:
        """What is marked on the page: "scene/line"."""
        found: list[str] = self.page.eval_on_selector_all(
            ".script .now", "all => all.map(e => `${e.closest('[data-scene]').dataset.scene}/${e.dataset.line}`)"
        )
        return found

    def reads(self, *places: str) -> None:
        """Waits until just these are marked."""
        for _ in range(400):
            if self.now() == list(places):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{self.now()} instead of {places}")

    def clean(self) -> bool:
        return (self.errors, self.dialogs, self.went_out()) == ([], [], [])


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Reading]]:
    yield from browsers.visits(browser, Reading)


def made(work: Episode, folder: Path, read: Sequence[Any] = ()) -> Path:
    """A folder with the page, and its sound if something is read."""
    folder.mkdir(parents=True, exist_ok=True)
    page = page_html(work, breakdown(work).model_dump(mode="json"), read)
    (folder / "index.html").write_text(page, encoding="utf-8")
    if read:
        file = folder / AUDIO
        file.parent.mkdir()
        file.write_bytes(sound(read[-1]["end"] + 0.5))
    return folder


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its table read."""
    return made(episode(), tmp_path_factory.mktemp("reader") / "told", timing())


@pytest.fixture(scope="session")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without any sound."""
    return made(episode(), tmp_path_factory.mktemp("reader") / "silent")
