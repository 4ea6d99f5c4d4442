from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scenewright.exports.episode.audio import chapters_json, timed, timeline_json
from tests.exports.episode.audio.read_sample import Sample, two_scenes


def test_each_utterance_begins_after_its_pause_and_the_first_at_once() -> None:
    assert timeline_json(timed(two_scenes().episode())) == [
        {"scene": "s1", "element": "", "speaker": "narrator", "start": 0.0, "end": 1.0},
        {"scene": "s1", "element": "l1", "speaker": "ada", "start": 1.5, "end": 2.5},
        {"scene": "s1", "element": "l2", "speaker": "bo", "start": 1.5, "end": 3.0},
        {"scene": "s2", "element": "", "speaker": "narrator", "start": 3.5, "end": 4.5},
    ]


def test_chapters_follow_each_other_and_begin_a_little_before_their_words() -> None:
    timeline = timed(two_scenes().episode())
    assert timeline.duration == 4.5
    assert chapters_json(timeline) == [
        {"scene": "s1", "title": "1. INT. KITCHEN - NIGHT", "start": 0.0, "end": 3.2},
        {"scene": "s2", "title": "2. EXT. BOAT SHED - DAY", "start": 3.2, "end": 4.5},
    ]


def test_a_line_at_the_same_time_that_lost_its_partner_waits_for_nobody() -> None:
    alone = Sample().scene().say("l1", 1.0).scene().say("l2", 1.0, dual=True, pause=0.0)
    assert [cue.start for cue in timed(alone.episode()).cues] == [0.0, 1.0]


def test_nothing_read_is_an_empty_timeline() -> None:
    assert timed(Sample().episode()).duration == 0.0
    assert timed(Sample().scene().episode()).chapters == ()


UTTERANCE = st.tuples(st.floats(0.01, 0.2), st.floats(0, 5), st.booleans())


@given(st.lists(st.lists(UTTERANCE, max_size=5), max_size=4))
def test_starts_never_go_back_and_chapters_cover_everything(scenes: list[list[tuple[float, float, bool]]]) -> None:
    sample = Sample()
    for scene in scenes:
        sample.scene()
        for number, (seconds, pause, dual) in enumerate(scene):
            sample.say(f"l{number}", seconds, pause=pause, dual=dual)
    timeline = timed(sample.episode())
    assert len(timeline.cues) == sum(map(len, scenes))
    assert all(one.start <= other.start for one, other in pairwise(timeline.cues))
    assert all(one.end == other.start for one, other in pairwise(timeline.chapters))
    if timeline.cues:
        assert timeline.chapters[0].start == 0.0
        assert timeline.chapters[-1].end == timeline.duration == max(cue.end for cue in timeline.cues)
