"""A real browser, closed off from the network, that writes down whatever a page tries."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

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

    def slide(self, seconds: float) -> None:
        """Moves the bar of the page's sound."""
        self.page.eval_on_selector(
            ".seek",
            "(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input', { bubbles: true })) }",
            seconds,
        )

    def until(self, condition: str) -> None:
        """Waits for a JavaScript expression; Playwright's own way needs `eval`, which the page forbids."""
        for _ in range(400):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"not within 8 s: {condition}")

    def went_out(self) -> list[str]:
        return [address for address in self.requests if not address.startswith(("file:", "data:"))]


W = TypeVar("W", bound=Watched)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For one package: while Playwright is up, its loop runs in this thread and `asyncio.run` cannot."""
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


def visits(browser: Browser, make: Callable[[Page], W]) -> Iterator[Callable[..., W]]:
    """Opens the index.html of a folder and watches it; for the body of a fixture."""
    contexts = []

    def opened(folder: Path, *, width: int = 1280, height: int = 800, fragment: str = "", **options: object) -> W:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        contexts.append(context)
        seen = make(context.new_page())
        seen.page.on("dialog", seen.refuse)
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
        seen.page.goto((folder / "index.html").as_uri() + fragment)
        return seen

    yield opened
    for context in contexts:
        context.close()
