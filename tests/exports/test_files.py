"""Exports appear whole or not at all, and never in the place of something else."""

from __future__ import annotations

import asyncio
import errno
import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.classroom import Asset, Classroom
from scenewright.domain.errors import BadInput, StoreError
from scenewright.exports import AudioFormat, ExportJob, export_folder, export_vtt, find_format, formats_of, read_work
from scenewright.exports.files import safe_name, translated
from scenewright.exports.prepare import prepared
from tests.exports.sample import Shelf, sample


def export(work: Classroom, shelf: Shelf, out: Path, audio: AudioFormat = "as-is") -> Path:
    return asyncio.run(export_folder(ExportJob(work=work, out=out, blobs=shelf, audio=audio)))


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_folder_holds_what_a_person_needs(tmp_path: Path) -> None:
    shelf = Shelf()
    assert export(sample(shelf), shelf, tmp_path / "new" / "out") == tmp_path / "new" / "out" / "index.html"
    assert listing(tmp_path / "new" / "out") == [
        "THIRD-PARTY.txt",
        "audio/end-s1.wav",
        "audio/light-s1.wav",
        "audio/light-s2.wav",
        "audio/light-s3.wav",
        "audio/light-s4.wav",
        "audio/quiz-s1.wav",
        "captions/01-how-light-travels.vtt",
        "captions/02-what-went-wrong.vtt",
        "captions/03-check-yourself.vtt",
        "captions/04-where-to-go-from-here.vtt",
        "captions/all.vtt",
        "images/field.png",
        "index.html",
        "transcript.md",
        "work.json",
    ]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_an_older_export_is_replaced(tmp_path: Path) -> None:
    shelf = Shelf()
    work = sample(shelf)
    export(work, shelf, tmp_path / "out")
    export(work.model_copy(update={"title": "Second", "assets": ()}), shelf, tmp_path / "out")
    assert read_work(tmp_path / "out").title == "Second"
    assert not (tmp_path / "out" / "audio").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("stranger", ["notes.txt", "work.json", "index.html"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, stranger: str) -> None:
    (tmp_path / stranger).write_text('{"format": "other"}')
    with pytest.raises(BadInput, match="choose"):
        export(sample(Shelf()), Shelf(), tmp_path)
    assert listing(tmp_path) == [stranger]


def test_a_note_added_to_an_export_is_not_deleted_with_it(tmp_path: Path) -> None:
    shelf = Shelf()
    export(sample(shelf), shelf, tmp_path / "out")
    (tmp_path / "out" / "my-notes.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"my-notes\.txt"):
        export(sample(shelf), shelf, tmp_path / "out")
    assert (tmp_path / "out" / "my-notes.txt").read_text() == "mine"


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        export(sample(Shelf()), Shelf(), tmp_path / "out")
    with pytest.raises(BadInput, match="cannot be written"):
        export(sample(Shelf()), Shelf(), tmp_path / "out" / "deeper")


def test_an_export_that_fails_leaves_the_older_one_and_no_rest(tmp_path: Path) -> None:
    shelf = Shelf()
    work = sample(shelf)
    export(work, shelf, tmp_path / "out")
    before = listing(tmp_path / "out")
    with pytest.raises(StoreError, match="missing from the store"):
        export(work, Shelf(), tmp_path / "out")
    assert listing(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    class Full(Shelf):
        async def get(self, digest: str) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StoreError, match="disk is full"):
        export(sample(Shelf()), Full(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BadInput, match="Permission denied"), translated(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied")


def test_a_single_file_goes_into_a_folder_under_the_works_name(tmp_path: Path) -> None:
    work = sample(Shelf())
    assert asyncio.run(export_vtt(ExportJob(work=work, out=tmp_path))).name == "a-short-course-on-light.vtt"
    named = tmp_path / "x" / "mine.vtt"
    assert asyncio.run(export_vtt(ExportJob(work=work, out=named))) == named
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(BadInput, match=r"not a \.vtt file"):
        asyncio.run(export_vtt(ExportJob(work=work, out=tmp_path / "thesis.doc")))


@given(st.text(max_size=300))
def test_every_title_makes_a_file_name(title: str) -> None:
    name = safe_name(title)
    assert 0 < len(name.encode()) <= 80
    assert not set(name) & set('/\\:*?"<>|.\0 ')
    assert name not in {"con", "nul", "aux", "prn"}
    assert name == safe_name(name)


def hostile_sources() -> Iterator[str]:
    yield from (
        "../../etc/x.wav",
        "/abs.wav",
        "C:\\x.wav",
        "a b.wav",
        "audio/é.wav",
        "audio/con.wav",
        "audio/.wav",
        "x",
    )
    yield from ("x", "audio/same.wav", "audio/SAME.wav", "javascript:alert(1)", "audio/" + "n" * 300 + ".wav")


def test_files_get_names_that_every_system_takes(tmp_path: Path) -> None:
    shelf = Shelf()
    work = sample(shelf, audio=False)
    assets = tuple(
        Asset(name=f"n{at}", src=src, media_type="audio/wav", blob=shelf.put(b"%d" % at))
        for at, src in enumerate(hostile_sources())
    )
    odd = Asset(name="page", src="images/x.html", media_type="text/html", blob="")
    export(work.model_copy(update={"assets": (*assets, odd)}), shelf, tmp_path / "out")
    written = listing(tmp_path / "out" / "audio")
    assert len({name.lower() for name in written}) == len(assets)
    assert "same.wav" in written
    assert not (tmp_path / "out" / "images").exists()
    back = read_work(tmp_path / "out")
    for asset in back.assets:
        data = (tmp_path / "out" / asset.src).read_bytes()
        assert hashlib.sha256(data).hexdigest() == asset.blob


def test_speeches_point_at_the_files_as_they_are_named_in_the_export() -> None:
    work = sample(Shelf())
    moved = tuple(asset.model_copy(update={"src": f"clips of/{asset.src}"}) for asset in work.assets)
    scenes = work.model_dump(mode="json")["scenes"]
    for scene in scenes:
        for beat in scene["beats"]:
            if beat["voiced"]:
                beat["voiced"]["src"] = f"clips of/{beat['voiced']['src']}"
    ready = prepared(Classroom.model_validate({**work.model_dump(), "assets": moved, "scenes": scenes}))
    files = {asset.src for asset in ready.assets}
    sources = [beat.voiced.src for scene in ready.scenes for beat in scene.beats if beat.voiced]
    assert sources
    assert set(sources) <= files


@pytest.mark.parametrize(("audio", "suffix"), [("opus", ".ogg"), ("aac", ".m4a"), ("wav", ".wav")])
def test_clips_are_made_into_other_formats(tmp_path: Path, audio: AudioFormat, suffix: str) -> None:
    shelf = Shelf()
    export(sample(shelf), shelf, tmp_path / "out", audio)
    work = read_work(tmp_path / "out")
    clip = next(asset for asset in work.assets if asset.name == "light/s1")
    assert clip.src == f"audio/light-s1{suffix}"
    data = (tmp_path / "out" / clip.src).read_bytes()
    assert hashlib.sha256(data).hexdigest() == clip.blob
    with av.open(BytesIO(data), "r") as found:
        assert found.duration is not None
        assert found.duration / 1_000_000 == pytest.approx(4.0, abs=0.15)


def test_sound_can_be_left_out(tmp_path: Path) -> None:
    shelf = Shelf()
    export(sample(shelf), shelf, tmp_path / "out", "none")
    work = read_work(tmp_path / "out")
    assert [asset.name for asset in work.assets] == ["field.png"]
    assert {beat.voiced.src for scene in work.scenes for beat in scene.beats if beat.voiced} == {""}


def test_a_broken_clip_is_a_sentence(tmp_path: Path) -> None:
    shelf = Shelf()
    work = sample(shelf)
    shelf.kept = dict.fromkeys(shelf.kept, b"not audio")
    with pytest.raises(BadInput, match="cannot be made into opus"):
        export(work, shelf, tmp_path / "out", "opus")


def test_formats_are_found_by_kind_and_name() -> None:
    assert [format_.name for format_ in formats_of("classroom")] == ["folder", "json", "vtt", "markdown"]
    assert find_format("classroom", "vtt").write is export_vtt
    with pytest.raises(BadInput, match="folder, json, vtt, markdown"):
        find_format("classroom", "pptx")
    with pytest.raises(BadInput, match="formats: none"):
        find_format("opera", "folder")
