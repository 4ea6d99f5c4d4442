"""The player in a real browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scenewright.domain.classroom import Classroom
from scenewright.exports import Blobs, ExportJob, export_folder
from tests import browser as browsers
from tests.browser import browser
from tests.exports.sample import Shelf, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["Watched", "browser"]


class Watched(browsers.Watched):
    """A page that plays a classroom."""

    def start(self) -> None:
        self.page.click(".cover .button.main")

    def seek(self, seconds: float) -> None:
        self.slide(seconds)

    def caption(self, text: str) -> None:
        """Waits until this is the caption."""
        self.until(f"document.querySelector('.captions .text')?.textContent === {json.dumps(text)}")

    def position(self, above: float) -> None:
        """Waits until the scene has played this far, in seconds."""
        self.until(f"Number(document.querySelector('.seek').value) > {above}")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Watched]]:
    yield from browsers.visits(browser, Watched)


def exported(work: Classroom, blobs: Blobs, out: Path) -> Path:
    """The folder; made in another thread, because Playwright's loop may be running in this one."""
    job = ExportJob(work=work, out=out, blobs=blobs)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(export_folder(job))).result().parent


@pytest.fixture(scope="session")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, exported with its sounds."""
    shelf = Shelf()
    return exported(sample(shelf), shelf, tmp_path_factory.mktemp("player") / "classroom")


@pytest.fixture(scope="session")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without any sound."""
    shelf = Shelf()
    return exported(sample(shelf, audio=False), shelf, tmp_path_factory.mktemp("player") / "silent")
