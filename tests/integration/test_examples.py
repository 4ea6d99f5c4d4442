"""The shows that come along, each made with one command: no key, no model, everything written and everything heard."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import av
import lxml.etree
import pypdfium2
import pytest
from screenplain.parsers import fountain
from screenplain.types import Slug

from scenewright.domain.episode import Episode
from scenewright.exports import read_episode
from tests.cli.test_commands import scenewright

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(("name", "camera"), [("low-tide", "multi"), ("afterlight", "single")])
def test_one_command_makes_an_episode_in_every_format_and_reads_it_aloud(
    tmp_path: Path, name: str, camera: str
) -> None:
    done = scenewright(tmp_path, "make", str(EXAMPLES / f"{name}.yaml"), "-o", "out", "--parallel", "3")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out"
    episode = read_episode(folder)
    assert isinstance(episode, Episode)
    scenes = len(episode.scenes)
    assert 8 <= scenes <= 12
    assert episode.script.camera == camera
    assert not episode.problems
    assert episode.quality is not None
    assert episode.quality.passed
    assert "No model" in episode.note
    assert abs(sum(episode.seconds.values()) / (episode.show.minutes * 60) - 1) < 0.15

    parsed = fountain.parse(io.StringIO((folder / "script.fountain").read_text("utf-8")))
    assert sum(isinstance(paragraph, Slug) for paragraph in parsed) == scenes
    final_draft = lxml.etree.parse(folder / "script.fdx")
    assert len(final_draft.findall("Content/Paragraph[@Type='Scene Heading']")) == scenes
    for sheet in ("script.pdf", "script-a4.pdf"):
        pages = pypdfium2.PdfDocument(folder / sheet)
        assert len(pages) > scenes
        assert episode.title in "".join(page.get_textpage().get_text_range() for page in list(pages)[:1])
        pages.close()
    with (folder / "breakdown" / "scenes.csv").open(encoding="utf-8-sig", newline="") as table:
        assert len(list(csv.DictReader(table))) == scenes
    assert all((folder / file).stat().st_size for file in ("index.html", "script.md", "THIRD-PARTY.txt"))

    with av.open(folder / "audio" / "table-read.mp3") as sound:
        assert len(sound.chapters()) == scenes
        assert sound.duration is not None
        assert 0.7 < sound.duration / 1e6 / (episode.show.minutes * 60) < 2.5
    captions = (folder / "audio" / "captions.vtt").read_text("utf-8")
    speakers = {line.character for scene in episode.scenes for line in scene.elements if line.type == "dialogue"}
    assert all(f"<v {person.name}>" in captions for person in episode.script.cast if person.id in speakers)
    assert "<v Narrator>" in captions
