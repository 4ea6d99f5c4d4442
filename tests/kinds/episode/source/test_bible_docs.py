"""docs/bible.md tells all of it, and what it shows is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.source import read
from scenewright.kinds.episode.source.fields import Form
from scenewright.kinds.episode.source.forms import BibleForm, CharacterForm, EpisodeForm, SceneForm, VoiceForm
from scenewright.kinds.plugin import Source

PAGE = (Path(__file__).parents[4] / "docs" / "bible.md").read_text("utf-8")
YAML = [block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if not block.startswith("#")]


@pytest.mark.parametrize("form", [BibleForm, EpisodeForm, SceneForm, CharacterForm, VoiceForm])
def test_every_field_is_explained(form: type[Form]) -> None:
    rows = "\n".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("|"))
    for name in form.model_fields:
        assert f"`{name}`" in rows or f"`voice.{name}`" in rows or name == "voice", name


def test_what_is_shown_is_read() -> None:
    scene, outline, transformed = YAML
    show = "title: T\ncharacters: [Orrin, Pip]\nepisode:\n  scenes:\n"
    indented = "\n".join(f"    {line}" for line in scene.splitlines())
    assert read(Source(name="b.yaml", data=f"{show}{indented}\n".encode())).fields["details"]["plan"]["scenes"]
    kept = read(Source(name="b.yaml", data=outline.encode())).fields
    assert kept["details"]["show"] == "Low Tide"
    assert kept["details"]["guests"][0]["id"] == "mr-fenn"
    assert read(Source(name="b.yaml", data=transformed.encode())).fields["details"]["transform"]


def test_the_fountain_that_is_shown_is_an_outline() -> None:
    block = re.findall(r"```\n(Title:.*?)```", PAGE, re.S)[0]
    found = read(Source(name="o.fountain", data=block.encode())).fields["details"]
    assert found["show"] == "Low Tide"
    scene = found["plan"]["scenes"][0]
    assert (scene["title"], scene["story"], scene["act"]) == ("The inspector", "A", "ACT ONE")
    assert len(scene["beats"]) == len(scene["comic_beats"]) == len(scene["setups"]) == 1


def test_the_message_that_is_shown_is_said() -> None:
    with pytest.raises(BadInput) as caught:
        read(Source(name="bible.yaml", data=b"title: T\ncharacters:\n  - name: Mabel\n    voise: dry\n"))
    said = str(caught.value).replace("line 4", "line 27")
    assert said in PAGE
