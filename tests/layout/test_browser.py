"""A real browser draws what was measured: same widths, nothing missing, in three languages."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterable

import pytest

from scenewright.domain.drawing import Drawing, TextMark
from scenewright.domain.slides import BulletsBlock, CodeBlock, Slide, TableBlock
from scenewright.layout import FontFace, font_subsets, lay_out

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

SLIDES = {
    "en": Slide(
        title="AVAST: Tidal Waves & “Quotes”",
        blocks=(
            BulletsBlock(
                id="b", items=("**To** *Tafel* fi ffl `!= ->` 3 × 4 ≤ 20 → ✓", "AV To Ty Wa LT P. kerning pairs")
            ),
            CodeBlock(id="k", language="python", code="def f(x) -> int:\n    return x != 3  # fi -> =>"),
        ),
    ),
    "de": Slide(
        title="Größe, Straße und Übermaß",
        blocks=(TableBlock(id="t", header=("Größe", "Wert"), rows=(("Gezeitenhub", "3,5 m"), ("*Ärger*", "−2"))),),
    ),
    "zh-CN": Slide(
        title="潮汐是怎样形成的",
        blocks=(BulletsBlock(id="b", items=("“引力”——月球的**牵引**力，*每天*两次……", "用 Python 3 计算《潮汐表》")),),
    ),
}


def page_of(drawings: Iterable[Drawing], faces: Iterable[FontFace]) -> tuple[str, list[TextMark]]:
    rules = "".join(
        f"@font-face{{font-family:{face.family};font-weight:{face.weight};font-style:{face.style};"
        f"unicode-range:{face.unicode_range};"
        f"src:url(data:font/woff2;base64,{base64.b64encode(face.data).decode()})}}"
        for face in faces
    )
    marks = [m for drawing in drawings for box in drawing.boxes for m in box.marks if isinstance(m, TextMark)]
    rows = "".join(
        f'<text y="20" style="font:{"italic" if m.italic else "normal"} {700 if m.bold else 400} {m.size}px {m.font}">'
        + m.text.replace("&", "&amp;").replace("<", "&lt;")
        + "</text>"
        for m in marks
    )
    style = "text{font-kerning:none;font-variant-ligatures:none;font-synthesis:none;white-space:pre}"
    return f"<!doctype html><meta charset=utf-8><style>{rules}{style}</style><svg>{rows}</svg>", marks


@pytest.mark.browser
def test_chromium_draws_every_run_as_wide_as_it_was_measured() -> None:
    if not CHROMIUM and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for language, slide in SLIDES.items():
            drawings = lay_out(slide, language=language, images={})
            html, marks = page_of(drawings, font_subsets(drawings, language=language))
            page.set_content(html)
            page.evaluate("Promise.all([...document.fonts].map(face => face.load()))")  # fails if one is damaged
            widths = page.evaluate("[...document.querySelectorAll('text')].map(t => t.getComputedTextLength())")
            assert len(widths) == len(marks)
            for mark, width in zip(marks, widths, strict=True):
                assert width == pytest.approx(mark.width, rel=0.01, abs=0.05), (language, mark)
        browser.close()
