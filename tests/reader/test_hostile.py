"""An episode that wants more than to be read: nothing of it runs, loads or becomes an element."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenewright.domain.episode import Episode
from scenewright.domain.screenplay import Act, Dialogue, ScriptScene, Slug
from tests.player.test_hostile import ATTACK, FOREIGN, LIVE_ATTRIBUTES
from tests.reader.conftest import Reading, made
from tests.reader.sample import SCRIPT, episode, timing

pytestmark = pytest.mark.browser
Visit = Callable[..., Reading]

KEPT = {
    *("id", "type", "format", "language", "interior", "camera", "status", "op", "kind", "by", "form", "step", "base"),
    *("scene", "element", "other_scene", "other_element", "setup", "punchline", "character", "known_by", "to"),
    *("edited", "locked", "sentence_length", "story", "comedy"),
}


def poisoned(value: Any, key: str = "") -> Any:
    """Every free text replaced, at any depth."""
    match value:
        case dict():
            return {name: poisoned(item, name) for name, item in value.items()}
        case list():
            return [poisoned(item, key) for item in value]
        case str() if key not in KEPT:
            return ATTACK
        case _:
            return value


def test_nothing_of_a_hostile_episode_comes_alive(visit: Visit, tmp_path: Path) -> None:
    work = Episode.model_validate(poisoned(episode().model_dump(mode="json")))
    seen = visit(made(work, tmp_path / "hostile", timing()))
    page = seen.page
    assert ATTACK.split("\u2028")[0] in (page.text_content(".said") or "")
    for name in ("Cast", "Breakdown", "Quality", "Jokes", "Changes", "Scenes"):
        seen.tab(name)
        assert page.locator(f"#reader :is({FOREIGN})").count() == 0
        assert page.evaluate(LIVE_ATTRIBUTES) == []
    seen.slide(4)
    page.wait_for_selector(".now")
    assert page.locator("script").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.clean()


@pytest.mark.parametrize(
    "id", ['"><script>alert(1)</script>', "a/b c", "at:", "x' onclick='alert(1)", "\u202eelif", "😀"]
)
def test_odd_ids_lead_to_their_lines_all_the_same(visit: Visit, tmp_path: Path, id: str) -> None:
    line = Dialogue(id=id, character=id, text="Here.")
    other = Dialogue(id=id + "/", character="ines", text="There.")
    scene = ScriptScene(id=id, number=id, slug=Slug(place="Quay"), elements=(line, other))
    script = SCRIPT.model_copy(update={"acts": (Act(name="", scenes=(scene,)),)})
    work = episode(script=script, quality=None, findings=(), jokes=(), changes=(), problems=(), edited=(), locked=())
    read = [
        {"scene": id, "element": each, "speaker": id, "start": at, "end": at + 1}
        for at, each in ((1, id), (2, id + "/"))
    ]
    seen = visit(made(work, tmp_path / "odd", read))
    seen.slide(1.5)
    seen.reads(f"{id}/{id}")
    seen.slide(2.5)
    seen.reads(f"{id}/{id}/")
    seen.tab("Cast")
    seen.page.locator(".roles button:enabled").filter(has_not_text=re.compile(r"\bInes")).first.click()
    assert seen.page.locator(".mine").count() == 1
    assert seen.clean()


def test_letters_of_every_script_are_shown_in_their_direction(visit: Visit, tmp_path: Path) -> None:
    texts = (
        "שלום, איפה הגשר?",
        "أين الجسر؟",
        "小船还在水上。",
        "👩🏽‍🚀🎭 – naïve ﬁancée",
        "x" * 400,
        "\ud800 half",
        "a\nb",
    )
    lines = tuple(Dialogue(id=f"l{at}", character="ines", text=text) for at, text in enumerate(texts))
    scene = ScriptScene(id="s1", number="1", slug=Slug(place="גשר"), elements=lines)
    script = SCRIPT.model_copy(update={"title": texts[0], "acts": (Act(name=texts[1], scenes=(scene,)),)})
    work = episode(script=script, title=texts[0], quality=None, findings=(), jokes=(), changes=(), problems=())
    for width in (1280, 375):
        seen = visit(made(work.model_copy(), tmp_path / str(width)), width=width)
        shown = [text.strip() for text in seen.page.locator(".said").all_text_contents()]
        assert shown[:5] == list(texts[:5])
        assert shown[6] == "a\nb"
        assert shown[5].endswith("\ufffd half")
        directions = seen.page.eval_on_selector_all(".said", "all => all.map(e => getComputedStyle(e).direction)")
        assert directions[:3] == ["rtl", "rtl", "ltr"]
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert seen.clean()


def test_three_hundred_scenes_stay_quick(visit: Visit, tmp_path: Path) -> None:
    """What answers is asked, not how long it takes: each wait has the usual patience."""
    lines = tuple(Dialogue(id=f"l{at}", character=("ines", "bartek")[at % 2], text=f"Line {at}.") for at in range(30))
    scenes = tuple(
        ScriptScene(id=f"s{at}", number=str(at), slug=Slug(place=f"Room {at}"), elements=lines) for at in range(300)
    )
    script = SCRIPT.model_copy(update={"acts": (Act(name="ACT ONE", scenes=scenes),)})
    work = episode(script=script, quality=None, findings=(), jokes=(), changes=(), problems=(), edited=(), locked=())
    seen = visit(made(work, tmp_path / "long", timing(script, seconds=0.02)), reduced_motion="reduce")
    assert seen.page.locator(".said").count() == 9000
    box = "document.querySelector('.now')?.getBoundingClientRect() ?? {}"
    inside = f"(box => box.top > 0 && box.bottom < innerHeight)({box})"
    seen.page.locator(".scene-row", has_text="Room 299").click()
    seen.reads("s299/")
    seen.until(inside)
    for _ in range(30):
        seen.page.keyboard.press("j")
    seen.reads("s299/l29")
    seen.until(inside)
    seen.tab("Cast")
    seen.page.locator(".roles button").first.click()
    assert seen.page.locator(".mine").count() == 4500
    assert seen.clean()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "damaged"),
        ('{"format":"x"}', "not an episode"),
        ('{"format":"scenewright.reader","version":99}', "newer"),
    ],
)
def test_an_episode_that_cannot_be_read_says_so(
    visit: Visit, silent: Path, tmp_path: Path, text: str, says: str
) -> None:
    head, _, rest = (silent / "index.html").read_text(encoding="utf-8").partition('id="work">')
    _, _, tail = rest.partition("</script>")
    (tmp_path / "index.html").write_text(f'{head}id="work">{text}</script>{tail}', encoding="utf-8")
    assert says in (visit(tmp_path).page.text_content("[role=alert]") or "")


def test_scripts_and_markup_from_strings_are_refused_by_the_policy(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    assert (
        seen.page.evaluate(
            "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done' } catch (e) { return e.name } })()"
        )
        == "TypeError"
    )
    assert seen.page.evaluate("fetch('data:,x').then(() => 'done', e => e.name)") == "TypeError"
