"""The table read in the page: the script follows the sound, and the sound goes where one points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.reader.conftest import Reading, made
from tests.reader.sample import episode, timing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
Visit = Callable[..., Reading]

PLAY, PAUSE = '.controls [aria-label="Play"]', '.controls [aria-label="Pause"]'


def at(seen: Reading) -> float:
    return float(seen.page.input_value(".seek"))


def test_line_by_line(visit: Visit, told: Path) -> None:
    seen = visit(told)
    assert seen.now() == []
    read = [each for each in timing() if (each["scene"], each["element"]) not in (("s1", "l6"), ("s1", "l7"))]
    for each in read:
        seen.slide(each["start"] + 0.3)
        seen.reads(f"{each['scene']}/{each['element']}")
        assert seen.page.locator(".now").get_attribute("aria-current") == "true"
    assert seen.clean()


def test_two_at_once_are_marked_at_once(visit: Visit, told: Path) -> None:
    seen = visit(told)
    start = next(each["start"] for each in timing() if (each["scene"], each["element"]) == ("s1", "l7"))
    seen.slide(start + 0.2)
    seen.reads("s1/l6", "s1/l7")


def test_it_plays_from_the_file_and_scrolls_along(visit: Visit, told: Path) -> None:
    seen = visit(told, reduced_motion="reduce")
    seen.slide(20.4)
    seen.page.click(PLAY)
    seen.until("document.querySelector('.now') && Number(document.querySelector('.seek').value) > 20.7")
    seen.until(
        "(box => box.top > 0 && box.bottom < innerHeight)(document.querySelector('.now').getBoundingClientRect())"
    )
    seen.page.click(PAUSE)
    assert any(address.endswith("audio/table-read.mp3") for address in seen.requests)
    assert seen.clean()


def test_who_scrolls_away_is_left_alone_until_they_follow_again(visit: Visit, told: Path) -> None:
    seen = visit(told, reduced_motion="reduce")
    seen.slide(15)
    seen.page.click(PLAY)
    seen.until("document.querySelector('.now') !== null && scrollY > 500")
    follow = seen.page.get_by_role("button", name="Follow the reading")
    assert follow.get_attribute("aria-pressed") == "true"
    seen.page.mouse.move(900, 400)
    seen.page.mouse.wheel(0, -5000)
    seen.until("document.querySelector('.follow').ariaPressed === 'false' && scrollY < 100")
    heard = at(seen)
    seen.until(f"Number(document.querySelector('.seek').value) > {heard + 1.1}")  # the next line is read
    assert seen.page.evaluate("scrollY") < 100
    follow.click()
    seen.until("scrollY > 500")


def test_a_click_on_a_line_takes_the_sound_there(visit: Visit, told: Path) -> None:
    seen = visit(told)
    start = {(each["scene"], each["element"]): each["start"] for each in timing()}
    seen.page.locator(".said", has_text="I was told to bring my own seat.").click()
    seen.reads("s2/l1")
    assert at(seen) == pytest.approx(start["s2", "l1"], abs=0.02)
    seen.page.locator(".slug .place", has_text="Engine room").click()
    assert at(seen) == pytest.approx(start["s4", ""], abs=0.02)
    seen.page.locator(".shot").click()  # is not read: what comes after it is
    seen.reads("s1/d3")
    assert at(seen) == pytest.approx(start["s1", "l5"], abs=0.02)


def test_text_can_be_selected_without_going_anywhere(visit: Visit, told: Path) -> None:
    seen = visit(told)
    box = seen.page.locator(".said", has_text="Strictly speaking, it is").bounding_box()
    assert box
    seen.page.mouse.move(box["x"] + 100, box["y"] + 5)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + 250, box["y"] + 5)
    seen.page.mouse.up()
    assert seen.page.evaluate("getSelection().toString().length") > 5
    assert (seen.now(), at(seen)) == ([], 0)


def test_a_scene_can_be_listened_to(visit: Visit, told: Path) -> None:
    seen = visit(told)
    seen.page.get_by_role("button", name="Listen from here: Scene 4").click()
    seen.page.wait_for_selector(PAUSE)
    seen.until("document.querySelector('.now')?.closest('[data-scene]').dataset.scene === 's4'")
    assert at(seen) >= next(each["start"] for each in timing() if each["scene"] == "s4")


def test_keys(visit: Visit, told: Path) -> None:
    seen = visit(told)
    press = seen.page.keyboard.press
    press(" ")
    seen.page.wait_for_selector(PAUSE)
    press(" ")
    seen.page.wait_for_selector(PLAY)
    seen.slide(1)
    press("ArrowRight")
    assert at(seen) == pytest.approx(6, abs=0.05)
    press("ArrowLeft")
    press("ArrowLeft")
    assert at(seen) == 0
    seen.slide(0.6)
    seen.reads("s1/")
    press("j")
    seen.reads("s1/d1")
    press("j")
    seen.reads("s1/l1")
    press("k")
    seen.reads("s1/d1")
    press("n")
    seen.reads("s2/")
    press("Shift+ArrowRight")
    seen.reads("s4/")
    press("p")
    seen.reads("s2/")
    press(">")
    assert seen.page.input_value(".rate") == "1.25"
    press("<")
    press("<")
    press("<")
    assert seen.page.input_value(".rate") == "0.75"
    press("f")
    assert seen.page.get_attribute(".follow", "aria-pressed") == "false"
    press("s")
    assert not seen.page.locator(".side").is_visible()
    press("Control+j")  # the browser's own
    seen.reads("s2/")


def test_speed_is_what_was_chosen_and_is_remembered(visit: Visit, told: Path) -> None:
    seen = visit(told)
    options = seen.page.locator(".rate option").all_text_contents()
    assert options == ["0.75×", "1×", "1.25×", "1.5×"]
    seen.page.select_option(".rate", "1.5")
    seen.page.reload()
    assert seen.page.input_value(".rate") == "1.5"


def test_buttons_step_through_scenes(visit: Visit, told: Path) -> None:
    seen = visit(told)
    seen.slide(0.6)
    seen.page.get_by_role("button", name="Next scene").click()
    seen.reads("s2/")
    assert seen.page.inner_text(".where") == "Scene 2"
    seen.page.get_by_role("button", name="Previous scene").click()
    seen.reads("s1/")


def test_a_missing_sound_is_said(visit: Visit, tmp_path: Path) -> None:
    folder = made(episode(), tmp_path / "mute", timing())
    (folder / "audio" / "table-read.mp3").unlink()
    seen = visit(folder)
    seen.page.wait_for_selector("[role=alert]")
    assert "audio/table-read.mp3" in seen.page.inner_text("[role=alert]")
    seen.page.locator(".said").first.click()  # reading goes on
    seen.reads("s1/l1")


def test_follows_from_a_web_server_too(browser: Browser, told: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(told))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            page = browser.new_page()
            seen = Reading(page)
            page.on("console", lambda said: seen.errors.append(said.text))
            page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
            page.click(PLAY)
            seen.until("document.querySelector('.now') !== null")
            assert seen.errors == []
            page.close()
        finally:
            server.shutdown()
            thread.join()
