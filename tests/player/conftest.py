"""A real browser, closed off from the network, that writes down whatever a page tries."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scenewright.domain.classroom import Classroom
from scenewright.exports import Blobs, ExportJob, export_folder
from tests.exports.sample import Shelf, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


@dataclass
class Watched:
    """A page and what it did."""

    page: Page
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def start(self) -> None:
        self.page.click(".cover .button.main")

    def seek(self, seconds: float) -> None:
        self.page.eval_on_selector(
            ".seek",
            "(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input', { bubbles: true })) }",
            seconds,
        )

    def caption(self, text: str) -> None:
        """Waits until this is the caption."""
        self.until(f"document.querySelector('.captions .text')?.textContent === {json.dumps(text)}")

    def position(self, above: float) -> None:
        """Waits until the scene has played this far, in seconds."""
        self.until(f"Number(document.querySelector('.seek').value) > {above}")

    def until(self, condition: str) -> None:
        """Waits for a JavaScript expression; Playwright's own way needs `eval`, which the page forbids."""
        for _ in range(400):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"not within 8 s: {condition}")

    def went_out(self) -> list[str]:
        return [address for address in self.requests if not address.startswith(("file:", "data:"))]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For this package only: while Playwright is up, its loop runs in this thread and `asyncio.run` cannot."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and with CI=true a browser test may not be skipped")
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens the index.html of a folder and watches it."""
    contexts = []

    def opened(folder: Path, *, width: int = 1280, height: int = 800, fragment: str = "", **options: object) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        contexts.append(context)
        seen = Watched(context.new_page())
        seen.page.on("dialog", seen.refuse)
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
        seen.page.goto((folder / "index.html").as_uri() + fragment)
        return seen

    yield opened
    for context in contexts:
        context.close()


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
