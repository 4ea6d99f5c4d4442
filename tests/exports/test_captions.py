"""WebVTT: timed as the player plays, by name, escaped."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.actions import Speech
from scenewright.domain.classroom import Beat, Classroom, Person, Scene, Voiced
from scenewright.domain.speech import Cue
from scenewright.exports.captions import LIMIT, captions_for, readable, size
from scenewright.exports.timeline import BREATH, PAGE_HOLD, track_of, tracks_of
from scenewright.exports.vtt import scene_vtt, work_vtt
from tests.exports.sample import Shelf, sample, second_page

STAMP = re.compile(r"(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})")


def work_of(name: str, text: str, duration: float = 3661.5) -> Classroom:
    beat = Beat(action=Speech(id="s", speaker="t", text=text), voiced=Voiced(src="", duration=duration))
    scene = Scene(id="a", title="A", status="ready", beats=(beat,))
    person = Person(id="t", name=name, role="teacher")
    return Classroom(id="w", title="W", language="en", written_by="offline", people=(person,), scenes=(scene, scene))


def spans(vtt: str) -> list[tuple[float, float]]:
    return [
        (int(a) * 3600 + int(b) * 60 + float(c), int(d) * 3600 + int(e) * 60 + float(f))
        for a, b, c, d, e, f in STAMP.findall(vtt)
    ]


def test_the_whole_work_is_one_timeline() -> None:
    work = sample(Shelf())
    vtt = work_vtt(work)
    assert vtt.startswith(
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Dr. Ada Reyes>Welcome to the study of light.\n\n"
        "00:00:02.000 --> 00:00:04.000\n<v Dr. Ada Reyes>It starts with a straight line.\n\n"
        "00:00:04.350 --> 00:00:05.850\n<v Sam>A mirror sends light back.\n"
    )
    first, failed, _, _ = tracks_of(work)
    assert first.duration == pytest.approx(14 + 4 * BREATH)
    assert f"00:00:{first.duration + failed.duration:06.3f} -->" in vtt
    starts = [start for start, _ in spans(vtt)]
    assert starts == sorted(starts)


def test_a_scene_alone_starts_at_nothing() -> None:
    assert scene_vtt(sample(Shelf()), 3).startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n")
    assert scene_vtt(sample(Shelf()), 1) == "WEBVTT\n"


def test_hours_are_counted() -> None:
    assert spans(work_vtt(work_of("A", "One.")))[-1] == (3661.85, 7323.35)


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_text_or_name_leaves_its_cue(name: str, text: str) -> None:
    vtt = work_vtt(work_of(name, text, 10.0))
    cues = vtt.split("\n\n")[1:]
    for cue in cues:
        time, *lines = cue.rstrip("\n").split("\n")
        assert STAMP.fullmatch(time)
        assert len(lines) == 1
        assert re.fullmatch(r"(<v [^<>]+>)?[^<>]+", lines[0])
    assert all(start < end for start, end in spans(vtt))


def test_a_cue_that_ends_before_it_starts_is_mended() -> None:
    work = work_of("A", "x")
    cue = Cue(start=2.0, end=1.0, text="a & b <i>c</i> --> d\n\ne")
    voiced = Voiced(src="", duration=3.0, cues=(cue,))
    beat = work.scenes[0].beats[0].model_copy(update={"voiced": voiced})
    scene = work.scenes[0].model_copy(update={"beats": (beat,)})
    assert scene_vtt(work.model_copy(update={"scenes": (scene,)}), 0) == (
        "WEBVTT\n\n00:00:02.000 --> 00:00:02.050\n<v A>a &amp; b &lt;i&gt;c&lt;/i&gt; --&gt; d e\n"
    )


@given(st.text(min_size=1, max_size=600).filter(str.strip), st.floats(0.1, 500), st.sampled_from(["en", "de", "zh"]))
def test_captions_of_a_speech_hold_its_words_in_order(text: str, duration: float, language: str) -> None:
    cues = captions_for(text, duration, language)
    assert cues[0].start == 0
    assert cues[-1].end == pytest.approx(duration, abs=0.001)
    assert all(a.end == b.start for a, b in pairwise(cues))
    assert all(size(cue.text) <= LIMIT for cue in cues)
    assert "".join("".join(cue.text.split()) for cue in cues) == "".join(text.split())


def test_a_long_caption_is_cut_where_the_sentence_breathes() -> None:
    text = (
        "When the sun and the moon pull in the same direction, which happens twice in every month, "
        "the tides are at their highest; between these days they are low."
    )
    first, second = readable([Cue(start=10.0, end=20.0, text=text)])
    assert first.text.endswith("twice in every month,")
    assert second.text.startswith("the tides")
    assert (first.start, second.end) == (10.0, 20.0)
    assert first.end == second.start
    short = Cue(start=0.0, end=1.0, text="Short.")
    assert readable([short]) == (short,)


def test_pages_nobody_speaks_to_take_their_time() -> None:
    beat = Beat(action=Speech(id="s", speaker="t", text="x"), page=1, voiced=Voiced(src="", duration=2.0))
    pages = (second_page(), second_page(), second_page())
    track = track_of(Scene(id="a", title="A", status="ready", pages=pages, beats=(beat,)), "en")
    assert [segment.page for segment in track.segments] == [0, 1, 2]
    assert track.duration == 2 + BREATH + 2 * PAGE_HOLD
