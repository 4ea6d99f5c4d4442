"""The honest script wins over scripts with nothing in them, the same in them, or the right things out of place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.screenplay import Script
from scenewright.domain.show import Joke
from scenewright.kinds.episode.measures import Assessment, assess
from tests.kinds.episode.measures.samples import (
    SAMPLES,
    Sample,
    dealt,
    doubled,
    each_line,
    empty,
    repeated,
    shuffled,
    spoken,
    swapped,
    with_scenes,
)

MARGIN, SHARE, CASES = 0.1, 0.95, 20

Spoilt = tuple[Script, Sequence[Joke]]
VARIANTS: dict[str, Callable[[Sample, Random], Spoilt]] = {
    "empty": lambda sample, _: (empty(sample.script), sample.jokes),
    "no scenes": lambda sample, _: (with_scenes(sample.script, ()), ()),
    "one line, all": lambda sample, random: (repeated(sample.script, random, 1), sample.jokes),
    "one line, some": lambda sample, random: (repeated(sample.script, random, random.uniform(0.1, 0.9)), sample.jokes),
    "shuffled": lambda sample, random: (shuffled(sample.script, random, renumber=True), sample.jokes),
    "two voices swapped": lambda sample, random: (swapped(sample.script, random, two=True), sample.jokes),
    "all voices swapped": lambda sample, random: (swapped(sample.script, random, two=False), sample.jokes),
    "lines dealt out": lambda sample, random: (dealt(sample.script, random), sample.jokes),
    "jokes doubled": lambda sample, random: doubled(sample, random, far=False),
    "jokes doubled elsewhere": lambda sample, random: doubled(sample, random, far=True),
    "jokes doubled in secret": lambda sample, random: (doubled(sample, random, far=True)[0], sample.jokes),
}


def with_fewer_jokes(sample: Sample, random: Random) -> Sample:
    kept = sorted(random.sample(range(len(sample.jokes)), random.randint(6, len(sample.jokes))))
    jokes = tuple(sample.jokes[number] for number in kept)
    return Sample(show=sample.show, plan=sample.plan, script=sample.script, jokes=jokes)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_honest_script_is_a_tenth_better(name: str, variant: str) -> None:
    won = 0
    for seed in range(CASES):
        random = Random(f"{name} {variant} {seed}")
        sample = with_fewer_jokes(SAMPLES[name], random)
        won += sample.assess().quality - sample.assess(*VARIANTS[variant](sample, random)).quality >= MARGIN
    assert won >= SHARE * CASES


@settings(max_examples=30)
@given(st.sampled_from(sorted(SAMPLES)), st.sampled_from(sorted(VARIANTS)), st.randoms(use_true_random=False))
def test_every_finding_cites_what_is_there(name: str, variant: str, random: Random) -> None:
    script, jokes = VARIANTS[variant](SAMPLES[name], random)
    check_citations(script, SAMPLES[name].assess(script, jokes))


def check_citations(script: Script, found: Assessment) -> None:
    there = {(scene.id, element.id) for scene in script.scenes for element in scene.elements}
    for finding in found.findings:
        assert (finding.scene, finding.element) in there
        assert not finding.other_scene or (finding.other_scene, finding.other_element) in there


@pytest.mark.parametrize("name", SAMPLES)
def test_an_honest_script_passes(name: str) -> None:
    found = SAMPLES[name].assess()
    assert found.passed
    assert {finding.kind for finding in found.findings} <= {"joke_cluster"}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("variant", ["empty", "no scenes"])
def test_where_nothing_is_said_there_is_no_quality(name: str, variant: str) -> None:
    sample = SAMPLES[name]
    assert sample.assess(*VARIANTS[variant](sample, Random(0))).quality == 0


@pytest.mark.parametrize("name", SAMPLES)
def test_catchphrases_alone_are_no_script_even_without_a_plan(name: str) -> None:
    sample = SAMPLES[name]
    phrases = {who.id: who.voice.catchphrases[0] for who in sample.show.characters}
    stuffed = each_line(sample.script, lambda line: line.model_copy(update={"text": phrases[line.character]}))
    assert assess(stuffed, sample.show).quality < assess(sample.script, sample.show).quality - 0.3


@pytest.mark.parametrize("name", SAMPLES)
def test_every_two_neighbouring_scenes_are_better_in_their_order(name: str) -> None:
    sample = SAMPLES[name]
    scenes = list(sample.script.scenes)
    for at in range(len(scenes) - 1):
        other = [*scenes[:at], scenes[at + 1], scenes[at], *scenes[at + 2 :]]
        assert sample.assess(with_scenes(sample.script, other)).quality < sample.assess().quality


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=12), st.sampled_from(sorted(SAMPLES)))
def test_any_text_can_be_measured(texts: list[str], name: str) -> None:
    sample = SAMPLES[name]
    ids = {id(line): number for number, line in enumerate(spoken(sample.script))}
    script = each_line(sample.script, lambda line: line.model_copy(update={"text": texts[ids[id(line)] % len(texts)]}))
    found = sample.assess(script)
    assert 0 <= found.quality <= 1
    check_citations(script, found)
