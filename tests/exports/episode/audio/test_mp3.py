from __future__ import annotations

import asyncio
import io
from pathlib import Path

import av
import numpy as np
import pytest

from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadInput, StoreError
from scenewright.exports.episode.audio import export_mp3, export_srt, export_vtt, table_read_mp3, timed
from scenewright.exports.job import ExportJob
from scenewright.providers.speech.codec import RATE, Samples, decode
from scenewright.providers.speech.loudness import loudness, true_peak
from tests.exports.episode.audio.read_sample import Sample, two_scenes


def written(sample: Sample, folder: Path, **more: object) -> bytes:
    return asyncio.run(table_read_mp3(sample.episode(**more), sample.shelf, folder / "read.mp3")).read_bytes()


def level(samples: Samples, start: float, end: float) -> float:
    """Root mean square, of full scale."""
    return float(np.sqrt(np.square(samples[round(start * RATE) : round(end * RATE)]).mean()))


def loudest(samples: Samples, start: float, end: float) -> float:
    """Hz of the strongest tone."""
    part = samples[round(start * RATE) : round(end * RATE)]
    return float(np.argmax(np.abs(np.fft.rfft(part))) * RATE / len(part))


def test_chapters_and_tags_are_read_back(tmp_path: Path) -> None:
    data = written(two_scenes(), tmp_path, title="Low\nTide ☂", note="No model wrote this.")
    with av.open(io.BytesIO(data), format="mp3") as file:
        found = [(each["metadata"]["title"], each["start"], each["end"]) for each in file.chapters()]
        assert file.metadata == {
            "title": "Low Tide ☂",
            "artist": "The Harbour",
            "album": "The Harbour",
            "comment": "No model wrote this.",
            "genre": "Speech",
        }
        assert file.streams.audio[0].layout.name == "mono"
        assert 64_000 <= (file.streams.audio[0].bit_rate or 0) <= 96_000
    assert found == [("1. INT. KITCHEN - NIGHT", 0, 3200), ("2. EXT. BOAT SHED - DAY", 3200, 4500)]


def test_every_sound_is_at_its_place_and_pauses_are_silent(tmp_path: Path) -> None:
    heard = decode(written(two_scenes(), tmp_path))
    assert len(heard) / RATE == pytest.approx(4.5, abs=0.001)
    assert level(heard, 0.05, 0.95) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)
    assert level(heard, 1.05, 1.45) < 0.001
    assert level(heard, 3.05, 3.45) < 0.001
    assert loudest(heard, 0.1, 0.9) == pytest.approx(300, abs=3)
    assert loudest(heard, 2.55, 2.95) == pytest.approx(1200, abs=5)
    both = np.abs(np.fft.rfft(heard[round(1.55 * RATE) : round(2.45 * RATE)]))
    assert sorted(np.argsort(both)[-2:] / 0.9) == pytest.approx([600, 1200], abs=3)


def test_lines_at_the_same_time_do_not_clip(tmp_path: Path) -> None:
    loud = Sample().scene().say("l1", 1.0, level=0.8, hertz=500).say("l2", 1.0, level=0.8, hertz=500, dual=True)
    heard = decode(written(loud, tmp_path))
    assert true_peak(heard) < -1.0
    assert loudness(heard) > -6.0


def test_a_clip_longer_than_it_said_loses_nothing(tmp_path: Path) -> None:
    sample = two_scenes()
    for _, spoken in sample.scenes:
        spoken[:] = [
            each.model_copy(update={"clip": each.clip.model_copy(update={"duration": each.clip.duration - 0.5})})
            for each in spoken
        ]
    heard = decode(written(sample, tmp_path))
    assert timed(sample.episode()).duration == pytest.approx(3.0)
    assert len(heard) / RATE == pytest.approx(3.5, abs=0.001)


def test_more_chapters_than_the_file_can_name_end_in_a_long_one(tmp_path: Path) -> None:
    sample = Sample()
    for _ in range(300):
        sample.scene().say("", 0.01)
    with av.open(io.BytesIO(written(sample, tmp_path)), format="mp3") as file:
        chapters = file.chapters()
    assert len(chapters) == 255
    assert chapters[-1]["end"] == 3000
    assert sample.shelf.asked == 300


def test_a_missing_or_damaged_clip_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    sample = two_scenes()
    blob = sample.scenes[1][1][0].clip.blob
    sample.shelf.held[blob] = b"RIFF....WAVE nothing"
    with pytest.raises(StoreError, match=r"scene s1 is damaged|scene s2 is damaged"):
        written(sample, tmp_path)
    del sample.shelf.held[blob]
    with pytest.raises(StoreError, match=r"missing from the store; make the work anew"):
        written(sample, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_episode_that_was_not_read_says_how_to_get_one(tmp_path: Path) -> None:
    silent = Sample().scene().episode()
    for export in (export_mp3, export_vtt, export_srt):
        with pytest.raises(BadInput, match=r"no table read.*--audio"):
            asyncio.run(export(ExportJob(work=silent, out=tmp_path)))
    assert list(tmp_path.iterdir()) == []


def test_files_are_named_after_the_episode(tmp_path: Path) -> None:
    sample = two_scenes()
    job: ExportJob[Episode] = ExportJob(work=sample.episode(), out=tmp_path, blobs=sample.shelf)

    async def all_of_them() -> list[str]:
        return [(await export(job)).name for export in (export_mp3, export_vtt, export_srt)]

    assert asyncio.run(all_of_them()) == ["low-tide.mp3", "low-tide.vtt", "low-tide.srt"]
    assert (tmp_path / "low-tide.vtt").read_text().startswith("WEBVTT")
    assert oct((tmp_path / "low-tide.mp3").stat().st_mode)[-3:] == "644"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    sample = two_scenes()
    with pytest.raises(BadInput, match="choose another place"):
        asyncio.run(table_read_mp3(sample.episode(), sample.shelf, tmp_path / "file" / "read.mp3"))
