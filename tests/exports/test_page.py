"""index.html: one page, closed by its policy, with nothing of the work outside its JSON."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Literal

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from scenewright.exports.page import fonts_of, page_html
from scenewright.exports.shell import script_json
from scenewright.layout import FontFace
from tests.exports.sample import Shelf, sample

FACE = re.compile(
    r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);font-style:(\w+);([^}]*?)src:url\(data:font/woff2;base64,'
)
JSON = st.recursive(
    st.text() | st.integers() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def face(
    family: Literal["sans", "mono"], weight: int = 400, style: str = "normal", unicode_range: str = ""
) -> FontFace:
    return FontFace(family=family, weight=weight, style=style, unicode_range=unicode_range, data=b"wOF2")


def sha(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_only_its_own_script_and_style_are_allowed() -> None:
    page = BeautifulSoup(page_html(sample(Shelf()), [face("sans")]), "html.parser")
    meta = page.find("meta", {"http-equiv": "Content-Security-Policy"})
    assert meta is not None
    policy = dict(part.split(" ", 1) for part in str(meta["content"]).split("; "))
    scripts = [script for script in page.find_all("script") if script.get("type") != "application/json"]
    assert [sha(script.string or "") for script in scripts] == [policy["script-src"]]
    assert [sha(style.string or "") for style in page.find_all("style")] == [policy["style-src"]]
    assert policy["default-src"] == policy["connect-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in str(meta["content"])
    assert page.find(["link", "img", "iframe"], {"src": True}) is None


def test_the_work_inside_reads_back() -> None:
    work = sample(Shelf()).model_copy(update={"title": '</script><!--<script>"&\u2028', "language": 'en"><b'})
    html = page_html(work, [])
    page = BeautifulSoup(html, "html.parser")
    found = page.find(id="work")
    assert found is not None
    assert json.loads(found.string or "")["title"] == work.title
    assert page.title is not None
    assert page.title.string == work.title
    assert len(page.find_all("script")) == 2
    assert page.html is not None
    assert page.html["lang"] == 'en"><b'


def test_fonts_stand_in_the_style() -> None:
    faces = [
        face("sans", unicode_range="U+20-7E,U+4E00-9FFF"),
        face("mono", weight=700, style="italic", unicode_range="red;}body{background:url(//evil)"),
    ]
    html = page_html(sample(Shelf()), faces)
    found = FACE.findall(html)
    assert found[:2] == [
        ("Scenewright Sans", "400", "normal", "unicode-range:U+20-7E,U+4E00-9FFF;"),
        ("Scenewright Mono", "700", "italic", ""),
    ]
    assert "evil" not in html


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_in_a_script_is_the_same_json_and_cannot_end_it(value: object) -> None:
    text = script_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)


def test_letters_beyond_latin_travel_with_the_page() -> None:
    work = sample(Shelf(), language="zh-CN").model_copy(update={"title": "潮汐"})
    covered = dict.fromkeys((400, 700), "")
    for face in fonts_of(work):
        covered[face.weight] += face.unicode_range + ","
    for weight in (400, 700):
        assert "U+6F6E" in covered[weight]  # of the title
        assert "U+64AD" in covered[weight]  # of the player's own words: "play"
    assert not any("U+41" in face.unicode_range for face in fonts_of(work.model_copy(update={"scenes": ()})))
