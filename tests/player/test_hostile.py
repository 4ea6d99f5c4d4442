"""A work that wants more than to be shown: nothing of it runs, loads or becomes an element."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenewright.domain.classroom import Classroom
from scenewright.domain.drawing import Box, Drawing
from scenewright.domain.slides import Slide
from tests.exports.sample import Shelf, sample, words
from tests.player.conftest import Watched, exported

pytestmark = pytest.mark.browser
Visit = Callable[..., Watched]

ATTACK = (
    "</script></style></title><script>alert(1)</script><img src=x onerror=alert(2)>"
    '<svg onload=alert(3)><a xlink:href="javascript:alert(4)">x</a></svg>\u2028--> '
    '{{constructor.constructor("alert(5)")()}}'
    " <iframe srcdoc='<script>parent.alert(6)</script>'></iframe> ${alert(7)} `code` $x$ javascript:alert(8)"
)
MATHML = (
    '<math xmlns:xlink="http://www.w3.org/1999/xlink" onclick="alert(1)"><maction actiontype="statusline#http://evil.test/">'
    '<mi xlink:href="javascript:alert(1)">a</mi></maction><mi href="http://evil.test/">b</mi><mglyph src="http://evil.test/g"/>'
    '<annotation-xml encoding="text/html"><img src="http://evil.test/i" onerror="alert(1)"></annotation-xml>'
    "<mtext></math><script>alert(1)</script></mtext></math>"
)
KEPT = {
    *("id", "type", "status", "role", "format", "language", "src", "blob", "media_type", "asset", "mathml", "block"),
    *("target", "source", "speaker", "colour", "fill", "background", "stroke", "data", "font", "chart", "direction"),
}

FOREIGN = "script, img, iframe, a, object, embed, style, link, maction, mglyph, semantics, annotation-xml"
LIVE_ATTRIBUTES = """[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])
  .filter(a => /^on/i.test(a.name) || /^(src|href|action|style)$/.test(a.name) && /script:|evil/i.test(a.value))
  .map(a => a.name)"""


def poisoned(value: Any, key: str = "") -> Any:
    """Every free text replaced, at any depth."""
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [item if key in KEPT or key == "answers" else poisoned(item, key) for item in value]
    if isinstance(value, str) and key not in KEPT:
        return ATTACK
    return MATHML if key == "mathml" and value else value


def hostile(shelf: Shelf) -> Classroom:
    return Classroom.model_validate(poisoned(sample(shelf, audio=False).model_dump(mode="json")))


def test_nothing_of_a_hostile_work_comes_alive(visit: Visit, tmp_path: Path) -> None:
    shelf = Shelf()
    folder = exported(hostile(shelf), shelf, tmp_path / "hostile")
    seen = visit(folder)
    page = seen.page
    assert ATTACK.split("\u2028")[0] in (page.text_content(".cover h1") or "")
    for scene in "1234":
        page.keyboard.press(scene)
        for at in (0, 5, 9, 13):
            seen.seek(at)
    page.keyboard.press("3")
    page.locator('[data-question="q1"] label').first.click()
    page.locator('[data-question="q1"] .check').click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_selector(".handout", state="attached")

    assert page.locator(f"#player :is({FOREIGN})").count() == 0
    assert page.evaluate(LIVE_ATTRIBUTES) == []
    assert page.locator("math").count() > 0
    assert page.evaluate(
        "[...document.querySelectorAll('math, math *')].every(e => e.getAttributeNames().every(n => n === 'xmlns'))"
    )
    assert page.locator("script").count() == 2
    assert (seen.dialogs, seen.went_out(), seen.errors) == ([], [], [])


def test_scripts_and_markup_from_strings_are_refused_by_the_policy(visit: Visit, silent: Path) -> None:
    seen = visit(silent)
    seen.page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.1:9/x.png'}))"
    )
    assert (
        seen.page.evaluate(
            "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done' } catch (e) { return e.name } })()"
        )
        == "TypeError"
    )
    assert seen.page.evaluate("fetch('data:,x').then(() => 'done', e => e.name)") == "TypeError"
    seen.until("true")
    assert any("Content Security Policy" in error for error in seen.errors)


def test_addresses_in_a_changed_work_are_not_followed(visit: Visit, silent: Path, tmp_path: Path) -> None:
    work = json.loads((silent / "work.json").read_text(encoding="utf-8"))
    work["assets"] = [
        {"name": "field.png", "src": "http://127.0.0.1:9/track.png", "media_type": "image/png", "blob": ""}
    ]
    work["scenes"][0]["beats"][0]["voiced"]["src"] = "//127.0.0.1:9/a.ogg"
    work["scenes"][0]["pages"][0]["background"] = "url(http://127.0.0.1:9/)"
    html = (silent / "index.html").read_text(encoding="utf-8")
    head, _, rest = html.partition('id="work">')
    _, _, tail = rest.partition("</script>")
    (tmp_path / "index.html").write_text(f'{head}id="work">{json.dumps(work)}</script>{tail}', encoding="utf-8")
    seen = visit(tmp_path)
    seen.start()
    seen.position(above=0.2)
    assert (seen.went_out(), seen.errors) == ([], [])
    assert seen.page.locator("svg image").count() == 0


@pytest.mark.parametrize(
    ("json_text", "says"),
    [
        ("{", "damaged"),
        ('{"format":"x"}', "not a classroom"),
        ('{"format":"scenewright.classroom","version":99}', "newer"),
    ],
)
def test_a_work_that_cannot_be_read_says_so(
    visit: Visit, silent: Path, tmp_path: Path, json_text: str, says: str
) -> None:
    head, _, rest = (silent / "index.html").read_text(encoding="utf-8").partition('id="work">')
    _, _, tail = rest.partition("</script>")
    (tmp_path / "index.html").write_text(f'{head}id="work">{json_text}</script>{tail}', encoding="utf-8")
    assert says in (visit(tmp_path).page.text_content("[role=alert]") or "")


def test_a_hostile_drawing_is_text_on_the_slide(visit: Visit, tmp_path: Path) -> None:
    shelf = Shelf()
    work = sample(shelf, audio=False)
    drawing = Drawing(boxes=(Box(block="x", x=0, y=0, width=1000, height=100, marks=(words(ATTACK, 10, 50, 10),)),))
    scene = work.scenes[0].model_copy(update={"pages": (drawing,), "content": Slide(title="x", blocks=())})
    seen = visit(exported(work.model_copy(update={"scenes": (scene,)}), shelf, tmp_path / "one"))
    seen.start()
    assert seen.page.text_content(".frame text") == ATTACK
    assert seen.dialogs == []
