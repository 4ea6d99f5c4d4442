"""Quizzes: answered right and wrong, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exports.sample import Shelf, sample
from tests.player.conftest import Watched, exported

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]


def test_right_and_wrong_answers_are_told_and_summed_up(visit: Visit, silent: Path) -> None:
    page = visit(silent).page
    page.keyboard.press("3")
    first = page.locator('[data-question="q1"]')
    assert first.locator(".check").is_disabled()
    first.locator("label", has_text="In circles").click()
    first.locator(".check").click()
    assert first.locator(".verdict strong").text_content() == "Not quite"
    assert "Answer: In straight lines" in first.locator(".verdict").inner_text()
    assert first.locator(".option.good").inner_text() == "In straight lines"
    assert first.locator("math msup").count() == 1  # the explanation's formula

    second = page.locator('[data-question="q2"]')
    for text in ("A mirror", "Water"):
        second.locator("label", has_text=text).click()
    second.locator(".check").click()
    assert second.locator(".verdict strong").text_content() == "Correct"

    third = page.locator('[data-question="q3"]')
    third.locator("input").fill("  REFRACTION. ")
    third.locator("input").press("Enter")
    assert third.locator(".verdict strong").text_content() == "Correct"
    assert page.locator(".score").inner_text() == "2 of 4 points"

    page.click("text=Try again")
    assert page.locator(".verdict").count() == 0
    assert page.locator("input:checked").count() == 0


def test_the_keyboard_alone_is_enough(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    page = seen.page
    page.keyboard.press("3")
    page.locator('[data-question="q1"] input').first.focus()
    page.keyboard.press(" ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator('[data-question="q1"] .verdict strong').text_content() == "Correct"
    page.locator('[data-question="q3"] input').focus()
    page.keyboard.type("mckf 3")  # letters that are commands elsewhere
    assert page.input_value('[data-question="q3"] input') == "mckf 3"
    assert page.locator('[data-captions="on"]').count() == 1
    assert seen.errors == []


def test_the_narration_points_at_a_question_until_the_person_answers(visit: Visit, silent: Path) -> None:
    page = visit(silent).page
    page.keyboard.press("3")
    page.wait_for_selector('[data-question="q2"].lit')
    assert page.locator('[data-question="q1"].dimmed').count() == 1
    page.locator('[data-question="q1"] label').first.click()
    page.wait_for_selector(".question.dimmed", state="detached")


def test_points_are_told_at_the_end_in_the_works_language(visit: Visit, tmp_path: Path) -> None:
    shelf = Shelf()
    page = visit(exported(sample(shelf, audio=False, language="de-CH"), shelf, tmp_path / "de")).page
    assert page.inner_text(".cover .button.main") == "Starten"
    page.keyboard.press("3")
    page.locator('[data-question="q1"] label').first.click()
    page.locator('[data-question="q1"] .check').click()
    page.click("text=Quiz überspringen")
    page.keyboard.press("n")
    assert "2 von 4 Punkten" in page.inner_text(".ending")
