"""work.json: what is written reads back; what cannot be read says why."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from scenewright.domain.classroom import Classroom
from scenewright.domain.errors import BadInput
from scenewright.exports import ExportJob, export_folder, export_json, read_work
from scenewright.exports.schema import FILE_NAME, schema_text
from tests.exports.sample import Shelf, sample

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / FILE_NAME


def write(path: Path, value: object) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def raw(**changes: object) -> dict[str, object]:
    return {**sample(Shelf()).model_dump(mode="json"), **changes}


def test_a_folder_reads_back_as_the_work_it_was_made_from(tmp_path: Path) -> None:
    shelf = Shelf()
    work = sample(shelf)
    asyncio.run(export_folder(ExportJob(work=work, out=tmp_path / "out", blobs=shelf)))
    back = read_work(tmp_path / "out")
    assert back == read_work(tmp_path / "out" / "work.json")
    assert back.model_copy(update={"formulas": {}, "scenes": ()}) == work.model_copy(update={"scenes": ()})
    assert [scene.pages for scene in back.scenes] == [scene.pages for scene in work.scenes]
    assert set(back.formulas) == {"E=mc^2"}
    assert all(beat.voiced.cues for scene in back.scenes for beat in scene.beats if beat.voiced)


def test_a_work_alone_names_no_files(tmp_path: Path) -> None:
    path = asyncio.run(export_json(ExportJob(work=sample(Shelf()), out=tmp_path / "w.json")))
    back = read_work(path)
    assert back.assets == ()
    assert {beat.voiced.src for scene in back.scenes for beat in scene.beats if beat.voiced} == {""}
    assert [beat.voiced.duration for beat in back.scenes[0].beats if beat.voiced] == [4, 3, 4, 3]


def test_unicode_survives(tmp_path: Path) -> None:
    work = sample(Shelf()).model_copy(update={"title": "光的<b>课程</b> \u2028 – é \U0001f4a1"})
    path = asyncio.run(export_json(ExportJob(work=work, out=tmp_path / "w.json")))
    assert read_work(path).title == work.title


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a classroom"),
        ({"format": "something"}, "not a classroom"),
        (raw(version=2), "newer Scenewright"),
        (raw(version="x"), "broken at version"),
        (raw(title=7), "broken at title"),
        (raw(extra=1), "broken at extra"),
        (raw(scenes=[{"id": "a"}]), r"broken at scenes\.0"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: object, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_work(write(tmp_path / "work.json", content))


def test_what_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no"):
        read_work(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="There is no"):
        read_work(tmp_path)


def test_bytes_that_are_not_text_are_not_a_classroom(tmp_path: Path) -> None:
    (tmp_path / "work.json").write_bytes(b"\xff\xfe\x00garbage")
    with pytest.raises(BadInput, match="not JSON"):
        read_work(tmp_path)


def test_the_published_schema_is_current() -> None:
    remedy = f"run: python -m scenewright.exports.schema > docs/schema/{FILE_NAME}"
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), remedy


def test_a_work_with_only_what_is_required_is_read(tmp_path: Path) -> None:
    least = {"id": "x", "title": "T", "language": "en", "written_by": "offline", "people": [], "scenes": []}
    path = write(tmp_path / "work.json", {"format": "scenewright.classroom", **least})
    assert read_work(path) == Classroom(**least)
