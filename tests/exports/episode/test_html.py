"""The reader's page: closed by its policy, with the episode as data and its letters as fonts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from io import BytesIO

from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from scenewright.exports.episode.html import AUDIO, notices, page_html
from tests.reader.sample import SCRIPT, episode, timing

FACE = re.compile(
    r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);[^}]*?src:url\(data:font/woff2;base64,([^)]+)\)'
)


def sha(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def page_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def data_of(html: str) -> dict[str, object]:
    found = page_of(html).find(id="work")
    assert found is not None
    data: dict[str, object] = json.loads(found.string or "")
    return data


def letters(html: str, family: str) -> set[str]:
    found: set[str] = set()
    for name, _, data in FACE.findall(html):
        if name == family:
            font = TTFont(BytesIO(base64.b64decode(data)))
            found |= set(map(chr, font.getBestCmap()))
    return found


def test_only_its_own_script_and_style_are_allowed() -> None:
    page = page_of(page_html(episode(), {}, timing()))
    meta = page.find("meta", {"http-equiv": "Content-Security-Policy"})
    assert meta is not None
    policy = dict(part.split(" ", 1) for part in str(meta["content"]).split("; "))
    scripts = [script for script in page.find_all("script") if script.get("type") != "application/json"]
    assert [sha(script.string or "") for script in scripts] == [policy["script-src"]]
    assert [sha(style.string or "") for style in page.find_all("style")] == [policy["style-src"]]
    assert policy["media-src"] == "'self'"
    assert policy["default-src"] == policy["connect-src"] == "'none'"
    assert "unsafe" not in str(meta["content"])


def test_the_episode_inside_reads_back_without_what_is_not_shown() -> None:
    work = episode(title='</script><!--<script>"&\u2028')
    html = page_html(work, {"totals": {"lines": 3}}, timing())
    data = data_of(html)
    assert data["episode"] == {key: value for key, value in work.model_dump(mode="json").items() if key != "read"}
    assert (data["breakdown"], data["timing"], data["audio"]) == ({"totals": {"lines": 3}}, timing(), AUDIO)
    assert len(page_of(html).find_all("script")) == 2


def test_without_a_table_read_there_is_no_sound() -> None:
    assert data_of(page_html(episode(), {}))["audio"] == ""


def test_half_characters_and_numbers_that_are_none_do_no_harm() -> None:
    html = page_html(episode(title="a\ud800"), {"totals": {"seconds": float("nan")}})
    html.encode()
    assert data_of(html)["breakdown"] == {"totals": {"seconds": None}}


def test_the_script_is_set_in_courier_prime_with_just_its_letters() -> None:
    html = page_html(episode(), {})
    assert [weight for name, weight, _ in FACE.findall(html) if name == "Scenewright Courier"] == ["400", "700"]
    written = {char for scene in SCRIPT.scenes for element in scene.elements for char in element.text}
    assert written <= letters(html, "Scenewright Courier")
    assert len(html) < 300_000


def test_letters_that_courier_prime_has_not_travel_along() -> None:
    scene = SCRIPT.scenes[0]
    line = scene.elements[1].model_copy(update={"text": "潮水不等人。 Ωμέγα"})
    script = SCRIPT.model_copy(
        update={
            "acts": (SCRIPT.acts[0].model_copy(update={"scenes": (scene.model_copy(update={"elements": (line,)}),)}),)
        }
    )
    html = page_html(episode(script=script, language="zh-CN"), {})
    assert set("潮水不等人。Ω") <= letters(html, "Scenewright Mono") | letters(html, "Scenewright Sans")


def test_the_same_episode_gives_the_same_page() -> None:
    assert page_html(episode(), {}, timing()) == page_html(episode(), {}, timing())


def test_licences_come_along() -> None:
    text = notices()
    assert "Font: Courier Prime (SIL Open Font License 1.1)" in text
    assert "Reserved Font Name Courier Prime" in text
    assert text.count("svelte 5.") == 1
