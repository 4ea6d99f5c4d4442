"""The page of an episode, from a file, with the network off: what stands on it, and what one can do with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.conftest import Reading, made
from tests.reader.sample import NOTE, SCRIPT, episode

pytestmark = pytest.mark.browser
Visit = Callable[..., Reading]


def test_the_script_stands_on_its_pages(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    page = seen.page
    assert page.title() == "The Night Ferry: Soup for Four"
    assert page.inner_text(".title-page h1") == "“Soup for Four”"
    assert page.inner_text(".title-page [role=note]") == NOTE
    assert page.locator(".act-name").all_text_contents() == ["Cold open", "Act one", "Tag"]
    places = [text.strip() for text in page.locator(".slug .place").all_text_contents()]
    assert places[:2] == ["INT. Wheelhouse - Night", "EXT. Quay - Night"]
    assert page.locator(".scene").first.locator(".cue").all_text_contents() == [
        *("INES", "BARTEK", "INES", "INES (CONT’D)", "WREN (O.S.)", "INES", "BARTEK")
    ]
    assert page.inner_text(".aside") == "(checking three watches)"
    words = [
        text.strip() for text in page.locator(":is(.said, .action, .transition)").all_text_contents() if text.strip()
    ]
    assert words == [element.text for scene in SCRIPT.scenes for element in scene.elements]
    assert page.locator(".controls").count() == 0  # nothing to listen to
    assert seen.clean()


def test_elements_stand_where_the_reference_has_them(visit: Visit, silent: Path) -> None:
    """docs/screenplay-layout.md, in inches from the left margin of the text: 96 CSS pixels are an inch."""
    page = visit(silent, width=1440).page
    place = """selector => { const e = document.querySelector(selector), r = document.createRange();
      r.selectNodeContents(e); const box = r.getBoundingClientRect();
      const text = document.querySelector('.action').getBoundingClientRect();
      return [(box.left - text.left) / 96, (text.right - box.right) / 96] }"""
    left = {each: page.evaluate(place, each)[0] for each in (".cue", ".said", ".slug .place")}
    assert left == pytest.approx({".cue": 2.2, ".said": 1.0, ".slug .place": 0}, abs=0.03)
    assert page.evaluate(place, ".transition")[1] == pytest.approx(0, abs=0.03)
    assert page.evaluate(place, ".pair .speech + .speech .said")[0] == pytest.approx(3.2, abs=0.03)
    assert page.evaluate("document.querySelector('.action').getBoundingClientRect().width / 96") == pytest.approx(
        6.0, abs=0.03
    )
    tops = page.eval_on_selector_all(".pair .cue", "cues => cues.map(e => e.getBoundingClientRect().top)")
    assert tops[0] == tops[1]


def test_multi_camera_has_its_own_layout(visit: Visit, tmp_path: Path) -> None:
    script = SCRIPT.model_copy(update={"camera": "multi"})
    page = visit(made(episode(script=script), tmp_path / "multi")).page
    assert page.inner_text(".present >> nth=0") == "(INES, BARTEK, WREN)"
    assert page.inner_text(".action >> nth=0").startswith("RAIN ON GLASS.")
    assert "(CHECKING THREE WATCHES)" in page.inner_text(".said >> nth=1")
    assert page.locator(".aside").count() == 0


def test_a_missing_scene_stands_where_it_would_be(visit: Visit, silent: Path) -> None:
    page = visit(silent).page
    assert page.eval_on_selector(".gone", "e => e.previousElementSibling.dataset.scene") == "s2"
    assert page.eval_on_selector(".gone", "e => e.nextElementSibling.dataset.scene") == "s4"
    assert "could not be written" in page.inner_text(".gone")
    assert "The model said no." in page.inner_text(".gone")
    row = page.get_by_role("button", name=re.compile("The chair goes overboard"))
    assert "failed" in row.inner_text()
    row.click()
    assert page.evaluate("document.activeElement.classList.contains('gone')")


def test_scene_numbers_come_and_go(visit: Visit, silent: Path) -> None:
    page = visit(silent).page
    number = page.locator(".slug .no").first
    assert number.is_visible()
    page.keyboard.press("#")
    assert not number.is_visible()
    page.get_by_role("button", name="Scene numbers").click()
    assert number.is_visible()


def test_a_scene_is_found_by_its_list(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    row = seen.page.locator(".scene-row", has_text="INT. ENGINE ROOM")
    assert "WREN, BARTEK" in row.inner_text()
    assert re.search(r"\d/8 pages · 0:\d\d", row.inner_text())
    assert row.locator(".panel-badge").all_text_contents() == ["edited", "locked"]
    row.click()
    seen.reads("s4/")
    assert seen.page.evaluate("document.activeElement.dataset.line === '' && document.activeElement.matches('.slug')")
    seen.until("document.querySelector('.scene-row[aria-current]')?.textContent.includes('Engine room')")


def test_sides_of_one_character(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.tab("Cast")
    ines = seen.page.locator(".roles button", has_text=re.compile(r"\bInes"))
    assert re.sub(r"\s+", " ", ines.inner_text()).startswith("INES Lines 5 · Words 27 · Scenes 2")
    ines.click()
    assert ines.get_attribute("aria-pressed") == "true"
    assert seen.page.eval_on_selector_all(".mine", "all => all.map(e => e.dataset.who)") == ["ines"] * 5
    for place in ("s1/l1", "s1/l3", "s1/l4", "s1/l6", "s5/l2"):
        seen.page.keyboard.press("j")
        seen.reads(place)
    seen.page.keyboard.press("k")
    seen.reads("s1/l6")
    seen.page.keyboard.press("Escape")
    assert seen.page.locator(".mine").count() == 0


def test_figures_of_the_breakdown(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.tab("Breakdown")
    page = seen.page
    assert page.get_by_role("region", name="Scenes").locator("tbody tr").count() == 4
    rows = page.get_by_role("region", name="Cast").locator("tbody tr")
    assert rows.first.locator("th, td").all_text_contents() == ["Ines", "5", "27", "1, 5"]
    assert "Wheelhouse" in page.get_by_role("region", name="Sets").inner_text()
    bell = page.get_by_role("region", name="Props").locator("tr", has_text="brass bell")
    bell.get_by_role("button", name="Scene 1").click()
    seen.reads("s1/")


def test_the_score_with_its_parts_and_what_it_cannot_know(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.tab("Quality")
    page, quality = seen.page, episode().quality
    assert quality is not None
    assert page.inner_text(".score .big") == f"{quality.quality:.2f}"
    assert "passes at 0.75" in page.inner_text(".score")
    assert "cannot know whether the script is funny" in page.inner_text("#panel-body")
    assert "docs/scores.md" in page.inner_text("#panel-body")
    for part in quality.parts:
        card = page.locator(f"section[aria-label='{part.name.replace('_', ' ')}']")
        assert card.locator(".value").inner_text() == ("–" if part.value is None else f"{part.value:.2f}")
        assert card.locator("li").count() == len(part.findings)
        for note in part.notes:
            assert note in card.inner_text()
    found = next(finding for finding in quality.findings if finding.element)
    page.locator("#panel-body li", has_text=found.text).locator("button").first.click()
    seen.reads(f"{found.scene}/{found.element}")
    assert "Nothing is lost if they turn round." in page.inner_text("#panel-body")


def test_jokes_and_changes_lead_to_their_lines(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.tab("Jokes")
    card = seen.page.locator("#panel-body .panel-card").first
    assert "wordplay" in card.inner_text()
    assert "judged 0.70" in card.inner_text()
    card.locator("button").last.click()
    seen.reads("s1/l3")
    callback = seen.page.locator("#panel-body .panel-card").last
    assert "The bell rings again." in callback.inner_text()
    assert "planned" in callback.inner_text()
    callback.locator("button").click()
    seen.reads("s5/l2")
    seen.tab("Changes")
    cards = seen.page.locator("#panel-body .panel-card")
    assert cards.first.locator("del").inner_text() == "Soup doesn't wait for anybody, either."
    assert cards.first.locator("ins").inner_text() == "Tide waits for nobody, Bartek. And neither does soup."
    assert "Her catchphrase comes first" in cards.first.inner_text()
    assert "Inserted after" in cards.last.inner_text()
    cards.last.locator("button").click()
    seen.reads("s4/l3")


def test_with_nothing_written_it_says_so(visit: Visit, tmp_path: Path) -> None:
    script = SCRIPT.model_copy(update={"acts": ()})
    work = episode(
        script=script, quality=None, findings=(), jokes=(), callbacks=(), changes=(), problems=(), edited=(), locked=()
    )
    seen = visit(made(work, tmp_path / "empty"))
    assert "Nothing is written yet." in seen.page.inner_text(".script")
    for name in ("Cast", "Breakdown", "Quality", "Jokes", "Changes"):
        seen.tab(name)
        assert seen.page.inner_text("#panel-body").strip()
    assert seen.clean()


@pytest.mark.parametrize(("width", "height"), [(375, 812), (320, 568), (812, 375), (768, 1024)])
def test_fits_every_screen(visit: Visit, told: Path, width: int, height: int) -> None:
    seen = visit(told, width=width, height=height)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert seen.page.evaluate(fits)
    assert not seen.page.locator(".side").is_visible()
    box = seen.page.locator(".play").bounding_box()
    assert box
    assert box["y"] + box["height"] <= height + 1
    seen.page.get_by_role("button", name="Scenes, cast and figures").click()
    for name in ("Cast", "Breakdown", "Quality", "Jokes", "Changes", "Scenes"):
        seen.tab(name)
        assert seen.page.evaluate(fits), name
        assert seen.page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('#panel-body'))"), name
    seen.page.locator(".scene-row", has_text="EXT. QUAY").click()
    assert not seen.page.locator(".side").is_visible()  # it would lie over the scene
    seen.reads("s2/")
    assert seen.page.evaluate(fits)
    assert seen.clean()


def test_the_drawer_takes_the_keyboard_and_gives_it_back(visit: Visit, silent: Path) -> None:
    seen = visit(silent, width=375, height=812)
    opener = seen.page.get_by_role("button", name="Scenes, cast and figures")
    opener.click()
    assert seen.page.evaluate("document.activeElement.role") == "tab"
    assert seen.page.evaluate("document.querySelector('main').inert")
    seen.page.keyboard.press("ArrowRight")
    assert seen.page.get_by_role("tab", name="Cast", selected=True).count() == 1
    seen.page.keyboard.press("End")
    assert seen.page.get_by_role("tab", name="Changes", selected=True).count() == 1
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator(".side").is_visible()
    assert opener.evaluate("e => e === document.activeElement")


def test_light_and_dark(visit: Visit, silent: Path) -> None:
    ink = "(e => [getComputedStyle(e).color, getComputedStyle(e.closest('.paper')).backgroundColor])"
    light = visit(silent, color_scheme="light").page
    dark = visit(silent, color_scheme="dark").page
    assert light.evaluate(f"{ink}(document.querySelector('.action'))") == ["rgb(28, 28, 28)", "rgb(255, 254, 251)"]
    there = dark.evaluate(f"{ink}(document.querySelector('.action'))")
    assert there == ["rgb(228, 225, 217)", "rgb(29, 33, 40)"]
    light.get_by_role("button", name="Light or dark").click()
    assert light.evaluate(f"{ink}(document.querySelector('.action'))") == there


def test_letters_can_be_told_from_their_ground(visit: Visit, silent: Path) -> None:
    """WCAG's contrast of 4.5 for every text that is seen, in both schemes and in every panel."""
    contrast = """() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
        return [...canvas.getImageData(0, 0, 1, 1).data] }
      const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
      const light = ([r, g, b]) => [r, g, b].map(v => linear(v / 255))
        .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
      const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor)
        if (c[3] === 255) return c } return [255, 255, 255] }
      const bad = []
      for (const e of document.querySelectorAll('.reader *')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility()) continue
        if (e.closest(':disabled, .unseen')) continue
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x)
        const ratio = (a + 0.05) / (b + 0.05)
        if (ratio < 4.5) bad.push([e.className, e.textContent.trim().slice(0, 20), ratio.toFixed(2)])
      }
      return bad }"""
    for scheme in ("light", "dark"):
        seen = visit(silent, color_scheme=scheme)
        for name in ("Scenes", "Breakdown", "Quality", "Jokes", "Changes", "Cast"):
            seen.tab(name)
            assert seen.page.evaluate(contrast) == [], (scheme, name)
        seen.page.locator(".roles button").first.click()
        seen.page.keyboard.press("j")
        assert seen.page.evaluate(contrast) == [], (scheme, "sides")


def test_reads_well_without_eyes(visit: Visit, told: Path) -> None:
    page = visit(told).page
    unnamed = """[...document.querySelectorAll('button, input, select, [role=tab], [role=region], dialog, nav, aside')]
      .filter(e => e.checkVisibility() && !e.hidden && e.getAttribute('aria-hidden') !== 'true')
      .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim()))"""
    assert page.evaluate(f"{unnamed}.length") == 0
    heads = page.eval_on_selector_all("main :is(h1, h2, h3)", "all => all.map(e => e.tagName)")
    assert heads == ["H1", "H2", "H3", "H2", "H3", "H3", "H3", "H2", "H3"]
    tree = page.locator("main").aria_snapshot()
    assert 'heading "“Soup for Four”" [level=1]' in tree
    assert 'heading "Cold open" [level=2]' in tree
    assert re.search(r'heading "Scene 1 INT\. Wheelhouse - Night Listen from here: Scene 1" \[level=3\]', tree)
    assert 'group "At the same time"' in tree
    assert (
        page.get_by_role("slider", name="Position in the table read").get_attribute("aria-valuetext") == "0:00 / 0:24"
    )
    twice = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"
    assert page.evaluate(twice) == 0
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_help_lists_the_keys(visit: Visit, told: Path, silent: Path) -> None:
    seen = visit(told)
    seen.page.keyboard.press("?")
    text = seen.page.inner_text("dialog")
    assert "Play or pause" in text
    seen.page.keyboard.press("j")  # not meant for the page below
    assert seen.now() == []
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("dialog").count() == 0
    without = visit(silent)
    without.page.get_by_role("button", name="Keyboard shortcuts").click()
    assert "Play or pause" not in without.page.inner_text("dialog")


def test_paper_has_the_script_and_nothing_else(visit: Visit, told: Path, tmp_path: Path) -> None:
    import pypdfium2

    page = visit(told).page
    page.pdf(path=tmp_path / "out.pdf", format="Letter")
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        texts = [sheet.get_textpage().get_text_range() for sheet in document]
    assert len(texts) == 4  # the title page, and each act on its own
    assert "Soup for Four" in texts[0]
    assert "COLD OPEN" in texts[1]
    assert "INT. WHEELHOUSE - NIGHT" in texts[1]
    assert texts[1].count("1") == 2  # the scene's number in both margins
    assert not any(word in "".join(texts) for word in ("Breakdown", "0:24", "Listen"))


def test_other_languages(visit: Visit, tmp_path: Path) -> None:
    for language, tab in (("de", "Besetzung"), ("zh-CN", "角色")):
        page = visit(made(episode(language=language), tmp_path / language)).page
        assert page.get_by_role("tab", name=tab).count() == 1
        assert page.get_attribute("html", "lang") == language
