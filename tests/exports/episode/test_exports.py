"""An episode leaves in every format: what is in the files, what can be chosen, what is said when it cannot be."""

from __future__ import annotations

import asyncio
import io
import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import lxml.etree
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from screenplain.parsers import fountain as theirs

from scenewright.domain.episode import Episode, SceneRead, Spoken, Utterance
from scenewright.domain.errors import BadInput, StoreError
from scenewright.domain.speech import Clip
from scenewright.exports import ExportJob, find_format, formats_of
from scenewright.exports.episode.markdown import transcript
from scenewright.exports.episode.work_json import encoded, read_episode
from scenewright.exports.files import OURS, check_replaceable
from scenewright.exports.schema import KINDS, schema_of, schema_text
from tests.exports.episode.episode_sample import EMPTY, EPISODE, episodes
from tests.exports.sample import Shelf, tone

DOCS = Path(__file__).parents[3] / "docs"


def export(form: str, out: Path, work: Episode = EPISODE, shelf: Shelf | None = None, **options: str) -> Path:
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return write(form, ExportJob(work=work, out=out, blobs=shelf or Shelf(), options=named))


def write(form: str, job: ExportJob[Episode]) -> Path:
    async def written() -> Path:
        return await find_format("episode", form).write(job)

    return asyncio.run(written())


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def read_aloud(shelf: Shelf) -> Episode:
    said = Utterance(element="l1", speaker="ada", text="It's a well-kept bell.")
    clip = Clip(blob=shelf.put(tone(1.0)), media_type="audio/wav", duration=1.0)
    return EPISODE.model_copy(update={"read": (SceneRead(scene="s1", spoken=(Spoken(utterance=said, clip=clip),)),)})


FILES = [
    "THIRD-PARTY.txt",
    "breakdown/breakdown.json",
    "breakdown/cast.csv",
    "breakdown/effects.csv",
    "breakdown/props.csv",
    "breakdown/scenes.csv",
    "breakdown/sets.csv",
    "index.html",
    "script-a4.pdf",
    "script.fdx",
    "script.fountain",
    "script.md",
    "script.pdf",
    "work.json",
]


def test_the_folder_holds_the_episode_in_every_format(tmp_path: Path) -> None:
    shelf = Shelf()
    work = read_aloud(shelf)
    assert export("folder", tmp_path / "out", work, shelf) == tmp_path / "out" / "index.html"
    assert listing(tmp_path / "out") == sorted([*FILES, "audio/captions.vtt", "audio/table-read.mp3"])
    assert read_episode(tmp_path / "out") == work
    assert "well-kept" in (tmp_path / "out" / "audio" / "captions.vtt").read_text("utf-8")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "audio/table-read.mp3" in page
    assert "The Bell" in page
    assert "Courier Prime" in (tmp_path / "out" / "THIRD-PARTY.txt").read_text("utf-8")
    sizes = [pages_of(tmp_path / "out" / name)[0] for name in ("script.pdf", "script-a4.pdf")]
    assert sizes == [(612, 792), (595, 842)]


def test_a_folder_is_made_again_and_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    shelf = Shelf()
    export("folder", tmp_path / "out", read_aloud(shelf), shelf)
    export("folder", tmp_path / "out")
    assert listing(tmp_path / "out") == FILES
    for name in ("breakdown/mine.xlsx", "notes.txt"):
        (tmp_path / "out" / name).write_text("mine")
        with pytest.raises(BadInput, match=re.escape(name)):
            export("folder", tmp_path / "out")
        with pytest.raises(BadInput, match=re.escape(name)):
            check_replaceable(tmp_path / "out", OURS)
        (tmp_path / "out" / name).unlink()
    check_replaceable(tmp_path / "out", OURS)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_sound_is_left_out_on_request_and_missing_sound_is_said(tmp_path: Path) -> None:
    work = read_aloud(Shelf())
    write("folder", ExportJob(work=work, out=tmp_path / "out", audio="none"))
    assert listing(tmp_path / "out") == FILES
    with pytest.raises(StoreError):
        export("folder", tmp_path / "other", work)
    assert not (tmp_path / "other").exists()


def test_an_empty_episode_has_every_file_too(tmp_path: Path) -> None:
    export("folder", tmp_path / "out", EMPTY)
    assert listing(tmp_path / "out") == FILES
    assert read_episode(tmp_path / "out" / "work.json") == EMPTY


def pages_of(path: Path) -> tuple[tuple[int, int], list[str]]:
    opened = pypdfium2.PdfDocument(path.read_bytes())
    size = opened[0].get_size()
    texts = []
    for page in opened:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    opened.close()
    return (round(size[0]), round(size[1])), texts


def test_the_title_page_says_that_no_model_wrote_it(tmp_path: Path) -> None:
    _, (title, *_) = pages_of(export("pdf", tmp_path / "x.pdf"))
    assert title.splitlines() == ["LOW TIDE", '"The Bell"', "Written without a model"]


def test_pages_are_as_chosen(tmp_path: Path) -> None:
    plain = pages_of(export("pdf", tmp_path / "x.pdf"))
    chosen = pages_of(export("pdf", tmp_path / "y.pdf", paper="a4", scene_numbers="on"))
    assert (plain[0], chosen[0]) == ((612, 792), (595, 842))
    assert "INT. BOAT SHED" in plain[1][1]
    assert chosen[1][1].count("1") == plain[1][1].count("1") + 2


def test_screenplain_reads_the_fountain_file(tmp_path: Path) -> None:
    text = export("fountain", tmp_path).read_text("utf-8")
    found = theirs.parse(io.StringIO(text))
    assert found.title_page["Title"] == ["The Bell"]
    assert found.title_page["Author"] == ["Written without a model"]
    assert "#1#" not in text
    assert "#1#" in export("fountain", tmp_path, scene_numbers="on").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["the-bell.fountain"]


def test_final_draft_gets_numbers_when_they_are_asked_for(tmp_path: Path) -> None:
    def numbers(path: Path) -> list[str | None]:
        root = lxml.etree.fromstring(path.read_bytes())
        return [each.get("Number") for each in root.iterfind("Content/Paragraph[@Type='Scene Heading']")]

    assert numbers(export("fdx", tmp_path / "a.fdx")) == [None, None, None]
    assert numbers(export("fdx", tmp_path / "b.fdx", scene_numbers="on")) == ["1", "2", "4"]


def test_the_page_alone_has_no_sound(tmp_path: Path) -> None:
    shelf = Shelf()
    path = export("html", tmp_path, read_aloud(shelf), shelf)
    assert path.name == "the-bell.html"
    assert shelf.put(tone(1.0)) not in path.read_text("utf-8")


def test_missing_scenes_are_shown_in_their_places(tmp_path: Path) -> None:
    lines = export("markdown", tmp_path).read_text("utf-8").splitlines()
    said = "> **A \\*quiet\\* word** could not be written. The model &lt;refused&gt;."
    places = [lines.index(line) for line in ("### 2 EXT. PIER - DAY - FOG", said, "### 4 INT. LOFT - MOMENTS LATER")]
    assert places == sorted(places)
    assert "The model" in unescape(export("html", tmp_path).read_text("utf-8"))


def test_a_script_as_markdown() -> None:
    assert transcript(EPISODE).split("\n\n")[:9] == [
        "# The Bell",
        "**Low Tide**",
        "Written without a model",
        "*No model wrote this.*",
        "## COLD OPEN",
        "### 1 INT. BOAT SHED - NIGHT",
        "*The bell*",
        "Rain on the roof. ADA hangs a BRASS BELL beside a STUFFED PIKE, on two ropes.",
        "> **ADA** *(to the pike)*  \n> It's a well-kept bell.",
    ]
    assert transcript(EMPTY) == "# Nothing yet\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(episodes())
def test_markdown_shows_no_markup_of_the_writers(work: Episode) -> None:
    text = transcript(work)
    assert not re.search(r"<(?!br>)[a-zA-Z!/]", text)
    assert "](" not in text
    assert text.count("\n### ") == len(work.scenes)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(episodes())
def test_every_episode_comes_back_from_its_json(tmp_path: Path, work: Episode) -> None:
    path = export("json", tmp_path / "work.json", work)
    assert read_episode(path) == work
    assert path.read_bytes() == encoded(work)


def test_half_characters_do_not_stop_it(tmp_path: Path) -> None:
    work = EPISODE.model_copy(update={"note": "half \ud83d"})
    assert read_episode(export("json", tmp_path, work)).note.startswith("half \ufffd")
    export("folder", tmp_path / "out", work)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not JSON and so not an episode"),
        ('{"format": "scenewright.classroom"}', 'not an episode: its "format"'),
        ('{"format": "scenewright.episode", "version": 2}', "newer Scenewright"),
        ('{"format": "scenewright.episode", "title": 7}', "broken at title"),
        ('{"format": "scenewright.episode", "title": "T", "script": {"title": "T", "acts": [{}]}}', "broken at show"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "work.json").write_text(content)
    with pytest.raises(BadInput, match=says):
        read_episode(tmp_path)
    with pytest.raises(BadInput, match="exported episode"):
        read_episode(tmp_path / "elsewhere")


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_schemas_are_current(kind: str) -> None:
    file = DOCS / "schema" / KINDS[kind][0]
    assert file.read_text("utf-8") == schema_text(kind), (
        f"run: python -m scenewright.exports.schema {kind} > {file.name}"
    )
    assert schema_of(kind)["$id"] == file.name


def test_formats_say_what_can_be_chosen() -> None:
    found = {each.name: each for each in formats_of("episode")}
    names = "folder html fountain fdx pdf json markdown breakdown mp3 vtt srt"
    assert list(found) == names.split()
    assert {name: sorted(each.options) for name, each in found.items() if each.options} == {
        "folder": ["scene-numbers"],
        "fountain": ["scene-numbers"],
        "fdx": ["scene-numbers"],
        "pdf": ["paper", "scene-numbers"],
        "breakdown": ["paper"],
    }
    assert {each.name for each in found.values() if not each.suffix} == {"folder", "breakdown"}


def test_versions_are_compared_as_text() -> None:
    for kind in ("classroom", "episode"):
        assert [each.name for each in formats_of(kind) if each.text] == [
            {"classroom": "markdown"}.get(kind, "fountain")
        ]
    text = find_format("episode", "fountain").text
    assert text is not None
    assert "INT. BOAT SHED - NIGHT #1#" in text(EPISODE)
    assert "[[" not in text(EPISODE)


@pytest.mark.parametrize(
    ("form", "options", "says"),
    [
        ("pdf", {"colour": "red"}, "no option 'colour'; there is: paper, scene-numbers"),
        ("pdf", {"paper": "legal"}, "paper='legal' is not one of: letter, a4"),
        ("folder", {"scene-numbers": "yes"}, "is not one of: off, on"),
        ("json", {"paper": "a4"}, "it has none"),
        ("markdown", {"paper": "a4"}, "it has none"),
    ],
)
def test_what_cannot_be_chosen_is_said(tmp_path: Path, form: str, options: dict[str, str], says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)):
        write(form, ExportJob(work=EPISODE, out=tmp_path / "x", options=options))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["fountain", "fdx", "pdf", "json", "markdown", "html"])
def test_a_file_of_another_kind_is_not_replaced(tmp_path: Path, form: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="is not a "):
        export(form, tmp_path / "notes.txt")


def test_the_counted_json_is_in_the_folder(tmp_path: Path) -> None:
    export("folder", tmp_path / "out")
    counted = json.loads((tmp_path / "out" / "breakdown" / "breakdown.json").read_text("utf-8"))
    assert counted["format"] == "scenewright.breakdown"
    assert counted["missing"][0]["scene"] == "s3"


def test_formats_are_listed_without_what_draws_and_encodes() -> None:
    heavy = "{'typst', 'av', 'numpy', 'lxml', 'fontTools', 'screenplain'}"
    listed = "import sys; from scenewright.exports import formats_of; formats_of('episode')"
    code = f"{listed}; print({heavy} & {{*sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
