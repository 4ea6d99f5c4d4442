"""The exported page plays from a file, with the network off."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.player.conftest import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_plays_with_its_sound_and_captions_in_step(visit: Visit, classroom: Path) -> None:
    seen = visit(classroom)
    assert seen.page.title() == "A short course on light"
    seen.start()
    seen.caption("Welcome to the study of light.")
    seen.position(above=0.2)
    seen.caption("It starts with a straight line.")
    assert seen.page.text_content(".captions .name") == "Dr. Ada Reyes"
    assert any(address.endswith("audio/light-s1.wav") for address in seen.requests)
    assert seen.page.locator(".missing").count() == 0
    assert (seen.errors, seen.dialogs, seen.went_out()) == ([], [], [])


def test_pointers_come_with_their_speech(visit: Visit, classroom: Path) -> None:
    seen = visit(classroom)
    seen.start()
    seen.page.keyboard.press("k")
    third = seen.page.locator('.frame .box[data-block="b"][data-item="2"]')
    seen.seek(1)
    assert "hidden" in (third.get_attribute("class") or "")
    assert seen.page.locator(".spotlight.on").count() == 0

    seen.seek(4.6)  # the second speech: a spotlight on one item, and another item is revealed
    seen.page.wait_for_selector(".spotlight.on")
    assert "hidden" not in (third.get_attribute("class") or "")
    hole = seen.page.eval_on_selector(".hole", "e => [e.style.x, e.style.y, e.style.width, e.style.height]")
    assert hole == ["48px", "202px", "904px", "56px"]
    assert seen.page.text_content(".captions .name") == "Sam"

    seen.seek(8.2)  # the third: lasers on the image, then on the formula
    seen.page.wait_for_selector(".laser.on")
    assert seen.page.locator(".spotlight.on").count() == 0
    assert "translate(760px, 420px)" in (seen.page.get_attribute(".laser", "style") or "")
    seen.seek(10.9)
    seen.until("document.querySelector('.laser').style.transform.includes('translate(206px, 400px)')")

    seen.seek(12.5)  # the fourth turns the page
    seen.page.wait_for_selector('.frame .box[data-block="c"]')
    assert seen.page.get_attribute(".dot.on", "aria-label") == "Page 2 of 2"
    assert seen.page.locator(".laser.on").count() == 0


def test_text_keeps_the_width_it_was_laid_out_with(visit: Visit, classroom: Path) -> None:
    seen = visit(classroom)
    seen.start()
    seen.page.keyboard.press("k")
    seen.until(
        """[...document.querySelectorAll('.frame text')].every(text => {
          const em = Number(text.getAttribute('font-size')) * (text.classList.contains('mono') ? 0.6 : 0.48)
          return Math.abs(text.getComputedTextLength() - text.textContent.length * em) < 1
        })"""
    )


def test_goes_on_by_itself_past_a_failed_scene_and_waits_at_a_quiz(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.start()
    seen.page.select_option(".rate", "2")
    seen.seek(15.2)  # the end of the first scene
    seen.page.wait_for_selector(".trouble")
    assert "The model did not answer" in (seen.page.text_content(".trouble") or "")
    seen.page.wait_for_selector(".quiz")
    seen.page.wait_for_selector('.controls [aria-label="Play"]')  # it waits
    assert seen.page.locator(".mark.seen, .mark.failed").count() == 2
    seen.page.click("text=Skip the quiz")
    seen.caption("This is where we stop.")
    seen.seek(2.2)
    seen.page.wait_for_selector(".ending")
    seen.page.click(".ending .button")
    seen.caption("Welcome to the study of light.")
    assert seen.errors == []


def test_without_sound_the_clock_leads(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.start()
    seen.position(above=0.3)
    seen.seek(2.1)
    seen.caption("It starts with a straight line.")
    assert not any(".wav" in address for address in seen.requests)
    assert seen.page.locator(".missing").count() == 0


def test_a_missing_sound_is_said_and_the_scene_goes_on(visit: Visit, classroom: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(classroom, folder)
    (folder / "audio" / "light-s1.wav").unlink()
    seen = visit(folder)
    seen.start()
    seen.page.wait_for_selector(".missing")
    assert "missing" in seen.page.inner_text(".missing")
    seen.position(above=0.2)


def test_keys_do_what_the_help_says(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    page = seen.page
    page.keyboard.press(" ")
    page.wait_for_selector('[data-showing="scene"]')
    page.keyboard.press("k")
    page.wait_for_selector('.controls [aria-label="Play"]')
    seen.seek(1)
    page.keyboard.press("ArrowRight")
    assert page.input_value(".seek") == "6"
    page.keyboard.press("l")
    assert float(page.input_value(".seek")) > 15
    page.keyboard.press("j")
    page.keyboard.press("ArrowLeft")
    assert float(page.input_value(".seek")) < 1
    page.keyboard.press("c")
    page.wait_for_selector('[data-captions="off"]')
    page.keyboard.press("c")
    page.keyboard.press("m")
    page.wait_for_selector('[aria-label="Unmute"][aria-pressed="true"]')
    page.keyboard.press(">")
    assert page.input_value(".rate") == "1.25"
    page.keyboard.press("s")
    page.wait_for_selector(".side", state="detached")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("4")
    page.wait_for_selector('.frame[aria-label="Where to go from here"]')
    page.keyboard.press("p")
    page.wait_for_selector(".quiz")
    page.keyboard.press("Control+c")  # the browser's own
    assert page.locator('[data-captions="on"]').count() == 1


def test_fullscreen(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.page.keyboard.press("f")
    seen.until("document.fullscreenElement !== null")


def test_an_address_names_a_scene_and_the_place_is_remembered(visit: Visit, silent: Path) -> None:
    seen = visit(silent, fragment="#end")
    assert "Where to go from here" in seen.page.inner_text(".cover .button.main")
    seen.start()
    seen.page.wait_for_selector('.frame[aria-label="Where to go from here"]')
    seen.page.click('.entry:has-text("How light travels")')
    seen.until("location.hash === '#light'")
    seen.seek(9)
    seen.page.keyboard.press("k")
    seen.page.goto((silent / "index.html").as_uri() + "?again")
    seen.page.click("text=Continue with “How light travels”")
    seen.position(above=8.9)


def test_reads_well_without_eyes(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.start()
    seen.page.keyboard.press("k")
    seen.seek(1)
    tree = seen.page.locator("main").aria_snapshot()
    assert 'heading "How light travels"' in tree
    assert "A mirror sends it back" in tree
    assert "Water bends its way" not in tree  # not revealed yet
    assert seen.page.locator(".reading math msup mi").text_content() == "c"
    seen.seek(13)
    assert "def area(r: float) -> float:\n    return 3.14159 * r ** 2" in (seen.page.text_content(".reading pre") or "")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (768, 1024), (320, 568)])
def test_fits_every_screen(visit: Visit, silent: Path, width: int, height: int) -> None:
    seen = visit(silent, width=width, height=height)
    for key in ("", "1", "2", "3"):
        if key:
            seen.page.keyboard.press(key)
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, key)
        box = seen.page.locator(".icon.play").bounding_box()
        assert box
        assert box["y"] + box["height"] <= height + 1, (width, key)
    seen.page.keyboard.press("1")
    frame = seen.page.locator(".frame").bounding_box()
    assert frame
    assert frame["width"] / frame["height"] == pytest.approx(16 / 9, rel=0.01)
    assert frame["height"] > height * 0.2


def test_paper_shows_every_page(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".handout .page svg.slide").count() == 3
    assert seen.page.locator(".handout").is_visible()
    assert seen.page.locator(".controls").is_hidden()


def test_plays_from_a_web_server_too(browser: Browser, classroom: Path) -> None:
    handler = partial(Quiet, directory=str(classroom))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            page = browser.new_page()
            seen = Watched(page)
            page.on("console", lambda said: seen.errors.append(said.text))
            page.goto(f"http://127.0.0.1:{server.server_port}/index.html#light")
            seen.start()
            seen.position(above=0.2)
            seen.seek(
                1
            )  # this server cannot enter a file in its middle: the clip starts over, and the captions with it
            seen.position(above=2.1)
            seen.caption("It starts with a straight line.")
            assert seen.errors == []
            page.close()
        finally:
            server.shutdown()
            thread.join()
