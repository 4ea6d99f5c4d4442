from __future__ import annotations

import re

import pytest

from scenewright.domain.speech import Cue
from scenewright.exports.episode.audio import episode_srt, episode_vtt
from tests.exports.episode.audio.read_sample import KITCHEN, Sample, direction, line, two_scenes


def test_captions_show_the_words_of_the_page_and_who_says_them() -> None:
    assert episode_vtt(two_scenes().episode()).split("\n\n") == [
        "WEBVTT",
        "00:00:00.000 --> 00:00:01.000\n<v Narrator>INT. KITCHEN - NIGHT",
        "00:00:01.500 --> 00:00:02.500\n<v Ada>Good evening.",
        "00:00:01.500 --> 00:00:03.000\n<v Bo &lt;Quill&gt;>GOOD morning.",
        "00:00:03.500 --> 00:00:04.500\n<v Narrator>EXT. BOAT SHED - DAY\n",
    ]


def test_subrip_is_numbered_and_holds_nothing_that_a_player_takes_for_a_tag() -> None:
    blocks = episode_srt(two_scenes().episode()).split("\n\n")
    assert blocks[0] == "1\n00:00:00,000 --> 00:00:01,000\nINT. KITCHEN - NIGHT"
    assert blocks[2] == "3\n00:00:01,500 --> 00:00:03,000\nBO ‹QUILL›: GOOD morning."


HEARD = (Cue(start=0.1, end=2.0, text="Ada drops the vase."), Cue(start=2.5, end=4.0, text="A loud crash wakes Bo."))


def test_a_page_in_capitals_keeps_the_times_of_its_spoken_sentences() -> None:
    page = direction("d1", "ADA drops the VASE. A LOUD CRASH wakes BO.")
    sample = Sample().scene(KITCHEN, page).say("d1", 4.2, speaker="narrator", cues=HEARD)
    assert episode_vtt(sample.episode()).split("\n\n")[1:] == [
        "00:00:00.100 --> 00:00:02.000\n<v Narrator>ADA drops the VASE.",
        "00:00:02.500 --> 00:00:04.000\n<v Narrator>A LOUD CRASH wakes BO.\n",
    ]


def times(vtt: str) -> list[tuple[float, float]]:
    def seconds(stamp: str) -> float:
        hours, minutes, rest = stamp.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(rest)

    return [(seconds(one), seconds(two)) for one, two in re.findall(r"^(\S+) --> (\S+)$", vtt, re.MULTILINE)]


@pytest.mark.parametrize(
    "text",
    [
        "ADA -- drops ... the *VASE*!! A LOUD CRASH wakes BO, " + "and more, " * 40,
        "x" * 10_000,
        "--> <v Bo> 00:00:01.000 --> 00:00:09.000",
        "😀 " * 50,
        "漢字かな交じり文。" * 40,
    ],
)
def test_whatever_the_page_says_times_are_in_order_and_within_the_clip(text: str) -> None:
    sample = Sample().scene(KITCHEN, line("l1", text)).say("l1", 4.2, cues=HEARD)
    vtt, srt = episode_vtt(sample.episode()), episode_srt(sample.episode())
    found = times(vtt)
    assert found
    assert all(0 <= start < end <= 4.21 for start, end in found)
    assert found == sorted(found)
    assert srt.count("-->") == vtt.count("-->") == len(found)


def test_a_clip_without_captions_of_its_own_is_divided_by_length() -> None:
    sample = Sample().scene(KITCHEN, line("l1", "Ada is late. Bo is not.")).say("l1", 2.0)
    (first, between), (after, last) = times(episode_vtt(sample.episode()))
    assert (first, last) == (0.0, 2.0)
    assert between == after == pytest.approx(1.0, abs=0.2)
